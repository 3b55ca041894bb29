"""Houses and meals for birds; bees have a module of their own."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import bees
from sandbox.artwork.bees import bee, bee_house
from sandbox.artwork.botanical import leaves, rounds
from sandbox.artwork.canvas import Drawing, clipped, ellipse, level, path, place, poly, stroke
from sandbox.artwork.palette import INK, LEAF, Tones, lifted, tones
from sandbox.artwork.vessels import turned

__all__ = ["DRAWINGS", "bee", "bee_house", "bird_feeder", "nest_box", "robin"]

OAK: Final = tones("Oak")
WALNUT: Final = tones("Walnut")
STEEL: Final = tones("Steel")
SEED: Final = "#C99A56"


def bird_feeder(t: Tones) -> str:
    """A seed feeder with a tin roof and tray, 340 wide and 560 high; the origin is the underside, the hook at -640."""
    roof = "M-170 -400Q-90 -450 -26 -500H26Q90 -450 170 -400A170 34 0 0 1 -170 -400Z"
    tube = turned((92, -400), (92, -400), (92, -70), (92, -70))
    tray = turned((160, -66), (160, -66), (140, 0), (140, 0))
    grain = [(-70 + (i * 53) % 146, -214 + (i * 37) % 130, 9, i * 50) for i in range(24)]
    return (
        stroke("M0 -500V-560M0 -560A30 30 0 1 1 30 -590", STEEL.deep, 9)
        + tray.painted(t.base, t.shade, t.light)
        + level(0, -66, 160, t.light)
        + ellipse(0, -63, 146, 28, t.deep)
        + ellipse(10, -60, 120, 20, SEED)
        + path(tube.outline, "#E6EDE6", opacity=0.9)
        + clipped(
            tube.outline,
            path("M-100 -236Q-40 -262 10 -240T100 -246V-40H-100Z", SEED),
            path(rounds(grain[::2], flat=0.55), lifted(SEED, 0.09)),
            path(rounds(grain[1::2], flat=0.55), lifted(SEED, -0.13)),
            path("M40 -420H100V-30H30Z", INK, opacity=0.14),
            path("M-74 -390H-48V-90H-74Z", "#fff", opacity=0.45),
        )
        + stroke("M-150 -112H-60M60 -112H150", OAK.deep, 13)
        + stroke("M-150 -115H-60M60 -115H150", OAK.light, 6)
        + ellipse(0, -124, 30, 26, t.base)
        + ellipse(2, -122, 20, 17, INK)
        + path(roof, t.base)
        + clipped(
            roof,
            path("M40 -510Q100 -440 60 -350H190V-510Z", t.shade),
            path("M-130 -408Q-70 -450 -34 -480L-14 -480Q-60 -430 -84 -396Z", t.light),
        )
        + level(0, -500, 26, t.light)
    )


def robin(turn: float = 0) -> str:
    """A robin, 210 long, facing left; its feet at the origin."""
    body = (
        "M-92 -108Q-84 -150 -44 -152Q-6 -150 14 -120Q60 -96 84 -50L152 -4L142 8L76 -18Q40 6 -6 2"
        "Q-70 -6 -80 -66Q-84 -88 -92 -108Z"
    )
    return place(
        stroke("M-16 0L-22 34M14 0L16 34", "#5B4637", 6)
        + path(body, "#8A7458")
        + clipped(
            body,
            path("M-100 -90Q-70 -130 -36 -108Q-6 -70 -26 -30Q-60 -6 -90 -30Z", "#C8623A"),
            path("M-70 -40Q-40 -26 -6 -30Q30 -26 50 -16Q20 20 -40 12Z", "#EDE3D2"),
            path("M-20 -84Q40 -96 96 -36L150 6L60 -22Q0 -30 -20 -84Z", "#6E5B45"),
        )
        + path("M-90 -124L-120 -112L-90 -104Z", "#3F342B")
        + ellipse(-66, -124, 7, 7, INK)
        + ellipse(-68, -126, 2, 2, "#fff"),
        turn=turn,
    )


def _feeder_front(t: Tones) -> str:
    branch = "M-20 118Q260 150 480 106T830 84"
    return (
        stroke(branch, WALNUT.deep, 34)
        + stroke("M-20 112Q260 144 480 100T830 78", WALNUT.base, 20)
        + leaves([(130, 140, 130, 150), (210, 140, 120, 210), (640, 100, 130, 160), (590, 92, 110, 30)], LEAF)
        + place(bird_feeder(t), 400, 790, scale=1.14)
        + place(robin(), 242, 626, scale=0.86)
    )


def _feeder_close(t: Tones) -> str:
    """A robin at the tray, close."""
    return (
        place(bird_feeder(t), 520, 830, scale=1.9)
        + place(robin(), 214, 620, scale=1.5)
        + stroke("M100 668H330", OAK.deep, 26)
        + stroke("M100 662H330", OAK.light, 13)
    )


def nest_box(t: Tones) -> str:
    """A nest box with a painted front and a sloping oak lid, 340 wide and 500 high."""
    side = poly((130, -410), (186, -440), (186, -34), (130, 0))
    face = "M-150 -400L130 -410V0L-146 4Z"
    return (
        path(side, t.deep)
        + path(face, t.base)
        + clipped(
            face,
            stroke("M-56 -420V10M40 -420V10", t.shade, 5),
            path("M-150 -400H130V-356L-150 -340Z", t.deep, opacity=0.6),
            path("M-136 -330H-116V-30H-136Z", t.light),
            stroke("M-110 -120q10 40 0 90M-16 -180q-12 50 2 100M84 -330q10 40 0 80", t.shade, 4),
        )
        + ellipse(-8, -254, 58, 58, t.light)
        + ellipse(-8, -254, 47, 47, "#33281F")
        + path("M-52 -266A47 47 0 0 1 36 -272Q-10 -270 -20 -212Q-50 -230 -52 -266Z", "#1F1812")
        + path("M-184 -404L-152 -440L196 -496L214 -462L140 -398Z", OAK.shade)
        + path("M-184 -412L-120 -470L214 -508L146 -414Z", OAK.base)
        + path("M-184 -412L146 -414L140 -390L-180 -388Z", OAK.light)
        + stroke("M-120 -424Q0 -430 120 -428M-90 -448Q40 -462 160 -464", OAK.shade, 4)
        + stroke("M-10 -150V-120", OAK.deep, 18)
        + ellipse(-10, -152, 14, 14, OAK.light)
        + path(
            rounds([(-130, -30, 5, 0), (114, -30, 5, 0), (114, -360, 5, 0), (-130, -352, 5, 0)], flat=1),
            STEEL.deep,
        )
    )


def _nest_box_front(t: Tones) -> str:
    trunk = "M270 -20Q300 400 262 1020H566Q520 500 560 -20Z"
    bark = "M330 0Q320 300 340 420M480 20Q470 200 486 330M330 760Q320 860 336 980M470 800Q480 900 466 1000"
    return (
        path(trunk, WALNUT.base)
        + clipped(
            trunk, path("M450 -20Q430 500 470 1020H580V-20Z", WALNUT.shade), stroke(bark, WALNUT.deep, 9)
        )
        + path("M230 360H640V800H250Z", INK, opacity=0.14)
        + leaves(
            [(250, 130, 190, -60), (266, 160, 150, -110), (560, 120, 200, 66), (556, 150, 150, 110)], LEAF
        )
        + place(nest_box(t), 402, 760, scale=1.16)
    )


def _nest_box_close(t: Tones) -> str:
    """A bluetit-sized head looking out of the hole."""
    head = clipped(
        "M278 420A118 118 0 1 1 514 420A118 118 0 1 1 278 420Z",
        ellipse(396, 470, 96, 100, "#F2EBDB"),
        path("M300 440Q306 352 396 350T492 440Q440 396 396 398T300 440Z", "#5B86B5"),
        stroke("M292 460Q396 430 500 460", "#33405C", 12),
        path("M300 540Q396 500 492 540V620H300Z", "#E2BE4E"),
    )
    return (
        place(nest_box(t), 416, 1050, scale=2.48)
        + head
        + path("M384 468L396 502L408 468Z", "#33302C")
        + ellipse(354, 450, 8, 9, INK)
        + ellipse(438, 450, 8, 9, INK)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "bird_feeder": Drawing(_feeder_front, _feeder_close, front_on="flat"),
    "nest_box": Drawing(_nest_box_front, _nest_box_close, front_on="flat"),
    **bees.DRAWINGS,
}
