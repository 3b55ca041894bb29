"""Which pictures the store takes, recognised by their content, and how large they are to be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

SVG = "image/svg+xml"
EXTENSIONS: dict[str, str] = {
    SVG: "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/avif": "avif",
}
"""Media types and the endings of their names."""

_SVG_ROOT = "http://www.w3.org/2000/svg svg"
_AVIF_BRANDS = (b"avif", b"avis")


class UnsafeDrawing(ValueError):
    """An SVG that is broken, or that could run a program or load something from elsewhere."""


def recognise(content: bytes) -> str:
    """The media type that the content shows, whatever it is called; empty if the store doesn't take it."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _AVIF_BRANDS:
        return "image/avif"
    return SVG if re.search(rb"<svg[\s>]", content[:2000]) else ""


def require_safe_drawing(content: bytes) -> None:
    """Raises UnsafeDrawing unless the content is a well-formed SVG of shapes only."""
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        if depth == 0 and name != _SVG_ROOT:
            raise UnsafeDrawing("it is not an SVG")
        depth += 1
        _require_safe_element(name, attributes)

    def refuse(*_: Any) -> None:
        raise UnsafeDrawing("it declares a document type")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnsafeDrawing("it is not well-formed") from error


def _require_safe_element(name: str, attributes: Mapping[str, str]) -> None:
    if name.rpartition(" ")[2].lower() in {"script", "foreignobject", "iframe", "handler"}:
        raise UnsafeDrawing("it contains more than shapes")
    for attribute, value in attributes.items():
        local = attribute.rpartition(" ")[2].lower()
        if local.startswith("on"):
            raise UnsafeDrawing("it contains a program")
        if local in {"href", "src"} and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
            raise UnsafeDrawing("it refers to something elsewhere")
