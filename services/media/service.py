"""Pictures: kept under the hash of their content, so that a name never changes what it shows."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections import OrderedDict

from models.audit import AuditAction, AuditEntry
from models.identity import STORE, Identity
from services.audit import service as audit
from services.document_store import DocumentSession
from services.errors import Invalid, NotFound
from services.media import formats, repository
from services.media.repository import StoredImage
from services.unit_of_work import UnitOfWork

__all__ = ["MAX_BYTES", "StoredImage", "open_image", "store_image"]

MAX_BYTES = 2_000_000
CACHE_BYTES = 32_000_000
"""Most memory a process spends on pictures that were lately asked for."""

_NAME = re.compile(rf"[0-9a-f]{{32}}\.({'|'.join(formats.EXTENSIONS.values())})")
_UNSPECIFIC_TYPES = ("", "application/octet-stream", "image/jpg", "text/xml", "application/xml")


async def store_image(uow: UnitOfWork, content: bytes, content_type: str, *, by: Identity) -> str:
    """Keep a picture and return its address, "/media/<hash>.<ending>".

    Takes SVG, PNG, JPEG, WebP and AVIF up to 2 MB; the content decides, not the type it is sent with.
    Raises Invalid for anything else and for an SVG with more than shapes in it.
    """
    if len(content) > MAX_BYTES:
        raise _unusable(f"The picture is larger than {MAX_BYTES // 1_000_000} MB. Send a smaller one.")
    media_type = formats.recognise(content)
    declared = content_type.partition(";")[0].strip().lower()
    if not media_type or (declared != media_type and declared not in _UNSPECIFIC_TYPES):
        raise _unusable("This is not a picture the store takes. Use SVG, PNG, JPEG, WebP or AVIF.")
    if media_type == formats.SVG:
        try:
            formats.require_safe_drawing(content)
        except formats.UnsafeDrawing as error:
            raise _unusable(f"The SVG can't be used: {error}.") from error
    digest = hashlib.sha256(content).hexdigest()[:32]
    name = f"{digest}.{formats.EXTENSIONS[media_type]}"
    compressed = await asyncio.to_thread(_compress, content) if media_type == formats.SVG else b""
    await _keep(uow, name, StoredImage(content, media_type, f'"{digest}"', compressed), by)
    return f"/media/{name}"


async def open_image(uow: UnitOfWork, name: str) -> StoredImage:
    """Raises NotFound."""
    image = _recent.get(name)
    if image is None and _NAME.fullmatch(name):
        image = await repository.find(uow.documents, name)
    if image is None:
        raise NotFound("There is no such picture.", code="image_not_found")
    _recent.put(name, image)
    return image


async def _keep(uow: UnitOfWork, name: str, image: StoredImage, by: Identity) -> None:
    async def change(session: DocumentSession) -> tuple[None, AuditEntry | None]:
        is_new = await repository.insert(uow.documents, name, image, session)
        if by == STORE or not is_new:
            return None, None
        facts = {"type": image.content_type, "bytes": len(image.content)}
        return None, audit.entry_of(AuditAction.PICTURE_STORED, by, name, name, after=facts)

    await audit.change_documents(uow, change)


class RecentImages:
    """The pictures asked for last, up to a number of bytes. None is ever stale: its name is its hash."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._images: OrderedDict[str, StoredImage] = OrderedDict()

    def get(self, name: str) -> StoredImage | None:
        return self._images.get(name)

    def put(self, name: str, image: StoredImage) -> None:
        if name not in self._images:
            self._size += _size(image)
        self._images[name] = image
        self._images.move_to_end(name)
        while self._size > self._capacity:
            self._size -= _size(self._images.popitem(last=False)[1])


_recent = RecentImages(CACHE_BYTES)


def _size(image: StoredImage) -> int:
    return len(image.content) + len(image.compressed)


def _compress(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _unusable(detail: str) -> Invalid:
    return Invalid(detail, {"image": detail}, code="image_unusable")
