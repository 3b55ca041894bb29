"""Rainwear and sun hats; knitwear and footwear have modules of their own."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import footwear, knitwear
from sandbox.artwork.canvas import Drawing, clipped, ellipse, path, place, resting, ring, stroke
from sandbox.artwork.footwear import sock, wellington
from sandbox.artwork.knitwear import beanie, scarf
from sandbox.artwork.palette import INK, PAPER, Tones, lifted, mix, tones

__all__ = ["DRAWINGS", "beanie", "rain_jacket", "scarf", "sock", "sun_hat", "wellington"]

OAK: Final = tones("Oak")
STEEL: Final = tones("Steel")
RIBBON: Final = tones("Ink")


def rain_jacket(t: Tones) -> str:
    """A hooded raincoat on a hanger, 560 wide and 680 high; the origin is the middle of its hem."""
    body = "M-118 -520Q-190 -490 -196 -420L-186 0Q0 22 186 0L196 -420Q190 -490 118 -520Q0 -470 -118 -520Z"
    sleeve = "M-120 -520Q-204 -500 -226 -400L-284 -96L-196 -74L-160 -330Z"
    hood = "M-124 -500Q-160 -660 -40 -690Q0 -700 40 -690Q160 -660 124 -500Q60 -440 0 -436T-124 -500Z"
    inside = "M-82 -520Q-104 -620 -30 -640Q0 -648 30 -640Q104 -620 82 -520Q40 -462 0 -460T-82 -520Z"
    pocket = "M-150 -200L-46 -196V-88L-146 -92Z"
    return (
        stroke("M0 -690V-720Q0 -752 24 -748T26 -786Q-6 -808 -16 -776", STEEL.deep, 9)
        + place(path(sleeve, t.shade) + stroke("M-278 -128L-190 -106", t.deep, 5), flip=True)
        + path(sleeve, t.base)
        + path("M-160 -330L-196 -74L-226 -82Q-190 -260 -170 -400Z", t.shade)
        + stroke("M-278 -128L-190 -106", t.deep, 5)
        + path(body, t.base)
        + clipped(
            body,
            path("M110 -540Q140 -240 90 30H220V-540Z", t.shade),
            path("M-176 -420Q-150 -300 -158 -230L-172 -220Z", t.light),
            path("M-170 -60Q-120 -40 -110 20H-190Z", t.shade, opacity=0.6),
        )
        + path(pocket, t.light)
        + path("M-154 -212L-42 -208V-176L-152 -180Z", t.base)
        + stroke("M-154 -180L-42 -176", t.deep, 4)
        + place(
            path(pocket, t.shade)
            + path("M-154 -212L-42 -208V-176L-152 -180Z", t.base)
            + stroke("M-154 -180L-42 -176", t.deep, 4),
            flip=True,
        )
        + path(hood, t.base)
        + path("M60 -686Q160 -650 124 -500Q60 -440 0 -436Q110 -520 60 -686Z", t.shade)
        + path(inside, mix(t.deep, INK, 0.3))
        + path(
            "M-82 -520Q-104 -620 -30 -640L0 -646Q-60 -560 -30 -470Q-60 -484 -82 -520Z", mix(t.deep, INK, 0.6)
        )
        + path("M-20 -560H26V-532H-20Z", PAPER)
        + stroke("M-104 -606Q-96 -640 -58 -662", t.light, 11)
        + path("M-22 -438H22V8Q0 12 -22 8Z", t.base)
        + stroke("M-22 -436V8M22 -436V8", t.deep, 4)
        + stroke("M0 -400V-20", STEEL.light, 17, dash="0 76")
        + stroke("M-36 -458Q-42 -410 -34 -380M36 -458Q42 -410 34 -372", lifted(t.accent, -0.06), 6)
        + stroke("M-174 -24Q0 -4 174 -24", t.deep, 4, dash="11 8", opacity=0.7)
    )


def _jacket_front(t: Tones) -> str:
    return place(
        path("M-250 -90L-190 -460L-110 -650H110L190 -460L260 -90L196 -60V20H-186V-60Z", INK, opacity=0.1),
        424,
        912,
        scale=1.1,
    ) + place(ellipse(0, -792, 14, 14, OAK.deep) + rain_jacket(t), 400, 890, scale=1.1)


def _jacket_close(t: Tones) -> str:
    """Hood, cords and poppers close up, out in the rain."""
    falling = "".join(f"M{(i * 173) % 780 + 20} {(i * 131) % 900 + 20}l-12 52" for i in range(26))
    beads = "".join(
        f"M{x - 9} {y}q0 -14 9 -24q9 10 9 24a9 9 0 0 1 -18 0Z"
        for x, y in (
            (250, 660),
            (300, 760),
            (230, 860),
            (560, 700),
            (520, 840),
            (590, 900),
            (180, 760),
            (330, 920),
            (280, 270),
            (560, 330),
        )
    )
    seams = stroke(
        "M-112 -508Q-60 -446 -24 -428M112 -508Q60 -446 24 -428M-100 -560Q-120 -640 -40 -668",
        t.deep,
        2,
        dash="6 4",
        opacity=0.8,
    )
    return (
        place(rain_jacket(t) + seams, 400, 1660, scale=2.12)
        + path(beads, "#fff", opacity=0.55)
        + stroke(falling, "#fff", 4, opacity=0.6)
    )


def sun_hat(t: Tones) -> str:
    """A wide straw hat, 660 wide and 270 high, with a ribbon tied at the side."""
    brim = "M-330 -56Q-340 -120 -150 -136Q0 -148 150 -134Q344 -116 330 -50Q300 20 0 26T-330 -56Z"
    crown = "M-182 -92Q-186 -236 -120 -276Q0 -316 120 -274Q186 -236 184 -90Q100 -44 0 -44T-182 -92Z"
    band = "M-184 -132Q-100 -86 0 -86T185 -130L184 -88Q100 -42 0 -42T-182 -90Z"
    rings = "".join(
        f"M{-rx} -62Q{-rx} {-62 + rx * 0.24:.0f} 0 {-50 + rx * 0.22:.0f}T{rx} -58"
        for rx in (214, 246, 278, 306)
    )
    rows = "".join(f"M-190 {y}Q0 {y + 48} 190 {y}" for y in range(-286, -130, 22))
    return (
        path(brim, t.base)
        + clipped(
            brim,
            path("M60 -150Q230 -90 120 40H350V-150Z", t.shade),
            path("M-200 -80Q-130 -20 40 0L200 -40V-100Z", t.deep, opacity=0.55),
            path("M-316 -60Q-300 -110 -210 -122Q-270 -70 -240 -20Q-310 -30 -316 -60Z", t.light),
            stroke(rings, t.deep, 3, dash="12 5", opacity=0.6),
        )
        + path(crown, t.base)
        + clipped(
            crown,
            path("M70 -300Q150 -180 110 -30H200V-300Z", t.shade),
            path("M-160 -130Q-160 -220 -100 -262Q-70 -276 -50 -276Q-120 -220 -118 -110Z", t.light),
            stroke(rows, t.deep, 3, dash="12 5", opacity=0.6),
        )
        + path(band, RIBBON.base)
        + clipped(
            band,
            path("M90 -140H200V-30H76Z", RIBBON.shade),
            stroke("M-184 -124Q-100 -78 0 -78T185 -122", RIBBON.light, 7),
        )
        + path("M128 -74Q170 -20 176 40L206 22L226 40Q220 -30 146 -84Z", RIBBON.shade)
        + path("M120 -78Q120 -10 92 44L122 34L144 54Q160 -20 140 -84Z", RIBBON.base)
        + path("M132 -96Q60 -140 52 -96T132 -70Q200 -30 214 -70T132 -96Z", RIBBON.base)
        + ellipse(132, -83, 17, 19, RIBBON.shade)
    )


def _sun_hat_front(t: Tones) -> str:
    return resting(sun_hat(t), 398, 720, 320, scale=1.1)


def _sun_hat_from_above(t: Tones) -> str:
    """The hat from above: rounds of plaited straw, the ribbon and its bow."""
    x, y = 400, 500
    rounds_ = "".join(ring(x, y, r, r - 3, t.deep, 3, opacity=0.5) for r in (336, 312, 288, 264, 240, 216))
    crown = "".join(ring(x - 8, y - 10, r, r - 3, t.deep, 3, opacity=0.5) for r in (120, 94, 68, 42, 18))
    return (
        ellipse(x + 22, y + 28, 352, 348, INK, opacity=0.16)
        + ellipse(x, y, 352, 348, t.base)
        + path(
            (
                f"M{x + 120} {y - 328}A352 348 0 0 1 {x - 150} {y + 314}"
                f"Q{x + 300} {y + 240} {x + 120} {y - 328}Z"
            ),
            t.shade,
        )
        + rounds_
        + ellipse(x + 16, y + 20, 196, 192, t.deep, opacity=0.5)
        + ellipse(x, y, 186, 184, RIBBON.base)
        + path(
            f"M{x + 70} {y - 172}A186 184 0 0 1 {x - 80} {y + 166}Q{x + 160} {y + 130} {x + 70} {y - 172}Z",
            RIBBON.shade,
        )
        + ellipse(x - 6, y - 8, 152, 150, t.light)
        + ellipse(x - 2, y - 4, 140, 138, t.base)
        + crown
        + path("M566 580Q650 590 700 670L656 676L640 716Q570 660 548 600Z", RIBBON.shade)
        + path("M540 600Q560 690 520 770L494 738L456 744Q510 680 514 600Z", RIBBON.base)
        + path("M540 590Q470 520 452 576T540 606Q630 680 648 614T540 590Z", RIBBON.light)
        + ellipse(538, 598, 24, 22, RIBBON.shade)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "rain_jacket": Drawing(_jacket_front, _jacket_close, front_on="flat"),
    "sun_hat": Drawing(_sun_hat_front, _sun_hat_from_above),
    **knitwear.DRAWINGS,
    **footwear.DRAWINGS,
}
