"""Texts as people type them, without what no keyboard writes."""

from typing import Annotated

from pydantic import StringConstraints

NO_CONTROL_CHARACTERS = r"^[^\x00-\x1f\x7f-\x9f]*$"
"""One line of text: no line breaks, no NUL (which PostgreSQL can't store), nothing that moves a terminal's cursor."""

PlainText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=NO_CONTROL_CHARACTERS)]

NO_CONTROL_CHARACTERS_BUT_BREAKS = r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$"

Prose = Annotated[str, StringConstraints(strip_whitespace=True, pattern=NO_CONTROL_CHARACTERS_BUT_BREAKS)]
"""Several lines of text."""
