"""The bread bin, shut and open."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, clipped, ellipse, path, place, resting, shadow, stroke
from sandbox.artwork.palette import INK, Tones, mix, tones

OAK: Final = tones("Oak")


def bread_bin(t: Tones, *, lid: bool = True) -> str:
    """An enamel bread bin with an oak lid that is a board, 600 wide and 340 high."""
    box = (
        "M-290 -270Q-294 -286 -276 -286H276Q294 -286 290 -270L280 -34Q278 -4 246 -2Q0 8 -246 -2"
        "Q-278 -4 -280 -34Z"
    )
    top = (
        path(
            "M-304 -328Q-304 -344 -288 -344H288Q304 -344 304 -328V-290Q304 -280 292 -280H-292"
            "Q-304 -280 -304 -290Z",
            OAK.shade,
        )
        + path("M-304 -328Q-304 -352 -270 -352H270Q304 -352 304 -328V-316H-304Z", OAK.light)
        + stroke("M-280 -298H120M-200 -306H280", OAK.deep, 3, opacity=0.4)
    )
    window = stroke(
        "M-96 -128Q-96 -172 -52 -176H52Q96 -172 96 -128Q96 -88 52 -86H-52Q-96 -88 -96 -128Z", t.accent, 6
    )
    wheat = (
        stroke("M0 -98V-158", t.accent, 5)
        + "".join(
            ellipse(s * 13, y, 6, 13, t.accent, turn=s * 32) for s in (-1, 1) for y in (-116, -136, -154)
        )
        + ellipse(0, -164, 6, 12, t.accent)
    )
    grips = "".join(
        place(
            stroke("M286 -190Q330 -186 328 -150T282 -116", t.shade, 19)
            + stroke("M288 -190Q324 -184 324 -158", t.base, 10),
            flip=f,
        )
        for f in (False, True)
    )
    return (
        grips
        + path(box, t.base)
        + clipped(
            box,
            path("M170 -300Q210 -150 160 20H320V-300Z", t.shade),
            path("M-272 -300Q-256 -150 -262 -20H-236Q-232 -150 -244 -300Z", t.light, opacity=0.85),
            path("M-300 -290H300V-262Q0 -252 -300 -262Z", t.deep, opacity=0.45) if lid else "",
        )
        + stroke("M-264 -236Q0 -226 264 -236", t.deep, 9, dash="0 33")
        + stroke("M-281 -36Q0 -22 281 -36", t.accent, 6)
        + window
        + wheat
        + (top if lid else "")
    )


def _bread_bin_front(t: Tones) -> str:
    return resting(bread_bin(t), 400, 800, 276, scale=1.14)


def _bread_bin_open(t: Tones) -> str:
    """The lid laid down as a board with the loaf on it, the bin behind."""
    board = (
        path("M150 848L210 776H690L730 848Z", OAK.light)
        + path("M150 848H730V872Q730 880 720 880H160Q150 880 150 872Z", OAK.shade)
        + stroke("M210 820H500M300 800H650", OAK.shade, 3)
    )
    bread = (
        ellipse(466, 832, 170, 18, INK, opacity=0.2)
        + path("M310 800Q296 700 400 676Q470 660 540 676Q640 700 622 800Q610 832 466 832T310 800Z", "#B9773A")
        + path("M560 682Q640 710 622 800Q610 832 480 832Q590 790 560 682Z", "#9A5F2B")
        + path("M336 730Q360 690 430 684Q380 714 366 770Q340 764 336 730Z", "#CF9150")
        + stroke("M396 704Q440 730 432 780M462 694Q506 722 498 776M526 698Q562 724 556 764", "#F0DDB6", 13)
    )
    back = path("M-288 -286Q-270 -330 -240 -332H240Q270 -330 288 -286Z", t.deep) + path(
        "M-284 -292Q-268 -326 -240 -328H-60Q-160 -310 -190 -288Z", mix(t.deep, INK, 0.4)
    )
    return (
        shadow(380, 690, 270)
        + place(back + bread_bin(t, lid=False) + stroke("M-288 -284H288", t.light, 9), 380, 700, scale=1.02)
        + ellipse(450, 884, 330, 20, INK, opacity=0.13)
        + board
        + bread
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "bread_bin": Drawing(_bread_bin_front, _bread_bin_open, detail_on="table"),
}
