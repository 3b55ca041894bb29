"""Packets of seed; bulbs have a module of their own."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import bulbs
from sandbox.artwork.blooms import cutting_flower, flowering
from sandbox.artwork.botanical import rounds
from sandbox.artwork.canvas import (
    Drawing,
    cast,
    clipped,
    path,
    place,
    poly,
    resting,
    stroke,
)
from sandbox.artwork.palette import INK, PAPER, SOIL, Tones, lifted, mix
from sandbox.artwork.vegetables import CROPS


def _packet(t: Tones, picture: str) -> str:
    """A paper packet around ``picture``, whose ground line is at -110; letters only as bars."""
    front = "M-196 -2Q-202 -280 -196 -546L0 -552L198 -546Q202 -280 196 0Q0 6 -196 -2Z"
    sky = "M-160 -430Q0 -470 160 -430V-110H-160Z"
    return (
        path(front, PAPER)
        + clipped(
            front,
            path("M-210 -560H210V-486Q0 -470 -210 -488Z", t.base),
            path("M-210 -488Q0 -470 210 -486V-478Q0 -462 -210 -480Z", t.shade),
            path(sky, mix(t.base, PAPER, 0.62)),
            path("M110 -560Q150 -280 120 20H220V-560Z", INK, opacity=0.08),
        )
        + picture
        + path(poly((-190, -112), (192, -112), (194, -96), (-192, -96)), t.base)
        + stroke("M-96 -520H96", PAPER, 13)
        + stroke("M-100 -64H100", INK, 10, opacity=0.75)
        + stroke("M-60 -36H60", INK, 5, opacity=0.5)
        + stroke("M-188 -536H190", t.deep, 3, dash="6 8", opacity=0.6)
    )


def _flowers(t: Tones) -> str:
    petals = flowering(t)
    return (
        cutting_flower(4, -108, 320, 0, t, petals.base)
        + cutting_flower(-84, -110, 250, -9, t, mix(petals.base, PAPER, 0.3))
        + cutting_flower(92, -110, 230, 9, t, mix(petals.base, petals.accent, 0.35))
    )


def seed_packet(t: Tones) -> str:
    """A packet of seeds, 400 wide and 560 high, standing: a crop in kitchen colours, otherwise flowers."""
    return _packet(t, CROPS.get(t.name, _flowers)(t))


def _packet_standing(t: Tones) -> str:
    seeds = rounds(
        (x, y, 9, turn)
        for x, y, turn in ((120, 880, 20), (156, 900, 80), (190, 876, 130), (640, 890, 40), (676, 872, 100))
    )
    return resting(place(seed_packet(t), turn=-3), 400, 820, 200, scale=1.18) + path(seeds, SOIL)


def _packet_torn(t: Tones) -> str:
    """The packet lying down, torn open, its seeds spilling out."""
    outline = poly((-200, -552), (200, -552), (200, 0), (-200, 0))
    body = clipped(
        "M-210 20V-498L-160 -516L-120 -498L-70 -514L-20 -496L30 -512L84 -498L130 -514L170 -498L210 -508V20Z",
        seed_packet(t),
    )
    mouth = path(
        "M-190 -500Q0 -560 190 -502L130 -500L84 -486L30 -500L-20 -484L-70 -502L-120 -486Z",
        lifted(PAPER, -0.2),
    )
    spilt = [
        (x, y, 13, turn)
        for x, y, turn in (
            (520, 236, 20),
            (566, 200, 80),
            (480, 180, 130),
            (616, 256, 40),
            (548, 130, 100),
            (640, 170, 60),
            (400, 190, 70),
            (664, 300, 110),
        )
    ]
    glints = rounds((x - 3, y - 4, 4, turn) for x, y, _, turn in spilt)
    return (
        place(cast(outline, 16, 20) + mouth + body, 330, 860, turn=14, scale=1.12)
        + path(rounds(spilt, flat=0.6), SOIL)
        + path(glints, lifted(SOIL, 0.16))
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "seed_packet": Drawing(_packet_standing, _packet_torn),
    **bulbs.DRAWINGS,
}
