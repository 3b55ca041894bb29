"""Totes and market baskets; packs have a module of their own."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import packs
from sandbox.artwork.blooms import larkspur
from sandbox.artwork.botanical import leaves, sprig
from sandbox.artwork.canvas import Drawing, clipped, curve, ellipse, path, place, resting, shadow, stroke
from sandbox.artwork.packs import backpack, crossbody_bag
from sandbox.artwork.palette import CREAM, INK, LEAF, LEAF_DEEP, Tones, lifted, mix, tones
from sandbox.artwork.textile import basketwork
from sandbox.artwork.vessels import opening, turned

__all__ = ["DRAWINGS", "backpack", "basket_bag", "crossbody_bag", "tote_bag"]

BRASS: Final = tones("Brass")
STRAW: Final = tones("Sand")
LEATHER: Final = tones("Walnut")


def tote_bag(t: Tones) -> str:
    """A canvas tote, 420 wide and 440 high without its handles (up to -700), a sprig printed on it."""
    body = curve(
        (-190, -440),
        (-190, -440),
        (-204, -220),
        (-214, -20),
        (-196, 0),
        (-196, 0),
        (0, 8),
        (198, 0),
        (198, 0),
        (216, -24),
        (206, -220),
        (192, -440),
        (192, -440),
        (0, -432),
        (-190, -440),
    )
    far = "M-92 -432Q-96 -640 0 -648T96 -432"
    near = "M-108 -340V-436Q-112 -690 0 -696T108 -436V-340"
    return (
        stroke(far, t.deep, 26)
        + path(body, t.base)
        + clipped(
            body,
            path("M120 -450Q170 -220 110 20H230V-450Z", t.shade),
            path("M-176 -380Q-150 -250 -176 -90Q-210 -200 -176 -380Z", t.light),
            path("M-230 -450H230V-404Q0 -394 -230 -404Z", t.light, opacity=0.7),
        )
        + stroke("M-188 -402Q0 -392 190 -402", t.deep, 4, dash="11 8", opacity=0.8)
        + stroke("M-178 -70Q-150 -30 -170 -4M150 -80Q130 -40 166 -8", t.deep, 5, opacity=0.5)
        + stroke(near, t.shade, 30)
        + stroke(near, t.light, 20)
        + stroke("M-117 -354L-99 -330M-99 -354L-117 -330M99 -354L117 -330M117 -354L99 -330", t.deep, 4)
        + place(_print(t.accent), -4, -64)
    )


def _print(ink: str) -> str:
    """The shop's sprig in one ink."""
    grown = [
        (0, -60, 92, -56),
        (0, -70, 92, 54),
        (0, -116, 80, -48),
        (0, -126, 80, 46),
        (0, -170, 66, -38),
        (0, -178, 66, 36),
        (0, -214, 62, 2),
    ]
    return stroke("M0 0Q6 -120 0 -230", ink, 6) + leaves(grown, ink, plump=0.24)


def _tote_front(t: Tones) -> str:
    return resting(tote_bag(t), 400, 850, 200, scale=1.12)


def _tote_filled(t: Tones) -> str:
    """The bag on its way home: bread, leeks and flowers looking out."""
    bread = curve((-40, 0), (-48, -200), (-44, -380), (0, -420), (44, -380), (48, -200), (40, 0), closed=True)
    loaf = (
        path(bread, "#C98F4E")
        + clipped(bread, path("M14 -430Q30 -200 6 10H60V-430Z", "#A86F38"))
        + stroke("M-30 -330L20 -360M-36 -250L26 -284M-36 -170L28 -204", "#EBC98F", 14)
    )
    spires = larkspur(0, 0, 420, 8, "#5A5FC0") + larkspur(60, 0, 360, 18, "#7D82D6", open_florets=6)
    bag = place(tote_bag(t), 380, 1010, scale=1.42)
    return (
        shadow(400, 1000, 300)
        + place(loaf, 250, 480, turn=-13)
        + place(leaves([(0, 0, 330, -4), (20, 0, 300, 10), (44, 0, 340, 17)], LEAF, plump=0.1), 372, 470)
        + place(spires, 440, 560, turn=2, scale=1.15)
        + bag
    )


def basket_bag(t: Tones) -> str:
    """A French market basket with leather handles, dyed to half way, 560 wide and 380 high, handles up to -600."""
    body = turned((270, -340), (256, -260), (214, -120), (150, -10), (140, 0))
    near = "M-120 -250V-330Q-120 -560 0 -564T120 -330V-250"
    return (
        stroke("M-96 -372Q-96 -520 0 -524T96 -372", LEATHER.deep, 20)
        + body.painted(STRAW.base, STRAW.shade, STRAW.light)
        + clipped(
            body.outline,
            path("M-290 -190Q0 -90 290 -190V80H-290Z", t.base),
            path("M112 -150Q220 -164 290 -190V80H50Q96 -40 112 -150Z", t.shade),
            stroke(basketwork(8, -320, 40, 280), STRAW.deep, 6, opacity=0.6),
        )
        + opening(-340, 270, STRAW.light, STRAW.shade, STRAW.deep, lip=16)
        + stroke("M-262 -332A270 59 0 0 0 262 -332", STRAW.deep, 5, dash="16 12", opacity=0.7)
        + stroke(near, LEATHER.deep, 26)
        + stroke(near, LEATHER.base, 17)
        + path("M-138 -270H-102V-200Q-120 -184 -138 -200ZM102 -270H138V-200Q120 -184 102 -200Z", LEATHER.base)
        + stroke("M-120 -250V-246M-120 -216V-212M120 -250V-246M120 -216V-212", BRASS.light, 11)
    )


def _basket_front(t: Tones) -> str:
    return resting(basket_bag(t), 400, 830, 150, scale=1.22)


def _lemon(x: float, y: float, turn: float) -> str:
    skin = "#E9C44A"
    whole = (
        "M-92 6Q-84 -8 -70 -22Q-40 -66 4 -64T68 -22Q84 -10 92 0Q86 12 72 20Q44 62 0 62T-70 26Q-84 18 -92 6Z"
    )
    return place(
        path(whole, skin)
        + path(
            "M40 -52Q60 -36 68 -22Q84 -10 92 0Q86 12 72 20Q44 62 0 62T-62 34Q30 50 40 -52Z",
            lifted(skin, -0.08),
        )
        + ellipse(-26, -30, 24, 13, mix(skin, CREAM, 0.6), turn=-20),
        x,
        y,
        turn=turn,
    )


def _basket_market(t: Tones) -> str:
    """The basket seen close with lemons and herbs in it."""
    fruit = "".join(_lemon(x, y, turn) for x, y, turn in ((250, 372, -24), (400, 344, 8), (330, 430, 28)))
    herbs = "".join(
        sprig(x, 440, h, turn, 3, size=104, fill=tone)
        for x, h, turn, tone in ((520, 280, 8, LEAF), (590, 250, 26, LEAF_DEEP))
    )
    basket = turned((270, -340), (256, -260), (214, -120), (150, -10), (140, 0))
    front = path(basket.outline, STRAW.base) + clipped(
        basket.outline,
        path("M-290 -190Q0 -90 290 -190V80H-290Z", t.base),
        path(basket.shade, INK, opacity=0.14),
        stroke(basketwork(8, -326, 40, 280), STRAW.deep, 6, opacity=0.65),
    )
    return (
        place(front, 410, 1020, scale=1.8)
        + ellipse(410, 408, 486, 107, STRAW.light)
        + ellipse(410, 412, 456, 94, STRAW.deep)
        + clipped("M-46 412A456 94 0 0 0 866 412V0H-46Z", fruit, herbs)
        + stroke("M-60 420A486 107 0 0 0 880 420", STRAW.deep, 8, dash="26 20", opacity=0.7)
        + stroke("M200 640V480Q200 80 410 60T620 480V640", LEATHER.deep, 42)
        + stroke("M200 640V480Q200 80 410 60T620 480V640", LEATHER.base, 28)
        + stroke("M200 580V630M620 580V630", BRASS.light, 16, dash="1 40")
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "tote_bag": Drawing(_tote_front, _tote_filled, detail_on="table"),
    "basket_bag": Drawing(_basket_front, _basket_market),
    **packs.DRAWINGS,
}
