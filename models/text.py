"""Texts as people type them, without what no keyboard writes."""

from typing import Annotated

from pydantic import StringConstraints

NO_CONTROL_CHARACTERS = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$"
"""One line of text: no line breaks, no NUL (which PostgreSQL can't store), nothing that moves a terminal's cursor or
turns around the text beside it (Unicode TR 36, 2.2)."""

PlainText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=NO_CONTROL_CHARACTERS)]

NO_CONTROL_CHARACTERS_BUT_BREAKS = r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$"

Prose = Annotated[str, StringConstraints(strip_whitespace=True, pattern=NO_CONTROL_CHARACTERS_BUT_BREAKS)]
"""Several lines of text."""
