"""Hats and scarves off the needles."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, cast, clipped, ellipse, path, place, resting, shadow, stroke
from sandbox.artwork.palette import INK, Tones, lifted
from sandbox.artwork.textile import fringe, knit, spiral


def beanie(t: Tones) -> str:
    """A ribbed knitted hat with a turned-up brim, 420 wide and 400 high."""
    crown = "M-190 -110Q-206 -300 -110 -368Q0 -430 110 -368Q206 -300 190 -110Z"
    cuff = "M-204 -136Q-216 -60 -198 -4Q0 22 198 -4Q216 -60 204 -136Q0 -110 -204 -136Z"
    ribs = "".join(f"M{x} -110Q{x * 1.08:.0f} -260 {x * 0.42:.0f} -390" for x in range(-168, 180, 28))
    folds = "".join(
        f"M{x} {-128 + abs(x) * -0.04:.0f}L{x} {10 - abs(x) * 0.06:.0f}" for x in range(-182, 190, 26)
    )
    return (
        path(crown, t.base)
        + clipped(
            crown,
            path("M90 -420Q150 -240 110 -80H220V-420Z", t.shade),
            path("M-160 -150Q-170 -290 -96 -350Q-110 -240 -112 -150Z", t.light),
            stroke(ribs, t.deep, 6, opacity=0.55),
            path("M-210 -150Q0 -122 210 -150V-100H-210Z", t.deep, opacity=0.45),
        )
        + path(cuff, t.base)
        + clipped(
            cuff,
            path("M110 -150Q140 -60 110 20H220V-150Z", t.shade),
            path("M-190 -126L-140 -120V0L-186 -8Z", t.light),
            stroke(folds, t.deep, 6, opacity=0.6),
        )
        + path("M84 -100L150 -104L152 -42L86 -38Z", t.accent)
        + stroke("M92 -92L142 -95M94 -46L144 -49", lifted(t.accent, -0.2), 3, dash="6 5")
    )


def _beanie_front(t: Tones) -> str:
    return resting(beanie(t), 398, 800, 190, scale=1.5)


def _beanie_flat(t: Tones) -> str:
    """The stitches of the cuff seen close, with its woven label."""
    edge = "M-20 640Q400 690 820 640V1000H-20Z"
    rows = knit(-10, 20, 820, 620, 13, 10)
    ribs = "".join(f"M{x} 660V1010" for x in range(28, 820, 66))
    label = "M478 730L640 722L646 866L484 874Z"
    return (
        path("M-20 0H820V700H-20Z", t.base)
        + stroke(rows, t.shade, 13)
        + path("M-20 0H300Q120 200 100 640H-20Z", t.light, opacity=0.3)
        + path("M560 0Q700 300 620 700H820V0Z", t.deep, opacity=0.22)
        + path("M-20 600Q400 650 820 600V700H-20Z", t.deep, opacity=0.5)
        + path(edge, t.light)
        + stroke(ribs, t.shade, 26)
        + stroke(ribs, t.deep, 5, opacity=0.5)
        + path("M600 640Q640 800 610 1000H820V630Z", t.deep, opacity=0.2)
        + cast(label, 8, 10)
        + path(label, t.accent)
        + stroke("M492 748L628 741M498 856L634 849", lifted(t.accent, -0.2), 5, dash="13 9")
        + stroke("M540 800Q560 760 566 776T590 790M536 816L596 812", lifted(t.accent, -0.24), 7)
    )


def scarf(t: Tones) -> str:
    """A checked lambswool scarf worn round nobody, 420 wide and 640 high; the origin is under its longer end."""

    def tail(d: str, across: str, along: str, tone: str) -> str:
        ground = stroke(along + across, t.deep, 26, opacity=0.45)
        return path(d, tone) + clipped(d, ground, stroke(along + across, t.accent, 6))

    long_end = "M-6 -440Q-60 -250 -66 -70L82 -60Q92 -250 106 -420Z"
    short_end = "M-20 -440Q-110 -320 -170 -196L-34 -130Q20 -260 90 -420Z"
    loop = (
        "M-204 -560Q-214 -640 -90 -660Q20 -680 130 -656Q226 -630 206 -540Q180 -430 60 -412"
        "Q-20 -400 -90 -430Q-190 -470 -204 -560Z"
    )
    check = (
        "M-150 -600Q-172 -520 -120 -420M150 -420Q196 -500 170 -620M-40 -520Q-50 -470 -36 -400"
        "M60 -520Q76 -470 70 -400"
        "M-204 -520Q-120 -480 0 -486T206 -524"
    )
    hole = "M-120 -574Q-110 -616 0 -622Q116 -620 126 -570Q60 -524 0 -526Q-70 -528 -120 -574Z"
    return (
        fringe((-164, -196), (-40, -134), 9, 66, t.shade, 7)
        + tail(
            short_end,
            "M-180 -250L0 -160M-150 -310L20 -224",
            "M-130 -180Q-70 -300 20 -440M-70 -150Q-10 -280 60 -430",
            t.shade,
        )
        + fringe((-60, -70), (78, -62), 10, 74, t.base, 7)
        + tail(
            long_end,
            "M-90 -120L110 -108M-90 -210L110 -198M-70 -300L120 -288",
            "M-26 -50Q-20 -250 30 -440M44 -50Q54 -250 84 -440",
            t.base,
        )
        + clipped(long_end, path("M50 -440Q60 -200 40 -40H120V-440Z", t.shade, opacity=0.7))
        + path(loop, t.base)
        + clipped(
            loop,
            path(hole, t.deep),
            path("M110 -680Q150 -500 30 -400H230V-680Z", t.shade, opacity=0.7),
            stroke(
                "M-200 -540Q-120 -456 0 -464T196 -560M-190 -510Q-110 -430 0 -436T180 -520",
                t.deep,
                6,
                opacity=0.5,
            ),
            stroke(check, t.deep, 26, opacity=0.45),
            stroke(check, t.accent, 6),
            stroke("M-70 -650Q0 -660 70 -650", t.light, 14),
        )
        + path("M-120 -574Q-70 -528 0 -526T126 -570Q80 -494 0 -494T-120 -574Z", t.light)
        + path("M-40 -452Q20 -480 104 -450Q120 -400 96 -376Q30 -356 -30 -380Q-60 -410 -40 -452Z", t.base)
        + path("M60 -466Q90 -460 104 -450Q120 -400 96 -376Q80 -370 50 -368Q84 -410 60 -466Z", t.shade)
        + stroke("M-24 -440Q-34 -410 -18 -388M14 -458Q6 -410 20 -372", t.deep, 5, opacity=0.55)
    )


def _scarf_front(t: Tones) -> str:
    fallen = (
        "M-196 -600Q-100 -680 120 -656Q240 -620 206 -520Q170 -440 100 -420Q90 -200 76 10H-64"
        "L-60 -140L-160 -200L-60 -400Q-220 -460 -196 -600Z"
    )
    return place(path(fallen, INK, opacity=0.12), 424, 908, scale=1.24) + place(
        scarf(t), 400, 888, scale=1.24
    )


def _scarf_rolled(t: Tones) -> str:
    """The scarf rolled up, one fringed end loose."""
    x, y = 350, 560
    return (
        shadow(420, 800, 300)
        + path("M350 806Q560 820 720 792L716 704Q560 720 420 700Z", t.base)
        + stroke("M600 800V716M678 794V708M420 752Q560 770 720 748", t.deep, 24, opacity=0.45)
        + stroke("M600 800V716M678 794V708M420 752Q560 770 720 748", t.accent, 6)
        + path("M350 806Q560 820 720 792L719 770Q560 792 380 776Z", t.deep, opacity=0.4)
        + place(fringe((-44, 0), (44, 0), 7, 66, t.shade, 8), 718, 748, turn=-90)
        + ellipse(x, y, 250, 248, t.base)
        + path(
            f"M{x + 90} {y - 232}A250 248 0 1 1 {x - 180} {y + 172}Q{x + 160} {y + 180} {x + 90} {y - 232}Z",
            t.shade,
        )
        + stroke(spiral(x, y, 220, 218, 4.5, start=60), t.deep, 8)
        + stroke(spiral(x + 4, y - 8, 228, 224, 4.5, start=60), t.light, 4, dash="3 12", opacity=0.9)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "beanie": Drawing(_beanie_front, _beanie_flat),
    "scarf": Drawing(_scarf_front, _scarf_rolled, front_on="flat", detail_on="table"),
}
