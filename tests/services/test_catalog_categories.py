"""The category tree, against the real databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from models.catalog import CategoryDraft, ProductStatus
from models.identity import STORE
from services.bootstrap import Resources
from services.catalog import service
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.unit_of_work import unit_of_work
from tests.catalog_samples import add, add_categories, draft, slugs


@pytest_asyncio.fixture(autouse=True)
async def categories(resources: Resources) -> AsyncIterator[None]:
    await add_categories()
    yield


async def test_the_tree_is_in_display_order_and_counts_what_is_for_sale() -> None:
    await add(draft("Harbour mug"))
    await add(draft("Side plate", category="plates"))
    await add(draft("Hidden mug", status=ProductStatus.DRAFT))
    async with unit_of_work() as uow:
        table, garden = await service.list_categories(uow)
    assert [child.category.slug for child in table.children] == ["mugs", "plates"]
    assert (table.product_count, [child.product_count for child in table.children]) == (2, [1, 1])
    assert (garden.category.name, garden.product_count) == ("Garden", 0)


async def test_a_category_is_found_on_either_level() -> None:
    async with unit_of_work() as uow:
        assert (await service.get_category(uow, "table")).children
        assert (await service.get_category(uow, "pots")).category.parent == "garden"
        with pytest.raises(NotFound):
            await service.get_category(uow, "nowhere")


async def test_products_follow_a_category_that_gets_a_new_name_or_place() -> None:
    await add(draft("Harbour mug"))
    async with unit_of_work() as uow:
        moved = CategoryDraft(slug="mugs", name="Beakers", parent="garden")
        updated = await service.update_category(uow, "mugs", moved, expected_version=1, by=STORE)
        product = await service.get_product(uow, "harbour-mug")
    assert (updated.version, product.version) == (2, 1)
    assert await slugs(category="garden") == await slugs(q="beaker") == ["harbour-mug"]
    assert await slugs(category="table") == []


@pytest.mark.parametrize(
    ("slug", "parent"), [("mugs", "nowhere"), ("mugs", "mugs"), ("mugs", "pots"), ("table", "garden")]
)
async def test_the_tree_keeps_two_levels(slug: str, parent: str) -> None:
    async with unit_of_work() as uow:
        with pytest.raises(Invalid) as refused:
            await service.update_category(
                uow, slug, CategoryDraft(slug=slug, name="X", parent=parent), by=STORE
            )
    assert refused.value.errors.keys() == {"parent"}


async def test_a_category_keeps_its_address() -> None:
    async with unit_of_work() as uow:
        with pytest.raises(Invalid):
            await service.update_category(uow, "mugs", CategoryDraft(slug="cups", name="Cups"), by=STORE)
        with pytest.raises(Conflict):
            await service.create_category(uow, CategoryDraft(slug="mugs", name="Mugs"), by=STORE)


async def test_only_an_empty_category_is_deleted() -> None:
    await add(draft("Old mug", status=ProductStatus.ARCHIVED))
    async with unit_of_work() as uow:
        for slug in ("table", "mugs"):
            with pytest.raises(Conflict) as refused:
                await service.delete_category(uow, slug, by=STORE)
            assert refused.value.code == "category_not_empty"
        await service.delete_category(uow, "plates", expected_version=1, by=STORE)
        with pytest.raises(NotFound):
            await service.delete_category(uow, "plates", by=STORE)


async def test_an_old_version_changes_nothing() -> None:
    async with unit_of_work() as uow:
        mugs = CategoryDraft(slug="mugs", name="Mugs", parent="table")
        await service.update_category(uow, "mugs", mugs, expected_version=1, by=STORE)
        with pytest.raises(PreconditionFailed):
            await service.update_category(uow, "mugs", mugs, expected_version=1, by=STORE)
        with pytest.raises(PreconditionFailed):
            await service.delete_category(uow, "mugs", expected_version=1, by=STORE)
        with pytest.raises(NotFound):
            await service.update_category(uow, "cups", CategoryDraft(slug="cups", name="Cups"), by=STORE)
