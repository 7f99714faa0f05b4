"""matplotlib's SVG made fit for a page: no style attributes (the page's CSP), the page's colours and
font, a title and a description, and ids that clash with nothing."""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET
from typing import Any

SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"

INK = {
    "text": ("#010101", "var(--k3-theme-text, currentColor)"),
    "muted": ("#020202", "var(--k3-theme-muted, currentColor)"),
    "accent": ("#050505", "var(--k3-theme-accent, #1f5c7a)"),
}
"""The colours to draw with, by name: what matplotlib is given, and what the page reads."""


def ink(name: str) -> str:
    """The colour to hand to matplotlib for one of INK's names."""
    return INK[name][0]


def drawn(figure: Any, key: str, title: str, alt: str) -> str:
    """The figure as an inline SVG element; ``key`` sets it apart from the others on a page."""
    import matplotlib as mpl

    out = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": key}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the page's fonts have it, or none has
        figure.savefig(
            out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    root = ET.fromstring(out.getvalue())  # noqa: S314
    _strip(root)
    for element in root.iter():
        _restyle(element)
    _rename(root, key)
    _describe(root, key, title, alt)
    ET.register_namespace("", SVG)
    return re.sub(r"\n\s*", "", ET.tostring(root, encoding="unicode")).replace(f'xmlns="{SVG}"', "", 1)


def _strip(root: ET.Element) -> None:
    """Drop metadata, style elements and fixed sizes."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag.rpartition("}")[2] in ("metadata", "style"):
                parent.remove(child)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)


def _restyle(element: ET.Element) -> None:
    """Turn a style attribute into presentation attributes, and drawing colours into the page's."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _colon, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            _font(element, value)
        elif name:
            element.set(name, value)
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    element.attrib.pop("font-family", None)
    for name in ("fill", "stroke"):
        for drawing, page in INK.values():
            if element.get(name) == drawing:
                element.set(name, page)


def _font(element: ET.Element, value: str) -> None:
    """Size and weight of CSS's short form; the family is the page's."""
    if size := re.search(r"([\d.]+)px", value):
        element.set("font-size", size[1])
    if weight := re.search(r"\b(\d00|bold)\b", value):
        element.set("font-weight", weight[1])


def _rename(root: ET.Element, key: str) -> None:
    """Keep only ids that something points at, with the key before them."""
    text = ET.tostring(root, encoding="unicode")
    used = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', text))
    wanted = {one or two for one, two in used}
    for element in root.iter():
        if (name := element.attrib.pop("id", None)) in wanted:
            element.set("id", f"{key}-{name}")
        for attribute, value in element.attrib.items():
            element.set(attribute, value.replace("url(#", f"url(#{key}-"))
        if (link := element.attrib.pop(LINK, None)) is not None:
            element.set("href", f"#{key}-{link[1:]}")


def _describe(root: ET.Element, key: str, title: str, alt: str) -> None:
    """Say what the picture is and shows; its own texts are then not read one by one."""
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title")
    root.set("aria-describedby", f"{key}-desc")
    for place, (name, text) in enumerate((("title", title), ("desc", alt))):
        element = ET.Element(f"{{{SVG}}}{name}", {"id": f"{key}-{name}"})
        element.text = " ".join(text.split())
        root.insert(place, element)
