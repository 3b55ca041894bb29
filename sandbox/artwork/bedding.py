"""Bed linen and bath towels."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, clipped, curve, ellipse, path, place, resting, shadow, stroke
from sandbox.artwork.palette import Tones, lifted, tones
from sandbox.artwork.textile import spiral

OAK: Final = tones("Oak")


def bed(t: Tones) -> str:
    """The head of a made bed, 760 wide: oak headboard, two pillows, a duvet turned back; the origin is on the floor."""
    pillow = curve(
        (-166, -84),
        (-90, -104),
        (0, -108),
        (92, -104),
        (164, -86),
        (172, 0),
        (160, 78),
        (60, 92),
        (-70, 92),
        (-164, 80),
        (-174, 0),
        closed=True,
    )
    slept_on = (
        path(pillow, t.light)
        + path("M164 -86Q110 -10 60 30T-120 88Q60 100 160 78Q180 0 164 -86Z", t.base)
        + stroke("M-20 -46Q10 -10 -6 26M24 -40Q40 -16 34 10", t.shade, 5)
        + stroke(
            "M-146 -70Q0 -92 146 -72Q152 0 142 62Q0 76 -146 64Q-154 0 -146 -70", t.accent, 4, dash="13 10"
        )
    )
    duvet = "M-392 -260Q-200 -306 0 -300T392 -262Q424 -120 404 60H-404Q-424 -120 -392 -260Z"
    return (
        path("M-370 0V-560Q-370 -590 -340 -592Q0 -606 340 -592Q370 -590 370 -560V0Z", OAK.base)
        + stroke(
            (
                "M-356 -520Q0 -534 356 -520M-250 -590V-300M-125 -596V-300M0 -598V-300M125 -596V-300"
                "M250 -590V-300"
            ),
            OAK.shade,
            6,
        )
        + path("M-392 -300Q0 -350 392 -300V0H-392Z", lifted(t.light, -0.02))
        + place(slept_on, -176, -352, turn=-2)
        + place(slept_on, 178, -350, turn=3)
        + path(duvet, t.base)
        + clipped(
            duvet,
            path("M420 -300Q250 -200 280 -60T160 80H430Z", t.shade),
            path("M-330 -190Q-200 -210 -90 -190Q-200 -120 -250 0Q-340 -60 -330 -190Z", t.light, opacity=0.6),
            path("M60 -190Q20 -60 70 70L110 70Q70 -60 96 -190Z", t.shade, opacity=0.6),
        )
        + path(
            (
                "M-400 -262Q-200 -312 0 -306T400 -264Q408 -220 404 -178Q200 -216 0 -214T-406 -176"
                "Q-408 -220 -400 -262Z"
            ),
            t.light,
        )
        + stroke("M-398 -198Q-200 -234 0 -234T398 -200", t.accent, 5, dash="16 11")
        + stroke(
            "M-150 -130Q-190 -60 -176 20M-110 -120Q-130 -80 -128 -40M190 -130Q210 -90 206 -40",
            t.deep,
            5,
            opacity=0.5,
        )
    )


def _bed_front(t: Tones) -> str:
    return place(bed(t), 400, 946, scale=0.98)


def bed_linen(t: Tones) -> str:
    """A duvet set folded to a parcel, 420 wide and 330 high, tied with a strip of its own cloth."""
    slabs = ((0, 124, t.base), (-114, 100, t.light), (-206, 106, t.base))
    cloth = ""
    for foot, height, tone in slabs:
        top = foot - height
        cloth += path(
            f"M-216 {foot - 4}Q-246 {foot - height / 2} -214 {top + 6}Q0 {top - 10} 212 {top + 2}"
            f"Q232 {foot - height / 2} 214 {foot}Q0 {foot + 14} -216 {foot - 4}Z",
            tone,
        )
        cloth += stroke(
            f"M212 {foot - height * 0.36}Q0 {foot - height * 0.34} -176 {foot - height * 0.38}"
            f"Q-200 {foot - height / 2} -176 {foot - height * 0.64}"
            f"Q0 {foot - height * 0.7} 216 {foot - height * 0.64}",
            t.shade,
            5,
        )
    top_face = "M-214 -306Q-170 -356 -120 -362Q20 -370 150 -360Q190 -348 212 -310Q0 -322 -214 -306Z"
    return (
        cloth
        + path(top_face, t.light)
        + path(
            (
                "M214 0Q236 -60 214 -118Q236 -170 212 -216Q234 -260 212 -310Q180 -316 130 -316"
                "Q170 -160 110 8Q170 6 214 0Z"
            ),
            t.deep,
            opacity=0.22,
        )
        + stroke("M-10 -366Q-18 -340 -16 -314V10", t.accent, 26)
        + path("M-16 -338Q-96 -404 -116 -362T-16 -330Q70 -404 92 -366T-16 -330Z", t.accent)
        + path(
            (
                "M-20 -332Q-60 -300 -84 -246L-60 -240Q-30 -290 -12 -326ZM-10 -330Q30 -300 44 -236"
                "L66 -246Q40 -310 -4 -334Z"
            ),
            lifted(t.accent, -0.05),
        )
        + ellipse(-15, -334, 17, 15, lifted(t.accent, -0.09))
    )


def _bed_linen_tied(t: Tones) -> str:
    return resting(bed_linen(t), 400, 815, 210, scale=1.4)


def towels(t: Tones) -> str:
    """Three bath towels folded and stacked, 460 wide and 360 high, each with its woven band."""
    stack = ""
    for foot, tone, shade, shift in (
        (0, t.base, t.shade, 0),
        (-114, t.light, t.base, 12),
        (-228, t.base, t.shade, -8),
    ):
        fold = curve(
            (-214, foot - 6),
            (-236, foot - 60),
            (-212, foot - 114),
            (0, foot - 122),
            (212, foot - 116),
            (226, foot - 62),
            (214, foot - 4),
            (0, foot + 6),
            closed=True,
        )
        stack += place(
            path(fold, tone)
            + clipped(
                fold,
                path(f"M230 {foot - 130}Q150 {foot - 60} 130 {foot + 10}H240Z", shade),
                path(f"M-240 {foot - 24}Q0 {foot - 14} 240 {foot - 24}V{foot + 10}H-240Z", shade),
                stroke(
                    (
                        f"M96 {foot - 124}Q84 {foot - 60} 98 {foot + 10}M126 {foot - 124}"
                        f"Q114 {foot - 60} 128 {foot + 10}"
                    ),
                    t.accent,
                    12,
                ),
            )
            + stroke(
                (
                    f"M222 {foot - 44}Q0 {foot - 36} -160 {foot - 44}"
                    f"Q-190 {foot - 60} -160 {foot - 78}Q0 {foot - 84} 224 {foot - 78}"
                ),
                t.deep,
                5,
                opacity=0.6,
            )
            + stroke(f"M-196 {foot - 94}Q-60 {foot - 106} 60 {foot - 106}", t.light, 9, dash="1 16"),
            shift,
        )
    return stack


def _towels_front(t: Tones) -> str:
    return resting(towels(t), 400, 815, 215, scale=1.32)


def _towels_rolled(t: Tones) -> str:
    """Three towels rolled and piled, seen at their ends."""

    def roll(x: float, y: float, base: str, line: str, start: float) -> str:
        return (
            ellipse(x, y, 152, 148, base)
            + path(
                (
                    f"M{x + 40} {y - 142}A150 148 0 1 1 {x - 120} {y + 92}"
                    f"Q{x + 90} {y + 110} {x + 40} {y - 142}Z"
                ),
                line,
                opacity=0.45,
            )
            + stroke(spiral(x, y, 132, 128, 3.5, start=start), line, 9)
            + stroke(f"M{x - 136} {y - 40}Q{x - 118} {y - 96} {x - 70} {y - 124}", t.light, 12, dash="1 17")
        )

    return (
        shadow(400, 800, 290)
        + roll(400, 408, t.base, t.deep, 35)
        + roll(246, 664, t.light, t.shade, 200)
        + roll(554, 664, t.base, t.deep, 120)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "bed_linen": Drawing(_bed_front, _bed_linen_tied, detail_on="table"),
    "bath_towel": Drawing(_towels_front, _towels_rolled, detail_on="table"),
}
