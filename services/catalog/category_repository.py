"""Queries of categories. A category's slug is its key."""

from __future__ import annotations

from pymongo import ReturnDocument
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from models.catalog import Category, CategoryDraft
from services.catalog.projection import category_document, category_of
from services.document_store import Document, Documents, DocumentSession
from services.errors import Conflict


def _categories(documents: Documents) -> AsyncCollection[Document]:
    return documents["categories"]


async def find_all(documents: Documents) -> list[Category]:
    """Every category, in display order."""
    cursor = _categories(documents).find().sort([("position", 1), ("_id", 1)])
    return [category_of(document) async for document in cursor]


async def find(documents: Documents, slug: str, session: DocumentSession) -> Category | None:
    document = await _categories(documents).find_one({"_id": slug}, session=session)
    return category_of(document) if document else None


async def insert(documents: Documents, category: Category, session: DocumentSession) -> None:
    """Raises Conflict when the slug is taken."""
    try:
        await _categories(documents).insert_one(category_document(category), session=session)
    except DuplicateKeyError as error:
        detail = f"There is a category “{category.slug}” already. Choose another slug."
        raise Conflict(detail, code="slug_taken") from error


async def update(
    documents: Documents, draft: CategoryDraft, *, expected_version: int | None, session: DocumentSession
) -> Category | None:
    """Write the draft as the next version; None when the category is gone or at another version."""
    document = await _categories(documents).find_one_and_update(
        _at_version(draft.slug, expected_version),
        {"$set": draft.model_dump(exclude={"slug"}), "$inc": {"version": 1}},
        return_document=ReturnDocument.AFTER,
        session=session,
    )
    return category_of(document) if document else None


async def delete(
    documents: Documents, slug: str, *, expected_version: int | None, session: DocumentSession
) -> bool:
    """Whether it was there, at that version."""
    which = _at_version(slug, expected_version)
    return (await _categories(documents).delete_one(which, session=session)).deleted_count == 1


def _at_version(slug: str, version: int | None) -> Document:
    return {"_id": slug} if version is None else {"_id": slug, "version": version}
