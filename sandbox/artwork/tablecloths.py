"""The tablecloth, on its table and from above."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, cast, clipped, curve, ellipse, path, place, shadow, stroke
from sandbox.artwork.cutlery import fork
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import INK, Tones, lifted, tones

OAK: Final = tones("Oak")


def tablecloth(t: Tones) -> str:
    """A long table under a cloth, 680 wide and 470 high: creases from the line, a mitred hem, the feet showing."""
    legs = stroke("M-250 -70V0M250 -70V0", OAK.shade, 26) + stroke("M-256 -70V-2", OAK.base, 10)
    drop = (
        "M-300 -372Q-330 -240 -340 -76Q-312 -56 -276 -66Q-236 -44 -184 -56Q-120 -40 -60 -52Q0 -38 64 -52"
        "Q124 -40 186 -56Q240 -44 278 -66Q314 -56 342 -78Q332 -240 300 -372Z"
    )
    folds = (
        "M-276 -372Q-296 -220 -276 -66L-244 -54Q-262 -220 -262 -372ZM-116 -372Q-128 -200 -122 -48"
        "L-86 -48Q-98 -200 -102 -372ZM80 -372Q92 -200 84 -48L122 -46Q114 -200 98 -372Z"
    )
    hem = (
        "M-338 -104Q-312 -84 -276 -94Q-236 -72 -184 -84Q-120 -68 -60 -80Q0 -66 64 -80Q124 -68 186 -84"
        "Q240 -72 278 -94Q314 -84 340 -106"
    )
    return (
        legs
        + path(drop, t.base)
        + path(folds, t.shade)
        + path("M262 -372Q296 -220 278 -66Q314 -56 342 -78Q332 -240 300 -372Z", t.shade)
        + path("M-300 -372Q-328 -240 -336 -80L-314 -64Q-306 -240 -284 -372Z", t.light)
        + stroke(hem, t.accent, 7)
        + path("M-300 -372L-236 -470Q0 -478 238 -470L300 -372Q0 -362 -300 -372Z", t.light)
        + path("M60 -366L110 -472L238 -470L300 -372Q180 -366 60 -366Z", t.base, opacity=0.7)
        + stroke("M-100 -368L-78 -473M102 -367L82 -473", t.shade, 4)
    )


def _bowl_of_pears(x: float, y: float) -> str:
    pear = curve(
        (-8, -96),
        (20, -88),
        (34, -50),
        (52, -16),
        (34, 12),
        (-4, 18),
        (-44, 10),
        (-54, -20),
        (-32, -54),
        (-24, -86),
        closed=True,
    )
    fruit = "".join(
        place(
            path(pear, c)
            + path("M14 -60Q40 -20 10 12Q46 14 50 -16Q36 -50 24 -76Z", lifted(c, -0.08))
            + stroke("M2 -94Q6 -112 18 -120", INK, 5),
            dx,
            dy,
            turn=a,
        )
        for dx, dy, a, c in ((-46, -36, -14, "#B9B45A"), (44, -36, 16, "#C9A94A"), (0, -44, 2, "#A9B060"))
    )
    return ellipse(x + 12, y + 4, 96, 18, INK, opacity=0.16) + place(
        fruit
        + path("M-110 -40Q-92 0 -40 6H40Q92 0 110 -40Q0 -18 -110 -40Z", "#EFE8DC")
        + path("M30 -28Q80 -34 110 -40Q92 0 40 6H24Z", "#CFC9BF"),
        x,
        y,
    )


def _tablecloth_front(t: Tones) -> str:
    return shadow(400, 850, 250) + place(tablecloth(t), 400, 860, scale=1.1) + _bowl_of_pears(396, 396)


def _tablecloth_corner(t: Tones) -> str:
    """A laid place from above: the cloth's corner with its hem, a plate and a fork on it."""
    cloth = "M-20 -20H700Q706 300 690 640Q684 770 696 838Q600 842 420 828T-20 846Z"
    return (
        cast(cloth, 18, 24)
        + path(cloth, t.base)
        + clipped(
            cloth,
            path("M-20 300Q200 250 300 -20H-20ZM420 828Q470 600 700 520V850H420Z", t.light, opacity=0.55),
            path("M-20 640Q260 600 480 330T700 150V230Q560 320 440 470T-20 700Z", t.shade, opacity=0.3),
        )
        + stroke("M-20 776Q200 760 420 762T632 772Q622 700 630 560T640 -20", t.accent, 9)
        + stroke(
            "M-20 808Q200 792 420 794T664 804Q654 700 662 560T672 -20", t.deep, 4, dash="15 13", opacity=0.7
        )
        + stroke("M634 774L692 834", t.deep, 5, opacity=0.6)
        + disc(360, 360, 218, tones("Chalk"))
        + ellipse(360, 360, 156, 154, "#D3CEC6")
        + ellipse(363, 364, 152, 150, "#F8F3EA")
        + place(fork(), 96, 380, scale=0.88, turn=-2)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "tablecloth": Drawing(_tablecloth_front, _tablecloth_corner),
}
