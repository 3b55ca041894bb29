"""Gardening gloves."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, clipped, curve, path, place, stroke
from sandbox.artwork.palette import INK, SOIL, Tones, lifted

_GLOVE: Final = curve(
    (-104, -10),
    (-104, -10),
    (-112, -120),
    (-120, -210),
    (-132, -330),
    (-112, -352),
    (-92, -330),
    (-74, -236),
    (-74, -236),
    (-66, -350),
    (-58, -420),
    (-36, -436),
    (-18, -414),
    (-16, -246),
    (-16, -246),
    (2, -360),
    (14, -430),
    (38, -444),
    (56, -420),
    (46, -240),
    (46, -240),
    (74, -330),
    (92, -390),
    (116, -394),
    (126, -366),
    (112, -250),
    (104, -170),
    (104, -170),
    (150, -206),
    (190, -220),
    (204, -196),
    (176, -150),
    (116, -60),
    (104, -10),
    (104, -10),
    (0, 4),
    (-104, -10),
)


def glove(t: Tones) -> str:
    """A gardening glove, 340 wide and 700 long, its back to us, thumb right; the origin is the wrist."""
    cuff = "M-106 -14Q0 2 106 -14Q118 120 146 236Q0 266 -146 236Q-118 120 -106 -14Z"
    seams = "M-70 -226Q-66 -180 -52 -140M-14 -236V-150M46 -232Q40 -190 26 -148"
    suede = lifted(t.base, 0.035)
    return (
        path(_GLOVE, t.base)
        + clipped(
            _GLOVE,
            path("M70 -460Q60 -200 70 20H220V-460Z", t.shade),
            path("M-94 -60Q-108 -150 -96 -200Q-70 -150 -70 -60Z", t.light),
        )
        + stroke(seams, t.deep, 5, opacity=0.7)
        + stroke("M102 -164Q84 -110 92 -60", t.deep, 5, dash="12 9", opacity=0.8)
        + path(cuff, suede)
        + clipped(
            cuff,
            path("M46 -20Q70 100 60 270H160V-20Z", lifted(suede, -0.07)),
            path("M-150 200Q0 230 150 200V270H-150Z", t.accent),
            path("M60 218Q110 212 150 200V270H60Z", lifted(t.accent, -0.07)),
        )
        + stroke("M-104 6Q0 22 104 6M-110 26Q0 42 110 26", t.deep, 4, dash="11 8", opacity=0.7)
        + stroke("M-56 60Q-70 130 -84 186M20 66Q24 130 24 190", t.deep, 5, opacity=0.3)
    )


def _glove_shadow() -> str:
    """Five fingers and a palm as fat lines: all a shadow needs."""
    fingers = (
        "M-112 -326L-84 -60M-40 -404L-34 -20M36 -416L20 -20M112 -366L74 -20M184 -196L84 -70M-84 -60"
        "L-112 210M-34 -20L-44 214M20 -20L26 214M74 -20L108 206"
    )
    return stroke(fingers, INK, 58, opacity=0.15)


def _lying(t: Tones, x: float, y: float, *, turn: float, scale: float = 0.94, flip: bool = False) -> str:
    under = place(_glove_shadow(), x + 14, y + 16, scale=scale, turn=turn, flip=flip)
    return under + place(glove(t), x, y, scale=scale, turn=turn, flip=flip)


def _gloves_front(t: Tones) -> str:
    return _lying(t, 520, 590, turn=5) + _lying(t, 286, 620, turn=-8, flip=True)


def _glove_palm(t: Tones) -> str:
    """The other side: a second skin stitched over the palm, soil on the fingertips."""
    patch = "M-84 -40Q-104 -130 -88 -206Q-20 -236 60 -214Q92 -170 84 -60Q0 -20 -84 -40Z"
    worn = clipped(
        _GLOVE, path("M-150 -460H220V-396Q120 -352 60 -404T-60 -392T-150 -320Z", SOIL, opacity=0.7)
    )
    creases = stroke("M-60 -170Q0 -144 60 -182M-66 -110Q-10 -92 66 -116", t.deep, 5, opacity=0.45)
    palm = path(patch, t.shade) + stroke(patch, t.accent, 5, dash="13 9") + creases
    return _lying(t, 390, 640, turn=6, scale=1.2, flip=True) + place(
        palm + worn, 390, 640, scale=1.2, turn=6, flip=True
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "gloves": Drawing(_gloves_front, _glove_palm, front_on="flat"),
}
