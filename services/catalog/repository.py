"""Queries of products."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from pymongo import ReturnDocument, UpdateOne
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from models.catalog import Product, ProductStatus
from models.ids import now
from services.catalog import criteria
from services.catalog.criteria import Keys
from services.catalog.projection import FIELDS_FOR_FINDING, ROOT, product_of
from services.document_store import Document, Documents, DocumentSession, in_transaction
from services.errors import Conflict

_WITHOUT_FINDING_FIELDS = dict.fromkeys(FIELDS_FOR_FINDING, 0)
_WITH_CATEGORY_PATH = dict.fromkeys(set(FIELDS_FOR_FINDING) - {"category_path"}, 0)
SALES_REMEMBERED_SECONDS = 90 * 24 * 3600
_ACTIVE = ProductStatus.ACTIVE.value


def _products(documents: Documents) -> AsyncCollection[Document]:
    return documents["products"]


async def ensure_indexes(documents: Documents) -> None:
    products = _products(documents)
    await products.create_index("slug", unique=True, name="slug")
    await products.create_index("variants.sku", unique=True, name="sku")
    listed = [("status", 1), ("category_path", 1)]
    for sort in ("listed_at", "price_min", "sold"):
        await products.create_index([*listed, (sort, -1), ("_id", -1)], name=f"listing_{sort}")
    rating = [("rating.average", -1), ("rating.count", -1), ("_id", -1)]
    await products.create_index([*listed, *rating], name="listing_rating")
    await products.create_index([("status", 1), ("category", 1)], name="category")
    await documents["counted_sales"].create_index("at", expireAfterSeconds=SALES_REMEMBERED_SECONDS)
    await products.create_index([("status", 1), ("facets.n", 1), ("facets.k", 1)], name="facets")
    await products.create_index([("status", 1), ("search.words", 1)], name="words")
    weights = {"title": 10, "brand": 6, "tags": 5, "search.category": 4, "facets.v": 3, "subtitle": 3}
    weights |= {"description": 1, "details": 1}
    await products.create_index(
        [(field, "text") for field in weights],
        weights=weights,
        default_language="english",
        language_override="text_language",
        name="text",
    )


async def find_by_slug(documents: Documents, slug: str) -> Product | None:
    document = await _products(documents).find_one({"slug": criteria.storable(slug)}, _WITHOUT_FINDING_FIELDS)
    return product_of(document) if document else None


async def find_by_slugs(documents: Documents, slugs: Collection[str]) -> list[Product]:
    wanted = [criteria.storable(slug) for slug in slugs]
    cursor = _products(documents).find({"slug": {"$in": wanted}}, _WITHOUT_FINDING_FIELDS)
    return [product_of(document) async for document in cursor]


async def find_by_id(documents: Documents, product_id: UUID, session: DocumentSession) -> Product | None:
    document = await _products(documents).find_one(
        {"_id": product_id}, _WITHOUT_FINDING_FIELDS, session=session
    )
    return product_of(document) if document else None


async def find_slugs(documents: Documents, product_ids: Collection[UUID]) -> dict[UUID, str]:
    cursor = _products(documents).find({"_id": {"$in": list(product_ids)}}, {"slug": 1})
    return {document["_id"]: str(document["slug"]) async for document in cursor}


async def find_by_ids(documents: Documents, product_ids: Collection[UUID]) -> list[Product]:
    cursor = _products(documents).find({"_id": {"$in": list(product_ids)}}, _WITHOUT_FINDING_FIELDS)
    return [product_of(document) async for document in cursor]


async def find_by_skus(documents: Documents, skus: Sequence[str]) -> list[Product]:
    wanted = [criteria.storable(sku) for sku in skus]
    cursor = _products(documents).find({"variants.sku": {"$in": wanted}}, _WITH_CATEGORY_PATH)
    return [product_of(document) async for document in cursor]


async def known_slugs(documents: Documents, slugs: Collection[str]) -> set[str]:
    found = _products(documents).find({"slug": {"$in": list(slugs)}}, {"slug": 1, "_id": 0})
    return {document["slug"] async for document in found}


async def find_page(
    documents: Documents, found: Document, keys: Keys | None, *, skip: int, limit: int
) -> list[Document]:
    """Documents in the order of the keys, or by relevance when there are none."""
    projection: dict[str, Any] = {"search": 0, "facets": 0}
    if keys is None and criteria.uses_text_index(found):
        projection["relevance"] = {"$meta": "textScore"}
        order: list[tuple[str, Any]] = [("relevance", {"$meta": "textScore"}), ("sold", -1), ("_id", -1)]
    else:
        order = list(keys or [("sold", -1), ("_id", -1)])
    cursor = _products(documents).find(found, projection).sort(order).skip(skip).limit(limit)
    return await cursor.to_list()


async def find_computed_page(
    documents: Documents,
    found: Document,
    computed: Document,
    after: Document,
    keys: Keys,
    *,
    skip: int,
    limit: int,
) -> list[Document]:
    """As find_page, in an order by fields that are computed for the purpose."""
    pipeline: list[Document] = [
        {"$match": found},
        {"$project": {"search": 0, "facets": 0}},
        {"$addFields": computed},
        {"$match": after},
        {"$sort": dict(keys)},
        {"$skip": skip},
        {"$limit": limit},
    ]
    return await (await _products(documents).aggregate(pipeline)).to_list()


async def exists(documents: Documents, found: Document) -> bool:
    return await _products(documents).find_one(found, {"_id": 1}) is not None


async def count(documents: Documents, found: Document) -> int:
    return await _products(documents).count_documents(found)


async def count_facets(
    documents: Documents, found: Document, chosen: Document, others: Mapping[str, Document]
) -> tuple[int, list[Document]]:
    """How many products there are, and how many with each facet value.

    `found` is what the search itself asks for, `chosen` what the facets narrow it to; `others` maps each
    narrowed facet to what the other facets leave, for its own counts.
    """
    branches: dict[str, list[Document]] = {
        "total": [{"$match": chosen}, {"$count": "products"}],
        "open": [{"$match": chosen}, *_facet_counts({"$nin": list(others)})],
    }
    for position, (name, rest) in enumerate(others.items()):
        branches[f"narrowed{position}"] = [{"$match": rest}, *_facet_counts(name)]
    pipeline: list[Document] = [{"$match": found}, {"$project": {"facets": 1}}, {"$facet": branches}]
    (answer,) = await (await _products(documents).aggregate(pipeline)).to_list()
    total = answer.pop("total")
    return (total[0]["products"] if total else 0), [entry for counts in answer.values() for entry in counts]


def _facet_counts(names: str | Document) -> list[Document]:
    counted = {"l": {"$first": "$facets.l"}, "v": {"$first": "$facets.v"}, "count": {"$sum": 1}}
    return [
        {"$unwind": "$facets"},
        {"$match": {"facets.n": names}},
        {"$group": {"_id": {"n": "$facets.n", "k": "$facets.k"}, **counted}},
    ]


async def find_related(documents: Documents, product: Product, limit: int) -> list[Product]:
    """Active products near this one: of its upper category, best those that share most with it."""
    own = await _products(documents).find_one({"_id": product.id}, {"category_path": 1})
    upper = [slug for slug in (own or {}).get("category_path", []) if slug != ROOT][:1]
    shared_tags = {"$size": {"$setIntersection": [{"$ifNull": ["$tags", []]}, product.tags]}}
    nearness = {
        "$add": [
            {"$cond": [{"$eq": ["$category", product.category]}, 4, 0]},
            {"$cond": [{"$eq": ["$brand", product.brand]}, 1, 0]},
            {"$multiply": [shared_tags, 2]},
        ]
    }
    pipeline: list[Document] = [
        {"$match": {"status": _ACTIVE, "category_path": {"$in": upper}, "_id": {"$ne": product.id}}},
        {"$addFields": {"nearness": nearness}},
        {"$sort": {"nearness": -1, "sold": -1, "_id": -1}},
        {"$limit": limit},
        {"$project": _WITHOUT_FINDING_FIELDS},
    ]
    return [product_of(document) async for document in await _products(documents).aggregate(pipeline)]


async def find_words(documents: Documents) -> list[str]:
    """Every word an active product can be found by."""
    return [str(word) for word in await _products(documents).distinct("search.words", {"status": _ACTIVE})]


async def insert(documents: Documents, document: Document, session: DocumentSession) -> None:
    """Raises Conflict when the slug or a SKU is taken."""
    try:
        await _products(documents).insert_one(document, session=session)
    except DuplicateKeyError as error:
        raise _taken(error) from error


async def update(
    documents: Documents,
    product_id: UUID,
    fields: Document,
    *,
    expected_version: int | None,
    session: DocumentSession | None = None,
) -> Product | None:
    """Set fields as the next version; None when the product is gone or not at the version expected.

    Raises Conflict when the slug or a SKU is taken.
    """
    which: Document = {"_id": product_id}
    if expected_version is not None:
        which["version"] = expected_version
    try:
        document = await _products(documents).find_one_and_update(
            which,
            {"$set": fields, "$inc": {"version": 1}},
            projection=_WITHOUT_FINDING_FIELDS,
            return_document=ReturnDocument.AFTER,
            session=session,
        )
    except DuplicateKeyError as error:
        raise _taken(error) from error
    return product_of(document) if document else None


def _taken(error: DuplicateKeyError) -> Conflict:
    value = next(iter(dict((error.details or {}).get("keyValue", {})).values()), "")
    if "sku" in str((error.details or {}).get("keyPattern", {})):
        return Conflict(f"Another product has the SKU {value}. Choose another.", code="sku_taken")
    return Conflict(f"Another product has the address “{value}”. Choose another slug.", code="slug_taken")


async def add_sold(documents: Documents, sale: UUID, quantities: Mapping[str, int]) -> None:
    """Count a sale, once: its id is kept in the same transaction."""
    changes = [
        UpdateOne({"variants.sku": sku}, {"$inc": {"sold": units}}) for sku, units in quantities.items()
    ]

    async def count(session: DocumentSession) -> None:
        await documents["counted_sales"].insert_one({"_id": sale, "at": now()}, session=session)
        await _products(documents).bulk_write(changes, ordered=False, session=session)

    with suppress(DuplicateKeyError):
        await in_transaction(documents, count)


async def set_in_stock(documents: Documents, in_stock: Mapping[UUID, bool]) -> None:
    changes = [
        UpdateOne({"_id": product_id}, {"$set": {"in_stock": value}})
        for product_id, value in in_stock.items()
    ]
    await _products(documents).bulk_write(changes, ordered=False)


async def find_in_category(documents: Documents, category: str) -> list[Product]:
    """All products in a category and below it, whatever their status."""
    cursor = _products(documents).find({"category_path": category}, _WITHOUT_FINDING_FIELDS)
    return [product_of(document) async for document in cursor]


async def set_fields(documents: Documents, fields: Mapping[UUID, Document]) -> None:
    """Set computed fields, which don't count as a new version."""
    changes = [UpdateOne({"_id": product_id}, {"$set": values}) for product_id, values in fields.items()]
    await _products(documents).bulk_write(changes, ordered=False)


async def count_by_category(documents: Documents) -> dict[str, int]:
    """Active products in each category, not those below it."""
    pipeline: list[Document] = [
        {"$match": {"status": _ACTIVE}},
        {"$group": {"_id": "$category", "count": {"$sum": 1}}},
    ]
    return {entry["_id"]: entry["count"] async for entry in await _products(documents).aggregate(pipeline)}
