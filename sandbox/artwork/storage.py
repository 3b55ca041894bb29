"""Jars and tea tins, bread bins and lunch tins."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import bread_bins, lunch_tins
from sandbox.artwork.canvas import (
    Drawing,
    ellipse,
    level,
    path,
    place,
    resting,
    ring,
    shadow,
    speckle,
    stroke,
)
from sandbox.artwork.cutlery import spoon
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, PAPER, Tones, lifted, tones
from sandbox.artwork.vessels import opening, turned

OAK: Final = tones("Oak")
BRASS: Final = tones("Brass")
STEEL: Final = tones("Steel")
OATS: Final = "#E3CFA4"
_JAR: Final = ((152, -380), (166, -350), (172, -250), (166, -60), (140, 0))


def storage_jar(t: Tones) -> str:
    """A stoneware jar with an oak lid and an unglazed patch to pencil on, 346 wide and 470 high."""
    body = turned(*_JAR)
    lid = turned((160, -428), (164, -418), (164, -392), (158, -384), shade_from=0.45)
    return (
        body.painted(t.base, t.shade, t.light)
        + stroke("M-160 -338Q0 -300 160 -338", t.deep, 5, opacity=0.5)
        + path("M-158 -376A158 34 0 0 0 158 -376V-360A160 35 0 0 1 -158 -360Z", t.deep, opacity=0.5)
        + lid.painted(OAK.base, OAK.shade, OAK.light)
        + level(0, -428, 160, OAK.light)
        + stroke(
            "M-110 -436Q0 -450 100 -436M-130 -424Q0 -412 120 -424M-60 -446Q10 -452 70 -444", OAK.shade, 3
        )
        + path("M-22 -430L-14 -462H14L22 -430Q0 -422 -22 -430Z", OAK.shade)
        + ellipse(0, -464, 31, 14, OAK.base)
        + path(
            "M-96 -268Q-98 -292 -70 -292Q0 -280 64 -288Q88 -290 88 -264V-206Q86 -184 60 -182Q0 -176 -66 -186"
            "Q-94 -188 -96 -214Z",
            "#C9AE8C",
        )
        + stroke(
            "M-66 -238c10 -22 18 -18 14 0s10 14 20 -8 14 -6 12 6 14 6 22 -6 16 -4 14 8 14 2 24 -6M-60 -206H20",
            "#5E5348",
            4,
        )
    )


def _storage_jar_front(t: Tones) -> str:
    return resting(storage_jar(t), 396, 836, 158, scale=1.42)


def _scoop(t: Tones) -> str:
    """A wooden scoop, 300 long, its handle up."""
    return (
        path("M-12 -170Q0 -184 12 -170L16 -40H-16Z", t.shade)
        + path("M-12 -170Q-4 -182 2 -180L4 -40H-16Z", t.base)
        + path("M-60 -40Q0 -62 60 -40L70 90Q40 130 0 130T-70 90Z", t.base)
        + path("M-46 -24Q0 -40 46 -24L54 84Q30 112 0 112T-54 84Z", t.deep)
        + path("M-50 30Q0 10 50 30L54 84Q30 112 0 112T-54 84Z", OATS)
    )


def _storage_jar_from_above(t: Tones) -> str:
    """The lid off, oats inside, a scoop in them."""
    x, y, r = 330, 420, 232
    return (
        disc(x, y, r, t)
        + ring(x, y, r - 10, r - 12, t.light, 9)
        + ellipse(x, y, r - 32, r - 35, t.deep)
        + ellipse(x + 6, y + 8, r - 46, r - 50, OATS)
        + path(
            f"M{x - 178} {y + 10}A182 180 0 0 1 {x + 60} {y - 166}Q{x - 90} {y - 110} {x - 178} {y + 10}Z",
            lifted(OATS, -0.1),
        )
        + speckle(3, 34, (x - 120, y - 110, x + 130, y + 140), lifted(OATS, -0.09), 6)
        + speckle(8, 20, (x - 110, y - 100, x + 120, y + 120), "#F6E9C8", 5)
        + place(_scoop(OAK), x + 60, y - 50, turn=32, scale=1.05)
        + disc(560, 768, 180, OAK)
        + stroke("M420 700Q560 680 700 714M396 760Q560 740 724 770M410 830Q560 812 700 838", OAK.shade, 4)
        + ellipse(572, 784, 46, 45, INK, opacity=0.18)
        + ellipse(560, 768, 44, 43, OAK.light)
        + ellipse(566, 774, 28, 27, OAK.base)
    )


def tea_tin(t: Tones) -> str:
    """A round tea caddy with a pressed lid and a paper band, 320 wide and 440 high."""
    body = turned((150, -350), (150, -200), (150, -20), (150, -20), (146, 0), shade_from=0.46)
    lid = turned((156, -420), (158, -400), (158, -352), (158, -340), shade_from=0.46)
    band = "M-151 -262Q0 -212 151 -262V-92Q0 -42 -151 -92Z"
    leaf = "M0 0Q-46 -42 0 -108Q46 -42 0 0Z"
    return (
        body.painted(t.base, t.shade, t.light)
        + path("M-150 -344A150 33 0 0 0 150 -344V-326A150 33 0 0 1 -150 -326Z", t.deep, opacity=0.55)
        + path(band, PAPER)
        + path("M60 -224Q110 -240 151 -262V-92Q110 -72 56 -62Z", "#DACFBD")
        + stroke("M-151 -248Q0 -198 151 -248M-151 -106Q0 -56 151 -106", t.base, 5)
        + place(path(leaf, LEAF_DEEP), -4, -104, turn=-56, scale=0.8)
        + place(path(leaf, LEAF_DEEP), 4, -104, turn=56, scale=0.8)
        + place(path(leaf, LEAF) + stroke("M0 14V-78", LEAF_DEEP, 4), 0, -104)
        + lid.painted(t.base, t.shade, t.light)
        + level(0, -420, 156, t.light)
        + ring(0, -420, 132, 28, t.shade, 5)
        + ellipse(0, -430, 26, 11, BRASS.shade)
        + ellipse(-2, -437, 24, 11, BRASS.base)
    )


def _tea_tin_front(t: Tones) -> str:
    return resting(tea_tin(t), 394, 832, 150, scale=1.48)


def _tea_leaves(x: float, y: float, spread: float) -> str:
    """Loose leaf tea: short dark curls."""
    curls = ""
    for i in range(1, 30):
        along, across = (i * 0.7549) % 1 * 2 - 1, (i * 0.5698) % 1 - 0.5
        bend = f"q{(i * 7) % 13 - 6} {(i * 5) % 11 - 8} {(i * 11) % 17 - 8} 3"
        curls += f"M{x + spread * along:.0f} {y + spread * across:.0f}{bend}"
    return stroke(curls, "#3E3327", 8)


def _tea_tin_open(t: Tones) -> str:
    """Lid leaning on the tin, a spoonful of leaves in front."""
    body = turned((150, -350), (150, -200), (150, -20), (150, -20), (146, 0), shade_from=0.46)
    tin = (
        body.painted(t.base, t.shade, t.light)
        + path("M-151 -242Q0 -192 151 -242V-92Q0 -42 -151 -92Z", PAPER)
        + path("M60 -204Q110 -220 151 -242V-92Q110 -72 56 -62Z", "#DACFBD")
        + path("M0 -102Q-46 -144 0 -200Q46 -144 0 -102Z", LEAF)
        + stroke("M-151 -228Q0 -178 151 -228M-151 -106Q0 -56 151 -106", t.base, 5)
        + opening(-350, 150, t.light, STEEL.light, STEEL.shade, lip=7)
        + ellipse(2, -342, 132, 25, "#4A3C2C")
    )
    return (
        shadow(300, 720, 176)
        + place(tin, 300, 724, scale=1.2)
        + ellipse(596, 800, 130, 22, INK, opacity=0.2)
        + place(
            ellipse(10, 0, 128, 176, t.shade)
            + ellipse(0, 0, 124, 172, t.base)
            + ring(0, 0, 100, 142, t.light, 7)
            + ellipse(0, 0, 18, 24, BRASS.base),
            566,
            642,
            turn=-13,
        )
        + ellipse(330, 866, 190, 34, INK, opacity=0.12)
        + path("M180 862Q240 806 330 800Q430 806 480 858Q420 890 330 888T180 862Z", "#4A3C2C")
        + _tea_leaves(330, 846, 88)
        + place(spoon(BRASS), 590, 880, turn=-82, scale=0.9)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "storage_jar": Drawing(_storage_jar_front, _storage_jar_from_above),
    "tea_tin": Drawing(_tea_tin_front, _tea_tin_open, detail_on="table"),
    **bread_bins.DRAWINGS,
    **lunch_tins.DRAWINGS,
}
