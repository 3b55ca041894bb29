"""The umbrella, open and furled."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, clipped, ellipse, path, place, shadow, stroke
from sandbox.artwork.palette import Tones, tones

STEEL: Final = tones("Steel")
OAK: Final = tones("Oak")
BRASS: Final = tones("Brass")


def umbrella(t: Tones) -> str:
    """An open umbrella, 640 wide and 620 high, its crook down; the origin is the end of the crook."""
    canopy = (
        "M-320 -330Q-300 -560 0 -590Q300 -560 320 -330Q270 -376 214 -332Q160 -382 106 -334"
        "Q54 -384 0 -336Q-54 -384 -106 -334Q-160 -382 -214 -332Q-270 -376 -320 -330Z"
    )
    ribs = (
        "M0 -590Q-120 -520 -214 -334M0 -590Q-60 -500 -106 -336M0 -590V-338M0 -590Q60 -500 106 -336"
        "M0 -590Q120 -520 214 -334"
    )
    under = "M-320 -330Q0 -470 320 -330Q0 -400 -320 -330Z"
    crook = "M0 -150V-46Q0 2 -42 2T-84 -44"
    return (
        stroke("M0 -640V-580", OAK.deep, 13)
        + path(under, t.deep)
        + stroke("M0 -420V-120", OAK.deep, 16)
        + stroke("M-3 -420V-130", OAK.light, 5)
        + stroke(crook, OAK.deep, 30)
        + stroke(crook, OAK.base, 20)
        + stroke("M-5 -140V-50", OAK.light, 5)
        + stroke("M-14 -148H14", BRASS.base, 10)
        + path(canopy, t.base)
        + clipped(
            canopy,
            path("M0 -590Q120 -520 214 -334L340 -310V-600Z", t.shade),
            path("M0 -590Q-60 -500 -106 -336L-214 -330Q-120 -520 0 -590Z", t.light),
            path("M0 -590Q60 -500 106 -336L214 -330Q120 -520 0 -590Z", t.shade, opacity=0.45),
            stroke(
                "M-330 -384Q-270 -430 -214 -380Q-160 -430 -106 -382Q-54 -432 0 -384"
                "Q54 -432 106 -382Q160 -430 214 -380"
                "Q270 -430 330 -384",
                t.accent,
                14,
            ),
        )
        + stroke(ribs, t.deep, 4, opacity=0.6)
    )


def _umbrella_front(t: Tones) -> str:
    rain = "".join(f"M{(i * 173) % 780 + 10} {(i * 57) % 250 + 20}l-12 46" for i in range(14))
    return stroke(rain, "#fff", 5, opacity=0.6) + place(umbrella(t), 356, 868, scale=1.1, turn=7)


def furled(t: Tones) -> str:
    """The umbrella furled and buttoned, 120 wide and 760 high, standing on its tip at the origin."""
    cloth = "M-10 -20Q-44 -260 -56 -470Q-30 -500 0 -500T58 -470Q44 -260 10 -20Z"
    folds = "M-30 -486Q-20 -250 -4 -30M4 -494Q0 -250 0 -30M34 -486Q24 -250 6 -30"
    crook = "M0 -560V-680Q0 -750 48 -750T98 -696"
    return (
        stroke("M0 -24V0", STEEL.deep, 10)
        + stroke("M0 -490V-570", OAK.shade, 18)
        + stroke(crook, OAK.deep, 32)
        + stroke(crook, OAK.base, 22)
        + stroke("M-5 -570V-680Q-4 -730 30 -742", OAK.light, 5)
        + stroke("M-15 -560H15", BRASS.base, 12)
        + path(cloth, t.base)
        + clipped(
            cloth,
            path("M14 -510Q30 -250 0 0H70V-510Z", t.shade),
            path("M-46 -460Q-34 -300 -24 -160L-14 -170Q-20 -320 -28 -470Z", t.light),
        )
        + stroke(folds, t.deep, 5, opacity=0.6)
        + path("M-53 -420Q0 -400 54 -420L51 -376Q0 -356 -49 -376Z", t.accent)
        + ellipse(26, -394, 9, 9, BRASS.light)
    )


def _umbrella_furled(t: Tones) -> str:
    wet = "M330 892Q400 868 480 888T560 912Q470 936 380 924T330 892Z"
    return (
        path(wet, "#fff", opacity=0.35)
        + shadow(446, 892, 60)
        + place(furled(t), 440, 890, scale=1.12, turn=9)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "umbrella": Drawing(_umbrella_front, _umbrella_furled, front_on="flat", detail_on="table"),
}
