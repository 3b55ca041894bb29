"""Frying pans and saucepans."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import (
    Drawing,
    curve,
    ellipse,
    level,
    path,
    place,
    resting,
    ring,
    shadow,
    steam,
    stroke,
)
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import INK, Tones, lifted, mix, tones
from sandbox.artwork.vessels import opening, turned

STEEL: Final = tones("Steel")
OAK: Final = tones("Oak")
STEW: Final = "#A94F2B"


def frying_pan(t: Tones) -> str:
    """A frying pan on the table, 780 wide over its handle and 150 high, the handle to the right."""
    body = "M-250 -86Q-226 -16 -160 0Q0 18 160 0Q226 -16 250 -86Z"
    handle = (
        "M222 -92Q300 -108 360 -130L522 -182Q548 -186 550 -166Q548 -150 528 -142L372 -88Q300 -64 232 -56Z"
    )
    return (
        path(handle, t.base)
        + path("M238 -66Q300 -76 372 -102L548 -160Q546 -148 528 -142L372 -88Q300 -64 232 -56Z", t.deep)
        + stroke("M250 -88Q310 -104 370 -126L510 -170", t.light, 5)
        + ellipse(522, -164, 13, 8, t.deep)
        + path(body, t.shade)
        + path("M60 8Q120 8 160 0Q226 -16 250 -86L150 -80Q140 -20 60 8Z", t.deep, opacity=0.7)
        + path("M-236 -66Q-216 -20 -170 -8Q-190 -40 -200 -62Z", t.base)
        + level(0, -88, 250, t.light)
        + level(0, -86, 238, t.deep)
        + ellipse(4, -74, 196, 36, t.shade)
    )


def egg(x: float, y: float, scale: float = 1, squash: float = 1) -> str:
    """A fried egg seen from above, 230 wide before scaling."""
    white = curve(
        (-110, -20),
        (-70, -84),
        (0, -74),
        (70, -90),
        (116, -30),
        (100, 40),
        (50, 60),
        (20, 96),
        (-50, 80),
        (-104, 50),
        closed=True,
    )
    return (
        f'<g transform="translate({x:g} {y:g})scale({scale:g} {scale * squash:g})">'
        + place(path(white, "#D8CBB0"), 4, 8)
        + path(white, "#FBF6EA")
        + ellipse(4, -6, 46, 44, "#E9A52C")
        + ellipse(-10, -20, 16, 11, "#F6CC66", turn=-30)
        + "</g>"
    )


def _frying_pan_front(t: Tones) -> str:
    """From above: the shape a pan is known by."""
    x, y, r = 330, 420, 268
    handle = "M-34 0Q-30 90 -26 130L-32 420Q-32 452 0 454Q32 452 32 420L26 130Q30 90 34 0Z"
    return (
        place(path(handle, INK, opacity=0.16), x + 186, y + 196, turn=-42)
        + place(
            path(handle, t.base)
            + path("M6 0H34Q30 90 26 130L32 420Q32 452 0 454Q12 300 6 0Z", t.deep)
            + stroke("M-16 140L-20 410", t.light, 5)
            + path("M-52 -10Q-40 70 -28 110H28Q40 70 52 -10Z", t.shade)
            + "".join(ellipse(dx, dy, 9, 9, t.light) for dx, dy in ((-18, 44), (18, 44), (0, 80)))
            + ellipse(0, 424, 12, 14, t.deep),
            x + 168,
            y + 168,
            turn=-42,
        )
        + disc(x, y, r, t)
        + ring(x, y, r - 6, r - 8, t.light, 7)
        + ellipse(x, y, r - 22, r - 24, t.deep)
        + ellipse(x + 8, y + 11, r - 50, r - 54, t.shade)
        + path(
            f"M{x - 60} {y + 196}Q{x + 150} {y + 180} {x + 196} {y - 10}Q{x + 130} {y + 120} {x - 60} {y + 196}Z",
            t.base,
        )
    )


def _frying_pan_eggs(t: Tones) -> str:
    """On the table with two eggs in it."""
    return shadow(316, 738, 290) + place(
        frying_pan(t) + egg(-84, -80, 0.82, 0.3) + egg(94, -74, 0.76, 0.3), 316, 750, scale=1.22
    )


def _steel_base() -> str:
    """The band where the outer skin stops short of the base."""
    band = "M-189 -60Q0 -10 189 -60Q188 -26 170 -4L160 0A160 35 0 0 1 -160 0L-170 -4Q-188 -26 -189 -60Z"
    return path(band, STEEL.base) + path(
        "M66 -27Q140 -38 189 -60Q188 -26 170 -4L160 0A160 35 0 0 1 58 33Z", STEEL.shade
    )


def saucepan(t: Tones) -> str:
    """A saucepan with a pouring lip in its near side and a long handle to the right, 700 wide and 260 high."""
    body = turned((190, -250), (190, -130), (188, -34), (170, -4), (160, 0))
    handle = "M180 -212L250 -222L450 -270Q480 -274 482 -250Q480 -232 456 -228L262 -182L182 -176Z"
    return (
        path(handle, OAK.base)
        + path("M182 -188L262 -196L480 -244Q476 -232 456 -228L262 -182L182 -176Z", OAK.shade)
        + path("M180 -212L250 -222L262 -182L182 -176Z", STEEL.shade)
        + ellipse(456, -250, 10, 7, OAK.deep)
        + body.painted(t.base, t.shade, t.light)
        + _steel_base()
        + opening(-250, 190, t.light, mix(t.shade, STEEL.base, 0.5), t.deep, lip=9)
        + stroke("M-170 -232Q0 -196 178 -236M-140 -228Q0 -206 140 -230", t.deep, 3, opacity=0.4)
        + ellipse(150, -206, 7, 7, STEEL.light)
        + path("M-46 -214Q-16 -204 0 -176Q20 -204 50 -214Q0 -206 -46 -214Z", t.light)
        + path("M0 -176Q20 -204 50 -214Q24 -208 4 -208Z", t.shade)
    )


def _saucepan_front(t: Tones) -> str:
    return resting(saucepan(t), 284, 810, 176, scale=1.08)


def _saucepan_lid(t: Tones) -> str:
    """Steaming, with the lid set ajar."""
    body = turned((190, -250), (190, -130), (188, -34), (170, -4), (160, 0))
    lid = turned((40, -62), (130, -46), (186, -18), (200, 0))
    pan = (
        path("M180 -212L300 -222Q330 -222 330 -200Q328 -184 300 -182L182 -176Z", STEEL.shade)
        + path("M270 -226L560 -236V-178L270 -180Z", OAK.base)
        + path("M270 -196L560 -206V-178L270 -180Z", OAK.shade)
        + body.painted(t.base, t.shade, t.light)
        + _steel_base()
        + opening(-250, 190, t.light, STEW, lifted(STEW, -0.08), lip=11)
        + place(
            path("M-200 4A200 44 0 0 0 200 4L196 16A200 44 0 0 1 -196 16Z", t.deep)
            + lid.painted(t.base, t.shade, t.light)
            + path("M-14 -96H14L18 -62H-18Z", OAK.shade)
            + ellipse(0, -102, 36, 17, OAK.base)
            + ellipse(-10, -108, 14, 4, OAK.light),
            40,
            -264,
            turn=-13,
        )
    )
    return shadow(330, 830, 240) + place(steam(-150, -334, 170) + pan, 320, 836, scale=1.34)


DRAWINGS: Final[dict[str, Drawing]] = {
    "frying_pan": Drawing(_frying_pan_front, _frying_pan_eggs, front_on="flat", detail_on="table"),
    "saucepan": Drawing(_saucepan_front, _saucepan_lid, detail_on="table"),
}
