"""Flasks, blankets and enamel; umbrellas have a module of their own."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import umbrellas
from sandbox.artwork.canvas import (
    Drawing,
    cast,
    clipped,
    curve,
    ellipse,
    level,
    path,
    place,
    resting,
    speckle,
    stroke,
)
from sandbox.artwork.palette import INK, PAPER, TEA, Tones, lifted, mix, tones
from sandbox.artwork.textile import fringe, spiral
from sandbox.artwork.umbrellas import furled, umbrella
from sandbox.artwork.vessels import opening, turned

__all__ = ["DRAWINGS", "enamel_mug", "flask", "furled", "rolled_blanket", "umbrella"]

STEEL: Final = tones("Steel")
LEATHER: Final = tones("Walnut")
BRASS: Final = tones("Brass")


def _steam(x: float, y: float, size: float = 1) -> str:
    return place(
        stroke("M0 0Q-26 -40 0 -76T0 -150M46 6Q24 -30 46 -62T48 -120", "#fff", 9, opacity=0.55),
        x,
        y,
        scale=size,
    )


def flask(t: Tones, *, closed: bool = True) -> str:
    """A vacuum flask, 230 wide and 620 high, its steel cup for a lid; open, it shows its stopper."""
    body = turned((84, -470), (112, -424), (114, -240), (112, 0))
    cup = turned((80, -622), (84, -600), (90, -476), (90, -476))
    neck = turned((56, -540), (56, -540), (62, -470), (62, -470))
    top = (
        cup.painted(STEEL.base, STEEL.shade, STEEL.light)
        + level(0, -622, 80, STEEL.light)
        + level(2, -621, 68, STEEL.base)
        + stroke("M-84 -580Q0 -546 84 -580", STEEL.deep, 4, opacity=0.6)
        if closed
        else neck.painted(STEEL.base, STEEL.shade, STEEL.light)
        + opening(-540, 56, STEEL.light, STEEL.shade, STEEL.deep, lip=8)
    )
    return (
        body.painted(t.base, t.shade, t.light)
        + clipped(
            body.outline,
            path("M-130 -40Q0 12 130 -40V60H-130Z", STEEL.base),
            path("M40 -16Q90 -20 130 -40V60H30Z", STEEL.shade),
            path("M-130 -400Q0 -352 130 -400V-386Q0 -338 -130 -386Z", t.accent),
            path("M-130 -370Q0 -322 130 -370V-362Q0 -314 -130 -362Z", t.accent),
        )
        + path("M-90 -474Q0 -440 90 -474L96 -462Q0 -426 -96 -462Z", t.deep)
        + top
        + stroke("M104 -400Q178 -400 172 -300T108 -190", t.deep, 24)
        + stroke("M104 -400Q172 -400 166 -300T108 -194", t.light, 13)
    )


def _flask_front(t: Tones) -> str:
    return resting(flask(t), 384, 850, 112, scale=1.18)


def _flask_poured(t: Tones) -> str:
    """The flask open behind its cup, tea poured and steaming."""
    cup = turned((130, -190), (126, -120), (112, 0))
    poured = (
        cup.painted(STEEL.base, STEEL.shade, STEEL.light)
        + clipped(cup.outline, path("M-140 -60Q0 -20 140 -60V-50Q0 -8 -140 -50Z", STEEL.deep, opacity=0.5))
        + opening(-190, 130, STEEL.light, STEEL.shade, STEEL.deep, lip=9)
        + ellipse(2, -184, 112, 20, TEA)
        + path("M-104 -182Q-40 -204 40 -202Q-30 -186 -60 -168Z", lifted(TEA, -0.09))
    )
    return (
        resting(flask(t, closed=False), 286, 790, 112, scale=1.2)
        + resting(poured, 560, 846, 112, scale=1.1)
        + _steam(538, 610, 1.1)
    )


def _checked(d: str, t: Tones, *, step: int, box: tuple[int, int, int, int]) -> str:
    """The outline ``d`` filled with tartan: bands across and down, darker where they cross, fine lines between."""
    left, top, right, bottom = box
    down = "".join(f"M{x} {top}h{step}V{bottom}h{-step}Z" for x in range(left, right, step * 2))
    across = "".join(f"M{left} {y}H{right}v{step}H{left}Z" for y in range(top, bottom, step * 2))
    lines = "".join(f"M{x} {top}V{bottom}" for x in range(left + step * 3 // 2, right, step * 2))
    lines += "".join(f"M{left} {y}H{right}" for y in range(top + step * 3 // 2, bottom, step * 2))
    return path(d, mix(t.accent, PAPER, 0.6)) + clipped(
        d,
        path(down, t.base, opacity=0.62),
        path(across, t.base, opacity=0.62),
        stroke(lines, t.deep, step / 10, opacity=0.8),
    )


def rolled_blanket(t: Tones) -> str:
    """A checked blanket rolled in its leather carrying strap, 600 wide and 420 high with the handle."""
    roll = "M-300 -130Q-296 -238 -226 -240H250Q300 -236 300 -120T250 0H-226Q-296 -14 -300 -130Z"
    straps = "".join(f"M{x} -244Q{x + 30} -130 {x} 4" for x in (-76, 124))
    handle = "M-76 -236Q-70 -372 24 -374T124 -236"
    return (
        _checked(roll, t, step=38, box=(-300, -242, 302, 4))
        + clipped(
            roll,
            path("M-310 -84Q0 -60 310 -84V10H-310Z", t.deep, opacity=0.42),
            path("M-250 -222Q0 -240 260 -222V-196Q0 -214 -250 -196Z", "#fff", opacity=0.4),
        )
        + fringe((-210, -6), (-100, -4), 7, 30, t.base, 6)
        + fringe((-50, -4), (100, -4), 9, 30, t.base, 6)
        + fringe((150, -4), (250, -6), 7, 30, t.base, 6)
        + ellipse(-226, -120, 76, 120, mix(t.base, PAPER, 0.35))
        + stroke(spiral(-226, -120, 64, 104, 3.5, start=90), t.deep, 8)
        + stroke(straps, LEATHER.shade, 36)
        + stroke(straps, LEATHER.base, 26)
        + stroke(handle, LEATHER.deep, 30)
        + stroke(handle, LEATHER.base, 19)
        + stroke(handle, LEATHER.light, 3, dash="9 8")
        + stroke("M-84 -134H-40V-92H-84ZM116 -134H160V-92H116Z", BRASS.base, 7)
    )


def _blanket_front(t: Tones) -> str:
    return resting(rolled_blanket(t), 400, 800, 290, scale=1.12)


def _blanket_spread(t: Tones) -> str:
    """A corner of the blanket on the grass, with a plate of cherries and an apple."""
    cloth = "M-20 250Q200 200 560 130Q590 126 600 150Q680 560 790 1020H-20Z"
    grass = "".join(
        (
            f"M{(i * 139) % 790 + 5} {(i * 83) % 330 + 30}l-8 -26"
            f"M{(i * 139) % 790 + 15} {(i * 83) % 330 + 30}l4 -30"
        )
        for i in range(18)
    )
    return (
        path("M0 0H800V1000H0Z", "#A9BD82")
        + stroke(grass, "#7C965C", 6)
        + cast(cloth, 10, 16)
        + place(
            _checked("M-400 -300H400V700H-400Z", t, step=74, box=(-400, -300, 400, 700)), 234, 436, turn=-12
        )
        + ellipse(310, 600, 190, 184, INK, opacity=0.16)
        + ellipse(298, 586, 188, 184, "#F4EFE4")
        + ellipse(300, 590, 140, 136, "#E4DCCD")
        + ellipse(302, 594, 132, 128, "#F1EBDF")
        + stroke("M250 590Q270 500 330 470Q330 530 350 610M330 470Q370 500 396 560", "#5F7B47", 6)
        + "".join(
            ellipse(x, y, 34, 33, "#A3283A") + ellipse(x - 10, y - 12, 9, 7, "#E58B94")
            for x, y in ((246, 606), (352, 626), (400, 574), (296, 650))
        )
        + ellipse(590, 800, 84, 80, INK, opacity=0.16)
        + path(
            "M576 708Q520 688 492 740Q480 820 540 858Q576 872 606 858Q664 820 654 744Q630 690 576 708Z",
            "#C4523F",
        )
        + path("M630 704Q664 730 656 770Q650 830 606 858Q576 872 548 860Q640 820 630 704Z", "#A13B30")
        + path("M520 726Q500 760 510 800Q530 780 540 730Z", "#E0806A")
        + stroke("M574 712Q576 684 594 668", INK, 7)
    )


def enamel_mug(t: Tones, *, filled: bool = False) -> str:
    """An enamel mug, 320 wide and 300 high, speckled, its steel rim left bare."""
    body = turned((152, -300), (152, -300), (146, -150), (140, -18), (126, 0))
    handle = curve((142, -252), (226, -262), (250, -190), (214, -108), (140, -70))
    return (
        stroke(handle, t.deep, 30)
        + stroke(handle, t.base, 21)
        + body.painted(t.base, t.shade, t.light)
        + speckle(
            5,
            28,
            (-132, -250, 134, -24),
            mix(t.light, "#ffffff", 0.6) if t.name != "Chalk" else t.accent,
            3.4,
        )
        + stroke("M-124 4Q0 54 124 4", t.deep, 6)
        + level(0, -300, 154, STEEL.shade)
        + ellipse(0, -298, 144, 29, PAPER)
        + path(
            "M-144 -298A144 29 0 0 1 70 -323Q-60 -312 -70 -273A144 29 0 0 1 -144 -298Z", lifted(PAPER, -0.09)
        )
        + (ellipse(3, -291, 126, 22, TEA) if filled else "")
    )


def _enamel_front(t: Tones) -> str:
    return _steam(348, 400, 1.3) + resting(enamel_mug(t, filled=True), 376, 810, 130, scale=1.46)


def _enamel_stack(t: Tones) -> str:
    """Two mugs, one standing in the other."""
    return resting(enamel_mug(t), 364, 866, 130, scale=1.2) + place(
        enamel_mug(t), 360, 510, scale=1.2, turn=-1.5
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "flask": Drawing(_flask_front, _flask_poured, detail_on="table"),
    "picnic_blanket": Drawing(_blanket_front, _blanket_spread),
    "enamel_mug": Drawing(_enamel_front, _enamel_stack, detail_on="table"),
    **umbrellas.DRAWINGS,
}
