"""Request ids."""

import re
import secrets

_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id(given: str) -> str:
    """The caller's id if it is harmless in a log, else a new one."""
    return given if _ACCEPTED.fullmatch(given) else secrets.token_hex(8)
