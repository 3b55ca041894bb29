"""Writing and reading products, against the real databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from uuid import UUID

import pytest
import pytest_asyncio

from models.catalog import Image, ProductStatus
from models.identity import STORE
from models.ids import new_id
from models.money import Money
from services.bootstrap import Resources
from services.catalog import repository, service
from services.document_store import Documents
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from tests.catalog_samples import add, add_categories, draft, slugs, variant


@pytest_asyncio.fixture(autouse=True)
async def categories(resources: Resources) -> AsyncIterator[None]:
    await add_categories()
    yield


async def test_a_created_product_reads_back_as_it_was_written() -> None:
    image = Image(url="/media/0.svg", alt="A mug", width=800, height=1000, options={"Colour": "Moss"})
    written = draft(
        "Harbour mug",
        variant("HM-MOSS", 1450, was=1800, Colour="Moss"),
        variant("HM-CLAY", 1450, Colour="Clay"),
        brand="Tideway",
        details=["Holds 350 ml"],
        attributes={"Made in": "Portugal"},
        tags=["new-in"],
        images=[image],
    )
    created = await add(written)
    async with unit_of_work() as uow:
        read = await service.get_product(uow, "harbour-mug")
    assert read == created
    assert read.version == 1
    assert read.published_at is not None
    assert read.model_dump(include=set(type(written).model_fields)) == written.model_dump()


@pytest.mark.parametrize("status", [ProductStatus.DRAFT, ProductStatus.ARCHIVED])
async def test_only_staff_see_a_product_that_is_not_for_sale(status: ProductStatus) -> None:
    await add(draft("Secret mug", status=status))
    async with unit_of_work() as uow:
        with pytest.raises(NotFound):
            await service.get_product(uow, "secret-mug")
        assert (await service.get_product(uow, "secret-mug", include_unpublished=True)).status is status
    assert await slugs() == []


@pytest.mark.parametrize("slug", ["", "nothing", "../etc/passwd", "a\0b", "{'$ne': 1}", "x" * 10_000])
async def test_an_unknown_address_is_not_found(slug: str) -> None:
    async with unit_of_work() as uow:
        with pytest.raises(NotFound):
            await service.get_product(uow, slug, include_unpublished=True)


async def test_a_slug_and_a_sku_belong_to_one_product() -> None:
    await add(draft("Harbour mug", variant("HM-1")))
    with pytest.raises(Conflict) as slug_taken:
        await add(draft("Harbour mug", variant("HM-2")))
    with pytest.raises(Conflict) as sku_taken:
        await add(
            draft("Another mug", variant("HM-3"), slug="another-mug").model_copy(
                update={"variants": [variant("HM-1")]}
            )
        )
    assert slug_taken.value.code == "slug_taken"
    assert sku_taken.value.code == "sku_taken"
    assert "HM-1" in sku_taken.value.detail


async def test_stock_of_a_refused_product_is_not_changed() -> None:
    await add(draft("Harbour mug", variant("HM-1")), stock={"HM-1": 5})
    with pytest.raises(Conflict):
        await add(draft("Copy mug", variant("HM-1")), stock={"HM-1": 99})
    async with unit_of_work() as uow:
        assert (await inventory.levels(uow, ["HM-1"]))["HM-1"].on_hand == 5


async def test_replacing_counts_the_version_up_and_keeps_what_the_store_knows() -> None:
    created = await add(draft("Harbour mug", variant("HM-1")))
    async with unit_of_work() as uow:
        await service.record_sales(uow, new_id(), {"HM-1": 3})
        changed = await service.replace_product(
            uow, "harbour-mug", draft("Harbor mug", variant("HM-1", 999)), expected_version=1, by=STORE
        )
    assert (changed.slug, changed.version, changed.sold) == ("harbor-mug", 2, 3)
    assert (changed.id, changed.created_at) == (created.id, created.created_at)
    assert changed.published_at == created.published_at
    assert changed.updated_at >= created.updated_at


async def test_of_two_writers_at_the_same_version_one_is_refused() -> None:
    await add(draft("Harbour mug"))

    async def write(title: str) -> str:
        async with unit_of_work() as uow:
            product = await service.replace_product(
                uow,
                "harbour-mug",
                draft(title, variant("HARBOUR-MUG"), slug="harbour-mug"),
                expected_version=1,
                by=STORE,
            )
            return product.title

    outcomes = await asyncio.gather(write("First"), write("Second"), return_exceptions=True)
    winners = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert len(winners) == 1
    assert any(isinstance(outcome, PreconditionFailed) for outcome in outcomes)
    async with unit_of_work() as uow:
        assert (await service.get_product(uow, "harbour-mug")).title == winners[0]


async def test_a_product_is_published_when_it_is_first_for_sale() -> None:
    await add(draft("Slow mug", status=ProductStatus.DRAFT))
    async with unit_of_work() as uow:
        unpublished = await service.get_product(uow, "slow-mug", include_unpublished=True)
        published = await service.replace_product(
            uow, "slow-mug", draft("Slow mug"), expected_version=None, by=STORE
        )
    assert unpublished.published_at is None
    assert published.published_at is not None


async def test_archiving_takes_a_product_out_of_the_store_and_may_be_repeated() -> None:
    await add(draft("Harbour mug"))
    async with unit_of_work() as uow:
        archived = await service.archive_product(uow, "harbour-mug", expected_version=1, by=STORE)
        again = await service.archive_product(uow, "harbour-mug", by=STORE)
        with pytest.raises(NotFound):
            await service.get_product(uow, "harbour-mug")
        with pytest.raises(PreconditionFailed):
            await service.archive_product(uow, "harbour-mug", expected_version=1, by=STORE)
    assert archived.status is ProductStatus.ARCHIVED
    assert again.version == archived.version == 2


async def test_variants_are_found_by_sku_whatever_their_products_status() -> None:
    await add(draft("Harbour mug", variant("HM-1", Colour="Moss"), variant("HM-2", Colour="Clay")))
    await add(draft("Old mug", variant("OM-1"), status=ProductStatus.ARCHIVED))
    async with unit_of_work() as uow:
        found = await service.variants_by_sku(uow, ["HM-2", "OM-1", "NONE"])
        assert await service.variants_by_sku(uow, []) == {}
    assert {sku: product.slug for sku, (product, _) in found.items()} == {
        "HM-2": "harbour-mug",
        "OM-1": "old-mug",
    }
    assert found["HM-2"][1].options == {"Colour": "Clay"}


async def test_what_cart_and_search_cannot_work_with_is_refused_by_field() -> None:
    dollars = variant("X-1").model_copy(update={"price": Money(100, "USD")})
    unfit = draft("Bad mug", dollars, attributes={"…": "x", "Material": " "}, description="a\0b").model_copy()
    with pytest.raises(Invalid) as refused:
        await add(unfit)
    assert refused.value.errors.keys() == {
        "variants.0.price.currency",
        "attributes",
        "attributes.Material",
        "description",
    }


async def test_a_product_needs_a_category_that_exists() -> None:
    with pytest.raises(Invalid) as refused:
        await add(draft("Lost mug", category="nowhere"))
    assert "category" in refused.value.errors


async def test_attribute_names_are_never_taken_for_operators() -> None:
    await add(draft("Odd mug", attributes={"$where": "sleep(1)", "a.b": "c", "language": "klingon"}))
    async with unit_of_work() as uow:
        assert (await service.get_product(uow, "odd-mug")).attributes["a.b"] == "c"


async def test_availability_follows_the_inventory() -> None:
    await add(draft("Harbour mug", variant("HM-1")), stock={"HM-1": 1})
    assert await slugs(in_stock=True) == ["harbour-mug"]
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "HM-1", 0, by=STORE)
        await service.refresh_availability(uow, ["HM-1", "UNKNOWN"])
    assert await slugs(in_stock=True) == []
    assert await slugs() == ["harbour-mug"]


async def test_a_job_that_looked_before_the_last_piece_was_sold_does_not_have_the_last_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await add(draft("Harbour mug", variant("HM-1")), stock={"HM-1": 1})
    write = repository.set_in_stock

    async def after_another_job(documents: Documents, in_stock: Mapping[UUID, bool]) -> None:
        monkeypatch.setattr(repository, "set_in_stock", write)
        async with unit_of_work() as uow:
            await inventory.set_on_hand(uow, "HM-1", 0, by=STORE)
        async with unit_of_work() as uow:
            await service.refresh_availability(uow, ["HM-1"])
        await write(documents, in_stock)

    monkeypatch.setattr(repository, "set_in_stock", after_another_job)
    async with unit_of_work() as uow:
        await service.refresh_availability(uow, ["HM-1"])
    assert await slugs(in_stock=True) == []


async def test_sales_count_towards_what_sells_best() -> None:
    await add(draft("First mug"))
    await add(draft("Second mug"))
    async with unit_of_work() as uow:
        await service.record_sales(uow, new_id(), {"FIRST-MUG": 2, "UNKNOWN": 5})
        await service.record_sales(uow, new_id(), {})
    assert await slugs(sort="bestselling") == ["first-mug", "second-mug"]


async def test_a_sale_told_twice_counts_once() -> None:
    await add(draft("First mug"))
    await add(draft("Second mug"))
    sale = new_id()
    for sku in ("SECOND-MUG", "FIRST-MUG"):
        async with unit_of_work() as uow:
            await service.record_sales(uow, sale, {sku: 2})
    assert await slugs(sort="bestselling") == ["second-mug", "first-mug"]


async def test_related_products_are_near_and_for_sale() -> None:
    mug = await add(draft("Harbour mug", tags=["stoneware"]))
    await add(draft("Hidden mug", status=ProductStatus.DRAFT))
    await add(draft("Clay pot", category="pots"))
    await add(draft("Side plate", category="plates"))
    await add(draft("Plain mug"))
    await add(draft("Stoneware mug", tags=["stoneware"]))
    async with unit_of_work() as uow:
        related = await service.related_products(uow, mug)
        nearest = await service.related_products(uow, mug, limit=1)
    assert [product.slug for product in related] == ["stoneware-mug", "plain-mug", "side-plate"]
    assert [product.slug for product in nearest] == ["stoneware-mug"]
