"""The shop's mark: one larkspur floret, five sepals round a pale heart and the spur that gives the flower its name.

``python -m sandbox.artwork.logo`` writes it to ``assets/`` as the favicon and as the mark beside the shop's name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).parents[2] / "assets"
PETAL: Final = "#5F64D6"  # legible on paper (4.6:1) and on the dark mode's paper #171513 (3.7:1)
FOLD: Final = "#4A4FC4"
SPUR: Final = "#4549AE"
HEART: Final = "#FBF4E2"

_SEPAL: Final = "M32 31C23 26 20 17 24 10Q28 4 34 5Q42 7 43 14C43 21 38 28 32 31Z"
_CREASE: Final = "M32 30Q30 20 33 11Q35 21 32 30Z"
_SPUR: Final = "M33 34C22 40 18 49 8 52Q0 55 3 60Q8 65 16 60C25 54 33 50 40 40Z"


def mark() -> str:
    """The floret as SVG text, 64 by 64, on no ground."""
    turns = (0, 72, 144, 216, 288)
    sepals = "".join(f'<path d="{_SEPAL}" transform="rotate({turn} 33 32)"/>' for turn in turns)
    creases = "".join(f'<path d="{_CREASE}" transform="rotate({turn} 33 32)"/>' for turn in turns)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<path d="{_SPUR}" fill="{SPUR}"/><g transform="translate(4 -3)">'
        f'<g fill="{PETAL}">{sepals}</g><g fill="{FOLD}">{creases}</g>'
        f'<circle cx="33" cy="32" r="6.5" fill="{HEART}"/><circle cx="34" cy="33" r="2" fill="{SPUR}"/></g></svg>\n'
    )


def write(folder: Path = ASSETS) -> None:
    """Put the mark where the store serves it."""
    for name in ("favicon.svg", "larkspur-mark.svg"):
        (folder / name).write_text(mark(), encoding="utf-8")


if __name__ == "__main__":
    write()
