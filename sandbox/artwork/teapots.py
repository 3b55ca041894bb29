"""The teapot, standing and pouring."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, curve, ellipse, path, place, resting, shadow, speckle, stroke
from sandbox.artwork.palette import TEA, Tones, lifted, tones
from sandbox.artwork.vessels import opening, turned

PORCELAIN: Final = tones("Chalk")


def teapot(t: Tones) -> str:
    """A round teapot, 620 wide over spout and handle and 400 high; it pours to the right."""
    body = turned(
        (96, -318), (176, -270), (216, -170), (190, -64), (120, -8), (118, -8), (118, 0), shade_from=0.52
    )
    spout = "M150 -150Q236 -150 262 -236Q276 -292 322 -312L346 -278Q316 -262 312 -214Q292 -70 150 -58Z"
    handle = curve((-150, -262), (-262, -292), (-316, -204), (-262, -100), (-170, -76))
    lid = turned((30, -370), (92, -344), (104, -316), (104, -316), (104, -312))
    return (
        stroke(handle, t.shade, 38)
        + stroke(curve((-156, -266), (-260, -294), (-312, -214)), t.base, 24)
        + path(spout, t.shade)
        + path(
            "M150 -150Q236 -150 262 -236Q276 -292 322 -312L330 -300Q296 -270 288 -214Q262 -120 160 -110Z",
            t.base,
        )
        + ellipse(334, -295, 21, 7, t.deep, turn=54)
        + body.painted(t.base, t.shade, t.light)
        + ellipse(0, -312, 110, 24, t.deep)
        + lid.painted(t.base, t.shade, t.light)
        + ellipse(0, -396, 27, 24, t.base)
        + path("M6 -419A27 24 0 0 1 8 -373Q22 -396 6 -419Z", t.shade)
        + path("M-9 -376H9L14 -362H-14Z", t.shade)
        + speckle(7, 14, (-150, -250, 150, -70), t.deep, 3)
    )


def _teapot_front(t: Tones) -> str:
    return resting(teapot(t), 390, 800, 150, scale=1.06)


def _teapot_pouring(t: Tones) -> str:
    """The pot tipped over a cup of tea."""
    cup = turned((118, -150), (112, -90), (84, -26), (62, 0))
    tea = opening(-150, 118, PORCELAIN.light, TEA, lifted(TEA, -0.1), lip=8)
    return (
        shadow(590, 880, 92)
        + place(cup.painted(PORCELAIN.base, PORCELAIN.shade, PORCELAIN.light) + tea, 590, 884, scale=1.1)
        + stroke("M566 492Q596 530 598 716", TEA, 15)
        + stroke("M564 492Q592 530 594 706", lifted(TEA, 0.12), 4)
        + place(teapot(t), 190, 560, scale=1.0, turn=36)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "teapot": Drawing(_teapot_front, _teapot_pouring, detail_on="table"),
}
