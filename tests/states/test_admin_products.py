"""Staff with products: the editor's form, what it refuses, and colleagues who save first."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
from starlette.datastructures import Headers

from models.identity import STORE
from models.ids import new_id
from models.money import Money
from models.permissions import Role
from services.catalog import service as catalog
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from store_app.admin.states import product_options as options
from store_app.admin.states.prices import BadPrice, parse_price, price_text
from store_app.admin.states.product_editor import ProductEditorState
from store_app.admin.states.product_reading import new_form
from store_app.admin.states.product_rows import typed
from store_app.admin.states.products import StaffProductsState
from store_app.admin.view_models.product_form import ProductForm
from store_app.states.session import SessionState
from tests.services.test_media import PNG
from tests.shop_samples import level, sign_in, stock_shop
from tests.states.tab import Tab, events

resources = pytest.mark.usefixtures("resources")


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [("12.99", "GBP", 1299), ("£1,299", "GBP", 129900), (" 0.1 ", "GBP", 10), ("1200", "JPY", 1200)],
)
def test_a_price_is_read_exactly(text: str, currency: str, amount: int) -> None:
    assert parse_price(text, currency) == Money(amount, currency)


@pytest.mark.parametrize("text", ["", "12.999", "12,99", "-1", "0", "1e3", "NaN", "twelve", "٣", "9" * 30])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(BadPrice):
        parse_price(text, "GBP")


def test_a_price_is_written_as_it_is_read() -> None:
    assert [price_text(Money(amount, "GBP")) for amount in (1200, 5, 129999)] == ["12.00", "0.05", "1299.99"]


def mug_form() -> ProductForm:
    """Colour: Moss, Chalk; a variant of Moss only."""
    form = typed(
        new_form(),
        {
            "title": "Harbour mug",
            "slug": "harbour-mug",
            "category": "mugs",
            "status": "active",
            "variants.variant0.sku": "MUG-MOSS",
            "variants.variant0.price": "12.99",
            "variants.variant0.stock": "4",
        },
    )
    form = options.add_option(form)
    form = options.add_value(form, form.options[0].key)
    moss, chalk = form.options[0].value_rows
    return typed(
        form,
        {
            f"options.{form.options[0].key}.name": "Colour",
            f"values.{moss.key}.text": "Moss",
            f"values.{chalk.key}.text": "Chalk",
        },
    )


def test_combinations_without_a_variant_are_offered_and_priced_like_their_neighbour() -> None:
    form = mug_form()
    assert [choice.label for choice in form.missing] == ["Chalk"]
    form = options.add_missing(form)
    assert form.missing_count == 0
    assert [(row.label, row.sku, row.price) for row in form.variants] == [
        ("Moss", "MUG-MOSS", "12.99"),
        ("Chalk", "HARBOUR-MUG-CHALK", "12.99"),
    ]


def test_renaming_a_value_keeps_its_variant_and_removing_it_takes_the_variant_along() -> None:
    form = options.add_missing(mug_form())
    moss, chalk = form.options[0].value_rows
    form = typed(form, {f"values.{moss.key}.text": "Fern"})
    assert [row.label for row in form.variants] == ["Fern", "Chalk"]
    form = options.remove_value(form, chalk.key)
    assert [row.sku for row in form.variants] == ["MUG-MOSS"]
    form = options.remove_option(form, form.options[0].key)
    assert [(row.choices, row.sku) for row in form.variants] == [((), "MUG-MOSS")]


def test_names_that_are_no_fields_change_nothing() -> None:
    form = mug_form()
    hostile: dict[str, Any] = {
        "keys_given": "9",
        "variants.variant0.known_stock": "0",
        "a.b.c": "x",
        "title": 3,
    }
    assert typed(form, hostile) == form


async def editor(slug: str, name: str = "tom") -> ProductEditorState:
    tab = Tab(cookie=(await sign_in(name, Role.CATALOG_MANAGER))["cookie"])
    tab.go(f"/admin/products/{slug}")
    state = await tab.state(ProductEditorState)
    await state.load()
    return state


@resources
@pytest.mark.parametrize("mark", ["", "u0000000000000000", None])
async def test_files_are_taken_from_the_page_of_this_session_and_from_nobody_who_knows_the_tab(
    mark: Any,
) -> None:
    await stock_shop(BOWL=1)
    state = await editor("new")
    picture = rx.UploadFile(
        file=BytesIO(PNG), path=Path("mug.png"), headers=Headers({"content-type": "image/png"})
    )
    await state.upload([picture], mark)
    assert state.form.pictures == ()
    await state.upload([picture], (await state.get_state(SessionState)).mark)
    assert len(state.form.pictures) == 1


@resources
async def test_a_new_product_is_stored_with_its_stock_and_gets_its_address() -> None:
    await stock_shop(BOWL=1)
    state = await editor("new")
    state.form = mug_form()
    assert events(await state.save({"title": "Harbour mug"}))[0][1]["path"] == "/admin/products/harbour-mug"
    async with unit_of_work() as uow:
        product = await catalog.get_product(uow, "harbour-mug")
    assert [(variant.sku, variant.price) for variant in product.variants] == [
        ("MUG-MOSS", Money(1299, "GBP"))
    ]
    assert await level("MUG-MOSS") == (4, 0)
    assert not state.dirty


@resources
async def test_each_gap_is_named_beside_its_field_and_nothing_is_stored() -> None:
    await stock_shop(BOWL=1)
    state = await editor("new")
    state.form = mug_form()
    await state.save(
        {"slug": "Bad slug", "variants.variant0.price": "12.999", "variants.variant0.stock": "-1"}
    )
    assert set(state.errors) == {"form", "slug", "variants.variant0.price", "variants.variant0.stock"}
    assert state.form.slug == "Bad slug"
    await state.save({"slug": "bowl", "variants.variant0.price": "12", "variants.variant0.stock": "1"})
    assert "slug" in state.errors
    await state.save({"slug": "mug", "variants.variant0.sku": "BOWL"})
    assert "variants.variant0.sku" in state.errors


@resources
async def test_who_saves_second_is_told_and_loses_nothing() -> None:
    await stock_shop(MUG=3)
    first, second = await editor("mug", "tom"), await editor("mug", "ada")
    await first.save({"subtitle": "Theirs"})
    await second.save({"subtitle": "Mine"})
    assert second.conflict
    assert second.form.subtitle == "Mine"
    await second.insist()
    await second.save({})
    async with unit_of_work() as uow:
        assert (await catalog.get_product(uow, "mug")).subtitle == "Mine"


@resources
async def test_saving_leaves_stock_alone_that_nobody_counted() -> None:
    await stock_shop(MUG=3)
    state = await editor("mug")
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 2, by=STORE)
    await state.save({"title": "Mug"})
    assert await level("MUG") == (2, 0)


@resources
async def test_promised_units_cannot_be_counted_away() -> None:
    await stock_shop(MUG=3)
    async with unit_of_work() as uow:
        product = await catalog.get_product(uow, "mug")
        await inventory.hold(uow, product.id, {"MUG": 2})
    state = await editor("mug")
    assert state.form.variants[0].reserved == 2
    await state.save({"variants.variant0.stock": "1"})
    assert "promised" in state.errors["variants.variant0.stock"]


@resources
async def test_a_product_of_which_units_are_owed_is_saved_like_any_other() -> None:
    await stock_shop(MUG=0)
    async with unit_of_work() as uow:
        await inventory.set_backorder(uow, "MUG", limit=3, days=9, by=STORE)
        buyer = new_id()
        await inventory.hold(uow, buyer, {"MUG": 2})
        await inventory.sell(uow, buyer)
    state = await editor("mug")
    await state.save({"subtitle": "Made by hand"})
    assert state.errors == {}
    await state.save({"variants.variant0.stock": "5"})
    assert "owed to buyers" in state.errors["variants.variant0.stock"]
    assert await level("MUG") == (-2, 0)


@resources
async def test_an_archived_product_comes_back_as_it_was() -> None:
    await stock_shop(MUG=3)
    state = await editor("mug")
    await state.archive()
    assert state.form.status_now == "archived"
    await state.restore("mug", "active")
    assert state.form.status_now == "active"
    await state.save({"subtitle": "Still saved"})
    assert (state.conflict, state.errors) == ("", {})


@resources
async def test_a_reload_brings_back_what_was_typed_and_discarding_what_is_stored() -> None:
    await stock_shop(MUG=3)
    state = await editor("mug")
    await state.edit("subtitle", "Half a thought")
    await state.load()
    assert (state.dirty, state.form.subtitle) == (True, "Half a thought")
    await state.discard()
    assert (state.dirty, state.form.subtitle) == (False, "")


@resources
async def test_the_list_shows_drafts_and_what_is_sold_out() -> None:
    await stock_shop(MUG=3, BOWL=0)
    state = await editor("bowl")
    await state.save({"status": "draft"})
    tab = Tab(cookie=(await sign_in("tom", Role.CATALOG_MANAGER))["cookie"])
    listing = await tab.state(StaffProductsState)
    await listing.load()
    found = {row.slug: (row.label, row.stock_note) for row in listing.rows}
    assert found == {"mug": ("Active", "1 low"), "bowl": ("Draft", "Sold out")}
    tab.go("/admin/products?status=draft")
    await listing.load()
    assert [row.slug for row in listing.rows] == ["bowl"]
    assert [chip.label for chip in listing.chips if chip.current] == ["Draft"]
