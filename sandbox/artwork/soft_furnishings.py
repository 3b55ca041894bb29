"""Cushions and throws; bedding and rugs have modules of their own."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import bedding, rugs
from sandbox.artwork.bedding import bed, bed_linen, towels
from sandbox.artwork.canvas import Drawing, cast, clipped, curve, path, place, resting, stroke
from sandbox.artwork.palette import INK, Tones, lifted, tones
from sandbox.artwork.rugs import rolled_rug, rug
from sandbox.artwork.textile import fringe, herringbone

__all__ = ["DRAWINGS", "bed", "bed_linen", "cushion", "folded_throw", "rolled_rug", "rug", "throw", "towels"]

OAK: Final = tones("Oak")


def cushion(t: Tones) -> str:
    """A plump square cushion standing on its edge, 520 wide, with piping and one dent where a hand has been."""
    outline = curve(
        (-262, -486),
        (-120, -462),
        (0, -458),
        (128, -464),
        (258, -492),
        (240, -370),
        (232, -250),
        (240, -120),
        (266, 2),
        (120, -14),
        (0, -18),
        (-124, -14),
        (-268, 4),
        (-242, -124),
        (-232, -250),
        (-242, -368),
        closed=True,
    )
    return (
        path(outline, t.base)
        + clipped(
            outline,
            path("M280 -500Q150 -430 168 -250T-60 -60Q-180 -30 -290 10H280Z", t.shade),
            path("M280 -60Q160 -70 60 -40T-100 10H280Z", t.deep, opacity=0.55),
            path(
                curve(
                    (-206, -400),
                    (-90, -420),
                    (20, -414),
                    (-60, -370),
                    (-150, -300),
                    (-196, -200),
                    closed=True,
                ),
                t.light,
                opacity=0.8,
            ),
        )
        + stroke(outline, t.accent, 7)
        + stroke(
            "M-236 -462Q-190 -420 -170 -372M236 -466Q196 -424 180 -384M-240 -20Q-196 -58 -178 -96",
            t.deep,
            5,
            opacity=0.6,
        )
        + stroke("M6 -300Q-14 -258 8 -206M26 -286Q10 -256 24 -226", t.deep, 5, opacity=0.5)
    )


def _cushion_front(t: Tones) -> str:
    return resting(cushion(t), 396, 810, 236, scale=1.12)


def _cushion_corner(t: Tones) -> str:
    """One corner seen close: piping, the weave, and the stitched seam."""
    outline = "M-40 300Q240 268 640 186Q660 180 664 204Q612 560 640 1040H-40Z"
    weave = "".join(f"M-40 {y}Q300 {y - 30} 680 {y - 122}" for y in range(330, 1200, 34))
    warp = "".join(f"M{x} 240Q{x - 10} 600 {x + 4} 1010" for x in range(30, 640, 40))
    return (
        cast(outline, 20, 26)
        + path(outline, t.base)
        + clipped(
            outline,
            stroke(weave, t.shade, 5, opacity=0.55),
            stroke(warp, t.light, 4, opacity=0.4, dash="14 20"),
            path("M700 160Q520 420 560 640T380 1040H720Z", t.shade, opacity=0.7),
            path("M-40 420Q180 330 420 330Q220 470 120 760T-40 900Z", t.light, opacity=0.45),
        )
        + stroke("M-40 300Q240 268 640 186Q660 180 664 204Q612 560 640 1040", lifted(t.accent, -0.08), 22)
        + stroke("M-40 296Q240 264 640 184Q658 180 660 204Q608 560 636 1040", t.accent, 13)
        + stroke("M-40 336Q240 302 622 226Q574 560 600 1040", t.deep, 5, dash="18 15", opacity=0.8)
        + stroke("M604 250Q560 300 530 370M580 246Q520 282 470 340", t.deep, 5, opacity=0.45)
    )


def throw(t: Tones) -> str:
    """A herringbone throw hanging over an oak rail, 480 wide; the origin is the middle of the rail."""
    front = curve(
        (-222, -6),
        (-222, -6),
        (-236, 180),
        (-228, 340),
        (-240, 520),
        (-240, 520),
        (-120, 534),
        (10, 516),
        (120, 530),
        (206, 512),
        (206, 512),
        (212, 340),
        (204, 180),
        (214, -6),
        (214, -6),
        (180, -20),
        (-190, -20),
        (-222, -6),
    )
    behind = "M180 0Q250 -10 262 30Q250 300 268 592Q230 606 180 596Z"
    folds = "M-96 -20Q-60 200 -104 540H-50Q-36 240 -66 -20ZM84 -20Q110 240 76 540H128Q146 220 112 -20Z"
    return (
        fringe((190, 592), (266, 592), 6, 52, t.deep)
        + path(behind, t.deep)
        + stroke("M-330 0H330", OAK.shade, 26)
        + stroke("M-328 -5H326", OAK.light, 10)
        + fringe((-238, 522), (206, 514), 27, 62, t.shade)
        + fringe((-230, 522), (212, 514), 27, 58, t.light, 4)
        + path(front, t.base)
        + clipped(
            front,
            stroke(herringbone(-250, -30, 480, 580, 9, 17), t.light, 8, opacity=0.6),
            path("M232 -30Q140 120 176 300T150 560H260Z", t.shade),
            path(folds, t.shade, opacity=0.55),
            path("M-206 20Q-170 10 -150 30Q-130 200 -160 330Q-200 250 -206 20Z", t.light, opacity=0.8),
            stroke("M-222 8Q0 20 214 8", t.light, 8, opacity=0.7),
        )
    )


def _throw_front(t: Tones) -> str:
    peg = "M152 214v-30M640 214v-30"
    return (
        path("M236 262Q330 250 420 258H690Q694 560 700 836Q640 850 600 780L236 776Z", INK, opacity=0.1)
        + stroke(peg, OAK.deep, 20)
        + place(throw(t), 396, 220, scale=1.02)
    )


def folded_throw(t: Tones) -> str:
    """A throw folded in four, 560 wide and 250 high, its fringe falling over the front."""
    layers = "".join(
        path(
            f"M-266 {y}Q-300 {y - 36} -262 {y - 72}Q20 {y - 60} 280 {y - 74}Q304 {y - 36} 284 {y - 2}"
            f"Q20 {y + 16} -266 {y}Z",
            tone,
        )
        for y, tone in ((-4, t.shade), (-64, t.base))
    )
    top = (
        "M-274 -128Q-232 -244 -170 -256Q30 -270 210 -254Q252 -240 288 -130Q300 -112 280 -100"
        "Q20 -82 -268 -98Q-284 -108 -274 -128Z"
    )
    return (
        layers
        + stroke("M-268 -66Q20 -50 286 -68", t.deep, 6)
        + path(top, t.base)
        + clipped(
            top,
            path("M-310 -136Q0 -112 310 -136V-280H-310Z", t.light),
            stroke(herringbone(-290, -262, 590, 170, 12, 6), t.base, 8, opacity=0.8),
            path("M150 -270Q240 -200 200 -80H320V-270Z", t.shade, opacity=0.5),
        )
        + path("M284 -76Q304 -38 284 -4Q250 2 214 4Q240 -30 226 -70Z", t.deep, opacity=0.4)
        + fringe((-262, -98), (274, -100), 33, 62, t.deep, 6)
        + fringe((-266, -100), (270, -102), 33, 58, t.light, 5)
    )


def _throw_folded(t: Tones) -> str:
    return resting(folded_throw(t), 396, 800, 280, scale=1.14)


DRAWINGS: Final[dict[str, Drawing]] = {
    "cushion": Drawing(_cushion_front, _cushion_corner),
    "throw": Drawing(_throw_front, _throw_folded, front_on="flat", detail_on="table"),
    **bedding.DRAWINGS,
    **rugs.DRAWINGS,
}
