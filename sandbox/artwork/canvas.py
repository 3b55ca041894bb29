"""The brush: primitives every drawing is made with, so that all of them look drawn by one hand.

An *object* is a function from ``Tones`` to SVG text, drawn around the point where it stands: the origin is the middle
of its footprint, y grows downwards, so a mug lives at negative y. ``resting`` puts it into a frame with its contact
shadow. A *view* is a function from ``Tones`` to SVG text in frame coordinates (800 by 1000, the table's edge at
``HORIZON``); a ``Drawing`` is the two views of a product.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sandbox.artwork.palette import INK, Tones

WIDTH: Final = 800
HEIGHT: Final = 1000
HORIZON: Final = 640
TILT: Final = 0.22  # minor to major axis of a level circle, everywhere in the shop

Point = tuple[float, float]
View = Callable[[Tones], str]
Surface = Literal["table", "flat"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The two pictures of a product; a view on a ``flat`` ground is seen from above or on a wall."""

    front: View
    detail: View
    front_on: Surface = "table"
    detail_on: Surface = "flat"


def num(value: float) -> str:
    """A coordinate as short text: one decimal at most, none where it would not show."""
    text = f"{value:.0f}" if abs(value) >= 30 else f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _opacity(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{opacity:g}"'


def path(d: str, fill: str, *, opacity: float = 1) -> str:
    """A filled shape."""
    return f'<path d="{d}" fill="{fill}"{_opacity(opacity)}/>'


def stroke(d: str, colour: str, width: float, *, dash: str = "", opacity: float = 1) -> str:
    """A line (round ends come from the sheet); ``dash`` as in ``stroke-dasharray`` makes it a row of stitches."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{num(width)}"{dashes}{_opacity(opacity)}/>'


def ellipse(
    x: float, y: float, rx: float, ry: float, fill: str, *, opacity: float = 1, turn: float = 0
) -> str:
    """A filled ellipse, turned clockwise by ``turn`` degrees."""
    rotation = f' transform="rotate({num(turn)} {num(x)} {num(y)})"' if turn else ""
    return (
        f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"'
        f"{rotation}{_opacity(opacity)}/>"
    )


def level(x: float, y: float, radius: float, fill: str, *, opacity: float = 1) -> str:
    """A circle lying flat, seen at the shop's viewing angle: an opening, a rim, a surface of tea."""
    return ellipse(x, y, radius, radius * TILT, fill, opacity=opacity)


def ring(x: float, y: float, rx: float, ry: float, colour: str, width: float, *, opacity: float = 1) -> str:
    """An ellipse as a line: a rim, a glaze line."""
    return (
        f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="none" stroke="{colour}" '
        f'stroke-width="{num(width)}"{_opacity(opacity)}/>'
    )


def _through(points: Sequence[Point], closed: bool) -> str:
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    parts: list[str] = []
    for i in range(count if closed else count - 1):
        before, start, end, after = at(i - 1), at(i), at(i + 1), at(i + 2)
        span = math.dist(start, end)
        leave = 0.36 * span / (math.dist(before, start) + span or 1)
        arrive = 0.36 * span / (span + math.dist(end, after) or 1)
        handles = (
            (start[0] + (end[0] - before[0]) * leave, start[1] + (end[1] - before[1]) * leave),
            (end[0] - (after[0] - start[0]) * arrive, end[1] - (after[1] - start[1]) * arrive),
            end,
        )
        parts.append("C" + " ".join(f"{num(x)} {num(y)}" for x, y in handles))
    return "".join(parts)


def curve(*points: Point, closed: bool = False, joined: bool = False) -> str:
    """Path data of one easy line through ``points`` (Catmull-Rom by chord length); a point given twice is a corner.

    ``joined`` starts with a line from wherever the path is instead of a move. A closed curve has no corners.
    """
    start = ("L" if joined else "M") + f"{num(points[0][0])} {num(points[0][1])}"
    if closed:
        return start + _through(points, closed=True) + "Z"
    data, run = start, [points[0]]
    for point in points[1:]:
        if point == run[-1]:
            data, run = data + _through(run, closed=False), [point]
        else:
            run.append(point)
    return data + _through(run, closed=False)


def poly(*points: Point) -> str:
    """Path data of a straight-sided closed shape."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + "Z"


def place(
    shape: str, x: float = 0, y: float = 0, *, scale: float = 1, turn: float = 0, flip: bool = False
) -> str:
    """``shape`` moved, turned clockwise and scaled (``flip`` mirrors left and right)."""
    moves = f"translate({num(x)} {num(y)})" if x or y else ""
    moves += f"rotate({num(turn)})" if turn else ""
    if flip:
        moves += f"scale({-scale:g} {scale:g})"
    elif scale != 1:
        moves += f"scale({scale:g})"
    return f'<g transform="{moves}">{shape}</g>' if moves else shape


def clipped(d: str, *content: str) -> str:
    """``content`` cut to the outline ``d``; the clip is named after its outline, so equal ones are one."""
    name = f"c{zlib.crc32(d.encode()):x}"
    return (
        f'<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">{"".join(content)}</g>'
    )


def shadow(x: float, y: float, half_width: float, *, depth: float = TILT, opacity: float = 1) -> str:
    """The soft contact shadow of something ``half_width`` wide standing at (x, y), falling to the right."""
    return ellipse(
        x + half_width * 0.16,
        y + half_width * 0.03,
        half_width * 1.28,
        half_width * depth * 1.35,
        "url(#s)",
        opacity=opacity,
    )


def cast(d: str, dx: float = 12, dy: float = 16, *, opacity: float = 0.16) -> str:
    """The shadow of a flat thing seen from above: its own outline, a little to the lower right."""
    return place(path(d, INK, opacity=opacity), dx, dy)


def resting(
    shape: str, x: float, y: float, half_width: float, *, scale: float = 1, flip: bool = False
) -> str:
    """An object standing at (x, y) with its shadow; ``half_width`` is its footprint before scaling."""
    return shadow(x, y, half_width * scale) + place(shape, x, y, scale=scale, flip=flip)


def dot(x: float, y: float, radius: float) -> str:
    """Path data of a small circle, for many in one shape."""
    r, across = num(radius), num(2 * radius)
    return f"M{num(x - radius)} {num(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0"


def speckle(
    seed: int, count: int, box: tuple[float, float, float, float], colour: str, size: float = 3
) -> str:
    """``count`` small specks inside ``box`` (left, top, right, bottom): stoneware, crumbs. Same seed, same specks."""
    left, top, right, bottom = box
    dots: list[str] = []
    for i in range(count):
        # The plastic sequence (two irrational strides) spreads points evenly without rows.
        x = left + (right - left) * ((seed * 0.137 + i * 0.7548776662) % 1)
        y = top + (bottom - top) * ((seed * 0.291 + i * 0.5698402910) % 1)
        r = size * (0.6 + 0.4 * math.sin(seed + i * 2.4) ** 2)
        dots.append(dot(x, y, r))
    return path("".join(dots), colour)


def steam(x: float, y: float, height: float, width: float = 11) -> str:
    """Two wisps rising from (x, y)."""
    rise = num(height / 4)
    sway, half = num(height * 0.14), num(height / 2)
    wisp = f"c-{sway} -{rise} {sway} -{rise} 0 -{half}s{sway} -{rise} 0 -{half}"
    other = f"M{num(x + height * 0.34)} {num(y - height * 0.06)}"
    return stroke(f"M{num(x)} {num(y)}{wisp}{other}{wisp}", "#fff", width, opacity=0.5)
