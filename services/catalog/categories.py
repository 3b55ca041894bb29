"""The two-level tree of categories."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from models.catalog import Category, CategoryDraft
from models.identity import Identity
from services.catalog import audited, category_repository, repository
from services.catalog.listing import CategoryNode
from services.catalog.projection import category_fields
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.unit_of_work import UnitOfWork


async def list_categories(uow: UnitOfWork) -> list[CategoryNode]:
    """The upper categories in display order, each with those below it."""
    categories, counts = await asyncio.gather(
        category_repository.find_all(uow.documents), repository.count_by_category(uow.documents)
    )

    def node(category: Category) -> CategoryNode:
        below = tuple(node(child) for child in categories if child.parent == category.slug)
        products = counts.get(category.slug, 0) + sum(child.product_count for child in below)
        return CategoryNode(category, below, products)

    return [node(category) for category in categories if category.parent is None]


async def get_category(uow: UnitOfWork, slug: str) -> CategoryNode:
    """Raises NotFound."""
    for node in await list_categories(uow):
        for candidate in (node, *node.children):
            if candidate.category.slug == slug:
                return candidate
    raise _missing(slug)


async def create_category(uow: UnitOfWork, draft: CategoryDraft, *, by: Identity) -> Category:
    """Raises Conflict when the slug is taken, Invalid when the parent is unfit."""
    _require_fit_parent(draft, await category_repository.find_all(uow.documents))
    category = Category(**draft.model_dump())
    await audited.insert_category(uow, category, by=by)
    return category


async def update_category(
    uow: UnitOfWork, slug: str, draft: CategoryDraft, *, expected_version: int | None = None, by: Identity
) -> Category:
    """Write a category; its products are found under its new name and place at once.

    Raises NotFound, PreconditionFailed at another version, Invalid for another slug or an unfit parent.
    """
    if draft.slug != slug:
        raise Invalid("A category keeps its address.", {"slug": "Make a new category for another slug."})
    _require_fit_parent(draft, await category_repository.find_all(uow.documents))
    updated = await audited.update_category(uow, draft, expected_version=expected_version, by=by)
    if updated is None:
        raise await _missing_or_changed(uow, slug)
    await _refresh_products(uow, slug)
    return updated


async def delete_category(
    uow: UnitOfWork, slug: str, *, expected_version: int | None = None, by: Identity
) -> None:
    """Raises NotFound, PreconditionFailed at another version, Conflict while anything is in it."""
    if any(category.parent == slug for category in await category_repository.find_all(uow.documents)):
        detail = "There are categories below it: move or delete those first."
        raise Conflict(detail, code="category_not_empty")
    products = await repository.count(uow.documents, {"category_path": slug})
    if products:
        detail = f"{products} products are in it, archived ones included: move those elsewhere first."
        raise Conflict(detail, code="category_not_empty")
    if not await audited.delete_category(uow, slug, expected_version=expected_version, by=by):
        raise await _missing_or_changed(uow, slug)


async def path_to(uow: UnitOfWork, slug: str) -> list[Category]:
    """The categories from the upper level down to this one. Raises Invalid for an unknown one."""
    path = _path(slug, await category_repository.find_all(uow.documents))
    if not path:
        raise Invalid("There is no such category.", {"category": f"There is no category “{slug}”."})
    return path


def _path(slug: str, categories: Iterable[Category]) -> list[Category]:
    by_slug = {category.slug: category for category in categories}
    path: list[Category] = []
    category = by_slug.get(slug)
    while category and category not in path:
        path.insert(0, category)
        category = by_slug.get(category.parent) if category.parent else None
    return path


def _require_fit_parent(draft: CategoryDraft, categories: list[Category]) -> None:
    if draft.parent is None:
        return
    parent = next((category for category in categories if category.slug == draft.parent), None)
    problem = ""
    if parent is None:
        problem = f"There is no category “{draft.parent}”."
    elif parent.slug == draft.slug or parent.parent is not None:
        problem = "Choose a category of the upper level."
    elif any(category.parent == draft.slug for category in categories):
        problem = "A category with others below it stays on the upper level."
    if problem:
        raise Invalid("The category can't go there.", {"parent": problem})


async def _refresh_products(uow: UnitOfWork, slug: str) -> None:
    categories = await category_repository.find_all(uow.documents)
    fields = {
        product.id: category_fields(product, _path(product.category, categories))
        for product in await repository.find_in_category(uow.documents, slug)
    }
    if fields:
        await repository.set_fields(uow.documents, fields)


async def _missing_or_changed(uow: UnitOfWork, slug: str) -> NotFound | PreconditionFailed:
    if any(category.slug == slug for category in await category_repository.find_all(uow.documents)):
        return PreconditionFailed("Somebody changed this category meanwhile. Load it again.")
    return _missing(slug)


def _missing(slug: str) -> NotFound:
    return NotFound(f"There is no category “{slug}”.", code="category_not_found")
