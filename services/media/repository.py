"""Queries of stored pictures. The name of a picture is its key."""

from __future__ import annotations

from dataclasses import dataclass

from pymongo.asynchronous.collection import AsyncCollection

from services.document_store import Document, Documents, DocumentSession


@dataclass(frozen=True, slots=True)
class StoredImage:
    """`compressed` is the content in gzip, for a drawing; empty for formats compressed themselves."""

    content: bytes
    content_type: str
    etag: str
    compressed: bytes = b""


def _media(documents: Documents) -> AsyncCollection[Document]:
    return documents["media"]


async def insert(documents: Documents, name: str, image: StoredImage, session: DocumentSession) -> bool:
    """Whether the picture is new: the same name means the same content, so a second time changes nothing."""
    fields = {
        "content": image.content,
        "content_type": image.content_type,
        "etag": image.etag,
        "compressed": image.compressed,
    }
    done = await _media(documents).update_one(
        {"_id": name}, {"$setOnInsert": fields}, upsert=True, session=session
    )
    return done.upserted_id is not None


async def find(documents: Documents, name: str) -> StoredImage | None:
    document = await _media(documents).find_one({"_id": name})
    if document is None:
        return None
    return StoredImage(
        content=bytes(document["content"]),
        content_type=str(document["content_type"]),
        etag=str(document["etag"]),
        compressed=bytes(document["compressed"]),
    )
