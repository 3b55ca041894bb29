"""How large a picture is, read from its first bytes, so that pages can keep its place."""

from __future__ import annotations

import re
import struct
from xml.parsers import expat

LIMIT = 10_000
"""Pixels a side; larger pictures, and drawings in other units, are scaled to fit."""
FALLBACK = (800, 1000)


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels; the usual 800 by 1000 where the content doesn't tell."""
    width, height = _size(content) or FALLBACK
    if width <= 0 or height <= 0:
        return FALLBACK
    scale = min(1, LIMIT / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _size(content: bytes) -> tuple[float, float] | None:
    try:
        if content.startswith(b"\x89PNG"):
            width, height = struct.unpack(">II", content[16:24])
            return width, height
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
        if content[8:12] == b"WEBP":
            return _webp(content)
        if content[4:8] == b"ftyp":
            return _avif(content)
        return _svg(content)
    except (struct.error, IndexError, expat.ExpatError):
        return None


def _jpeg(content: bytes) -> tuple[float, float] | None:
    """The first frame header, SOF0 to SOF15 without DHT, JPG and DAC (ITU T.81, B.2.2)."""
    place = 2
    while place + 9 < len(content):
        marker, length = struct.unpack(">HH", content[place : place + 4])
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def _webp(content: bytes) -> tuple[float, float] | None:
    """RFC 9649, 2.5 to 2.7: lossy, lossless, extended."""
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack("<I", content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    return None


def _avif(content: bytes) -> tuple[float, float] | None:
    """The first image spatial extents property (ISO/IEC 23008-12, 6.5.3)."""
    place = content.find(b"ispe")
    if place < 0:
        return None
    width, height = struct.unpack(">II", content[place + 8 : place + 16])
    return width, height


def _svg(content: bytes) -> tuple[float, float] | None:
    """From the view box, else from width and height of the root."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        found.update(attributes if not found else {})
        found.setdefault("root", name)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(content, True)
    box = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", found.get("viewBox", ""))]
    if len(box) == 4:
        return box[2], box[3]
    sides = [re.match(r"\d+(?:\.\d+)?", found.get(side, "")) for side in ("width", "height")]
    return (float(sides[0][0]), float(sides[1][0])) if sides[0] and sides[1] else None
