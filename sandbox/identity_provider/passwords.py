"""Password hashes with scrypt, at the interactive cost of RFC 7914 (about 40 ms)."""

import base64
import hashlib
import secrets

COST, BLOCK, LANES = 2**14, 8, 1
MEMORY = 32 * 1024 * 1024


def hash_password(password: str) -> str:
    """A salted hash in the form scrypt$salt$digest."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_text(salt)}${_text(_digest(password, salt))}"


def password_matches(password: str, stored: str) -> bool:
    """Compares in constant time."""
    _, salt, digest = stored.split("$")
    return secrets.compare_digest(_digest(password, base64.b64decode(salt)), base64.b64decode(digest))


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=MEMORY, dklen=32)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
