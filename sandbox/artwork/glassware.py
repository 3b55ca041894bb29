"""Stemmed glasses, and everything else of glass for the table."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import pitchers, tumblers
from sandbox.artwork.canvas import Drawing, level, path, place, ring, stroke
from sandbox.artwork.glass import far_side, glow, near_side
from sandbox.artwork.palette import Tones, mix
from sandbox.artwork.vessels import turned

WINE: Final = "#7E2F3E"


def wine_glass(t: Tones, wine: str = "") -> str:
    """A stemmed glass, 280 wide and 560 high, empty unless ``wine`` names a colour."""
    bowl = turned((112, -560), (136, -470), (140, -400), (112, -310), (40, -248), (14, -232))
    drink = turned((139, -410), (132, -350), (98, -296), (36, -256), (12, -244)) if wine else None
    foot = "M-128 -14Q-60 -26 -12 -46L-9 -240H9L12 -46Q60 -26 128 -14A128 26 0 0 1 -128 -14Z"
    return (
        path(foot, t.base, opacity=0.5)
        + path("M2 -240H9L12 -46Q60 -26 128 -14A128 26 0 0 1 50 10Q20 -40 2 -60Z", t.shade, opacity=0.5)
        + ring(0, -14, 128, 26, t.shade, 4, opacity=0.6)
        + stroke("M-116 -8A128 26 0 0 0 -30 10M-4 -226V-70", "#fff", 5, opacity=0.8)
        + far_side(t, -560, 112)
        + (
            path(drink.outline, wine, opacity=0.92)
            + path(drink.shade, mix(wine, "#000000", 0.18), opacity=0.7)
            + level(0, -410, 139, mix(wine, "#FFFFFF", 0.22))
            if drink
            else ""
        )
        + near_side(bowl, t, -560, 112)
    )


def _wine_glass_front(t: Tones) -> str:
    return glow(t, 400, 850, 160) + place(wine_glass(t), 398, 856, scale=1.3)


def _wine_glass_pair(t: Tones) -> str:
    """Two glasses of red, one behind the other."""
    return (
        glow(t, 560, 730, 112)
        + place(wine_glass(t, WINE), 556, 736, scale=0.92)
        + glow(t, 290, 870, 140)
        + place(wine_glass(t, WINE), 284, 876, scale=1.16)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "wine_glass": Drawing(_wine_glass_front, _wine_glass_pair, detail_on="table"),
    **tumblers.DRAWINGS,
    **pitchers.DRAWINGS,
}
