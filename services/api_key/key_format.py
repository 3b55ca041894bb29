"""What an API key looks like: `lk_`, 43 random characters, and six more that check the others.

Digits and letters alone, so that a double click marks all of it; 43 of 62 characters are 256 bits. The checksum tells a
key that was cut off or mistyped without asking the database, and a scanner for leaked secrets a real key from anything
else that begins with `lk_`.
"""

from __future__ import annotations

import re
import secrets
import string
from zlib import crc32

from models.api_key import PREFIX

ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM_CHARACTERS = 43
CHECK_CHARACTERS = 6
HINT_CHARACTERS = len(PREFIX) + 4

_FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{RANDOM_CHARACTERS + CHECK_CHARACTERS}}}")


def new_key() -> str:
    unchecked = PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return unchecked + checksum(unchecked)


def is_well_formed(key: str) -> bool:
    """Whether this is a key as a whole; not whether it opens anything."""
    return bool(_FORM.fullmatch(key)) and checksum(key[:-CHECK_CHARACTERS]) == key[-CHECK_CHARACTERS:]


def checksum(unchecked: str) -> str:
    """CRC-32 (as in zlib) of what stands before it, written in base 62 with six digits."""
    rest, digits = crc32(unchecked.encode()), ""
    for _ in range(CHECK_CHARACTERS):
        rest, digit = divmod(rest, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


def hint_of(key: str) -> str:
    """Its first characters: enough to tell a person's keys apart, too few to guess the others."""
    return key[:HINT_CHARACTERS]
