"""The bib apron and its pocket."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, clipped, ellipse, path, place, stroke
from sandbox.artwork.palette import INK, Tones, tones
from sandbox.artwork.wooden_spoons import wooden_spoon

OAK: Final = tones("Oak")
BRASS: Final = tones("Brass")
CHALK: Final = tones("Chalk")


def apron(t: Tones) -> str:
    """A bib apron with crossed straps hanging from a peg, 520 wide and 800 high; the peg is at the origin."""
    body = (
        "M-118 128Q0 144 118 128Q130 250 216 318Q236 330 238 360L252 770Q130 792 0 784T-252 770L-238 360"
        "Q-236 330 -216 318Q-130 250 -118 128Z"
    )
    pocket = "M-120 430Q0 442 120 430L124 560Q118 590 90 592Q0 600 -90 592Q-118 590 -124 560Z"
    return (
        stroke("M222 330Q214 140 6 0M-222 330Q-214 140 -6 0", t.deep, 19)
        + stroke("M-104 134Q-80 60 8 2M104 134Q80 60 -8 2", t.shade, 19)
        + path(body, t.base)
        + clipped(
            body,
            path("M150 120Q110 300 160 480T140 800H270V300Z", t.shade, opacity=0.8),
            path(
                "M-60 600Q-90 700 -80 800H-30Q-30 700 -60 600ZM50 610Q60 700 40 800H84Q90 700 50 610Z",
                t.shade,
                opacity=0.7,
            ),
            path(
                "M-118 128L-84 132Q-100 260 -190 340Q-210 560 -212 780H-256L-238 340Z", t.light, opacity=0.7
            ),
        )
        + stroke("M-102 150Q0 164 102 150", t.accent, 5, dash="12 9")
        + path(pocket, t.shade)
        + place(path(pocket, t.base), -3, -4)
        + stroke(
            "M-110 446Q0 458 110 446M4 452V588M-108 460L-112 556Q-106 578 -84 580Q0 588 84 580"
            "Q106 578 112 556L108 460",
            t.accent,
            4,
            dash="12 9",
        )
        + stroke("M214 380Q262 392 256 430T216 452", t.accent, 10)
        + stroke("M-236 748Q-130 768 0 762T236 748", t.accent, 4, dash="12 9")
    )


def _peg(x: float, y: float) -> str:
    return (
        ellipse(x + 10, y + 12, 30, 28, INK, opacity=0.16)
        + ellipse(x, y, 28, 27, OAK.base)
        + ellipse(x + 4, y + 5, 19, 18, OAK.shade)
    )


def _apron_front(t: Tones) -> str:
    hung = place(apron(t), 400, 104, scale=1.04)
    return (
        place(
            path(
                "M-118 128H118Q130 250 216 318L252 770Q0 800 -252 770L-238 360Q-236 330 -216 318"
                "Q-130 250 -118 128Z",
                INK,
                opacity=0.12,
            ),
            422,
            126,
            scale=1.04,
        )
        + hung
        + _peg(400, 104)
    )


def _apron_pocket(t: Tones) -> str:
    """The pocket seen close, a spoon and a cloth in it."""
    pocket = (
        "M130 420Q400 446 672 418Q676 640 668 790Q650 860 576 864Q400 884 226 866Q148 860 136 790"
        "Q128 640 130 420Z"
    )
    folds = "M60 -20Q110 300 40 1020H-20V-20ZM740 -20Q700 300 752 640T730 1020H820V-20Z"
    return (
        f'<rect width="800" height="1000" fill="{t.base}"/>'
        + path(folds, t.shade, opacity=0.8)
        + path("M240 -20Q200 200 250 430H330Q290 200 330 -20Z", t.light, opacity=0.5)
        + place(wooden_spoon(OAK), 300, 340, turn=190, scale=0.96)
        + path("M420 440Q400 300 452 240Q500 280 520 250Q580 270 600 330Q628 380 610 440Z", CHALK.base)
        + path("M520 250Q580 270 600 330Q628 380 610 440H540Q560 330 520 250Z", CHALK.shade)
        + stroke("M428 392Q500 410 616 388M424 416Q500 434 616 412", "#5C6FA8", 8)
        + place(path(pocket, t.deep, opacity=0.6), 12, 16)
        + path(pocket, t.base)
        + clipped(
            pocket,
            path("M560 400Q620 640 500 900H700V400Z", t.shade, opacity=0.55),
            path("M130 420Q200 430 280 434Q220 620 250 880H130Z", t.light, opacity=0.35),
        )
        + stroke("M152 452Q400 478 650 450M160 486Q400 512 644 484", t.accent, 7, dash="22 16")
        + stroke(
            "M156 500Q154 640 160 786Q170 836 228 842Q400 858 574 840Q632 836 644 786"
            "Q650 640 648 498M402 506V850",
            t.accent,
            7,
            dash="22 16",
        )
        + "".join(
            ellipse(x, 446, 15, 15, BRASS.base) + ellipse(x + 2, 448, 8, 8, BRASS.shade) for x in (150, 652)
        )
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "apron": Drawing(_apron_front, _apron_pocket, front_on="flat"),
}
