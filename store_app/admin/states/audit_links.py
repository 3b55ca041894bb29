"""Where the things lie that staff did something to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from urllib.parse import quote
from uuid import UUID

from models.audit import AuditEntry
from services.catalog import service as catalog
from services.unit_of_work import UnitOfWork

Links: TypeAlias = Mapping[UUID, str]
"""An address for each entry whose object has one."""
_FIXED = {
    "order": "/admin/orders/{}",
    "customer": "/admin/customers/{}",
    "picture": "/media/{}",
    "category": "/admin/categories",
    "promotion": "/admin/promotions/{}",
    "price_list": "/admin/price-lists/{}",
    "api_key": "/admin/keys",
}


async def links_of(uow: UnitOfWork, entries: Sequence[AuditEntry]) -> Links:
    """A product is found by its id or one of its SKUs, wherever it moved since."""
    slugs = await _slugs(uow, entries)
    links = {}
    for entry in entries:
        kind = entry.action.partition(".")[0]
        if kind in _FIXED:
            links[entry.id] = _FIXED[kind].format(quote(entry.object_id, safe=""))
        elif entry.object_id in slugs:
            links[entry.id] = f"/admin/products/{slugs[entry.object_id]}"
    return links


async def _slugs(uow: UnitOfWork, entries: Sequence[AuditEntry]) -> dict[str, str]:
    def objects(kind: str) -> set[str]:
        return {entry.object_id for entry in entries if entry.action.startswith(kind)}

    products = await catalog.slugs_of(uow, [UUID(each) for each in objects("product.")])
    variants = await catalog.variants_by_sku(uow, sorted(objects("stock.")))
    by_id = {str(product_id): slug for product_id, slug in products.items()}
    return by_id | {sku: product.slug for sku, (product, _) in variants.items()}
