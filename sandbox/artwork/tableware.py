"""Everything ceramic for the table."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import crockery, cups, platters, teapots
from sandbox.artwork.canvas import Drawing

DRAWINGS: Final[dict[str, Drawing]] = {
    **crockery.DRAWINGS,
    **cups.DRAWINGS,
    **teapots.DRAWINGS,
    **platters.DRAWINGS,
}
