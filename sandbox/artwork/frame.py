"""What every picture stands on, and the sheet it is written to."""

from __future__ import annotations

import re
from typing import Final

from sandbox.artwork.canvas import HEIGHT, HORIZON, WIDTH, Surface, num, path, poly
from sandbox.artwork.palette import GROUNDS, lifted


def _light_patch(width: float, height: float) -> str:
    """Morning light through a window: two slanting panes, ``height`` deep."""
    lean = height * 0.48
    panes = "".join(
        poly((left, 0), (left + width * 0.26, 0), (left + width * 0.26 + lean, height), (left + lean, height))
        for left in (width * 0.1, width * 0.41)
    )
    return path(panes, "#fff", opacity=0.16)


def ground(
    category: str, on: Surface, width: float = WIDTH, height: float = HEIGHT, horizon: float = HORIZON
) -> str:
    """What every picture stands on: the category's tint, a band of window light, and a table one step deeper."""
    wall = GROUNDS[category]
    back = f'<rect width="{num(width)}" height="{num(height)}" fill="{wall}"/>'
    if on == "flat":
        return back + _light_patch(width, height)
    edge = f"M0 {num(horizon)}Q{num(width / 2)} {num(horizon - 5)} {num(width)} {num(horizon + 2)}V{num(height)}H0Z"
    return back + _light_patch(width, horizon) + path(edge, lifted(wall, -0.045))


_CLIP: Final = re.compile(r'<clipPath id="(\w+)">.*?</clipPath>')
_PATH_DATA: Final = re.compile(r' d="[^"]+"')
_SOFT: Final = (
    '<radialGradient id="s"><stop stop-color="#2b2118" stop-opacity=".42"/>'
    '<stop offset=".55" stop-color="#2b2118" stop-opacity=".2"/>'
    '<stop offset="1" stop-color="#2b2118" stop-opacity="0"/></radialGradient>'
)


def sheet(content: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The finished SVG document. Each clip is written once, the shadow's gradient only where it is used."""
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        if match[1] in seen:
            return ""
        seen.add(match[1])
        return match[0]

    def tight(match: re.Match[str]) -> str:
        return match[0].replace(" -", "-")  # a minus parts two numbers by itself

    body = _PATH_DATA.sub(tight, _CLIP.sub(once, content))
    soft = _SOFT if "url(#s)" in body else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'stroke-linecap="round" stroke-linejoin="round">{soft}{body}</svg>\n'
    )
