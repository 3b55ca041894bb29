"""REST routes of products and search suggestions."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response, status
from fastapi.responses import JSONResponse
from starlette.datastructures import QueryParams

from models.catalog import Product, ProductStatus
from models.identity import Identity
from models.permissions import Permission
from services import merge_patch
from services.catalog import category_api, service
from services.catalog.creation import at_most_once, created
from services.catalog.entity_tags import entity_tag, expected_version
from services.catalog.representations import (
    ProductInput,
    ProductList,
    ProductResource,
    SuggestionList,
)
from services.catalog.service import ProductQuery, Sort
from services.errors import Invalid
from services.http import CurrentIdentity, not_modified, staff_who
from services.identity.access import require
from services.inventory import service as inventory
from services.merge_patch import Patch
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork, unit_of_work

router = APIRouter()

ManageCatalog = Annotated[Identity, staff_who(Permission.MANAGE_CATALOG)]
router.include_router(category_api.router)

Amount = Annotated[int | None, Query(ge=0, lt=2**53, description="Minor units.")]
Currency = Annotated[str, Query(max_length=3, description="ISO 4217; left out: the store's own.")]
ATTRIBUTE_PREFIX = "attr."
MAX_ATTRIBUTE_FILTERS = 50
_ATTRIBUTE_PARAMETER = {
    "name": "attr.NAME",
    "in": "query",
    "description": "A facet's value: `attr.colour=Moss`. Repeated: any of them; several facets: all of them.",
    "schema": {"type": "array", "items": {"type": "string"}},
}


@router.get("/products", tags=["products"], openapi_extra={"parameters": [_ATTRIBUTE_PARAMETER]})
async def list_products(
    request: Request,
    identity: CurrentIdentity,
    q: str = "",
    category: str = "",
    sort: Sort | None = None,
    price_min: Amount = None,
    price_max: Amount = None,
    in_stock: bool = False,
    on_sale: bool = False,
    tag: Annotated[list[str] | None, Query(max_length=10)] = None,
    product_status: Annotated[
        list[ProductStatus] | None, Query(alias="status", description="For staff.")
    ] = None,
    facets: bool = False,
    currency: Currency = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: str = "",
) -> ProductList:
    """Products of a category or a search, a page at a time. Other statuses than `active` are for staff.

    Prices, their bounds and their order are those of `currency`.
    """
    statuses = frozenset(product_status or {ProductStatus.ACTIVE})
    if statuses != {ProductStatus.ACTIVE}:
        require(identity, Permission.MANAGE_CATALOG)
    query = ProductQuery(
        q=q,
        category=category,
        sort=sort or "",
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        on_sale=on_sale,
        tags=tuple(tag or ()),
        attributes=_attributes(request.query_params),
        limit=limit,
        cursor=cursor,
        facets=facets,
        statuses=statuses,
    )
    async with unit_of_work() as uow:
        query = replace(query, prices=await price_lists.offered(uow, currency))
        page = await service.list_products(uow, query)
        levels = await inventory.levels(
            uow, [item.sku for product in page.items for item in product.variants]
        )
    return ProductList.of(page, levels, facets=facets)


@router.get("/products/{slug}", tags=["products"], response_model=ProductResource)
async def get_product(
    slug: str, request: Request, response: Response, identity: CurrentIdentity, currency: Currency = ""
) -> Any:
    """One product with the stock of its variants, in `currency`. Drafts and archived products are for staff."""
    async with unit_of_work() as uow:
        product = await service.get_product(
            uow, slug, include_unpublished=identity.may(Permission.MANAGE_CATALOG)
        )
        prices = await price_lists.offered(uow, currency, [variant.sku for variant in product.variants])
        resource = await _resource(uow, prices.product(product), response)
    return not_modified(request, response.headers["etag"]) or resource


@router.post("/products", tags=["products"], status_code=201, response_model=ProductResource)
async def create_product(
    body: ProductInput, request: Request, response: Response, identity: ManageCatalog
) -> Response:
    """Add a product, with the stock of its variants if `on_hand` is given."""

    async def create() -> JSONResponse:
        async with unit_of_work() as uow:
            product = await service.create_product(uow, body.draft(), stock=body.stock(), by=identity)
            resource = await _resource(uow, product, response)
        return created(request, response, product.slug, resource)

    return await at_most_once(request, identity, body, create)


@router.put("/products/{slug}", tags=["products"])
async def replace_product(
    slug: str, body: ProductInput, request: Request, response: Response, identity: ManageCatalog
) -> ProductResource:
    """Write a product anew. `If-Match` keeps it from overwriting somebody else's change."""
    async with unit_of_work() as uow:
        current = await service.get_product(uow, slug, include_unpublished=True)
        return await _write(
            uow, current, body, expected_version(request, current.version), response, identity
        )


@router.patch("/products/{slug}", tags=["products"])
async def patch_product(
    slug: str,
    patch: Patch,
    request: Request,
    response: Response,
    identity: ManageCatalog,
) -> ProductResource:
    """Change some fields of a product by a JSON merge patch; `variants` is one field, sent whole."""
    async with unit_of_work() as uow:
        current = await service.get_product(uow, slug, include_unpublished=True)
        expected_version(request, current.version)
        body = merge_patch.apply(patch, current, ProductInput)
        return await _write(uow, current, body, current.version, response, identity)


@router.delete("/products/{slug}", tags=["products"], status_code=status.HTTP_204_NO_CONTENT)
async def archive_product(slug: str, request: Request, identity: ManageCatalog) -> None:
    """Archive a product: it leaves the store, orders keep it."""
    async with unit_of_work() as uow:
        current = await service.get_product(uow, slug, include_unpublished=True)
        version = expected_version(request, current.version)
        await service.archive_product(uow, slug, expected_version=version, by=identity)


@router.get("/search/suggestions", tags=["search"])
async def suggest(q: str = "", currency: Currency = "") -> SuggestionList:
    """What a search text that is still being typed may mean."""
    async with unit_of_work() as uow:
        return SuggestionList.of(await service.suggest(uow, q, await price_lists.offered(uow, currency)))


async def _write(
    uow: UnitOfWork,
    current: Product,
    body: ProductInput,
    version: int | None,
    response: Response,
    identity: Identity,
) -> ProductResource:
    product = await service.replace_product(
        uow, current.slug, body.draft(), expected_version=version, stock=body.stock(), by=identity
    )
    return await _resource(uow, product, response)


async def _resource(uow: UnitOfWork, product: Product, response: Response) -> ProductResource:
    levels = await inventory.levels(uow, [variant.sku for variant in product.variants])
    resource = ProductResource.of(product, levels)
    response.headers["etag"] = entity_tag(resource, product.version)
    response.headers["cache-control"] = "no-cache"
    return resource


def _attributes(parameters: QueryParams) -> dict[str, tuple[str, ...]]:
    pairs = [
        (name.removeprefix(ATTRIBUTE_PREFIX), value)
        for name, value in parameters.multi_items()
        if name.startswith(ATTRIBUTE_PREFIX)
    ]
    if len(pairs) > MAX_ATTRIBUTE_FILTERS:
        raise Invalid("Too many filters at once.", {"attr": f"Use at most {MAX_ATTRIBUTE_FILTERS} values."})
    return {name: tuple(value for other, value in pairs if other == name) for name, _ in pairs}
