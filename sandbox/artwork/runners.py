"""The table runner, laid and rolled."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, cast, curve, ellipse, path, place, poly, stroke
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import LINEN, Tones, mix, tones
from sandbox.artwork.platters import lemons

OAK: Final = tones("Oak")


def _strip(t: Tones) -> str:
    """A runner lying along a table, seen from above and slightly turned: 260 wide, with tassels at its end."""
    body = "M-130 -560Q0 -566 130 -560V330Q0 342 -130 330Z"
    tassels = "".join(f"M{x} 334Q{x - 4} 370 {x + 3} 396" for x in range(-122, 130, 16))
    diamonds = "".join(poly((0, y - 54), (70, y), (0, y + 54), (-70, y)) for y in range(-500, 300, 150))
    small = "".join(poly((0, y - 22), (28, y), (0, y + 22), (-28, y)) for y in range(-500, 300, 150))
    return (
        cast(body, 14, 16)
        + stroke(tassels, t.shade, 7)
        + path(body, t.base)
        + path("M70 -562Q100 -562 130 -560V330Q100 336 70 338Z", t.shade, opacity=0.7)
        + path("M-130 -560L-96 -562V334L-130 330Z", t.light, opacity=0.7)
        + stroke("M-100 -562V334M100 -562V334", t.accent, 6)
        + path(diamonds, t.accent, opacity=0.85)
        + path(small, t.base)
        + stroke("M-122 308Q0 320 122 308", t.deep, 5, dash="12 10", opacity=0.6)
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
    tassels = "".join(
        f"M{x} {858 - abs(x - 390) * 0.02:.0f}Q{x - 6} 896 {x + 4} 922" for x in range(104, 690, 24)
    )
    diamonds = "".join(
        poly((x, 676), (x + 50, 720), (x + 2, 764), (x - 48, 720)) for x in range(210, 620, 122)
    )
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
        + stroke(tassels, t.shade, 9)
        + path(tongue, t.base)
        + path("M500 586L610 580L690 846Q640 852 590 854Z", t.shade, opacity=0.6)
        + path(diamonds, t.accent, opacity=0.85)
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
