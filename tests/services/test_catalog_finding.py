"""Lists, facets, search and suggestions, against the real databases."""

from __future__ import annotations

import base64
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

import bson
import pytest
import pytest_asyncio

from models.catalog import CategoryDraft, ProductStatus
from models.identity import STORE
from models.ids import new_id
from services.bootstrap import Resources
from services.catalog import criteria, service
from services.catalog.service import Facet, ProductQuery, Suggestions
from services.errors import Invalid
from services.unit_of_work import unit_of_work
from tests.catalog_samples import add, add_categories, draft, slugs, variant

HOSTILE = (
    "'; return true; //",
    '{"$where": "sleep(5000)"}',
    "$where",
    ".*",
    "(a+)+$",
    "[",
    "\\",
    "a\0b",
    '"unbalanced',
    "-mug",
    "%00",
    "🦄",
    "\ud800",
    "a " * 5000,
    "x" * 10_000,
)


@pytest_asyncio.fixture(autouse=True)
async def categories(resources: Resources) -> AsyncIterator[None]:
    await add_categories()
    yield


async def facets(attributes: Mapping[str, tuple[str, ...]] | None = None, **query: Any) -> dict[str, Facet]:
    async with unit_of_work() as uow:
        page = await service.list_products(
            uow, ProductQuery(attributes=attributes or {}, facets=True, **query)
        )
    return {facet.name: facet for facet in page.facets}


def counts(facet: Facet) -> dict[str, int]:
    return {value.value: value.count for value in facet.values}


async def suggestions(q: str) -> Suggestions:
    async with unit_of_work() as uow:
        return await service.suggest(uow, q)


async def test_an_upper_category_lists_what_is_below_it() -> None:
    await add(draft("Harbour mug"))
    await add(draft("Side plate", category="plates"))
    await add(draft("Clay pot", category="pots"))
    assert sorted(await slugs(category="table")) == ["harbour-mug", "side-plate"]
    assert await slugs(category="pots") == ["clay-pot"]
    assert await slugs(category="nowhere") == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("newest", ["dear-mug", "fair-mug", "cheap-mug"]),
        ("price", ["cheap-mug", "fair-mug", "dear-mug"]),
        ("-price", ["dear-mug", "fair-mug", "cheap-mug"]),
        ("bestselling", ["fair-mug", "dear-mug", "cheap-mug"]),
        ("", ["fair-mug", "dear-mug", "cheap-mug"]),
        ("relevance", ["fair-mug", "dear-mug", "cheap-mug"]),
        ("rating", ["cheap-mug", "dear-mug", "fair-mug"]),
    ],
)
async def test_products_are_sorted(resources: Resources, sort: str, order: list[str]) -> None:
    for title, price in (("Cheap mug", 500), ("Fair mug", 900), ("Dear mug", 2500)):
        await add(draft(title, variant(title.replace(" ", "-").upper(), price)))
    async with unit_of_work() as uow:
        await service.record_sales(uow, new_id(), {"FAIR-MUG": 9, "DEAR-MUG": 4})
    rated = {"cheap-mug": (4.5, 9), "dear-mug": (4.5, 2)}
    for slug, (average, count) in rated.items():
        rating = {"rating": {"average": average, "count": count}}
        await resources.documents["products"].update_one({"slug": slug}, {"$set": rating})
    assert await slugs(sort=sort) == order


@pytest.mark.parametrize("sort", ["newest", "price", "-price", "rating", "bestselling", "relevance"])
@pytest.mark.parametrize("q", ["", "mug"])
async def test_pages_follow_each_other_without_gap_or_repetition(sort: str, q: str) -> None:
    for number in range(7):
        await add(draft(f"Mug {number}", variant(f"M-{number}", 1000 + number // 3)))
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        async with unit_of_work() as uow:
            page = await service.list_products(uow, ProductQuery(q=q, sort=sort, limit=2, cursor=cursor))
        assert page.total == 7
        seen += [product.slug for product in page.items]
        cursor = page.next_cursor
    assert seen == await slugs(q=q, sort=sort)
    assert sorted(seen) == [f"mug-{number}" for number in range(7)]


async def test_a_page_continues_after_its_last_product_when_others_arrive() -> None:
    for number in range(3):
        await add(draft(f"Mug {number}", variant(f"M-{number}", 1000 + number)))
    async with unit_of_work() as uow:
        first = await service.list_products(uow, ProductQuery(sort="price", limit=2))
    await add(draft("Bargain mug", variant("BARGAIN", 1)))
    assert await slugs(sort="price", cursor=first.next_cursor) == ["mug-2"]


def forged(**fields: Any) -> str:
    return base64.urlsafe_b64encode(bson.encode({"s": "price", "a": [], "o": 0} | fields)).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "AAAA" * 1000,
        forged(s="newest"),
        forged(o=-1),
        forged(o=10**9),
        forged(a=[{"$gt": ""}, {"$gt": ""}]),
        forged(a=[1]),
        forged(a=None),
    ],
)
async def test_a_cursor_of_something_else_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        await slugs(sort="price", cursor=cursor)
    assert refused.value.errors.keys() == {"cursor"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sort", "random"),
        ("limit", 0),
        ("limit", 101),
        ("offset", -1),
        ("price_min", -1),
        ("price_max", 2**63),
    ],
)
async def test_a_query_out_of_range_is_refused_by_field(field: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        await slugs(**{field: value})
    assert refused.value.errors.keys() == {field}


async def test_filters_narrow_a_list() -> None:
    await add(draft("Cheap mug", variant("C-1", 500, was=700), tags=["gift", "new-in"]), stock={"C-1": 2})
    await add(draft("Dear mug", variant("D-1", 2500), tags=["gift"]))
    assert await slugs(on_sale=True) == ["cheap-mug"]
    assert await slugs(in_stock=True) == ["cheap-mug"]
    assert await slugs(tags=("gift", "new-in")) == ["cheap-mug"]
    assert sorted(await slugs(tags=("gift",))) == ["cheap-mug", "dear-mug"]


async def test_a_price_filter_asks_for_one_variant_inside_it() -> None:
    await add(draft("Mug", variant("M-S", 500, Size="S"), variant("M-L", 2500, Size="L")))
    assert await slugs(price_min=500, price_max=500) == ["mug"]
    assert await slugs(price_min=2000) == ["mug"]
    assert await slugs(price_min=600, price_max=2000) == []


async def test_staff_list_products_of_any_status() -> None:
    await add(draft("Draft mug", status=ProductStatus.DRAFT))
    await add(draft("Live mug"))
    assert await slugs(statuses=frozenset(ProductStatus), sort="newest") == ["live-mug", "draft-mug"]
    assert await slugs(statuses=frozenset({ProductStatus.DRAFT}), sort="newest") == ["draft-mug"]


async def add_coloured() -> None:
    await add(
        draft(
            "Mug",
            variant("M-1", Colour="Moss"),
            variant("M-2", Colour="Clay"),
            brand="Tideway",
            attributes={"Made in": "Portugal"},
        )
    )
    await add(draft("Cup", variant("C-1", Colour="Moss"), brand="Fenwick", attributes={"Made in": "Wales"}))
    await add(draft("Bowl", variant("B-1", Colour="Ink"), brand="Tideway", attributes={"Made in": "Wales"}))


async def test_facets_name_and_count_what_can_be_chosen() -> None:
    await add_coloured()
    found = await facets()
    assert {facet.label for facet in found.values()} == {"Colour", "Brand", "Made in"}
    assert counts(found["colour"]) == {"Moss": 2, "Clay": 1, "Ink": 1}
    assert counts(found["made-in"]) == {"Wales": 2, "Portugal": 1}


async def test_a_facet_ignores_its_own_filter_and_follows_the_others() -> None:
    await add_coloured()
    found = await facets({"colour": ("Moss",)})
    assert counts(found["colour"]) == {"Moss": 2, "Clay": 1, "Ink": 1}
    assert [value.value for value in found["colour"].values if value.selected] == ["Moss"]
    assert counts(found["made-in"]) == {"Portugal": 1, "Wales": 1}
    both = await facets({"colour": ("Moss",), "made-in": ("Wales",)})
    assert counts(both["colour"]) == {"Moss": 1, "Ink": 1}
    assert counts(both["made-in"]) == {"Portugal": 1, "Wales": 1}


async def test_values_of_one_facet_widen_and_other_facets_narrow() -> None:
    await add_coloured()
    assert sorted(await slugs(attributes={"colour": ("Clay", "ink")})) == ["bowl", "mug"]
    assert await slugs(attributes={"Colour": ("Clay", "Ink"), "made-in": ("wales",)}) == ["bowl"]
    assert await slugs(attributes={"$where": ("1",)}) == []
    assert len(await slugs(attributes={"colour": ("",)})) == 3


async def test_a_facet_with_one_value_is_no_choice_but_a_chosen_value_stays() -> None:
    await add(draft("Mug", variant("M-1", Colour="Moss"), brand="Tideway"))
    assert await facets() == {}
    chosen = await facets({"brand": ("Tideway",)})
    assert counts(chosen["brand"]) == {"Tideway": 1}


async def test_sizes_run_from_small_to_large() -> None:
    await add(draft("Hat", *(variant(f"H-{size}", Size=size) for size in ("L", "S", "XL", "M"))))
    await add(draft("Jar", *(variant(f"J-{n[0]}", Capacity=n) for n in ("1 l", "250 ml", "50 cl"))))
    cloths = ("150 × 200 cm", "2 m", "90 cm", "Large")
    await add(draft("Cloth", *(variant(f"C-{n}", Length=size) for n, size in enumerate(cloths))))
    found = await facets()
    assert list(counts(found["size"])) == ["S", "M", "L", "XL"]
    assert list(counts(found["capacity"])) == ["250 ml", "50 cl", "1 l"]
    assert list(counts(found["length"])) == ["Large", "90 cm", "150 × 200 cm", "2 m"]


async def add_for_search() -> None:
    await add(
        draft("Harbour mug", variant("HM-1", Colour="Sky"), description="For slow mornings by the sea.")
    )
    await add(draft("Bread knife", category="plates", description="Goes well with a mug of tea."))
    await add(draft("Berry bowl", variant("BB-1", Colour="Sea"), brand="Brânză", category="pots"))


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("mug", ["harbour-mug", "bread-knife"]),
        ("MUGS", ["harbour-mug", "bread-knife"]),
        ("harb", ["harbour-mug"]),
        ("mug harbour", ["harbour-mug"]),
        ("the harbour and a mug", ["harbour-mug"]),
        ("knives", ["bread-knife"]),
        ("berries", ["berry-bowl"]),
        ("branza", ["berry-bowl"]),
        ("sky mug", ["harbour-mug"]),
        ("slow mornings", ["harbour-mug"]),
        ("plates", ["bread-knife"]),
        ("mug knife submarine", ["harbour-mug", "bread-knife"]),
        ("submarine", []),
        ("!?", []),
    ],
)
async def test_search_finds_what_a_shopper_means(q: str, expected: list[str]) -> None:
    await add_for_search()
    assert await slugs(q=q) == expected


async def test_a_filter_that_excludes_all_does_not_loosen_the_search() -> None:
    await add_for_search()
    assert await slugs(q="harbour mug", attributes={"colour": ("Sea",)}) == []
    assert await slugs(q="harbour mug", category="plates") == []


async def test_search_counts_facets_too() -> None:
    await add_coloured()
    found = await facets({"colour": ("Moss",)}, q="tideway fenwick")
    assert counts(found["colour"]) == {"Moss": 2, "Clay": 1, "Ink": 1}


@pytest.mark.parametrize("q", HOSTILE)
async def test_hostile_text_is_only_text(q: str) -> None:
    await add_for_search()
    began = time.monotonic()
    async with unit_of_work() as uow:
        await service.list_products(uow, ProductQuery(q=q, facets=True))
        await service.list_products(
            uow, ProductQuery(category=q.encode("utf-8", "replace").decode(), tags=("a",))
        )
        await service.suggest(uow, q)
    assert time.monotonic() - began < 2


async def test_suggestions_put_names_before_descriptions() -> None:
    await add(draft("Cupboard key", variant("K-1"), tags=["mug"]))
    await add(draft("Mug"))
    async with unit_of_work() as uow:
        await service.record_sales(uow, new_id(), {"K-1": 100})
    found = await suggestions("mu")
    assert [product.slug for product in found.products] == ["mug", "cupboard-key"]
    assert [category.slug for category in found.categories] == ["mugs"]
    assert found.corrected == ""


async def test_suggestions_correct_a_slip_of_the_finger() -> None:
    await add_for_search()
    assert (await suggestions("harbor mugg")).corrected == "harbour mug"
    assert (await suggestions("zzzzzz")).corrected == ""
    assert await suggestions("  ") == Suggestions([], [])


async def test_a_list_without_result_offers_a_search_that_has_one() -> None:
    await add_for_search()
    async with unit_of_work() as uow:
        slip = await service.list_products(uow, ProductQuery(q="harbuor"))
        filtered = await service.list_products(uow, ProductQuery(q="harbour", category="pots"))
    assert (slip.total, slip.corrected) == (0, "harbour")
    assert (filtered.total, filtered.corrected) == (0, "")


async def test_a_renamed_category_is_suggested_by_its_new_name() -> None:
    async with unit_of_work() as uow:
        await service.update_category(
            uow, "pots", CategoryDraft(slug="pots", name="Planters", parent="garden"), by=STORE
        )
    assert [category.slug for category in (await suggestions("plant")).categories] == ["pots"]


def stages(plan: Mapping[str, Any]) -> list[str]:
    """The stages of a query plan, from the top."""
    below = [plan["inputStage"]] if "inputStage" in plan else plan.get("inputStages", [])
    return [plan["stage"], *(stage for child in below for stage in stages(child))]


async def test_listing_and_look_up_use_an_index(resources: Resources) -> None:
    for number in range(3):
        await add(draft(f"Mug {number}"))
    products = resources.documents["products"]
    for sort, keys in criteria.SORT_KEYS.items():
        found = criteria.scope(ProductQuery(category="table"))
        plan = (await products.find(found).sort(keys).explain())["queryPlanner"]["winningPlan"]
        assert stages(plan)[-1] == "IXSCAN", sort
        assert "SORT" not in stages(plan), sort
    for filter_ in ({"slug": "mug-1"}, {"variants.sku": {"$in": ["MUG-1", "MUG-2"]}}):
        plan = (await products.find(filter_).explain())["queryPlanner"]["winningPlan"]
        assert stages(plan)[-1] == "IXSCAN"
