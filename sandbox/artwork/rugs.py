"""Woven rugs, flat and rolled."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, cast, clipped, curve, level, path, place, poly, resting, stroke
from sandbox.artwork.palette import PAPER, Tones
from sandbox.artwork.textile import fringe, lozenges, spiral
from sandbox.artwork.vessels import turned


def rug(t: Tones) -> str:
    """A woven rug seen from above, 480 by 700 with its fringes, its middle at the origin."""
    field = curve(
        (-236, -330),
        (-236, -330),
        (0, -336),
        (238, -328),
        (238, -328),
        (234, 0),
        (240, 330),
        (240, 330),
        (0, 336),
        (-238, 328),
        (-238, 328),
        (-234, 0),
        (-236, -330),
    )
    centres = [(x, y) for x in (-120, 0, 120) for y in (-132, 0, 132)]
    bands = "".join(
        f"M-240 {y}Q0 {y - 5} 242 {y}v{h}Q0 {y + h - 5} -240 {y + h}Z"
        for y, h in ((-296, 20), (-262, 44), (218, 44), (276, 20))
    )
    weave = "".join(f"M-238 {y}Q0 {y - 6} 240 {y}" for y in range(-306, 330, 26))
    return (
        fringe((-232, 326), (238, 330), 31, 44, PAPER)
        + place(fringe((-232, 326), (238, 330), 31, 44, PAPER), turn=180)
        + path(field, t.base)
        + clipped(
            field,
            path(bands, t.accent),
            path(lozenges(centres, 114, 128), t.deep, opacity=0.75),
            path(lozenges(centres, 46, 54), t.accent),
            stroke(weave, t.deep, 3, opacity=0.22),
            path("M-240 -340H60Q-120 -200 -240 40Z", t.light, opacity=0.22),
        )
    )


def _rug_front(t: Tones) -> str:
    outline = poly((-238, -366), (238, -366), (238, 366), (-238, 366))
    return place(cast(outline, 12, 14) + rug(t), 400, 500, turn=-4, scale=1.1)


def rolled_rug(t: Tones) -> str:
    """A rug rolled up and stood on end, 250 wide and 640 high."""
    body = turned((124, -630), (126, -320), (124, 0))
    bands = "".join(
        f"M-130 {y}Q0 {y + 56} 130 {y}v{h}Q0 {y + h + 56} -130 {y + h}Z"
        for y, h in ((-560, 22), (-520, 56), (-146, 56), (-70, 22))
    )
    return (
        body.painted(t.base, t.shade, t.light)
        + clipped(
            body.outline,
            path(bands, t.accent),
            path(
                lozenges(((-6, -380), (-6, -240)), 90, 130) + lozenges(((84, -388), (84, -248)), 52, 130),
                t.deep,
            ),
            path("M50 -640H130V40H30Z", t.deep, opacity=0.3),
        )
        + stroke("M-64 -606Q-60 -300 -66 22", t.deep, 7)
        + fringe((-124, 2), (-66, 22), 6, 26, PAPER)
        + fringe((-60, 24), (124, 4), 13, 26, PAPER)
        + level(0, -630, 124, t.shade)
        + stroke(spiral(-2, -630, 112, 23, 4, start=150), t.light, 7)
    )


def _rug_rolled(t: Tones) -> str:
    return resting(rolled_rug(t), 400, 840, 124, scale=1.06)


DRAWINGS: Final[dict[str, Drawing]] = {
    "rug": Drawing(_rug_front, _rug_rolled, front_on="flat", detail_on="table"),
}
