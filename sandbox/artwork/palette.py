"""The shop's named colours and the five tones an object is painted in.

Tones are derived in OKLab (Björn Ottosson, 2020): light leans to the warm of the lamp, shade to the cool of the
sky, as gouache painters mix them, so every colour is shaded by the same rule.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

INK: Final = "#2B231C"
LEAF: Final = "#6F8A5B"
LEAF_DEEP: Final = "#4C6545"
PAPER: Final = "#F6F1E7"
LINEN: Final = "#E9DECB"
TWINE: Final = "#B79A6B"
SOIL: Final = "#5A4335"
TEA: Final = "#A8622C"
CREAM: Final = "#F7EBD3"

_BASES: Final[dict[str, tuple[str, str]]] = {
    # name: (base, accent: the colour of a trim, a stitch or a stripe on it)
    "Chalk": ("#F0EADF", "#8C9BB0"),
    "Oat": ("#E0D0B4", "#A0743F"),
    "Sand": ("#D2B48A", "#F3E7D0"),
    "Clay": ("#BF8F70", "#F2E3D2"),
    "Terracotta": ("#C2683F", "#F1D9C0"),
    "Rust": ("#A2492B", "#EBC59B"),
    "Rose": ("#D79A98", "#8F3F4E"),
    "Plum": ("#6E3D5A", "#E0B7BE"),
    "Mustard": ("#D29B2C", "#5B3B1B"),
    "Butter": ("#EFD689", "#B0762A"),
    "Moss": ("#6B7A3C", "#E7DDA8"),
    "Sage": ("#A0B093", "#F2ECDC"),
    "Olive": ("#7D7A43", "#EADFB4"),
    "Fern": ("#4B7B52", "#DDE6BE"),
    "Sea": ("#4F8F8C", "#F0E3C8"),
    "Sky": ("#9BBBD2", "#F5EFE3"),
    "Denim": ("#4C6A93", "#EFD9B0"),
    "Delphinium": ("#5A5FC0", "#E9DFF2"),
    "Ink": ("#2C3350", "#D9C59A"),
    "Slate": ("#6C7781", "#E7E2D6"),
    "Charcoal": ("#43413F", "#D8B98B"),
    "Walnut": ("#76503A", "#D9B48B"),
    "Oak": ("#C69A67", "#7A5330"),
    "Brass": ("#C39A4A", "#6E5220"),
    "Copper": ("#C07850", "#6F3B22"),
    "Steel": ("#B3B7B7", "#5F686E"),
    "Clear": ("#D9E6E4", "#8FB0AE"),
    "Smoke": ("#8B8A8A", "#D5D3D0"),
    "Amber": ("#C98432", "#F4D79C"),
}

COLOURS: Final = tuple(_BASES)

# Wall tints behind the goods of each top category; the table below is one step deeper.
GROUNDS: Final[dict[str, str]] = {
    "table": "#E8D9C6",
    "kitchen": "#D3DCD2",
    "home": "#E8D3CA",
    "garden": "#D6DFC4",
    "walk": "#CDDAE3",
}


@dataclass(frozen=True, slots=True)
class Tones:
    """Five paints mixed from one named colour, as ``#rrggbb``."""

    name: str
    base: str
    light: str
    shade: str
    deep: str
    accent: str


def _to_oklab(colour: str) -> tuple[float, float, float]:
    rgb = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    lms_l = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    lms_m = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    lms_s = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * lms_l + 0.7936177850 * lms_m - 0.0040720468 * lms_s,
        1.9779984951 * lms_l - 2.4285922050 * lms_m + 0.4505937099 * lms_s,
        0.0259040371 * lms_l + 0.7827717662 * lms_m - 0.8086757660 * lms_s,
    )


def _from_oklab(light: float, a: float, b: float) -> str:
    lms_l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    lms_m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    lms_s = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * lms_l - 3.3077115913 * lms_m + 0.2309699292 * lms_s,
        -1.2684380046 * lms_l + 2.6097574011 * lms_m - 0.3413193965 * lms_s,
        -0.0041960863 * lms_l - 0.7034186147 * lms_m + 1.7076147010 * lms_s,
    )
    channels = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
        for c in (min(max(c, 0.0), 1.0) for c in linear)
    )
    return "#" + "".join(f"{round(c * 255):02x}" for c in channels)


def mix(colour: str, other: str, amount: float) -> str:
    """``colour`` moved towards ``other`` by ``amount`` (0 to 1), evenly to the eye."""
    pairs = zip(_to_oklab(colour), _to_oklab(other), strict=True)
    light, a, b = (x + (y - x) * amount for x, y in pairs)
    return _from_oklab(light, a, b)


def lifted(colour: str, by: float) -> str:
    """``colour`` lighter (``by`` > 0, warmer) or darker (``by`` < 0, cooler) by that much OKLab lightness."""
    light, a, b = _to_oklab(colour)
    return _from_oklab(min(max(light + by, 0.0), 0.985), a + by * 0.02, b + by * 0.07)


@lru_cache
def tones(colour: str) -> Tones:
    """The paints for a colour name of the catalogue. Raises ``KeyError`` for a name the shop does not use."""
    base, accent = _BASES[colour]
    return Tones(colour, base, lifted(base, 0.065), lifted(base, -0.075), lifted(base, -0.17), accent)
