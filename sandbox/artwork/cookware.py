"""Casseroles and kettles, and the pans."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import pans
from sandbox.artwork.canvas import (
    Drawing,
    clipped,
    curve,
    ellipse,
    level,
    path,
    place,
    resting,
    ring,
    steam,
    stroke,
)
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import LEAF, LEAF_DEEP, Tones, lifted, tones
from sandbox.artwork.vessels import turned

BRASS: Final = tones("Brass")
STEEL: Final = tones("Steel")
OAK: Final = tones("Oak")
STEW: Final = "#A94F2B"
ENAMEL: Final = "#EFE7D8"


def _loop(x: float, y: float, t: Tones, *, right: bool) -> str:
    """One of a casserole's two ear handles."""
    ear = place(
        stroke("M0 -26Q64 -40 72 -10T4 30", t.shade, 27) + stroke("M6 -28Q60 -38 68 -12", t.base, 15),
        flip=not right,
    )
    return place(ear, x, y)


def casserole_pot(t: Tones) -> str:
    """The casserole without its lid, 520 wide and 240 high; its rim is at y = -236."""
    body = turned((240, -236), (242, -140), (236, -50), (214, -6), (196, 0))
    return (
        _loop(-232, -190, t, right=False)
        + _loop(232, -190, t, right=True)
        + body.painted(t.base, t.shade, t.light)
        + stroke("M-238 -64Q0 -4 238 -64", t.deep, 4, opacity=0.45)
    )


def casserole(t: Tones) -> str:
    """A cast-iron casserole with a domed lid and a brass knob, 640 wide and 400 high."""
    lid = turned((40, -336), (150, -318), (224, -276), (250, -240), (250, -232))
    return (
        casserole_pot(t)
        + path("M-244 -214A244 54 0 0 0 244 -214L242 -196A243 54 0 0 1 -242 -196Z", t.deep, opacity=0.5)
        + lid.painted(t.base, t.shade, t.light)
        + stroke("M-228 -268A226 50 0 0 0 228 -268", t.deep, 4, opacity=0.5)
        + path("M-13 -372H13L20 -334H-20Z", BRASS.shade)
        + ellipse(0, -378, 42, 19, BRASS.base)
        + path("M10 -396A42 19 0 0 1 4 -359Q34 -372 10 -396Z", BRASS.shade)
        + ellipse(-12, -384, 16, 5, BRASS.light)
    )


def _casserole_front(t: Tones) -> str:
    return resting(casserole(t), 400, 800, 236, scale=1.14)


def _casserole_open(t: Tones) -> str:
    """From above, the lid off and a stew in it."""
    x, y, r = 400, 500, 268
    ears = "".join(
        stroke(
            f"M{x + s * 236} {y - 70}Q{x + s * 350} {y - 70} {x + s * 350} {y}T{x + s * 236} {y + 70}",
            t.shade if w > 30 else t.base,
            w,
        )
        for s in (-1, 1)
        for w in (46, 30)
    )
    bits = (
        (-120, -60, 34, 24, "#E08A34", 20),
        (40, -120, 34, 24, "#E08A34", -30),
        (120, 30, 36, 26, "#D9B26A", 40),
        (-40, 90, 38, 28, "#D9B26A", -10),
        (-110, 60, 30, 22, "#E08A34", 60),
        (70, 120, 30, 22, "#E08A34", 10),
        (0, -10, 38, 28, "#7E3A22", 30),
        (-30, -110, 34, 26, "#7E3A22", -20),
        (130, -70, 32, 24, "#7E3A22", 10),
    )
    stew = "".join(
        ellipse(x + dx, y + dy, rx, ry, colour, turn=turn)
        + ellipse(x + dx - 6, y + dy - 7, rx * 0.55, ry * 0.4, lifted(colour, 0.08), turn=turn)
        for dx, dy, rx, ry, colour, turn in bits
    )
    herbs = "".join(
        ellipse(x + dx, y + dy, 17, 8, LEAF if i % 2 else LEAF_DEEP, turn=a)
        for i, (dx, dy, a) in enumerate(
            ((60, -50, 30), (-70, 10, -40), (10, 50, 70), (90, 80, -20), (-90, 120, 10), (-160, 0, 80))
        )
    )
    return (
        ears
        + disc(x, y, r, t)
        + ring(x, y, r - 9, r - 11, t.light, 7)
        + ellipse(x, y, r - 28, r - 30, "#CFC4B2")
        + ellipse(x + 5, y + 8, r - 40, r - 44, ENAMEL)
        + ellipse(x + 3, y + 5, r - 56, r - 58, STEW)
        + stew
        + herbs
    )


def kettle(t: Tones) -> str:
    """A stove kettle, 560 wide over its spout and 480 high, the spout to the right, an oak grip over the top."""
    body = turned((84, -292), (160, -258), (214, -160), (222, -60), (206, -8), (194, 0))
    spout = "M168 -120Q240 -150 262 -240L306 -262L322 -232Q300 -90 190 -44Z"
    arch = curve((-150, -236), (-170, -380), (-90, -452), (0, -466), (90, -452), (170, -380), (150, -236))
    return (
        stroke(arch, STEEL.shade, 15)
        + stroke(curve((-154, -240), (-172, -370), (-100, -446)), STEEL.light, 5)
        + stroke("M-94 -450Q0 -482 94 -450", OAK.shade, 38)
        + stroke("M-94 -454Q0 -486 92 -454", OAK.base, 24)
        + path(spout, t.shade)
        + path("M168 -120Q240 -150 262 -240L306 -262L311 -250Q286 -220 280 -190Q262 -120 180 -86Z", t.base)
        + path("M256 -246L312 -274L334 -232L282 -202Z", BRASS.base)
        + path("M270 -222L323 -253L334 -232L282 -202Z", BRASS.shade)
        + ellipse(323, -253, 24, 10, BRASS.light, turn=62)
        + ellipse(323, -253, 8, 4, BRASS.deep, turn=62)
        + body.painted(t.base, t.shade, t.light)
        + level(0, -288, 92, t.deep)
        + path("M-88 -292Q-60 -330 0 -332Q60 -330 88 -292A88 19 0 0 1 -88 -292Z", t.base)
        + path("M20 -330Q66 -326 88 -292A88 19 0 0 1 30 -274Q50 -300 20 -330Z", t.shade)
        + ellipse(0, -346, 24, 20, OAK.base)
        + path("M4 -366A24 20 0 0 1 4 -326Q18 -346 4 -366Z", OAK.shade)
        + stroke("M-216 -34Q0 18 216 -34", t.deep, 4, opacity=0.5)
        + ellipse(-150, -236, 13, 13, STEEL.base)
        + ellipse(150, -236, 13, 13, STEEL.deep)
    )


def _kettle_front(t: Tones) -> str:
    return resting(kettle(t), 376, 820, 214, scale=1.24)


def _kettle_steaming(t: Tones) -> str:
    """Cropped to spout and shoulder, on the boil."""
    scene = place(kettle(t), 120, 1090, scale=1.95) + steam(650, 380, 250, 18)
    return clipped("M0 0H800V1000H0Z", scene)


DRAWINGS: Final[dict[str, Drawing]] = {
    "casserole": Drawing(_casserole_front, _casserole_open),
    "kettle": Drawing(_kettle_front, _kettle_steaming),
    **pans.DRAWINGS,
}
