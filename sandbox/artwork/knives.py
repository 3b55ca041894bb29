"""The chef's knife and the tomatoes it cuts."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, cast, clipped, ellipse, path, place, stroke
from sandbox.artwork.palette import INK, LEAF_DEEP, Tones, lifted, tones

OAK: Final = tones("Oak")
STEEL: Final = tones("Steel")
TOMATO: Final = "#C4472F"


def chef_knife(t: Tones) -> str:
    """A chef's knife lying along x, its tip to the left, 780 long; the handle takes the colour."""
    blade = "M-400 46Q-300 -44 -120 -62L112 -66L116 66Q20 78 -110 72Q-270 66 -400 46Z"
    edge = "M-400 46Q-250 38 -90 40L116 36V66Q20 78 -110 72Q-270 66 -400 46Z"
    handle = "M128 -62Q240 -76 330 -62Q386 -52 390 -10Q392 34 366 36Q340 32 320 6Q240 2 132 10Z"
    return (
        path(blade, STEEL.base)
        + path(edge, STEEL.light)
        + stroke("M-396 46Q-240 42 -90 44L114 40", STEEL.shade, 3)
        + path("M-330 6Q-220 -44 -60 -52L40 -54Q-140 -30 -330 6Z", "#fff", opacity=0.45)
        + path("M96 -66L132 -64L136 14Q124 24 124 66H106Z", STEEL.shade)
        + path(handle, t.base)
        + path("M132 -18Q250 -26 380 -22Q392 30 366 36Q340 32 320 6Q240 2 132 10Z", t.shade)
        + stroke("M160 -54Q250 -64 322 -54", t.light, 6)
        + "".join(
            ellipse(x, -26, 10, 10, STEEL.light) + ellipse(x + 2, -24, 6, 6, STEEL.shade)
            for x in (180, 250, 320)
        )
    )


def _knife_front(t: Tones) -> str:
    shade = place(
        path(
            "M-400 46Q-300 -44 -120 -62L132 -66Q240 -76 330 -62Q386 -52 390 -10Q392 34 366 36"
            "Q340 32 320 6L132 14L124 66Q-110 78 -400 46Z",
            INK,
            opacity=0.17,
        ),
        412,
        524,
        turn=-52,
        scale=1.14,
    )
    return shade + place(chef_knife(t), 396, 500, turn=-52, scale=1.14)


def _cut_tomato(x: float, y: float, r: float) -> str:
    wedge = "".join(
        place(
            path("M-10 -30Q-36 -62 0 -78Q36 -62 10 -30Q0 -20 -10 -30Z", "#E58A5A")
            + ellipse(-6, -56, 5, 8, "#F3D28A")
            + ellipse(8, -58, 5, 8, "#F3D28A"),
            0,
            0,
            turn=a,
        )
        for a in (0, 90, 180, 270)
    )
    return (
        ellipse(x + 9, y + 12, r, r, INK, opacity=0.17)
        + ellipse(x, y, r, r * 0.98, TOMATO)
        + place(wedge, x, y, scale=r / 96, turn=20)
    )


def tomato(x: float, y: float, r: float) -> str:
    """A whole tomato from above, on its vine end."""
    star = "".join(
        f"M{x:g} {y:g}l{dx * r:.0f} {dy * r:.0f}"
        for dx, dy in ((0.4, -0.1), (0.1, 0.4), (-0.36, 0.2), (-0.3, -0.3), (0.16, -0.42))
    )
    return (
        ellipse(x + 9, y + 12, r, r, INK, opacity=0.17)
        + ellipse(x, y, r, r * 0.97, TOMATO)
        + ellipse(x - r * 0.42, y - r * 0.42, r * 0.24, r * 0.15, lifted(TOMATO, 0.12), turn=-40)
        + stroke(star, LEAF_DEEP, 9)
    )


def _knife_at_work(t: Tones) -> str:
    """On a board from above, beside sliced tomatoes."""
    board = "M70 250Q68 214 104 212H700Q732 214 732 250L738 800Q738 836 702 838H100Q66 836 64 800Z"
    return (
        cast(board, 16, 22)
        + path(board, OAK.base)
        + clipped(
            board,
            stroke(
                "M60 300Q400 280 740 310M60 400Q300 424 740 396M60 500Q400 476 740 520M60 610"
                "Q340 640 740 600M60 720Q420 700 740 730",
                OAK.shade,
                5,
                opacity=0.7,
            ),
            path("M70 760Q400 790 740 700V840H60Z", OAK.shade, opacity=0.4),
        )
        + _cut_tomato(210, 360, 88)
        + _cut_tomato(352, 334, 88)
        + _cut_tomato(474, 372, 88)
        + ellipse(630, 350, 82, 80, INK, opacity=0.16)
        + ellipse(620, 336, 82, 80, TOMATO)
        + path("M570 400Q660 400 690 320Q712 372 670 404Q614 428 570 400Z", lifted(TOMATO, -0.08))
        + stroke("M620 334L600 306M620 334L654 316M620 334L596 350M620 334L640 362", LEAF_DEEP, 10)
        + place(
            cast("M-400 46Q-300 -44 -120 -62L330 -62Q386 -52 390 -10L320 6L124 66Q-110 78 -400 46Z", 8, 12),
            412,
            640,
            turn=-5,
            scale=0.88,
        )
        + place(chef_knife(t), 412, 640, turn=-5, scale=0.88)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "chef_knife": Drawing(_knife_front, _knife_at_work, front_on="flat"),
}
