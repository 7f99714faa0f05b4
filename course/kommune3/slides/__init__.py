"""Slides for the projector, made from the same notebooks as the pages; they need no network."""

from .deck import Deck, build
from .folder import SlidesError, write

__all__ = ["Deck", "SlidesError", "build", "write"]
