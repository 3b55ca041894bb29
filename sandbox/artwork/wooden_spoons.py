"""Spoons, turners and servers of wood."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, curve, ellipse, path, place, shadow, speckle, stroke
from sandbox.artwork.palette import INK, Tones, tones
from sandbox.artwork.vessels import opening, stood_in, turned

CHALK: Final = tones("Chalk")


def wooden_spoon(t: Tones) -> str:
    """A spoon 640 long, its bowl at the bottom; the origin is the middle."""
    return (
        path("M-11 -320Q0 -330 11 -320L17 130H-17Z", t.base)
        + path("M3 -326L11 -320L17 130H4Z", t.shade)
        + path(
            curve(
                (-17, 120),
                (-58, 190),
                (-64, 260),
                (-36, 312),
                (0, 324),
                (36, 312),
                (64, 260),
                (58, 190),
                (17, 120),
            ),
            t.base,
        )
        + path(curve((0, 170), (-38, 214), (-40, 266), (0, 302), (40, 266), (38, 214), closed=True), t.shade)
        + path(curve((-10, 292), (30, 268), (34, 224), (20, 262), closed=True), t.light)
    )


def _spatula(t: Tones) -> str:
    """A flat turner, 640 long, with two slots."""
    return (
        path(
            "M-11 -320Q0 -330 11 -320L17 110Q50 120 60 160L66 304Q62 322 0 324T-66 304L-60 160"
            "Q-50 120 -17 110Z",
            t.base,
        )
        + path("M3 -326L11 -320L17 110Q50 120 60 160L66 304Q62 318 34 322Q40 160 4 110Z", t.shade)
        + stroke("M-24 170L-27 280M4 170V284", t.deep, 13)
    )


def _server(t: Tones) -> str:
    """A spoon with a hole through its bowl, 640 long."""
    hole = ellipse(0, 240, 23, 28, t.deep)
    return wooden_spoon(t) + hole + stroke("M-20 230A23 28 0 0 1 8 214", t.light, 4)


def _wooden_spoons_front(t: Tones) -> str:
    """Three side by side, from above, each in its own shadow."""
    tools = ((wooden_spoon(t), 190, 520, -7), (_spatula(t), 402, 496, 2), (_server(t), 612, 524, 9))
    outline = "M-11 -320Q0 -330 11 -320L17 120Q58 150 64 250Q60 324 0 324T-64 250Q-58 150 -17 120Z"
    return "".join(
        place(path(outline, INK, opacity=0.16), x + 14, y + 18, turn=a, scale=1.16)
        + place(tool, x, y, turn=a, scale=1.16)
        for tool, x, y, a in tools
    )


def _wooden_spoons_in_crock(t: Tones) -> str:
    """Standing in a stoneware crock on the table, bowls up."""
    crock = turned((150, -320), (156, -200), (152, -60), (136, 0))
    tools = (
        place(_server(t), -66, -470, turn=168)
        + place(_spatula(t), 84, -460, turn=194)
        + place(wooden_spoon(t), 10, -500, turn=181)
    )
    pot = (
        crock.painted(CHALK.base, CHALK.shade, CHALK.light)
        + stroke("M-155 -220Q0 -180 155 -220", "#5C6FA8", 10)
        + speckle(8, 14, (-130, -290, 130, -30), "#B9AD99", 3.4)
        + opening(-320, 150, CHALK.light, "#B3A794", "#94887A", lip=10)
    )
    return shadow(400, 860, 136) + place(pot + stood_in(tools, -319, 140), 398, 866, scale=0.96)


DRAWINGS: Final[dict[str, Drawing]] = {
    "wooden_spoons": Drawing(
        _wooden_spoons_front, _wooden_spoons_in_crock, front_on="flat", detail_on="table"
    ),
}
