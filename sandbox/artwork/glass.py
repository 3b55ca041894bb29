"""How glass is painted: two veils of its colour, a bright edge and a glint."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import TILT, ellipse, path, ring, shadow, stroke
from sandbox.artwork.palette import Tones, mix
from sandbox.artwork.vessels import Turned

WATER: Final = "#BFD8DC"


def far_side(t: Tones, y: float, radius: float) -> str:
    """The far side of a glass, seen through its mouth."""
    return ellipse(0, y, radius, radius * TILT, t.base, opacity=0.35)


def near_side(body: Turned, t: Tones, y: float, radius: float) -> str:
    """The near side: veil, shaded right, bright left glint, and the rim."""
    edge = mix(t.shade, t.deep, 0.6)
    return (
        path(body.outline, t.base, opacity=0.38)
        + path(body.shade, t.shade, opacity=0.34)
        + path(body.light, "#fff", opacity=0.6)
        + stroke(body.outline.removesuffix("Z"), edge, 4, opacity=0.5)
        + ring(0, y, radius, radius * TILT, edge, 6, opacity=0.6)
        + ring(-1, y - 1, radius, radius * TILT, "#fff", 3, opacity=0.8)
    )


def glow(t: Tones, x: float, y: float, half_width: float) -> str:
    """A glass throws a lit shadow: dark at the foot, its own colour in the middle."""
    return shadow(x, y, half_width, opacity=0.75) + ellipse(
        x + half_width * 0.62,
        y + half_width * 0.08,
        half_width * 0.5,
        half_width * 0.1,
        mix(t.light, "#FFFFFF", 0.5),
        opacity=0.55,
    )
