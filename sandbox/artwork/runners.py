"""The table runner, laid and rolled."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, cast, clipped, curve, ellipse, path, place, stroke
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import LINEN, Tones, mix, tones
from sandbox.artwork.platters import lemons
from sandbox.artwork.textile import fringe, herringbone

OAK: Final = tones("Oak")


def _strip(t: Tones) -> str:
    """A runner lying along a table, seen from above: 260 wide, its fringe knotted and combed."""
    body = "M-130 -560Q0 -566 130 -560V330Q0 342 -130 330Z"
    twill = herringbone(-130, -570, 260, 900, 5, 26)
    return (
        cast(body, 14, 16)
        + fringe((-128, 330), (128, 332), 18, 66, t.shade, 8)
        + path(body, t.base)
        + clipped(
            body,
            stroke(twill, t.light if t.name != "Chalk" else t.shade, 5, opacity=0.8),
            path("M70 -562H140V350H60Q90 -100 70 -562Z", t.shade, opacity=0.55),
        )
        + stroke("M-126 268Q0 280 126 268M-126 292Q0 304 126 292", t.accent, 8)
    )


def _table_runner_front(t: Tones) -> str:
    """Down the middle of an oak table, between two places."""
    board = "M90 -20H710L722 900Q400 916 78 900Z"
    grain = "M250 -20Q244 400 252 906M556 -20Q564 420 554 906"
    bowl = (
        disc(402, 300, 92, tones("Sea"))
        + ellipse(402, 300, 76, 75, tones("Sea").deep)
        + place(lemons(), 396, 362, scale=0.56)
    )
    return (
        cast(board, 22, 28)
        + path(board, OAK.base)
        + path("M560 -20H710L722 900Q640 906 556 908Z", OAK.shade, opacity=0.6)
        + stroke(grain, OAK.shade, 4)
        + stroke(
            "M150 120Q160 300 148 520M640 300Q648 480 640 700M190 620Q196 700 188 800",
            OAK.deep,
            3,
            opacity=0.4,
        )
        + place(_strip(t), 402, 390)
        + bowl
    )


def _table_runner_rolled(t: Tones) -> str:
    """Rolled up, its last turn lying open: the tassels to the front."""
    tongue = "M150 600L610 580L690 846Q420 872 96 852Z"
    twill = herringbone(90, 560, 620, 300, 9, 8)
    roll = "M140 470Q150 392 232 388L584 376Q648 384 648 480Q640 570 584 592L228 612Q140 590 140 470Z"
    spiral = curve(
        (584, 484),
        (602, 470),
        (612, 494),
        (588, 518),
        (560, 490),
        (584, 440),
        (630, 466),
        (628, 530),
        (584, 562),
        (540, 520),
        (548, 430),
        (584, 400),
    )
    laid = (
        cast(tongue, 14, 14)
        + ellipse(640, 600, 130, 40, "url(#s)")
        + fringe((104, 852), (686, 846), 22, 70, t.shade, 9)
        + path(tongue, t.base)
        + clipped(tongue, stroke(twill, t.light if t.name != "Chalk" else t.shade, 6, opacity=0.8))
        + path("M500 586L610 580L690 846Q640 852 590 854Z", t.shade, opacity=0.6)
        + stroke("M116 806Q400 826 676 800", t.accent, 7)
        + path("M144 616Q380 622 612 590L618 630Q380 664 138 648Z", t.deep, opacity=0.4)
        + path(roll, t.base)
        + path("M142 510Q240 560 560 530L584 592L228 612Q146 590 142 510Z", t.shade)
        + path("M190 420Q230 402 540 396V420Q300 424 190 440Z", t.light)
        + ellipse(584, 484, 66, 108, mix(t.base, LINEN, 0.35))
        + stroke(spiral, t.deep, 7, opacity=0.75)
        + stroke("M300 388Q260 500 300 606M332 386Q292 500 332 604", "#A98752", 8)
    )
    return place(laid, 34, 112, scale=0.92)


DRAWINGS: Final[dict[str, Drawing]] = {
    "table_runner": Drawing(_table_runner_front, _table_runner_rolled, front_on="flat", detail_on="table"),
}
