"""Trowels and secateurs."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.botanical import leaf, sprig
from sandbox.artwork.canvas import Drawing, clipped, curve, ellipse, path, place, shadow, speckle, stroke
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, SOIL, TWINE, Tones, lifted, tones

STEEL: Final = tones("Steel")
BRASS: Final = tones("Brass")


def trowel(t: Tones) -> str:
    """A hand trowel, 170 wide and 640 long, blade up, its middle at the origin."""
    blade = curve(
        (0, -330),
        (52, -270),
        (84, -170),
        (80, -70),
        (66, -14),
        (66, -14),
        (24, 10),
        (-24, 10),
        (-66, -14),
        (-66, -14),
        (-80, -70),
        (-84, -170),
        (-52, -270),
        (0, -330),
    )
    handle = curve(
        (-25, 96),
        (-35, 160),
        (-26, 230),
        (-33, 300),
        (-18, 328),
        (18, 328),
        (33, 300),
        (26, 230),
        (35, 160),
        (25, 96),
        closed=True,
    )
    return (
        stroke("M0 326Q-34 372 0 398Q34 372 4 326", TWINE, 9)
        + stroke("M0 0V96", STEEL.shade, 26)
        + stroke("M-6 0V90", STEEL.light, 7)
        + path(blade, STEEL.base)
        + clipped(
            blade,
            path("M8 -340Q50 -160 20 20H100V-340Z", STEEL.shade),
            path("M-100 20H100V-2Q0 -50 -100 -2Z", STEEL.deep, opacity=0.5),
            path("M-56 -60Q-70 -170 -36 -256Q-40 -150 -34 -60Z", "#fff", opacity=0.5),
            path("M-60 -350H60V-296Q30 -276 6 -292T-60 -290Z", SOIL),
        )
        + stroke("M0 -250V-40", STEEL.deep, 5, opacity=0.5)
        + path(handle, t.base)
        + clipped(
            handle,
            path("M10 90Q30 200 6 340H60V90Z", t.shade),
            stroke("M-17 130Q-22 200 -16 290", t.light, 9),
            stroke("M-40 110H40M-40 300H40", t.accent, 7),
        )
        + path("M-30 76H30L27 104H-27Z", BRASS.base)
        + path("M6 76H30L27 104H8Z", BRASS.shade)
    )


def _trowel_front(t: Tones) -> str:
    flat = place(
        path(
            "M0 -330Q110 -200 66 -14L24 10V96Q50 300 18 328H-18Q-50 200 -24 96V10L-66 -14Q-110 -200 0 -330Z",
            INK,
            opacity=0.16,
        ),
        414,
        526,
        scale=1.12,
        turn=28,
    )
    return flat + place(trowel(t), 400, 508, scale=1.12, turn=28)


def _heap(x: float, y: float, half: float, high: float) -> str:
    outline = (
        f"M{x - half} {y}Q{x - half * 0.7} {y - high * 0.5} {x - half * 0.3} {y - high * 0.86}"
        f"T{x + half * 0.3} {y - high * 0.9}T{x + half} {y}Q{x} {y + half * 0.3} {x - half} {y}Z"
    )
    return (
        path(outline, SOIL)
        + clipped(
            outline,
            path(
                (
                    f"M{x + half * 0.2} {y - high}"
                    f"Q{x + half * 0.1} {y} {x + half * 0.4} {y + half * 0.2}H{x + half}V{y - high}Z"
                ),
                lifted(SOIL, -0.06),
            ),
        )
        + speckle(
            6, 26, (x - half * 0.6, y - high * 0.6, x + half * 0.6, y + half * 0.08), lifted(SOIL, 0.12), 6
        )
    )


def _trowel_planted(t: Tones) -> str:
    """The trowel standing in a heap of soil beside a young plant."""
    return (
        shadow(400, 790, 290)
        + place(trowel(t), 470, 500, turn=192, scale=1.04)
        + _heap(400, 790, 300, 150)
        + sprig(268, 700, 190, -8, 3, size=104)
    )


def secateurs(t: Tones) -> str:
    """Bypass secateurs, open, 250 wide and 640 long, blades up; the pivot is at the origin."""
    left = curve(
        (-14, 20),
        (-58, 110),
        (-92, 220),
        (-88, 330),
        (-66, 380),
        (-44, 366),
        (-46, 250),
        (-16, 130),
        (22, 30),
        closed=True,
    )
    right = curve(
        (14, 20),
        (62, 110),
        (104, 220),
        (110, 320),
        (92, 376),
        (66, 366),
        (62, 250),
        (28, 140),
        (-22, 30),
        closed=True,
    )
    blade = curve(
        (-26, 34),
        (-34, -20),
        (-10, -120),
        (40, -214),
        (84, -262),
        (84, -262),
        (92, -180),
        (66, -80),
        (26, 28),
        (-26, 34),
    )
    hook = curve(
        (28, 30),
        (36, -20),
        (18, -70),
        (-40, -120),
        (-96, -190),
        (-112, -222),
        (-112, -222),
        (-124, -130),
        (-84, -50),
        (-28, 24),
        (28, 30),
    )
    spring = "M-26 96l56 8l-58 14l64 8l-66 14l70 8l-70 14"
    return (
        stroke(spring, STEEL.deep, 8)
        + path(right, t.shade)
        + stroke("M62 130Q94 230 90 330", t.base, 12)
        + path(hook, STEEL.shade)
        + stroke("M-104 -196Q-104 -120 -60 -56", STEEL.light, 6)
        + path(left, t.base)
        + stroke("M-46 140Q-78 230 -72 320", t.light, 12)
        + stroke("M-58 240l30 8M-64 262l28 8M-66 284l28 8", t.deep, 5)
        + path(blade, STEEL.base)
        + path("M26 28Q80 -80 92 -180L84 -262Q66 -120 0 30Z", STEEL.light)
        + stroke("M-10 -96Q20 -180 60 -232", "#fff", 6, opacity=0.8)
        + ellipse(0, 14, 27, 27, BRASS.base)
        + ellipse(-2, 11, 18, 18, BRASS.light)
        + stroke("M-11 18L8 4", BRASS.deep, 6)
    )


def _secateurs_front(t: Tones) -> str:
    shade = place(
        path(
            (
                "M-90 360Q-100 180 -26 20Q-120 -90 -112 -222Q-40 -120 0 -80Q40 -214 84 -262"
                "Q110 -120 26 28Q120 220 92 376L66 366Q60 200 0 90Q-46 250 -60 380Z"
            ),
            INK,
            opacity=0.15,
        ),
        428,
        442,
        scale=1.2,
        turn=-24,
    )
    return shade + place(secateurs(t), 408, 420, scale=1.2, turn=-24)


def _secateurs_cutting(t: Tones) -> str:
    """The blades about to cut a stem."""
    stem = stroke("M40 610Q300 400 480 300T780 60", LEAF_DEEP, 24) + stroke(
        "M40 604Q300 392 480 292T776 56", LEAF, 12
    )
    growth = (
        leaf(640, 180, 210, 100, LEAF)
        + leaf(700, 130, 170, -20, lifted(LEAF, 0.05))
        + leaf(180, 490, 220, -50, lifted(LEAF, 0.03))
        + leaf(150, 520, 170, 130, LEAF_DEEP)
    )
    return growth + stem + place(secateurs(t), 470, 690, scale=1.75, turn=-6)


DRAWINGS: Final[dict[str, Drawing]] = {
    "trowel": Drawing(_trowel_front, _trowel_planted, front_on="flat", detail_on="table"),
    "secateurs": Drawing(_secateurs_front, _secateurs_cutting, front_on="flat"),
}
