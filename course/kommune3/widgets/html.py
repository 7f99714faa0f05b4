"""Pieces of HTML, escaped: paragraphs, lists, and the notice that something needs JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape


def paragraphs(text: str, look: str = "") -> str:
    """A paragraph of class ``look`` for each part of the text; a blank line parts them."""
    begun = f'<p class="{look}">' if look else "<p>"
    return "".join(f"{begun}{escape(part.strip())}</p>" for part in re.split(r"\n\s*\n", text))


def items(texts: Iterable[str]) -> str:
    """A list without numbers."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def terms(pairs: Iterable[tuple[str, str]]) -> str:
    """Names, each with what it means."""
    return "<dl>" + "".join(f"<dt>{escape(n)}</dt><dd>{escape(text)}</dd>" for n, text in pairs) + "</dl>"


def notice(text: str) -> str:
    """Something that the reader must know."""
    return f'<p class="k3-notice">{escape(text)}</p>'
