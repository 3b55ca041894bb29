"""The tablecloth, on its table and from above."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import TILT, Drawing, cast, clipped, curve, ellipse, path, place, shadow, stroke
from sandbox.artwork.cutlery import fork
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import INK, Tones, lifted, tones

OAK: Final = tones("Oak")


def tablecloth(t: Tones) -> str:
    """A round table under a cloth that falls in folds, 640 wide and 470 high, its feet showing."""
    legs = stroke("M-150 -60L-176 0M150 -60L176 0", OAK.shade, 22) + stroke("M-154 -60L-180 -2", OAK.base, 10)
    drop = (
        "M-300 -400C-322 -300 -338 -180 -344 -86Q-316 -58 -282 -70Q-256 -44 -214 -54"
        "Q-176 -28 -132 -42Q-92 -16 -44 -32"
        "Q4 -8 52 -30Q98 -14 140 -40Q182 -26 220 -54Q262 -44 288 -72Q322 -60 346 -90C338 -180 322 -300 300 -400Z"
    )
    folds = (
        "M-250 -368Q-262 -220 -282 -70L-256 -54Q-236 -230 -232 -362ZM-120 -342Q-130 -180 -132 -42"
        "L-98 -24Q-92 -190 -96 -338Z"
        "M44 -336Q50 -190 52 -30L84 -20Q78 -190 66 -338ZM176 -352Q206 -190 220 -54L250 -50Q232 -220 204 -358Z"
    )
    hem = (
        "M-340 -112Q-312 -84 -280 -96Q-252 -70 -212 -80Q-174 -54 -132 -68Q-92 -42 -44 -58Q4 -34 52 -56"
        "Q96 -40 140 -66Q180 -52 220 -80Q260 -70 286 -98Q320 -86 342 -116"
    )
    return (
        legs
        + path(drop, t.base)
        + path(folds, t.shade)
        + path("M250 -380Q290 -240 288 -72Q322 -60 346 -90C338 -180 322 -300 300 -400Z", t.shade)
        + path("M-290 -380Q-316 -230 -322 -74L-300 -66Q-286 -240 -270 -372Z", t.light)
        + stroke(hem, t.accent, 8)
        + ellipse(0, -400, 300, 300 * TILT, t.light)
        + path("M-40 -340Q200 -344 290 -420A300 66 0 0 1 -40 -335Z", t.base)
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
    return shadow(400, 850, 250) + place(tablecloth(t), 400, 860, scale=1.1) + _bowl_of_pears(390, 416)


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
        + disc(360, 360, 218, tones("Chalk"))
        + ellipse(360, 360, 156, 154, "#D3CEC6")
        + ellipse(363, 364, 152, 150, "#F8F3EA")
        + place(fork(), 96, 380, scale=0.88, turn=-2)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "tablecloth": Drawing(_tablecloth_front, _tablecloth_corner),
}
