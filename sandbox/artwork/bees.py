"""The bee house and its tenants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sandbox.artwork.botanical import rounds
from sandbox.artwork.canvas import Drawing, Point, clipped, ellipse, path, place, resting, speckle, stroke
from sandbox.artwork.palette import INK, SOIL, Tones, lifted, tones

OAK: Final = tones("Oak")
STRAW: Final = "#D9B876"


def _canes(spots: Sequence[Point], radius: float) -> str:
    outer = rounds(((x, y, radius, 0) for x, y in spots), flat=0.96)
    inner = rounds(((x + 1, y + 2, radius * 0.56, 0) for x, y in spots), flat=0.96)
    return path(outer, STRAW) + path(inner, "#5C4631")


def bee_house(t: Tones) -> str:
    """A gabled bee house packed with canes and drilled oak, 400 wide and 520 high."""
    canes = [
        (-128 + 43 * col + (21 if row % 2 else 0), -262 + 37 * row)
        for row in range(3)
        for col in range(7 - row % 2)
    ]
    holes = [(-110 + 55 * col, y) for y, cols in ((-112, 5), (-62, 5)) for col in range(cols)]
    return (
        path("M-190 0L-182 -336L0 -486L182 -336L190 0Z", t.shade)
        + path("M-160 -20V-322L0 -452L160 -322V-20Z", "#3A2B20")
        + path("M-160 -148H160V-20H-160Z", OAK.base)
        + path("M90 -148H160V-20H70Z", OAK.shade)
        + stroke("M-150 -88Q0 -80 150 -90M-150 -40Q-20 -34 150 -38", OAK.shade, 4)
        + path(rounds(((x, y, 13, 0) for x, y in holes), flat=1), "#3A2B20")
        + clipped("M-160 -160V-300H160V-160Z", _canes(canes, 19))
        + path("M-160 -318V-290H160V-318L150 -326H-150ZM-160 -166H160V-146H-160Z", t.base)
        + clipped(
            "M-138 -322L0 -436L138 -322Z",
            _canes(
                [
                    (x, y)
                    for x, y in (
                        (-84, -338),
                        (-42, -338),
                        (0, -338),
                        (42, -338),
                        (84, -338),
                        (-42, -376),
                        (0, -376),
                        (42, -376),
                        (0, -412),
                    )
                ],
                19,
            ),
        )
        + path("M-190 0L-182 -336L-156 -330L-160 -24H160L156 -330L182 -336L190 0Z", t.base)
        + path("M160 -24L156 -330L182 -336L190 0Z", t.shade)
        + path("M-232 -318L0 -524L232 -318L206 -290L0 -470L-206 -290Z", t.light)
        + path("M0 -524L232 -318L206 -290L0 -470Z", t.deep)
        + stroke("M-210 -312L0 -498", "#fff", 4, opacity=0.35)
    )


def bee(x: float, y: float, size: float, turn: float) -> str:
    """A bumblebee 100 long at size 1, flying to the left."""
    body = "M-50 0Q-46 -32 0 -32T50 0T0 32T-50 0Z"
    return place(
        ellipse(-8, -40, 20, 34, "#F3F6F4", opacity=0.85, turn=-24)
        + ellipse(18, -40, 18, 30, "#E2EAE8", opacity=0.85, turn=24)
        + path(body, "#E3AE3A")
        + clipped(body, path("M-60 -40H-30V40H-60ZM-6 -40H14V40H-6ZM34 -40H60V40H34Z", "#33291F"))
        + stroke("M-46 -14Q-60 -26 -66 -36", "#33291F", 4),
        x,
        y,
        scale=size,
        turn=turn,
    )


def _trail(d: str) -> str:
    return stroke(d, INK, 4, dash="2 14", opacity=0.5)


def _bee_house_front(t: Tones) -> str:
    return (
        resting(bee_house(t), 400, 812, 190, scale=1.24)
        + _trail("M190 150Q120 250 210 280T190 380")
        + bee(196, 140, 0.74, 12)
        + bee(668, 300, 0.6, -14)
        + _trail("M700 300Q760 330 730 400")
    )


def _bee_house_close(t: Tones) -> str:
    """Canes seen close, a bee coming home, one tube sealed with clay."""
    spots = [
        (60 + 140 * col + (70 if row % 2 else 0), 330 + 122 * row)
        for row in range(6)
        for col in range(6 - row % 2)
    ]
    frame = path("M-20 220L820 196V262L-20 284Z", t.base) + path("M-20 284L820 262V286L-20 306Z", t.deep)
    return (
        path("M0 240H800V1000H0Z", "#3A2B20")
        + _canes(spots, 66)
        + path(rounds([(270, 452, 38, 0), (620, 696, 38, 0)]), lifted(SOIL, 0.13))
        + speckle(3, 8, (250, 436, 296, 470), SOIL, 4)
        + frame
        + stroke("M0 232L800 208", t.light, 8)
        + place(bee(0, 0, 2.5, -10), 470, 540)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "bee_house": Drawing(_bee_house_front, _bee_house_close),
}
