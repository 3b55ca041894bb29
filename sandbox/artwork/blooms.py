"""What packets and bags promise: summer flowers and spring bulbs, chosen by their colour."""

from __future__ import annotations

import math
from typing import Final

from sandbox.artwork.botanical import daisy, leaves, rounds, tulip
from sandbox.artwork.canvas import (
    ellipse,
    num,
    path,
    place,
    stroke,
)
from sandbox.artwork.palette import LEAF, LEAF_DEEP, PAPER, Tones, lifted, tones

POLLEN: Final = "#E0AE3E"
# Colours no flower comes in: what is painted in these flowers rose.
_LEAFY: Final = frozenset(
    [
        "Moss",
        "Sage",
        "Olive",
        "Fern",
        "Sea",
        "Slate",
        "Charcoal",
        "Walnut",
        "Oak",
        "Brass",
        "Steel",
        "Smoke",
        "Clay",
        "Sand",
        "Oat",
    ]
)
_OPEN_FLOWERS: Final = {
    "Plum": (8, POLLEN),
    "Denim": (11, "#33406B"),
    "Sky": (6, LEAF),
}  # cosmos, cornflower, nigella


def flowering(t: Tones) -> Tones:
    """``t``, or rose where no flower has that colour."""
    return tones("Rose") if t.name in _LEAFY else t


def larkspur(x: float, y: float, height: float, turn: float, petal: str, *, open_florets: int = 8) -> str:
    """A larkspur spire ``height`` high, its florets opening from below."""
    count, step = open_florets, 0.6 / open_florets
    florets = [
        ((-1) ** i * (26 - 16 * i / count), -height * (0.42 + step * i), 24 - 17 * i / count, 20 * (-1) ** i)
        for i in range(count)
    ]
    hearts = rounds((fx, fy, r * 0.34, 0) for fx, fy, r, _ in florets[: count // 2])
    behind = rounds(((fx + 3, fy + 5, r * 1.1, lean + 70) for fx, fy, r, lean in florets), flat=0.9)
    grown = [(0, -height * 0.12, height * 0.26, -52), (0, -height * 0.2, height * 0.24, 50)]
    return place(
        stroke(f"M0 0Q6 {-height * 0.5:.0f} 0 {-height:.0f}", LEAF_DEEP, 5)
        + leaves(grown, LEAF, plump=0.14)
        + path(behind, lifted(petal, -0.09))
        + path(rounds(florets, flat=0.7), petal)
        + path(hearts, PAPER),
        x,
        y,
        turn=turn,
    )


def cutting_flower(x: float, y: float, height: float, turn: float, t: Tones, petal: str) -> str:
    """A summer flower to cut: cosmos, cornflower or nigella in their colours, larkspur in any other."""
    if t.name not in _OPEN_FLOWERS:
        return larkspur(x, y, height, turn, petal, open_florets=7 if height > 300 else 6)
    petals, eye = _OPEN_FLOWERS[t.name]
    head = height * 0.22
    grown = [(0, -height * 0.2, height * 0.3, -40), (0, -height * 0.34, height * 0.28, 38)]
    return place(
        stroke(f"M0 0Q8 {num(-height * 0.5)} 0 {num(-height * 0.9)}", LEAF_DEEP, 5)
        + leaves(grown, LEAF, plump=0.09)
        + daisy(3, -height * 0.9 + 4, head, lifted(petal, -0.1), eye, petals, turn=18)
        + daisy(0, -height * 0.9, head, petal, eye, petals),
        x,
        y,
        turn=turn,
    )


def _narcissus(t: Tones) -> str:
    return (
        daisy(4, -484, 108, t.shade, t.base, 6, turn=12)
        + daisy(0, -490, 108, t.base, t.base, 6, turn=10)
        + ellipse(0, -490, 44, 42, "#D9892F")
        + ellipse(2, -486, 28, 26, "#A8602A")
    )


def _allium(t: Tones) -> str:
    florets = [
        (math.sin(i * 2.4) * 19 * math.sqrt(i), -490 + math.cos(i * 2.4) * 19 * math.sqrt(i), 15, i * 40)
        for i in range(36)
    ]
    return (
        ellipse(0, -490, 116, 114, t.base)
        + path(rounds(florets[::2], flat=0.6), t.shade)
        + path(rounds(florets[1::2], flat=0.6), lifted(t.light, 0.06))
    )


def _snowdrop(t: Tones) -> str:
    bell = "M0 0Q-70 30 -62 110Q-40 150 -18 96Q-10 150 0 156Q10 150 18 96Q40 150 62 110Q70 30 0 0Z"
    return (
        stroke("M-6 -380Q-2 -520 40 -540T92 -500", LEAF_DEEP, 11)
        + ellipse(92, -492, 15, 19, LEAF)
        + place(
            path(bell, t.base)
            + path("M12 6Q70 40 62 110Q50 134 36 128Q46 60 12 6Z", t.shade)
            + stroke("M-14 112Q0 128 14 112", LEAF, 8),
            92,
            -480,
        )
    )


def _bluebell(t: Tones) -> str:
    bell = "M0 0Q-30 8 -26 50Q-34 62 -40 66L-14 62L0 74L14 62L40 66Q34 62 26 50Q30 8 0 0Z"
    one = path(bell, t.base) + path("M6 2Q30 12 26 50Q34 62 40 66L14 62Q22 30 6 2Z", t.shade)
    hung = (
        (-8, -380, 0.8),
        (40, -420, 0.92),
        (-2, -460, 0.9),
        (64, -500, 1),
        (20, -540, 0.94),
        (96, -560, 1),
        (130, -520, 0.9),
    )
    return stroke("M-2 -380Q-6 -560 60 -590T132 -516", LEAF_DEEP, 9) + "".join(
        place(one, x, y, scale=size) for x, y, size in hung
    )


def _aconite(t: Tones) -> str:
    ruff = leaves([(0, -420, 150, turn) for turn in (-96, -64, -30, 30, 64, 96)], LEAF, plump=0.14)
    cup = "M0 -412Q-110 -420 -100 -510Q-70 -560 -40 -520Q0 -580 40 -520Q70 -560 100 -510Q110 -420 0 -412Z"
    return (
        ruff
        + path(cup, t.base)
        + path("M40 -520Q70 -560 100 -510Q110 -420 0 -412Q70 -450 40 -520Z", t.shade)
        + path("M0 -412Q-60 -450 -34 -530Q-90 -470 0 -412Z", t.light)
    )


def spring_flower(t: Tones) -> str:
    """The flower of a bulb, 600 high: each spring bulb in its colour, a tulip in any other."""
    heads = {
        "Butter": _narcissus,
        "Plum": _allium,
        "Chalk": _snowdrop,
        "Delphinium": _bluebell,
        "Mustard": _aconite,
    }
    stem = stroke("M0 0Q-10 -200 0 -400", LEAF_DEEP, 14) + leaves(
        [(-4, 0, 330, -22), (6, 0, 290, 20)], LEAF, plump=0.13
    )
    if t.name in heads:
        return stem + heads[t.name](t)
    petals = flowering(t)
    return (
        stem
        + tulip(0, -388, 200, 0, petals.base)
        + path("M0 -392Q-48 -450 -30 -540Q-70 -460 0 -392Z", petals.light)
    )
