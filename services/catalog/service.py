"""The catalogue: products written and read. What finding, suggesting and categories do is offered here too."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NoReturn
from uuid import UUID

from models.audit import AuditAction
from models.catalog import Product, ProductDraft, ProductStatus, Variant
from models.identity import Identity
from models.stock import StockReason
from services.catalog import audited, projection, repository
from services.catalog.categories import (
    create_category,
    delete_category,
    get_category,
    list_categories,
    path_to,
    update_category,
)
from services.catalog.drafts import require_sellable
from services.catalog.finding import list_products, related_products
from services.catalog.listing import (
    CategoryNode,
    Facet,
    FacetValue,
    ProductPage,
    ProductQuery,
    Sort,
    Suggestions,
)
from services.catalog.suggesting import suggest
from services.document_store import Documents
from services.errors import NotFound, PreconditionFailed
from services.inventory import service as inventory
from services.live import topics
from services.unit_of_work import UnitOfWork

__all__ = [
    "CategoryNode",
    "Facet",
    "FacetValue",
    "ProductPage",
    "ProductQuery",
    "Sort",
    "Suggestions",
    "archive_product",
    "create_category",
    "create_product",
    "delete_category",
    "ensure_indexes",
    "get_category",
    "get_product",
    "known_slugs",
    "list_categories",
    "list_products",
    "products_by_id",
    "products_by_slug",
    "record_sales",
    "refresh_availability",
    "related_products",
    "replace_product",
    "slugs_of",
    "suggest",
    "update_category",
    "variants_by_sku",
]


async def ensure_indexes(documents: Documents) -> None:
    """Make the indexes that are missing; safe to repeat."""
    await repository.ensure_indexes(documents)


async def get_product(uow: UnitOfWork, slug: str, *, include_unpublished: bool = False) -> Product:
    """Raises NotFound, also for a draft or an archived product unless those are asked for."""
    product = await repository.find_by_slug(uow.documents, slug)
    if product is None or (product.status is not ProductStatus.ACTIVE and not include_unpublished):
        raise NotFound(
            "This product is not in the store. Search for something like it.", code="product_not_found"
        )
    return product


async def variants_by_sku(
    uow: UnitOfWork, skus: Sequence[str], *, anew: bool = False
) -> dict[str, tuple[Product, Variant]]:
    """The products of these SKUs whatever their status; an unknown SKU is left out.

    As this process knows them, which is how they were a moment ago; before money is taken they are read `anew`.
    They are shared with others: change none.
    """
    kept = uow.resources.variants
    known = {} if anew else {sku: pair for sku in skus if (pair := kept.get(sku))}
    missing = set(skus) - known.keys()
    for product in await repository.find_by_skus(uow.documents, sorted(missing)) if missing else ():
        for variant in product.variants:
            if variant.sku in missing:
                known[variant.sku] = product, variant
                kept.keep(variant.sku, (product, variant), topic=topics.catalog(product.slug))
    return known


async def products_by_slug(uow: UnitOfWork, slugs: Collection[str]) -> dict[str, Product]:
    """The products on sale with these slugs; what isn't is left out."""
    found = await repository.find_by_slugs(uow.documents, slugs) if slugs else []
    return {product.slug: product for product in found if product.status is ProductStatus.ACTIVE}


async def slugs_of(uow: UnitOfWork, product_ids: Collection[UUID]) -> dict[UUID, str]:
    """Where products are now, whatever their status; an unknown id is left out."""
    return await repository.find_slugs(uow.documents, product_ids) if product_ids else {}


async def products_by_id(uow: UnitOfWork, product_ids: Collection[UUID]) -> dict[UUID, Product]:
    """Products whatever their status; an unknown id is left out."""
    found = await repository.find_by_ids(uow.documents, product_ids) if product_ids else []
    return {product.id: product for product in found}


async def known_slugs(uow: UnitOfWork, slugs: Collection[str]) -> set[str]:
    """Those of the slugs that are products', whatever their status."""
    return await repository.known_slugs(uow.documents, slugs)


async def create_product(
    uow: UnitOfWork, draft: ProductDraft, *, stock: Mapping[str, int] | None = None, by: Identity
) -> Product:
    """Add a product; `stock` gives the units on hand of its SKUs.

    Raises Invalid for what can't be sold, Conflict (slug_taken, sku_taken).
    """
    require_sellable(draft, uow.settings.currency)
    path = await path_to(uow, draft.category)
    await _count_stock(uow, draft, stock or {}, StockReason.INITIAL, by)
    time = projection.current_time()
    product = Product(
        **draft.model_dump(include=set(ProductDraft.model_fields)),
        created_at=time,
        updated_at=time,
        published_at=time if draft.status is ProductStatus.ACTIVE else None,
    )
    document = projection.document_of(product, path, in_stock=(await _in_stock(uow, [draft]))[0])
    await audited.insert_product(uow, product, document, by=by)
    return product


async def replace_product(
    uow: UnitOfWork,
    slug: str,
    draft: ProductDraft,
    *,
    expected_version: int | None,
    stock: Mapping[str, int] | None = None,
    by: Identity,
) -> Product:
    """Write a product anew; SKUs that `stock` doesn't name keep their units.

    Raises NotFound, PreconditionFailed at another version, Invalid for what can't be sold,
    Conflict (slug_taken, sku_taken).
    """
    current = await get_product(uow, slug, include_unpublished=True)
    _require_version(current, expected_version)
    require_sellable(draft, uow.settings.currency)
    path = await path_to(uow, draft.category)
    await _count_stock(uow, draft, stock or {}, StockReason.COUNTED, by)
    time = projection.current_time()
    published_at = current.published_at or (time if draft.status is ProductStatus.ACTIVE else None)
    fields = {
        **projection.written_fields(draft, path, listed_at=published_at or current.created_at),
        "in_stock": (await _in_stock(uow, [draft]))[0],
        "published_at": published_at,
        "updated_at": time,
    }
    updated = await audited.update_product(uow, current.id, fields, expected_version=expected_version, by=by)
    return updated or _refuse_changed()


async def archive_product(
    uow: UnitOfWork, slug: str, *, expected_version: int | None = None, by: Identity
) -> Product:
    """Take a product out of the store; orders keep what they sold. Doing it twice changes nothing.

    Raises NotFound, PreconditionFailed at another version.
    """
    current = await get_product(uow, slug, include_unpublished=True)
    _require_version(current, expected_version)
    if current.status is ProductStatus.ARCHIVED:
        return current
    fields = {"status": ProductStatus.ARCHIVED.value, "updated_at": projection.current_time()}
    updated = await audited.update_product(
        uow,
        current.id,
        fields,
        expected_version=expected_version,
        by=by,
        action=AuditAction.PRODUCT_ARCHIVED,
    )
    return updated or _refuse_changed()


async def record_sales(uow: UnitOfWork, sale: UUID, quantities: Mapping[str, int]) -> None:
    """Count the units of a sale, by SKU, towards what sells best; the same sale counts once."""
    if quantities:
        await repository.add_sold(uow.documents, sale, quantities)


async def refresh_availability(uow: UnitOfWork, skus: Sequence[str]) -> None:
    """Bring the in-stock filter of the products of these SKUs up to date with the inventory.

    Whoever looked before and writes after another job looks once more, so the last word is never an old one.
    """
    products = await repository.find_by_skus(uow.documents, skus) if skus else []
    written: list[bool] = []
    while (in_stock := await _in_stock(uow, products)) != written:
        by_id = {product.id: value for product, value in zip(products, in_stock, strict=True)}
        await repository.set_in_stock(uow.documents, by_id)
        written = in_stock


async def _in_stock(uow: UnitOfWork, products: Sequence[Product | ProductDraft]) -> list[bool]:
    """Whether any variant can be had, of each."""
    skus = [variant.sku for product in products for variant in product.variants]
    levels = await inventory.levels(uow, skus)
    return [any(levels[variant.sku].available > 0 for variant in product.variants) for product in products]


async def _count_stock(
    uow: UnitOfWork, draft: ProductDraft, stock: Mapping[str, int], reason: StockReason, by: Identity
) -> None:
    """In SKU order, so that two writes never wait for each other."""
    await inventory.know(uow, [variant.sku for variant in draft.variants])
    for sku in sorted(stock.keys() & {variant.sku for variant in draft.variants}):
        await inventory.set_on_hand(uow, sku, stock[sku], by=by, reason=reason)


def _require_version(product: Product, expected: int | None) -> None:
    if expected is not None and product.version != expected:
        _refuse_changed()


def _refuse_changed() -> NoReturn:
    raise PreconditionFailed("Somebody changed this product meanwhile. Load it again and repeat your change.")
