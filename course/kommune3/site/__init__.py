"""Notebooks and the register's answers as accessible HTML pages."""

from .assets import Asset, Assets
from .site import Site
from .view import Me

__all__ = ["Asset", "Assets", "Me", "Site"]
