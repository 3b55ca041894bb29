"""Seed packets and bags of bulbs."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.botanical import leaf, leaves, rounds
from sandbox.artwork.canvas import (
    Drawing,
    cast,
    clipped,
    curve,
    ellipse,
    path,
    place,
    poly,
    resting,
    shadow,
    stroke,
)
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, PAPER, SOIL, TWINE, Tones, lifted, mix, tones

KRAFT: Final = "#C9A67A"
ONION: Final = "#B8793F"
# Colours no tulip or larkspur comes in: a packet of these shows rose flowers.
_UNFLOWERY: Final = frozenset(
    (
        "Moss",
        "Sage",
        "Olive",
        "Fern",
        "Sea",
        "Slate",
        "Charcoal",
        "Walnut",
        "Oak",
        "Brass",
        "Steel",
        "Smoke",
        "Clay",
        "Sand",
        "Oat",
    )
)


def _petals(t: Tones) -> Tones:
    return tones("Rose") if t.name in _UNFLOWERY else t


def larkspur(x: float, y: float, height: float, turn: float, petal: str, *, open_florets: int = 8) -> str:
    """A larkspur spire ``height`` high, its florets opening from below."""
    count, step = open_florets, 0.6 / open_florets
    florets = [
        ((-1) ** i * (26 - 16 * i / count), -height * (0.42 + step * i), 24 - 17 * i / count, 20 * (-1) ** i)
        for i in range(count)
    ]
    hearts = rounds((fx, fy, r * 0.34, 0) for fx, fy, r, _ in florets[: count // 2])
    behind = rounds(((fx + 3, fy + 5, r * 1.1, lean + 70) for fx, fy, r, lean in florets), flat=0.9)
    grown = [(0, -height * 0.12, height * 0.26, -52), (0, -height * 0.2, height * 0.24, 50)]
    return place(
        stroke(f"M0 0Q6 {-height * 0.5:.0f} 0 {-height:.0f}", LEAF_DEEP, 5)
        + leaves(grown, LEAF, plump=0.14)
        + path(behind, lifted(petal, -0.09))
        + path(rounds(florets, flat=0.7), petal)
        + path(hearts, PAPER),
        x,
        y,
        turn=turn,
    )


def seed_packet(t: Tones) -> str:
    """A paper seed packet, 400 wide and 560 high, standing; a larkspur on its front, letters only as bars."""
    front = "M-196 -2Q-202 -280 -196 -546L0 -552L198 -546Q202 -280 196 0Q0 6 -196 -2Z"
    petals = _petals(t)
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
        + larkspur(4, -108, 320, 0, petals.base)
        + larkspur(-84, -110, 250, -9, mix(petals.base, PAPER, 0.3), open_florets=6)
        + larkspur(92, -110, 230, 9, mix(petals.base, petals.accent, 0.35), open_florets=6)
        + path(poly((-190, -112), (192, -112), (194, -96), (-192, -96)), t.base)
        + stroke("M-96 -520H96", PAPER, 13)
        + stroke("M-100 -64H100", INK, 10, opacity=0.75)
        + stroke("M-60 -36H60", INK, 5, opacity=0.5)
        + stroke("M-188 -536H190", t.deep, 3, dash="6 8", opacity=0.6)
    )


def _packet_front(t: Tones) -> str:
    seeds = rounds(
        (x, y, 9, turn)
        for x, y, turn in ((120, 880, 20), (156, 900, 80), (190, 876, 130), (640, 890, 40), (676, 872, 100))
    )
    return resting(place(seed_packet(t), turn=-3), 400, 820, 200, scale=1.18) + path(seeds, SOIL)


def _packet_open(t: Tones) -> str:
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


def bulb(x: float, y: float, size: float, turn: float, *, sprout: bool = False) -> str:
    """A flower bulb ``size`` high, standing on its roots at (x, y)."""
    body = "M0 -100Q14 -84 30 -72Q60 -46 44 -16Q26 4 0 2T-44 -16Q-60 -46 -30 -72Q-14 -84 0 -100Z"
    return place(
        stroke("M-14 0L-22 18M0 2V22M14 0L20 18", lifted(KRAFT, -0.1), 4)
        + (
            leaf(-4, -84, 70, -10, LEAF, plump=0.18) + leaf(4, -84, 56, 14, LEAF_DEEP, plump=0.2)
            if sprout
            else ""
        )
        + path(body, ONION)
        + path("M0 -100Q14 -84 30 -72Q60 -46 44 -16Q26 4 0 2Q34 -40 0 -100Z", lifted(ONION, -0.09))
        + stroke("M-6 -88Q-34 -56 -30 -20M4 -84Q14 -50 6 -8", lifted(ONION, -0.13), 4)
        + stroke("M-22 -64Q-36 -46 -36 -30", lifted(ONION, 0.13), 6),
        x,
        y,
        turn=turn,
        scale=size / 100,
    )


def bulb_bag(t: Tones) -> str:
    """A cotton sack of bulbs tied at the neck, 400 wide and 470 high, a tag on the string."""
    sack = curve(
        (-66, -372),
        (-66, -372),
        (-110, -320),
        (-176, -220),
        (-198, -100),
        (-170, -8),
        (-170, -8),
        (0, 6),
        (170, -8),
        (170, -8),
        (198, -100),
        (178, -220),
        (110, -320),
        (66, -372),
        (66, -372),
        (0, -360),
        (-66, -372),
    )
    frill = (
        "M-62 -366Q-128 -440 -110 -470Q-70 -448 -40 -468T24 -462T108 -466Q122 -430 62 -366Q0 -350 -62 -366Z"
    )
    tag = "M40 -330L132 -300L156 -178L66 -196L34 -290Z"
    return (
        path(frill, t.shade)
        + stroke("M-40 -450L-22 -376M16 -450L10 -374M76 -446L36 -376", t.deep, 5)
        + path(sack, t.base)
        + clipped(
            sack,
            path("M90 -380Q150 -200 70 20H220V-380Z", t.shade),
            path("M-60 -350Q-150 -240 -166 -120Q-120 -140 -110 -220T-30 -350Z", t.light),
            path("M-210 -60Q0 -36 210 -60V20H-210Z", t.accent, opacity=0.9),
            path("M-210 -84Q0 -60 210 -84V-74Q0 -50 -210 -74Z", t.accent, opacity=0.9),
            path("M110 -90H220V20H60Q100 -30 110 -90Z", INK, opacity=0.12),
        )
        + stroke("M-36 -352Q-70 -290 -76 -240M-6 -352V-290M40 -350Q70 -300 90 -270", t.deep, 5, opacity=0.55)
        + stroke("M-66 -376Q0 -352 66 -376M-64 -362Q0 -338 64 -362", TWINE, 9)
        + place(_tulip_mark(t), -36, -130)
        + stroke("M50 -358Q70 -340 62 -306", TWINE, 6)
        + path(tag, INK, opacity=0.14)
        + place(path(tag, PAPER), -6, -8)
        + ellipse(58, -304, 8, 8, SOIL)
        + stroke("M66 -262L126 -246M74 -236L120 -224", INK, 5, opacity=0.5)
    )


def _tulip_mark(t: Tones) -> str:
    """The tulip printed on the sack."""
    return stroke("M0 0V-70", t.accent, 7) + path(
        (
            "M0 -62Q-44 -66 -34 -128Q-18 -116 0 -98Q18 -116 34 -128Q44 -66 0 -62ZM0 -4"
            "Q-46 -14 -44 -62Q-12 -44 0 -4ZM0 -4Q42 -10 42 -52Q12 -40 0 -4Z"
        ),
        t.accent,
    )


def _bulb_bag_front(t: Tones) -> str:
    return (
        resting(bulb_bag(t), 380, 800, 180, scale=1.36)
        + shadow(640, 850, 60)
        + bulb(640, 850, 120, 8)
        + shadow(150, 872, 56)
        + bulb(150, 872, 104, -14)
    )


def _bulbs_sprouting(t: Tones) -> str:
    """Bulbs in a row on the soil, one already growing, the flower they promise behind."""
    petals = _petals(t)
    flower = (
        stroke("M0 0Q-10 -200 0 -400", LEAF_DEEP, 16)
        + leaves([(-4, 0, 330, -22), (6, 0, 290, 20)], LEAF, plump=0.13)
        + path("M0 -392Q-130 -400 -104 -580Q-56 -548 0 -498Q56 -548 104 -580Q130 -400 0 -392Z", petals.shade)
        + path("M0 -392Q-92 -450 0 -596Q92 -450 0 -392Z", petals.base)
        + path("M0 -392Q-48 -450 -30 -540Q-70 -460 0 -392Z", petals.light)
    )
    earth = "M0 760Q200 736 420 752T800 742V1000H0Z"
    return (
        place(flower, 400, 790)
        + path(earth, SOIL)
        + clipped(earth, path("M0 820Q300 790 800 812V1000H0Z", lifted(SOIL, -0.05)))
        + bulb(176, 912, 176, -8, sprout=True)
        + bulb(400, 900, 220, 0)
        + bulb(628, 914, 168, 10, sprout=True)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "seed_packet": Drawing(_packet_front, _packet_open),
    "bulb_bag": Drawing(_bulb_bag_front, _bulbs_sprouting),
}
