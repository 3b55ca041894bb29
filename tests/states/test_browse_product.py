"""The product page: which variant a choice means."""

from __future__ import annotations

import pytest

from models.catalog import CategoryDraft, Option, ProductDraft, ProductStatus, Variant
from models.identity import STORE
from models.money import Money
from services.catalog import service as catalog
from services.unit_of_work import unit_of_work
from store_app.states.product import ProductState
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")

STOCK = {"SEA-S": 9, "SEA-L": 2, "CLA-S": 0, "INK-L": 4}
PRICES = {"SEA-S": 1600, "SEA-L": 1900, "CLA-S": 1600, "INK-L": 1900}
OPTIONS = {"SEA": "Sea", "CLA": "Clay", "INK": "Ink", "S": "Small", "L": "Large"}


async def mug_page(url: str = "/product/mug") -> ProductState:
    """A mug in three colours and two sizes; not all of them are made, and one is sold out."""
    variants = []
    for sku, price in PRICES.items():
        colour, size = sku.split("-")
        options = {"Colour": OPTIONS[colour], "Size": OPTIONS[size]}
        before = Money(2000, "GBP") if sku == "SEA-L" else None
        variants.append(Variant(sku=sku, options=options, price=Money(price, "GBP"), compare_at_price=before))
    draft = ProductDraft(
        slug="mug",
        title="Mug",
        category="mugs",
        status=ProductStatus.ACTIVE,
        options=[
            Option(name="Colour", values=["Sea", "Clay", "Ink"]),
            Option(name="Size", values=["Small", "Large"]),
        ],
        variants=variants,
    )
    async with unit_of_work() as uow:
        await catalog.create_category(uow, CategoryDraft(slug="mugs", name="Mugs"), by=STORE)
        await catalog.create_product(uow, draft, stock=STOCK, by=STORE)
    tab = Tab()
    tab.go(url)
    state = await tab.state(ProductState)
    await state.load()
    return state


async def test_the_address_names_the_variant() -> None:
    state = await mug_page("/product/mug?sku=SEA-L")
    assert state.choice.label == "Sea / Large"
    assert (state.choice.price, state.choice.before) == ("£19.00", "£20.00")
    assert state.choice.saving == "You save £1.00 (5%)"
    assert (state.supply.text, state.supply.most) == ("Only 2 left", 2)


async def test_choosing_keeps_what_exists_with_it_and_changes_the_rest() -> None:
    state = await mug_page()
    assert state.choice.sku == "SEA-S"
    await state.choose("Size", "Large")
    assert state.choice.sku == "SEA-L"
    await state.choose("Colour", "Ink")
    assert state.choice.sku == "INK-L"
    await state.choose("Colour", "Clay")
    assert state.choice.sku == "CLA-S"


async def test_a_size_that_is_not_made_in_the_colour_is_explained() -> None:
    state = await mug_page("/product/mug?sku=INK-L")
    colour, size = state.choice.options
    assert all(value.exists for value in colour.choices)
    assert [(value.name, value.exists) for value in size.choices] == [("Small", False), ("Large", True)]
    assert size.missing == "Not made in Ink: Small."


async def test_a_sold_out_variant_can_be_looked_at_but_not_bought() -> None:
    state = await mug_page()
    await state.choose("Colour", "Clay")
    assert state.supply.text == "Sold out"
    assert not state.supply.buyable
    assert [value.in_stock for value in state.choice.options[0].choices] == [True, False, True]


@pytest.mark.parametrize(("option", "value"), [("Colour", "Plaid"), ("Weight", "Heavy"), ("", "")])
async def test_a_choice_nobody_offered_changes_nothing(option: str, value: str) -> None:
    state = await mug_page()
    before = state.choice
    await state.choose(option, value)
    assert state.choice == before


async def test_an_unknown_product_is_missing_and_an_unknown_sku_is_passed_over() -> None:
    state = await mug_page("/product/mug?sku=NOPE")
    assert state.choice.sku == "SEA-S"
    tab = Tab()
    tab.go("/product/teapot")
    other = await tab.state(ProductState)
    await other.load()
    assert other.missing
    assert other.shown == "teapot"
