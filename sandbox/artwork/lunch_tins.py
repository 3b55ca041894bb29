"""The lunch tin, shut and packed."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, cast, clipped, ellipse, path, place, poly, resting, stroke
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, PAPER, Tones, lifted, mix, tones

OAK: Final = tones("Oak")
STEEL: Final = tones("Steel")
BERRY: Final = "#5A4A86"


def lunch_tin(t: Tones) -> str:
    """A two-tier lunch tin with side clips and a carrying handle, 520 wide and 400 high."""
    tier = (
        "M-240 -142Q-244 -150 -232 -150H232Q244 -150 240 -142L234 -26Q230 0 202 2Q0 10 -202 2"
        "Q-230 0 -234 -26Z"
    )
    shaded = "M150 -160Q180 -80 150 10H260V-160Z"
    glint = "M-224 -142Q-212 -80 -216 -20H-194Q-190 -80 -198 -146Z"

    def box(y: float, tones_: Tones) -> str:
        return place(
            path(tier, tones_.base) + clipped(tier, path(shaded, tones_.shade), path(glint, tones_.light)),
            0,
            y,
        )

    lid = "M-246 -306Q-246 -352 -196 -358Q0 -372 196 -358Q246 -352 246 -306V-300H-246Z"
    clip = (
        stroke("M0 -60H16V-290H-4", STEEL.shade, 13)
        + stroke("M-2 -62H13V-290", STEEL.light, 4)
        + path("M-6 -250H26V-170H-6Z", STEEL.base)
        + path("M8 -250H26V-170H8Z", STEEL.shade)
    )
    return (
        stroke("M-150 -350C-150 -450 -70 -446 0 -446S150 -450 150 -350", STEEL.shade, 15)
        + stroke("M-154 -356C-152 -446 -76 -444 -20 -448", STEEL.light, 5)
        + stroke("M-66 -446H66", OAK.shade, 32)
        + stroke("M-66 -450H66", OAK.base, 20)
        + box(0, t)
        + path("M-238 -152H238V-138Q0 -126 -238 -138Z", t.deep, opacity=0.5)
        + box(-154, t)
        + path("M-242 -304H242V-288Q0 -278 -242 -288Z", t.deep, opacity=0.5)
        + path(lid, t.light)
        + path("M120 -364Q240 -360 246 -306V-300H160Q170 -340 120 -364Z", t.base)
        + stroke("M-246 -303H246", t.accent, 8)
        + place(clip, 240, 0)
        + place(clip, -240, 0, flip=True)
    )


def _lunch_tin_front(t: Tones) -> str:
    return resting(lunch_tin(t), 400, 800, 226, scale=1.34)


def _lunch_tin_from_above(t: Tones) -> str:
    """Opened and packed: a sandwich, berries, leaves and a boiled egg."""

    def rounded(inset: float) -> str:
        a, b, c, d, r = 120 + inset, 210 + inset, 680 - inset, 800 - inset, 110 - inset
        top = f"M{a + r} {b}H{c - r}Q{c} {b} {c} {b + r}V{d - r}Q{c} {d} {c - r} {d}"
        return f"{top}H{a + r}Q{a} {d} {a} {d - r}V{b + r}Q{a} {b} {a + r} {b}Z"

    bread = poly((170, 520), (420, 262), (424, 520))
    other = poly((176, 546), (180, 756), (424, 756))
    berries = "".join(
        ellipse(x, y, 31, 30, BERRY)
        + ellipse(x + 3, y + 3, 12, 11, lifted(BERRY, -0.1))
        + ellipse(x - 11, y - 12, 8, 6, lifted(BERRY, 0.14))
        for x, y in (
            (492, 300),
            (556, 292),
            (616, 320),
            (478, 362),
            (540, 356),
            (604, 384),
            (500, 422),
            (566, 420),
        )
    )
    leaves = "".join(
        ellipse(x, y, 62, 28, c, turn=a)
        for x, y, a, c in (
            (488, 500, 20, LEAF),
            (580, 496, -30, "#86A06C"),
            (620, 540, 40, LEAF),
            (520, 540, -14, LEAF_DEEP),
        )
    )
    return (
        "".join(path(f"M{x} 450H{x + 44}V560H{x}Z", c) for x, c in ((88, STEEL.base), (668, STEEL.shade)))
        + cast(rounded(0), 18, 24)
        + path(rounded(0), t.base)
        + path("M560 800H570Q680 800 680 690V500Q660 760 560 800Z", t.shade)
        + path(rounded(15), t.light)
        + path(rounded(24), mix(STEEL.light, PAPER, 0.4))
        + clipped(
            rounded(24),
            path("M130 220H680V240Q300 240 190 330Q160 500 156 810H120Z", STEEL.base),
            place(path(bread + other, INK, opacity=0.16), 10, 12),
            path(bread + other, "#B9773A"),
            path(
                poly((202, 508), (410, 292), (412, 508)) + poly((190, 582), (193, 744), (384, 744)), "#F0DDB6"
            ),
            stroke("M424 286V512M424 548V744", LEAF, 13),
            berries,
            leaves,
            ellipse(548, 672, 96, 106, INK, opacity=0.14),
            ellipse(540, 660, 94, 104, "#FBF6EA"),
            ellipse(542, 664, 50, 52, "#E9A52C"),
            ellipse(528, 646, 17, 13, "#F6CC66", turn=-30),
        )
        + stroke("M430 250V766M440 592Q560 560 640 600", STEEL.shade, 8)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "lunch_tin": Drawing(_lunch_tin_front, _lunch_tin_from_above),
}
