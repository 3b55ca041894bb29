"""How the shop's named colours look on a screen."""

from __future__ import annotations

SWATCHES: dict[str, str] = {
    "Amber": "#c98432",
    "Brass": "#c39a4a",
    "Butter": "#efd689",
    "Chalk": "#f0eadf",
    "Charcoal": "#43413f",
    "Clay": "#bf8f70",
    "Clear": "#d9e6e4",
    "Copper": "#c07850",
    "Delphinium": "#5a5fc0",
    "Denim": "#4c6a93",
    "Fern": "#4b7b52",
    "Ink": "#2c3350",
    "Moss": "#6b7a3c",
    "Mustard": "#d29b2c",
    "Oak": "#c69a67",
    "Oat": "#e0d0b4",
    "Olive": "#7d7a43",
    "Plum": "#6e3d5a",
    "Rose": "#d79a98",
    "Rust": "#a2492b",
    "Sage": "#a0b093",
    "Sand": "#d2b48a",
    "Sea": "#4f8f8c",
    "Sky": "#9bbbd2",
    "Slate": "#6c7781",
    "Smoke": "#8b8a8a",
    "Steel": "#a9b0b5",
    "Terracotta": "#c2683f",
    "Walnut": "#76503a",
}
COLOUR_OPTIONS = ("colour", "color")
"""Names of options whose values are shown as swatches, in lower case."""


def swatch(option: str, value: str) -> str:
    """The CSS colour of an option's value; empty when it is no colour, or one the shop has no swatch for."""
    return SWATCHES.get(value, "") if option.casefold() in COLOUR_OPTIONS else ""
