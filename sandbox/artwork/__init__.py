"""The pictures of the demo shop, drawn by code: ``draw`` for products, ``scene`` for categories and the home page."""

from __future__ import annotations

from typing import Final, Literal

from sandbox.artwork import (
    bags,
    cookware,
    decoration,
    garden_tools,
    glassware,
    kitchen_tools,
    lighting,
    linen,
    picnic,
    pots,
    seeds,
    soft_furnishings,
    storage,
    tableware,
    wear,
    wildlife,
)
from sandbox.artwork.canvas import Drawing
from sandbox.artwork.frame import ground as painted_ground
from sandbox.artwork.frame import sheet
from sandbox.artwork.palette import COLOURS, tones
from sandbox.artwork.scenes import SCENES, scene

ViewName = Literal["front", "detail"]

ART_TYPES: Final[dict[str, Drawing]] = {
    **tableware.DRAWINGS,
    **glassware.DRAWINGS,
    **linen.DRAWINGS,
    **cookware.DRAWINGS,
    **kitchen_tools.DRAWINGS,
    **storage.DRAWINGS,
    **soft_furnishings.DRAWINGS,
    **lighting.DRAWINGS,
    **decoration.DRAWINGS,
    **pots.DRAWINGS,
    **garden_tools.DRAWINGS,
    **seeds.DRAWINGS,
    **wildlife.DRAWINGS,
    **bags.DRAWINGS,
    **wear.DRAWINGS,
    **picnic.DRAWINGS,
}

__all__ = ["ART_TYPES", "COLOURS", "SCENES", "ViewName", "draw", "scene"]


def draw(art_type: str, colour: str, view: ViewName, *, ground: str) -> str:
    """One product picture as SVG text, 800 by 1000.

    ``ground`` is the slug of the product's top category. Raises ``KeyError`` for an unknown type, colour or ground.
    """
    drawing = ART_TYPES[art_type]
    paint, on = (drawing.front, drawing.front_on) if view == "front" else (drawing.detail, drawing.detail_on)
    return sheet(painted_ground(ground, on) + paint(tones(colour)))
