"""What staff do to price lists."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models.audit import AuditAction, AuditEntry
from models.cart import CartOwner
from models.catalog import ProductDraft, Variant
from models.identity import Identity
from models.ids import new_id
from models.money import Money
from models.permissions import Role
from models.price_list import ListedPrice
from models.prices import PriceByHand
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout.service import Checkout, check_out
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.price_list import service as price_lists
from services.price_list.service import PriceListDraft
from services.settings import settings
from services.unit_of_work import unit_of_work
from tests.price_samples import price_by_hand, sell_in
from tests.shop_samples import DETAILS, GOOD_CARD, guest, stock_shop

pytestmark = pytest.mark.usefixtures("resources")

IRIS = Identity(user_id=new_id(), name="Iris", roles=frozenset({Role.CATALOG_MANAGER}))
EUROS = PriceListDraft(1_250_000, enabled=True)


async def log() -> list[AuditEntry]:
    async with unit_of_work() as uow:
        found = await uow.session.exec(select(AuditEntry).order_by(AuditEntry.id))  # type: ignore[arg-type]
        return list(found)


async def test_what_is_done_to_a_price_list_is_written_down() -> None:
    await stock_shop(MUG=1)
    async with unit_of_work() as uow:
        await price_lists.create(uow, "EUR", EUROS, by=IRIS)
        await price_lists.change(
            uow, "EUR", PriceListDraft(1_300_000, 100, 99, True), expected_version=1, by=IRIS
        )
        await price_lists.set_price(uow, "EUR", "MUG", PriceByHand(1490), by=IRIS)
        await price_lists.remove_price(uow, "EUR", "MUG", by=IRIS)
        await price_lists.remove_price(uow, "EUR", "MUG", by=IRIS)
    created, changed, written, removed = await log()
    assert (created.action, created.actor) == (AuditAction.PRICE_LIST_CREATED, "Iris")
    assert changed.changes == {
        "rate": ["1.25", "1.3"],
        "step": [{"amount": 1, "currency": "EUR"}, {"amount": 100, "currency": "EUR"}],
        "ending": [{"amount": 0, "currency": "EUR"}, {"amount": 99, "currency": "EUR"}],
    }
    assert (written.action, written.object_name) == (AuditAction.PRICE_SET, "MUG in EUR")
    assert removed.changes == {"price": [{"amount": 1490, "currency": "EUR"}, None]}
    async with unit_of_work() as uow:
        assert (await price_lists.get(uow, "EUR")).version == 4


async def test_two_who_change_a_list_at_once_don_t_overwrite_each_other() -> None:
    await sell_in("EUR", 1_250_000)
    async with unit_of_work() as uow:
        await price_lists.change(uow, "EUR", PriceListDraft(1_300_000), expected_version=1, by=IRIS)
    with pytest.raises(PreconditionFailed):
        async with unit_of_work() as uow:
            await price_lists.change(uow, "EUR", PriceListDraft(1_400_000), expected_version=1, by=IRIS)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (PriceListDraft(0), "rate"),
        (PriceListDraft(10**13), "rate"),
        (PriceListDraft(1, step=0), "step"),
        (PriceListDraft(1, step=10, ending=10), "ending"),
    ],
    ids=["no rate", "a huge rate", "no step", "an ending above the step"],
)
async def test_a_list_that_prices_nothing_is_refused(draft: PriceListDraft, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        async with unit_of_work() as uow:
            await price_lists.create(uow, "EUR", draft, by=IRIS)
    assert field in refusal.value.errors


@pytest.mark.parametrize("currency", ["GBP", "XXX", "LBP", "eur"])
async def test_only_currencies_that_the_gateway_counts_as_we_do_get_a_list(currency: str) -> None:
    with pytest.raises(Invalid):
        async with unit_of_work() as uow:
            await price_lists.create(uow, currency, EUROS, by=IRIS)


async def test_a_currency_has_one_list() -> None:
    await sell_in("EUR", 1_250_000)
    with pytest.raises(Conflict):
        async with unit_of_work() as uow:
            await price_lists.create(uow, "EUR", EUROS, by=IRIS)


@pytest.mark.parametrize("price", [PriceByHand(0), PriceByHand(1200, 1200), PriceByHand(10**13)], ids=str)
async def test_a_price_that_makes_no_sense_is_refused(price: PriceByHand) -> None:
    await stock_shop(MUG=1)
    await sell_in("EUR", 1_250_000)
    with pytest.raises(Invalid):
        async with unit_of_work() as uow:
            await price_lists.set_price(uow, "EUR", "MUG", price, by=IRIS)


async def test_a_price_by_hand_that_no_card_can_be_charged_is_refused_with_the_nearest_that_can() -> None:
    await stock_shop(MUG=1)
    await sell_in("KWD", 400_000)
    with pytest.raises(Invalid) as refused:
        await price_by_hand("KWD", "MUG", 5124)
    assert refused.value.errors == {"price": "A card can't be charged this. Use KWD\u00a05.120."}
    await price_by_hand("KWD", "MUG", 5120)


async def test_a_price_in_a_store_s_own_dinars_that_no_card_can_be_charged_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await stock_shop(MUG=1)
    draft = ProductDraft(
        slug="jug",
        title="Jug",
        category="mugs",
        variants=[Variant(sku="JUG", price=Money(5125, "KWD"))],
    )
    monkeypatch.setattr(settings(), "currency", "KWD")
    with pytest.raises(Invalid) as refused:
        async with unit_of_work() as uow:
            await catalog.create_product(uow, draft, by=IRIS)
    assert refused.value.errors == {
        "variants.0.price.amount": "A card can't be charged this. Use KWD\u00a05.130."
    }


async def test_an_older_price_that_no_card_can_be_charged_is_not_ordered() -> None:
    """It was written down when nobody looked."""
    await stock_shop(MUG=1)
    await sell_in("KWD", 400_000)
    async with unit_of_work() as uow:
        uow.session.add(ListedPrice(currency="KWD", sku="MUG", price_amount=5124))
    who = guest()
    async with unit_of_work() as uow:
        await carts.add_item(uow, CartOwner(visitor=who.visitor, currency="KWD"), "MUG")
    with pytest.raises(Conflict, match="Choose another currency") as refused:
        await check_out(who, Checkout(DETAILS, GOOD_CARD))
    assert refused.value.code == "not_chargeable"


async def test_only_goods_that_exist_get_a_price_by_hand() -> None:
    await sell_in("EUR", 1_250_000)
    with pytest.raises(NotFound):
        await price_by_hand("EUR", "NOWHERE", 1000)
    with pytest.raises(NotFound):
        await price_by_hand("USD", "NOWHERE", 1000)


async def test_a_preview_tells_prices_now_and_then_and_saves_nothing() -> None:
    await stock_shop(MUG=1, JUG=1)
    await sell_in("EUR", 1_250_000, JUG=1999)
    async with unit_of_work() as uow:
        shown = await price_lists.preview(uow, "EUR", PriceListDraft(1_300_000, 100, 99))
    told = {
        each.sku: (each.home.format(), each.now and each.now.format(), each.then.format()) for each in shown
    }
    assert told == {"MUG": ("£12.00", "€15.00", "€15.99"), "JUG": ("£12.00", "€19.99", "€19.99")}
    async with unit_of_work() as uow:
        assert (await price_lists.get(uow, "EUR")).rate == 1_250_000
        assert (await price_lists.preview(uow, "USD", EUROS))[0].now is None


async def test_prices_are_found_by_product_by_sku_and_by_hand() -> None:
    await stock_shop(MUG=1, JUG=1)
    await sell_in("EUR", 1_250_000, JUG=1999)
    async with unit_of_work() as uow:
        everything = await price_lists.price_page(uow, "EUR")
        named = await price_lists.price_page(uow, "EUR", text="mug")
        by_sku = await price_lists.price_page(uow, "EUR", text="JUG")
        written = await price_lists.price_page(uow, "EUR", by_hand=True)
        none = await price_lists.price_page(uow, "EUR", by_hand=True, text="mug")
    assert {row.sku: row.price.format() for row in everything.items} == {"MUG": "€15.00", "JUG": "€19.99"}
    assert [row.sku for row in named.items] == ["MUG"]
    assert [(row.sku, row.by_hand) for row in by_sku.items] == [("JUG", True)]
    assert ([row.sku for row in written.items], written.total, none.total) == (["JUG"], 1, 0)
