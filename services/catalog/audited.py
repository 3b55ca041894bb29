"""Writes of products and categories, each in one transaction with its entry for the audit log.

What was there before is read within that transaction, so that the entry tells exactly what it changed.
"""

from __future__ import annotations

from uuid import UUID

from models.audit import AuditAction, AuditEntry
from models.catalog import Category, CategoryDraft, Product
from models.identity import STORE, Identity
from services.audit import service as audit
from services.catalog import category_repository, repository
from services.catalog.facts import category_facts, product_facts
from services.document_store import Document, DocumentSession
from services.live import topics
from services.unit_of_work import UnitOfWork


async def insert_product(uow: UnitOfWork, product: Product, document: Document, *, by: Identity) -> None:
    """Raises Conflict when the slug or a SKU is taken."""

    async def change(session: DocumentSession) -> tuple[None, AuditEntry | None]:
        await repository.insert(uow.documents, document, session)
        return None, _of_product(AuditAction.PRODUCT_CREATED, by, None, product)

    await audit.change_documents(uow, change)


async def update_product(
    uow: UnitOfWork,
    product_id: UUID,
    fields: Document,
    *,
    expected_version: int | None,
    by: Identity,
    action: AuditAction = AuditAction.PRODUCT_CHANGED,
) -> Product | None:
    """As repository.update."""

    async def change(session: DocumentSession) -> tuple[Product | None, AuditEntry | None]:
        before = await repository.find_by_id(uow.documents, product_id, session)
        after = await repository.update(
            uow.documents, product_id, fields, expected_version=expected_version, session=session
        )
        uow.announce(*(topics.catalog(product.slug) for product in (before, after) if product))
        return after, _of_product(action, by, before, after) if after else None

    return await audit.change_documents(uow, change)


async def insert_category(uow: UnitOfWork, category: Category, *, by: Identity) -> None:
    """Raises Conflict when the slug is taken."""

    async def change(session: DocumentSession) -> tuple[None, AuditEntry | None]:
        await category_repository.insert(uow.documents, category, session)
        return None, _of_category(AuditAction.CATEGORY_CREATED, by, None, category)

    await audit.change_documents(uow, change)


async def update_category(
    uow: UnitOfWork, draft: CategoryDraft, *, expected_version: int | None, by: Identity
) -> Category | None:
    """As category_repository.update."""

    async def change(session: DocumentSession) -> tuple[Category | None, AuditEntry | None]:
        before = await category_repository.find(uow.documents, draft.slug, session)
        after = await category_repository.update(
            uow.documents, draft, expected_version=expected_version, session=session
        )
        return after, _of_category(AuditAction.CATEGORY_CHANGED, by, before, after) if after else None

    return await audit.change_documents(uow, change)


async def delete_category(uow: UnitOfWork, slug: str, *, expected_version: int | None, by: Identity) -> bool:
    """As category_repository.delete."""

    async def change(session: DocumentSession) -> tuple[bool, AuditEntry | None]:
        before = await category_repository.find(uow.documents, slug, session)
        deleted = await category_repository.delete(
            uow.documents, slug, expected_version=expected_version, session=session
        )
        return deleted, _of_category(AuditAction.CATEGORY_DELETED, by, before, None) if deleted else None

    return await audit.change_documents(uow, change)


def _of_product(
    action: AuditAction, by: Identity, before: Product | None, after: Product
) -> AuditEntry | None:
    old, new = product_facts(before), product_facts(after)
    if by == STORE or old == new:
        return None
    return audit.entry_of(action, by, after.id, after.title, before=old, after=new)


def _of_category(
    action: AuditAction, by: Identity, before: Category | None, after: Category | None
) -> AuditEntry | None:
    old, new = category_facts(before), category_facts(after)
    named = after or before
    if by == STORE or old == new or named is None:
        return None
    return audit.entry_of(action, by, named.slug, named.name, before=old, after=new)
