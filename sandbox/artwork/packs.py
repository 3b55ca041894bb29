"""Bags worn on the body: the rucksack and the saddle bag."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, cast, clipped, curve, ellipse, path, resting, stroke
from sandbox.artwork.palette import INK, Tones, lifted, tones

LEATHER: Final = tones("Walnut")
BRASS: Final = tones("Brass")


def backpack(t: Tones) -> str:
    """A canvas rucksack with a buckled flap and leather trim, 440 wide and 580 high."""
    body = curve(
        (-180, -470),
        (-150, -530),
        (0, -546),
        (150, -530),
        (180, -470),
        (206, -200),
        (200, -40),
        (170, -2),
        (0, 6),
        (-170, -2),
        (-200, -40),
        (-206, -200),
        closed=True,
    )
    flap = (
        "M-186 -440Q-180 -530 -130 -552Q0 -580 130 -552Q180 -530 186 -440L176 -300Q90 -268 0 -268T-176 -300Z"
    )
    pocket = "M-136 -190Q0 -206 136 -190L142 -50Q130 -22 100 -22H-100Q-130 -22 -142 -50Z"
    strap = "".join(f"M{x - 15} -400H{x + 15}V-222L{x} -204L{x - 15} -222Z" for x in (-92, 92))
    buckles = "".join(f"M{x - 21} -270H{x + 21}V-236H{x - 21}Z" for x in (-92, 92))
    side = "M-206 -230Q-244 -220 -240 -120T-196 -20L-190 -210ZM206 -230Q244 -220 240 -120T196 -20L190 -210Z"
    return (
        stroke("M-50 -556Q-46 -630 0 -630T50 -556", LEATHER.deep, 24)
        + stroke("M-50 -556Q-46 -630 0 -630T50 -556", LEATHER.base, 13)
        + path(side, t.deep)
        + path(body, t.base)
        + clipped(
            body,
            path("M120 -560Q180 -200 110 20H230V-560Z", t.shade),
            path("M-220 -60Q0 -36 220 -60V20H-220Z", LEATHER.base),
            path("M110 -56Q180 -54 220 -60V20H100Z", LEATHER.shade),
        )
        + path("M-176 -300Q-90 -268 0 -268T176 -300L178 -270Q90 -236 0 -236T-178 -270Z", INK, opacity=0.14)
        + path(pocket, t.light)
        + path("M80 -200Q110 -196 136 -190L142 -50Q130 -22 100 -22H70Q90 -100 80 -200Z", t.base)
        + stroke("M-124 -172Q0 -188 124 -172", t.deep, 4, dash="11 8")
        + path(flap, t.base)
        + path("M110 -558Q180 -530 186 -440L176 -300Q140 -284 100 -276Q140 -420 110 -558Z", t.shade)
        + path("M-160 -430Q-160 -500 -120 -524Q-80 -536 -50 -538Q-130 -500 -136 -400Z", t.light)
        + stroke("M-164 -312Q-84 -284 0 -284T164 -312", t.deep, 4, dash="11 8")
        + path(strap, LEATHER.base)
        + stroke(buckles, BRASS.base, 7)
        + stroke("M-92 -256V-234M92 -256V-234", BRASS.light, 5)
    )


def _backpack_front(t: Tones) -> str:
    return resting(backpack(t), 400, 830, 210, scale=1.2)


def _backpack_back(t: Tones) -> str:
    """The side that is worn: padded straps, a mesh back, leather ends."""
    body = curve(
        (-190, -470),
        (-150, -560),
        (0, -576),
        (150, -560),
        (190, -470),
        (206, -200),
        (200, -40),
        (170, -2),
        (0, 6),
        (-170, -2),
        (-200, -40),
        (-206, -200),
        closed=True,
    )
    straps = "M-64 -500Q-176 -420 -164 -230T-184 -50M64 -500Q176 -420 164 -230T184 -50"
    pad = "M-64 -498Q-160 -420 -152 -230M64 -498Q160 -420 152 -230"
    back = (
        stroke("M-50 -566Q-46 -640 0 -640T50 -566", LEATHER.base, 20)
        + path(body, t.base)
        + clipped(
            body,
            path("M120 -590Q180 -200 110 20H230V-590Z", t.shade),
            path("M-120 -420Q0 -440 120 -420L130 -80Q0 -60 -130 -80Z", t.shade),
            stroke(
                "".join(f"M{x} -440L{x} -50" for x in range(-108, 120, 27)),
                t.deep,
                4,
                dash="5 12",
                opacity=0.7,
            ),
            path("M-220 -46Q0 -24 220 -46V20H-220Z", LEATHER.base),
        )
        + stroke("M-164 -230Q-172 -130 -190 -36M164 -230Q172 -130 190 -36", LEATHER.shade, 24)
        + stroke(straps.replace("T-184 -50", "").replace("T184 -50", ""), t.deep, 66)
        + stroke(pad, t.light, 46)
        + stroke(pad, t.deep, 4, dash="11 8")
        + stroke("M-180 -210H-146M180 -210H146", BRASS.base, 12)
        + path("M-76 -520H76V-470Q0 -456 -76 -470Z", LEATHER.base)
        + stroke("M-64 -482Q0 -470 64 -482", LEATHER.light, 4, dash="9 7")
    )
    return resting(back, 400, 830, 210, scale=1.2)


def crossbody_bag(t: Tones) -> str:
    """A small saddle bag, 400 wide and 300 high, its strap looping up to -640."""
    body = "M-192 -280Q-210 -120 -196 -60Q-186 -4 -120 0H120Q186 -4 196 -60Q210 -120 192 -280Z"
    flap = "M-200 -290Q0 -312 200 -290Q212 -190 190 -140Q150 -90 0 -88T-190 -140Q-212 -190 -200 -290Z"
    strap = "M-190 -268Q-230 -600 -20 -640T190 -268"
    return (
        stroke(strap, t.deep, 26)
        + stroke(strap, t.base, 17)
        + stroke("M-190 -300V-250M190 -300V-250", BRASS.base, 14)
        + path(body, t.base)
        + clipped(
            body,
            path("M-220 -170Q-160 -60 0 -56T220 -170V-110Q150 -20 0 -20T-220 -110Z", t.deep, opacity=0.6),
            path("M120 -280Q160 -100 90 10H220V-280Z", t.shade),
        )
        + path(flap, t.base)
        + clipped(
            flap,
            path("M110 -310Q160 -200 100 -80H220V-310Z", t.shade),
            path("M-180 -270Q-80 -284 -20 -284Q-130 -240 -166 -160Q-190 -200 -180 -270Z", t.light),
        )
        + stroke(
            "M-184 -272Q-194 -190 -174 -150Q-136 -106 0 -104T174 -150Q194 -190 184 -272",
            t.accent,
            4,
            dash="10 8",
        )
        + path("M-24 -150H24V-62Q0 -48 -24 -62Z", t.shade)
        + stroke("M-24 -150H24", t.deep, 4)
        + ellipse(0, -86, 15, 15, BRASS.base)
        + ellipse(-3, -89, 7, 7, BRASS.light)
    )


def _crossbody_front(t: Tones) -> str:
    return resting(crossbody_bag(t), 400, 830, 180, scale=1.24)


def _crossbody_close(t: Tones) -> str:
    """The clasp and the saddle stitching seen close; the grain of the leather."""
    grain = "".join(f"M{(i * 97) % 760 + 10} {190 + (i * 61) % 560}q14 6 24 -2" for i in range(44))
    flap = "M-40 120Q400 80 840 120V560Q760 700 400 706T-40 560Z"
    stitch = "M-40 530Q40 662 400 664T840 530"
    return (
        path("M-40 300H840V900Q800 960 700 968H100Q0 960 -40 900Z", t.shade)
        + path("M-40 590Q40 730 400 738T840 590V640Q760 790 400 796T-40 640Z", t.deep, opacity=0.6)
        + path(flap, t.base)
        + clipped(
            flap,
            path("M560 60Q720 400 560 740H860V60Z", t.shade),
            path("M40 180Q260 140 420 150Q200 240 120 460Q30 340 40 180Z", t.light),
            stroke(grain, t.deep, 4, opacity=0.32),
        )
        + stroke(flap, lifted(t.base, 0.03), 8)
        + stroke(stitch, t.deep, 11, dash="26 18", opacity=0.6)
        + stroke(stitch, t.accent, 8, dash="26 18")
        + cast("M330 500H470V800Q400 846 330 800Z", 12, 14)
        + path("M330 480H470V792Q400 836 330 792Z", t.base)
        + path("M420 480H470V792Q448 808 420 814Z", t.shade)
        + stroke("M350 500V776Q400 806 450 776V500", t.accent, 6, dash="18 13")
        + ellipse(404, 706, 48, 48, BRASS.deep)
        + ellipse(400, 700, 48, 48, BRASS.base)
        + ellipse(392, 690, 27, 26, BRASS.light)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "backpack": Drawing(_backpack_front, _backpack_back, detail_on="table"),
    "crossbody_bag": Drawing(_crossbody_front, _crossbody_close),
}
