"""REST routes of the category tree."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import JSONResponse

from models.identity import Identity
from models.permissions import Permission
from services import merge_patch
from services.catalog import service
from services.catalog.category_representations import CategoryInput, CategoryResource, CategoryTree
from services.catalog.creation import at_most_once, created
from services.catalog.entity_tags import entity_tag, expected_version
from services.http import not_modified, staff_who
from services.merge_patch import Patch
from services.unit_of_work import UnitOfWork, unit_of_work

router = APIRouter(tags=["categories"])

ManageCatalog = Annotated[Identity, staff_who(Permission.MANAGE_CATALOG)]


@router.get("/categories")
async def list_categories() -> CategoryTree:
    """The whole tree, in display order; `total` counts the upper level."""
    async with unit_of_work() as uow:
        nodes = await service.list_categories(uow)
    return CategoryTree(items=[CategoryResource.of(node) for node in nodes], total=len(nodes))


@router.get("/categories/{slug}", response_model=CategoryResource)
async def get_category(slug: str, request: Request, response: Response) -> Any:
    """A category with those below it."""
    async with unit_of_work() as uow:
        resource = await _resource(uow, slug, response)
    return not_modified(request, response.headers["etag"]) or resource


@router.post("/categories", status_code=201, response_model=CategoryResource)
async def create_category(
    body: CategoryInput, request: Request, response: Response, identity: ManageCatalog
) -> Response:
    """Add a category; `parent` names an upper one."""

    async def create() -> JSONResponse:
        async with unit_of_work() as uow:
            category = await service.create_category(uow, body, by=identity)
            resource = await _resource(uow, category.slug, response)
        return created(request, response, category.slug, resource)

    return await at_most_once(request, identity, body, create)


@router.patch("/categories/{slug}")
async def patch_category(
    slug: str,
    patch: Patch,
    request: Request,
    response: Response,
    identity: ManageCatalog,
) -> CategoryResource:
    """Change some fields of a category by a JSON merge patch. Its slug stays."""
    async with unit_of_work() as uow:
        current = (await service.get_category(uow, slug)).category
        expected_version(request, current.version)
        body = merge_patch.apply(patch, current, CategoryInput)
        await service.update_category(uow, slug, body, expected_version=current.version, by=identity)
        return await _resource(uow, slug, response)


@router.delete("/categories/{slug}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_category(slug: str, request: Request, identity: ManageCatalog) -> None:
    """Delete an empty category."""
    async with unit_of_work() as uow:
        current = (await service.get_category(uow, slug)).category
        version = expected_version(request, current.version)
        await service.delete_category(uow, slug, expected_version=version, by=identity)


async def _resource(uow: UnitOfWork, slug: str, response: Response) -> CategoryResource:
    node = await service.get_category(uow, slug)
    resource = CategoryResource.of(node)
    response.headers["etag"] = entity_tag(resource, node.category.version)
    response.headers["cache-control"] = "no-cache"
    return resource
