"""Entity tags of products and categories: the version for writing, a digest for reading.

Stock and ratings change without a new version. A cached answer must not outlive them, and yet a sale must not
stop staff from saving, so a write compares the version alone.
"""

from __future__ import annotations

import hashlib
import re

from pydantic import BaseModel
from starlette.requests import Request

from services.errors import PreconditionFailed
from services.http import etag

_TAG = re.compile(r'(W/)?"(\d{1,18})-[0-9a-f]{12}"')


def entity_tag(resource: BaseModel, version: int) -> str:
    digest = hashlib.sha256(resource.model_dump_json().encode()).hexdigest()[:12]
    return etag(f"{version}-{digest}")


def expected_version(request: Request, current: int) -> int | None:
    """The version that If-Match allows to be changed, None without the header.

    Raises PreconditionFailed when it names others only (RFC 9110, 13.1.1: strong comparison).
    """
    header = request.headers.get("if-match")
    if header is None:
        return None
    if header.strip() == "*" or current in _versions(header):
        return current
    raise PreconditionFailed("Somebody changed it meanwhile. Load it again, and send its ETag as If-Match.")


def _versions(header: str) -> set[int]:
    tags = (_TAG.fullmatch(entry.strip()) for entry in header.split(","))
    return {int(tag[2]) for tag in tags if tag and not tag[1]}
