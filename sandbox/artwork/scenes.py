"""The larger pictures: one for each top category, composed of the shop's own goods, and the home page's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sandbox.artwork.bees import bee
from sandbox.artwork.boards import chopping_board
from sandbox.artwork.botanical import eucalyptus
from sandbox.artwork.candles import candlestick
from sandbox.artwork.canvas import curve, path, place, resting
from sandbox.artwork.cookware import casserole, kettle
from sandbox.artwork.crockery import dinner_plate, soup_bowl
from sandbox.artwork.decoration import round_mirror, strap, vase
from sandbox.artwork.footwear import wellington
from sandbox.artwork.frame import ground, sheet
from sandbox.artwork.garden_tools import watering_can
from sandbox.artwork.glassware import wine_glass
from sandbox.artwork.hero import hero, spires
from sandbox.artwork.kitchen_tools import mixing_bowl
from sandbox.artwork.lighting import table_lamp
from sandbox.artwork.linen import napkins
from sandbox.artwork.packs import backpack
from sandbox.artwork.palette import GROUNDS, INK, lifted, tones
from sandbox.artwork.picnic import enamel_mug, flask, rolled_blanket
from sandbox.artwork.pitchers import carafe
from sandbox.artwork.platters import lemons
from sandbox.artwork.pots import herbs, terracotta_pot
from sandbox.artwork.seeds import seed_packet
from sandbox.artwork.soft_furnishings import cushion, folded_throw
from sandbox.artwork.storage import storage_jar
from sandbox.artwork.trugs import laden_trug
from sandbox.artwork.tumblers import tumbler
from sandbox.artwork.vessels import stood_in
from sandbox.artwork.wildlife import nest_box

HERO_WIDTH: Final = 1600
HERO_HEIGHT: Final = 1000
SCENE_WIDTH: Final = 1200
SCENE_HEIGHT: Final = 900

_PETAL: Final = tones("Delphinium")


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
    larkspur = place(spires(((-130, 470, -6, 1), (-40, 590, 1, 2), (60, 520, 7, 3))), 606, 640)
    pot = terracotta_pot(tones("Terracotta")) + place(herbs(), 0, -318)
    return _room(
        "garden",
        path(hedge, lifted(GROUNDS["garden"], -0.08))
        + path("M912 400H964V640H912Z", tones("Oak").shade)
        + place(nest_box(tones("Oak")), 940, 410, scale=0.56)
        + larkspur
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
    "hero": (hero, HERO_WIDTH, HERO_HEIGHT),
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
