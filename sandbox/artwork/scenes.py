"""The larger pictures: the home page's still life and one for each top category, composed of the shop's own goods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sandbox.artwork.bees import bee
from sandbox.artwork.boards import chopping_board
from sandbox.artwork.botanical import eucalyptus
from sandbox.artwork.candles import candlestick
from sandbox.artwork.canvas import curve, path, place, poly, resting, steam, stroke
from sandbox.artwork.cookware import casserole, kettle
from sandbox.artwork.crockery import dinner_plate, soup_bowl
from sandbox.artwork.cups import mug
from sandbox.artwork.decoration import round_mirror, strap, vase
from sandbox.artwork.flowers import delphinium, fallen
from sandbox.artwork.footwear import wellington
from sandbox.artwork.frame import ground, sheet
from sandbox.artwork.garden_tools import watering_can
from sandbox.artwork.glassware import wine_glass
from sandbox.artwork.kitchen_tools import mixing_bowl
from sandbox.artwork.lighting import table_lamp
from sandbox.artwork.linen import napkins
from sandbox.artwork.packs import backpack
from sandbox.artwork.palette import GROUNDS, INK, TEA, lifted, tones
from sandbox.artwork.picnic import enamel_mug, flask, rolled_blanket
from sandbox.artwork.pitchers import carafe
from sandbox.artwork.platters import lemons
from sandbox.artwork.pots import herbs, terracotta_pot
from sandbox.artwork.seeds import seed_packet
from sandbox.artwork.soft_furnishings import cushion, folded_throw
from sandbox.artwork.storage import storage_jar
from sandbox.artwork.teapots import teapot
from sandbox.artwork.trugs import laden_trug
from sandbox.artwork.tumblers import tumbler
from sandbox.artwork.vessels import stood_in
from sandbox.artwork.wildlife import nest_box

HERO_WIDTH: Final = 1600
HERO_HEIGHT: Final = 1000
SCENE_WIDTH: Final = 1200
SCENE_HEIGHT: Final = 900

_PETAL: Final = tones("Delphinium")
_HERO_WALL: Final = "#EADFD0"


def _spires(stems: tuple[tuple[float, float, float, int], ...]) -> str:
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


def _hero() -> str:
    """Morning on the table; the left third is left to the headline."""
    stems = _spires(
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


def _room(category: str, content: str, horizon: float = 590) -> str:
    return ground(category, "table", SCENE_WIDTH, SCENE_HEIGHT, horizon) + content


def _table() -> str:
    """Laid for supper: plates, a carafe, two glasses."""
    chalk, sea = tones("Chalk"), tones("Sea")
    plates = "".join(
        place(dinner_plate(chalk if i % 2 else sea), dx, -i * 40) for i, dx in enumerate((4, -5, 6, 0))
    )
    return _room(
        "table",
        resting(carafe(tones("Clear")), 262, 700, 150, scale=0.78)
        + resting(wine_glass(tones("Clear"), "#7E2F3E"), 1000, 690, 100, scale=0.74)
        + resting(plates + place(soup_bowl(tones("Rust")), 0, -186, scale=0.82), 612, 744, 220, scale=0.86)
        + resting(tumbler(tones("Amber")), 870, 812, 110, scale=0.56)
        + resting(napkins(tones("Delphinium")), 350, 842, 232, scale=0.56),
    )


def _kitchen() -> str:
    """By the stove: a board against the wall, a casserole, the kettle and a jar."""
    board = path("M196 640L210 250H470L520 640Z", INK, opacity=0.08) + resting(
        chopping_board(tones("Oak")), 320, 650, 200, scale=0.72
    )
    return _room(
        "kitchen",
        board
        + resting(storage_jar(tones("Chalk")), 990, 682, 150, scale=0.78)
        + resting(kettle(tones("Butter")), 720, 700, 200, scale=0.76)
        + resting(casserole(tones("Rust")), 430, 800, 226, scale=0.78)
        + resting(
            mixing_bowl(tones("Sky")) + stood_in(place(lemons(), 0, -226), -285, 257),
            880,
            836,
            140,
            scale=0.66,
        ),
    )


def _home() -> str:
    """A sideboard in the evening: lamp, mirror, branches, and a cushion on a folded throw."""
    mirror = place(strap() + round_mirror(tones("Oak")), 640, 300, scale=0.66)
    branches = stood_in(
        place(eucalyptus(380), 0, -400, turn=-20)
        + place(eucalyptus(420), 4, -400, turn=8)
        + place(eucalyptus(340), 6, -400, turn=32),
        -425,
        51,
    )
    return _room(
        "home",
        mirror
        + resting(table_lamp(tones("Sage")), 250, 720, 120, scale=0.92)
        + resting(vase(tones("Sea")) + branches, 560, 724, 78, scale=0.66)
        + resting(candlestick(tones("Brass"), 260), 440, 816, 170, scale=0.6)
        + resting(folded_throw(tones("Oat")), 890, 800, 270, scale=0.92)
        + place(cushion(tones("Rust")), 880, 604, scale=0.62, turn=-5),
        horizon=620,
    )


def _garden() -> str:
    """The potting bench against the hedge, larkspur behind it."""
    hedge = (
        curve(
            (-40, 600),
            (-40, 330),
            (60, 300),
            (190, 336),
            (330, 280),
            (470, 330),
            (640, 286),
            (800, 340),
            (960, 290),
            (1100, 330),
            (1240, 300),
            (1240, 600),
        )
        + "Z"
    )
    spires = place(_spires(((-130, 470, -6, 1), (-40, 590, 1, 2), (60, 520, 7, 3))), 606, 640)
    pot = terracotta_pot(tones("Terracotta")) + place(herbs(), 0, -318)
    return _room(
        "garden",
        path(hedge, lifted(GROUNDS["garden"], -0.08))
        + path("M912 400H964V640H912Z", tones("Oak").shade)
        + place(nest_box(tones("Oak")), 940, 410, scale=0.56)
        + spires
        + _bench("garden", 600)
        + resting(watering_can(tones("Moss")), 330, 748, 150, scale=0.76)
        + resting(laden_trug(tones("Oak")), 700, 806, 240, scale=0.76)
        + resting(pot, 1066, 780, 104, scale=0.54)
        + resting(seed_packet(tones("Delphinium")), 470, 852, 150, scale=0.32)
        + bee(812, 150, 0.6, -8),
        horizon=600,
    )


def _bench(category: str, horizon: float) -> str:
    """The bench in front of whatever grows behind it."""
    return path(
        f"M0 {horizon}Q600 {horizon - 5} 1200 {horizon + 2}V900H0Z", lifted(GROUNDS[category], -0.045)
    )


def _walk() -> str:
    """Packed for the hills."""
    sky = GROUNDS["walk"]
    far = path("M0 470Q240 340 470 430T900 360T1200 440V640H0Z", lifted(sky, -0.04))
    near = path("M0 560Q300 440 640 530T1200 500V640H0Z", lifted(sky, -0.08))
    boots = resting(wellington(tones("Fern")), 330, 706, 150, scale=0.76) + resting(
        wellington(tones("Fern")), 250, 746, 150, scale=0.76
    )
    return _room(
        "walk",
        far
        + near
        + _bench("walk", 610)
        + boots
        + resting(backpack(tones("Rust")), 640, 770, 190, scale=0.86)
        + resting(flask(tones("Sea")), 886, 756, 100, scale=0.62)
        + resting(rolled_blanket(tones("Mustard")), 480, 850, 200, scale=0.5)
        + resting(enamel_mug(tones("Chalk"), filled=True), 1010, 824, 120, scale=0.46),
        horizon=610,
    )


_SCENES: Final[dict[str, tuple[Callable[[], str], int, int]]] = {
    "hero": (_hero, HERO_WIDTH, HERO_HEIGHT),
    "table": (_table, SCENE_WIDTH, SCENE_HEIGHT),
    "kitchen": (_kitchen, SCENE_WIDTH, SCENE_HEIGHT),
    "home": (_home, SCENE_WIDTH, SCENE_HEIGHT),
    "garden": (_garden, SCENE_WIDTH, SCENE_HEIGHT),
    "walk": (_walk, SCENE_WIDTH, SCENE_HEIGHT),
}

SCENES: Final = tuple(_SCENES)


def scene(name: str) -> str:
    """One of ``SCENES`` as SVG text: "hero" 1600 by 1000, the others 1200 by 900. Raises ``KeyError`` otherwise."""
    paint, width, height = _SCENES[name]
    return sheet(paint(), width, height)
