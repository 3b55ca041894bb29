"""The home page's still life: larkspur in a vase on the morning table."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import path, place, poly, resting, steam, stroke
from sandbox.artwork.crockery import dinner_plate
from sandbox.artwork.cups import mug
from sandbox.artwork.decoration import vase
from sandbox.artwork.flowers import delphinium, fallen
from sandbox.artwork.palette import INK, TEA, lifted, tones
from sandbox.artwork.platters import lemons
from sandbox.artwork.teapots import teapot
from sandbox.artwork.vessels import stood_in

_PETAL: Final = tones("Delphinium")
_HERO_WALL: Final = "#EADFD0"


def spires(stems: tuple[tuple[float, float, float, int], ...]) -> str:
    """Delphiniums from (foot along x, height, lean in degrees, seed)."""
    return "".join(
        place(delphinium(height, _PETAL, seed=seed), x, 0, turn=lean) for x, height, lean, seed in stems
    )


def _morning_room() -> str:
    """The home page's wall and table, the window's light falling across the right two thirds."""
    panes = poly((640, 0), (900, 0), (1256, 742), (996, 742)) + poly(
        (950, 0), (1210, 0), (1566, 742), (1306, 742)
    )
    on_table = poly((996, 742), (1256, 742), (1330, 1000), (1070, 1000)) + poly(
        (1306, 742), (1566, 742), (1600, 860), (1600, 1000), (1380, 1000)
    )
    return (
        f'<rect width="1600" height="1000" fill="{_HERO_WALL}"/>'
        + path(panes, "#fff", opacity=0.26)
        + path("M0 742Q800 732 1600 745V1000H0Z", lifted(_HERO_WALL, -0.055))
        + path(on_table, "#fff", opacity=0.16)
    )


def _place_cloth() -> str:
    """A linen napkin hanging over the front of the table."""
    cloth = "M600 858Q780 838 990 850Q1030 920 1064 1006H546Q580 930 600 858Z"
    return (
        place(path(cloth, INK, opacity=0.12), 14, 8)
        + path(cloth, "#F4EEE4")
        + path("M940 848L990 850Q1030 920 1064 1006H990Q976 920 940 848Z", "#DDD3C4")
        + stroke("M612 884Q790 862 1000 876M604 908Q790 886 1008 898", "#8C93C8", 5)
    )


def hero() -> str:
    """Morning on the table; the left third is left to the headline."""
    stems = spires(
        (
            (-26, 450, -35, 4),
            (-14, 560, -18, 1),
            (22, 530, 21, 2),
            (-4, 590, -2, 5),
            (12, 570, 10, 0),
            (30, 420, 38, 3),
        )
    )
    bouquet = vase(tones("Chalk")) + stood_in(place(stems, 0, -408), -425, 52)
    return (
        _morning_room()
        + resting(teapot(tones("Sage")), 1316, 812, 150, scale=0.66)
        + resting(bouquet, 1020, 806, 84, scale=0.76)
        + _place_cloth()
        + resting(mug(tones("Terracotta"), TEA) + steam(-30, -408, 160, 8), 784, 930, 140, scale=0.54)
        + resting(dinner_plate(tones("Chalk")) + lemons(), 1260, 942, 200, scale=0.7)
        + fallen(1040, 926, _PETAL)
        + fallen(944, 958, _PETAL)
    )
