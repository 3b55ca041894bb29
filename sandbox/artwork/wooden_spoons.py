"""Spoons and scrapers of wood."""

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


def _scraper(t: Tones) -> str:
    """A flat-edged scraper, 640 long, its edge cut on the slant."""
    return (
        path(
            "M-11 -320Q0 -330 11 -320L17 110Q52 124 60 170L68 318Q0 306 -64 276L-58 170Q-50 124 -17 110Z",
            t.base,
        )
        + path("M3 -326L11 -320L17 110Q52 124 60 170L68 318Q48 314 30 308Q40 160 4 110Z", t.shade)
        + stroke("M-40 180L-44 268M-14 170L-16 286", t.shade, 4)
    )


def _tasting_spoon(t: Tones) -> str:
    """A spoon with a small deep bowl, 600 long."""
    bowl = curve((-14, 160), (-42, 206), (-44, 250), (0, 284), (44, 250), (42, 206), (14, 160))
    return (
        path("M-10 -310Q0 -320 10 -310L14 170H-14Z", t.base)
        + path("M3 -314L10 -310L14 170H4Z", t.shade)
        + path(bowl, t.base)
        + ellipse(0, 230, 29, 36, t.deep)
        + path("M-18 254Q20 262 26 220Q34 256 4 266Z", t.light)
    )


def _wooden_spoons_front(t: Tones) -> str:
    """Three side by side, from above, each in its own shadow."""
    stirrer = "M-11 -320Q0 -330 11 -320L17 120Q58 150 64 250Q60 324 0 324T-64 250Q-58 150 -17 120Z"
    scraper = "M-11 -320Q0 -330 11 -320L17 110Q52 124 60 170L68 318Q0 306 -64 276L-58 170Q-50 124 -17 110Z"
    taster = "M-10 -310Q0 -320 10 -310L14 160Q44 190 46 240Q40 284 0 284T-46 240Q-44 190 -14 160Z"
    tools = (
        (wooden_spoon(t), stirrer, 190, 520, -7),
        (_scraper(t), scraper, 402, 496, 2),
        (_tasting_spoon(t), taster, 612, 524, 9),
    )
    return "".join(
        place(path(outline, INK, opacity=0.16), x + 14, y + 18, turn=a, scale=1.16)
        + place(tool, x, y, turn=a, scale=1.16)
        for tool, outline, x, y, a in tools
    )


def _wooden_spoons_in_crock(t: Tones) -> str:
    """Standing in a stoneware crock on the table, bowls up."""
    crock = turned((150, -320), (156, -200), (152, -60), (136, 0))
    tools = (
        place(_tasting_spoon(t), -66, -450, turn=168)
        + place(_scraper(t), 84, -460, turn=194)
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
