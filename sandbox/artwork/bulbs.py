"""Flower bulbs and the sack they come in."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.blooms import spring_flower
from sandbox.artwork.botanical import leaf
from sandbox.artwork.canvas import (
    Drawing,
    clipped,
    curve,
    ellipse,
    path,
    place,
    resting,
    shadow,
    stroke,
)
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, PAPER, SOIL, TWINE, Tones, lifted

ROOT: Final = "#A98A62"
SKIN: Final = "#B8793F"


def bulb(x: float, y: float, size: float, turn: float, *, sprout: bool = False) -> str:
    """A flower bulb ``size`` high, standing on its roots at (x, y)."""
    body = "M0 -100Q14 -84 30 -72Q60 -46 44 -16Q26 4 0 2T-44 -16Q-60 -46 -30 -72Q-14 -84 0 -100Z"
    return place(
        stroke("M-14 0L-22 18M0 2V22M14 0L20 18", ROOT, 4)
        + (
            leaf(-4, -84, 70, -10, LEAF, plump=0.18) + leaf(4, -84, 56, 14, LEAF_DEEP, plump=0.2)
            if sprout
            else ""
        )
        + path(body, SKIN)
        + path("M0 -100Q14 -84 30 -72Q60 -46 44 -16Q26 4 0 2Q34 -40 0 -100Z", lifted(SKIN, -0.09))
        + stroke("M-6 -88Q-34 -56 -30 -20M4 -84Q14 -50 6 -8", lifted(SKIN, -0.13), 4)
        + stroke("M-22 -64Q-36 -46 -36 -30", lifted(SKIN, 0.13), 6),
        x,
        y,
        turn=turn,
        scale=size / 100,
    )


def bulb_bag(t: Tones) -> str:
    """A cotton sack of bulbs tied at the neck, 400 wide and 470 high, a tag on the string."""
    sack = curve(
        (-66, -372),
        (-66, -372),
        (-110, -320),
        (-176, -220),
        (-198, -100),
        (-170, -8),
        (-170, -8),
        (0, 6),
        (170, -8),
        (170, -8),
        (198, -100),
        (178, -220),
        (110, -320),
        (66, -372),
        (66, -372),
        (0, -360),
        (-66, -372),
    )
    frill = (
        "M-62 -366Q-128 -440 -110 -470Q-70 -448 -40 -468T24 -462T108 -466Q122 -430 62 -366Q0 -350 -62 -366Z"
    )
    tag = "M40 -330L132 -300L156 -178L66 -196L34 -290Z"
    return (
        path(frill, t.shade)
        + stroke("M-40 -450L-22 -376M16 -450L10 -374M76 -446L36 -376", t.deep, 5)
        + path(sack, t.base)
        + clipped(
            sack,
            path("M90 -380Q150 -200 70 20H220V-380Z", t.shade),
            path("M-60 -350Q-150 -240 -166 -120Q-120 -140 -110 -220T-30 -350Z", t.light),
            path("M-210 -60Q0 -36 210 -60V20H-210Z", t.accent, opacity=0.9),
            path("M-210 -84Q0 -60 210 -84V-74Q0 -50 -210 -74Z", t.accent, opacity=0.9),
            path("M110 -90H220V20H60Q100 -30 110 -90Z", INK, opacity=0.12),
        )
        + stroke("M-36 -352Q-70 -290 -76 -240M-6 -352V-290M40 -350Q70 -300 90 -270", t.deep, 5, opacity=0.55)
        + stroke("M-66 -376Q0 -352 66 -376M-64 -362Q0 -338 64 -362", TWINE, 9)
        + place(_tulip_mark(t), -36, -130)
        + stroke("M50 -358Q70 -340 62 -306", TWINE, 6)
        + path(tag, INK, opacity=0.14)
        + place(path(tag, PAPER), -6, -8)
        + ellipse(58, -304, 8, 8, SOIL)
        + stroke("M66 -262L126 -246M74 -236L120 -224", INK, 5, opacity=0.5)
    )


def _tulip_mark(t: Tones) -> str:
    """The tulip printed on the sack."""
    return stroke("M0 0V-70", t.accent, 7) + path(
        (
            "M0 -62Q-44 -66 -34 -128Q-18 -116 0 -98Q18 -116 34 -128Q44 -66 0 -62ZM0 -4"
            "Q-46 -14 -44 -62Q-12 -44 0 -4ZM0 -4Q42 -10 42 -52Q12 -40 0 -4Z"
        ),
        t.accent,
    )


def _bulb_bag_front(t: Tones) -> str:
    return (
        resting(bulb_bag(t), 380, 800, 180, scale=1.36)
        + shadow(640, 850, 60)
        + bulb(640, 850, 120, 8)
        + shadow(150, 872, 56)
        + bulb(150, 872, 104, -14)
    )


def _bulbs_sprouting(t: Tones) -> str:
    """Bulbs in a row in the soil, one in flower."""
    earth = "M0 760Q200 736 420 752T800 742V1000H0Z"
    return (
        place(spring_flower(t), 400, 790)
        + path(earth, SOIL)
        + clipped(earth, path("M0 820Q300 790 800 812V1000H0Z", lifted(SOIL, -0.05)))
        + bulb(176, 912, 176, -8, sprout=True)
        + bulb(400, 900, 220, 0)
        + bulb(628, 914, 168, 10, sprout=True)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "bulb_bag": Drawing(_bulb_bag_front, _bulbs_sprouting),
}
