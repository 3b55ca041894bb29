"""Round dishes and what is in them, seen from above."""

from __future__ import annotations

from sandbox.artwork.canvas import ellipse, num, path
from sandbox.artwork.palette import INK, Tones, lifted


def disc(x: float, y: float, r: float, t: Tones, *, squash: float = 0.99) -> str:
    """A round dish seen from above: its shadow, its rim lit from the left and shaded at the lower right."""
    ry = r * squash
    crescent = (
        f"M{num(x - r * 0.4)} {num(y + ry * 0.917)}A{num(r)} {num(ry)} 0 0 0 {num(x + r * 0.917)} {num(y - ry * 0.4)}"
        f"Q{num(x + r * 0.78)} {num(y + ry * 0.68)} {num(x - r * 0.4)} {num(y + ry * 0.917)}Z"
    )
    return (
        ellipse(x + r * 0.14, y + r * 0.18, r * 1.1, ry * 1.08, "url(#s)")
        + ellipse(x + r * 0.06, y + r * 0.09, r, ry, INK, opacity=0.13)
        + ellipse(x, y, r, ry, t.base)
        + path(crescent, t.shade)
    )


def liquid(x: float, y: float, r: float, colour: str) -> str:
    """Something to drink seen from above: darker under the lit rim, one reflection at the far side."""
    far = f"M{num(x - r * 0.96)} {num(y + r * 0.16)}A{num(r)} {num(r)} 0 0 1 {num(x + r * 0.3)} {num(y - r * 0.95)}"
    near = f"M{num(x + r * 0.1)} {num(y + r * 0.82)}"
    glint = f"{near}Q{num(x + r * 0.72)} {num(y + r * 0.66)} {num(x + r * 0.8)} {num(y)}"
    return (
        ellipse(x, y, r, r, colour)
        + path(
            f"{far}Q{num(x - r * 0.6)} {num(y - r * 0.62)} {num(x - r * 0.96)} {num(y + r * 0.16)}Z",
            lifted(colour, -0.09),
        )
        + path(
            f"{glint}Q{num(x + r * 0.56)} {num(y + r * 0.54)} {num(x + r * 0.1)} {num(y + r * 0.82)}Z",
            lifted(colour, 0.1),
        )
    )
