"""Napkins, tea towels and the larger cloths."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import runners, tablecloths
from sandbox.artwork.canvas import Drawing, cast, clipped, ellipse, path, place, resting, stroke
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, Tones, tones

OAK: Final = tones("Oak")


def napkins(t: Tones) -> str:
    """Four folded napkins in a pile tied with twine, 500 wide and 190 high."""
    layers = "".join(
        place(
            path("M-250 -6Q-258 -34 -240 -42H236Q254 -40 250 -4Q0 8 -250 -6Z", paint)
            + stroke("M-240 -22Q0 -12 246 -22", t.deep, 3, opacity=0.35),
            dx,
            -i * 36,
        )
        for i, (dx, paint) in enumerate(((6, t.shade), (-5, t.base), (4, t.shade), (0, t.base)))
    )
    top = path("M-244 -148L-176 -232Q0 -240 182 -234L244 -150Q0 -140 -244 -148Z", t.light)
    hem = stroke("M-222 -158L-164 -222Q0 -229 170 -224L222 -160Q0 -151 -222 -158Z", t.accent, 5, dash="13 10")
    knot = stroke(
        "M0 -184Q-70 -240 -78 -198T0 -184Q70 -246 82 -200T0 -184Q-30 -150 -52 -146M0 -184Q28 -150 62 -150",
        "#A98752",
        7,
    )
    return layers + top + hem + stroke("M-2 -236Q4 -190 0 -146Q-4 -70 4 0", "#A98752", 9) + knot


def _napkins_front(t: Tones) -> str:
    return resting(napkins(t), 400, 770, 232, scale=1.3)


def _napkin_on_plate(t: Tones) -> str:
    """One napkin folded lengthwise on a plate from above, a sprig under its ring."""
    fold = "M300 170Q400 158 506 172Q500 500 514 838Q404 850 296 836Q308 500 300 170Z"
    leaves = "".join(
        ellipse(x, y, 38, 15, LEAF if i % 2 else LEAF_DEEP, turn=a)
        for i, (x, y, a) in enumerate(
            ((372, 394, 60), (430, 378, -56), (374, 448, 40), (446, 436, -40), (402, 340, 88))
        )
    )
    return (
        disc(402, 510, 338, tones("Chalk"))
        + ellipse(402, 510, 244, 242, "#D3CEC6")
        + ellipse(406, 515, 240, 237, "#F8F3EA")
        + cast(fold, 14, 16)
        + path(fold, t.base)
        + path("M436 166Q470 166 506 172Q500 500 514 838Q470 844 440 844Q452 500 436 166Z", t.shade)
        + path("M304 200Q330 190 344 196Q336 500 340 820H310Q318 500 304 200Z", t.light)
        + stroke("M316 196H490M312 806Q400 816 498 808", t.accent, 6, dash="13 10")
        + stroke("M404 560Q400 440 402 330", LEAF_DEEP, 6)
        + leaves
        + path("M288 524Q400 504 522 526V570Q400 548 288 568Z", OAK.base)
        + path("M430 514Q480 516 522 526V570Q480 558 430 556Z", OAK.shade)
    )


def tea_towel(t: Tones) -> str:
    """A striped tea towel hung over a rail by its middle, 380 wide; the rail is at y = -640."""
    cloth = (
        "M-176 -652Q0 -664 178 -650C186 -500 174 -300 190 -36Q130 -14 70 -30Q0 -8 -64 -28"
        "Q-130 -10 -188 -34C-174 -260 -190 -480 -176 -652Z"
    )
    return (
        path("M-150 -648Q-164 -460 -148 -300H164Q152 -460 166 -648Z", t.deep)
        + path(cloth, t.base)
        + clipped(
            cloth,
            path("M76 -660Q98 -400 70 -30Q130 -14 190 -36L184 -660Z", t.shade, opacity=0.75),
            path("M-80 -660Q-50 -380 -64 -28L-38 -20Q-30 -380 -54 -660Z", t.shade, opacity=0.6),
            stroke("M-128 -660Q-116 -400 -136 -20M128 -660Q138 -400 140 -20", t.accent, 30, opacity=0.9),
            stroke("M-98 -660Q-86 -400 -104 -20M98 -660Q106 -400 108 -20", t.accent, 7, opacity=0.9),
            path("M-160 -650Q-144 -400 -160 -30L-124 -22Q-110 -400 -128 -654Z", t.light, opacity=0.7),
        )
        + stroke(
            "M-182 -54Q-130 -32 -64 -48Q0 -28 70 -50Q130 -34 184 -56", t.deep, 4, dash="11 9", opacity=0.6
        )
    )


def _tea_towel_front(t: Tones) -> str:
    rail = (
        path("M96 178H124V250H96ZM676 178H704V250H676Z", OAK.shade)
        + stroke("M60 218H740", OAK.shade, 26)
        + stroke("M60 212H740", OAK.base, 14)
    )
    towel = place(tea_towel(t), 400, 942, scale=1.13)
    return path("M240 250L230 920Q440 950 648 914L630 240Z", INK, opacity=0.1) + rail + towel


def _tea_towel_folded(t: Tones) -> str:
    """Folded in thirds and laid flat, a hanging loop at its corner."""
    low = "M120 260Q380 236 640 262Q652 540 636 822Q380 846 124 820Q134 540 120 260Z"
    flap = "M104 236Q380 216 660 240Q664 420 652 560Q380 584 108 560Q116 400 104 236Z"
    weave = "".join(f"M100 {y}Q380 {y - 22} 664 {y}" for y in range(268, 420, 26))
    return (
        stroke("M640 262Q716 200 722 268T650 300", t.accent, 12)
        + cast(low)
        + path(low, t.shade)
        + clipped(
            low,
            stroke("M176 580Q186 700 176 830M592 580Q586 700 590 830", t.accent, 42),
            stroke("M222 580Q230 700 222 830M546 580Q540 700 544 830", t.accent, 9),
        )
        + stroke("M140 796Q380 818 622 798", t.deep, 5, dash="14 11", opacity=0.7)
        + cast(flap, 4, 14)
        + path(flap, t.base)
        + clipped(
            flap,
            stroke(weave, t.light, 5, opacity=0.6),
            stroke("M168 226Q174 400 170 580M600 226Q604 400 596 580", t.accent, 42),
            stroke("M214 226Q220 400 216 580M554 226Q558 400 550 580", t.accent, 9),
            path("M560 230H680V580H560Q590 400 560 230Z", t.shade, opacity=0.5),
        )
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "napkins": Drawing(_napkins_front, _napkin_on_plate),
    "tea_towel": Drawing(_tea_towel_front, _tea_towel_folded, front_on="flat"),
    **tablecloths.DRAWINGS,
    **runners.DRAWINGS,
}
