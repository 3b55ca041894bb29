"""Delivery as shoppers meet it: what is offered, what is refused, what an order keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from models.address import Address, Destination
from models.audit import AuditEntry
from models.catalog import ProductDraft
from models.delivery import Area, MethodDraft, Rate, Zone, ZoneDraft
from models.money import Money
from models.order import Order
from services import reference
from services.bootstrap import Resources
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout.service import Checkout, check_out
from services.delivery import service as delivery
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.live.announcing import announced
from services.reference import Reference
from services.unit_of_work import unit_of_work
from tests.shop_samples import ADDRESS, DETAILS, GOOD_CARD, MAYA, guest, level, owner, stock_shop

pytestmark = pytest.mark.usefixtures("resources")

LERWICK = ADDRESS.model_copy(update={"city": "Lerwick", "postal_code": "ZE1 0AA"})
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


async def offers(*place: str, goods: int = 1200, weight: int = 0) -> dict[str, int]:
    """Codes and prices at a place, by country, region and postal code."""
    async with unit_of_work() as uow:
        money = Money(goods, "GBP")
        found = await delivery.methods(uow, Destination(*place), "GBP", money, weight)
    return {method.code: method.price(money, weight).amount for method in found}


async def zone_named(name: str) -> Zone:
    async with unit_of_work() as uow:
        return next(zone for zone in await delivery.zones(uow, checked=True) if zone.name == name)


async def change_method(zone: str, code: str, **fields: Any) -> None:
    known = await zone_named(zone)
    method = known.method(code)
    assert method
    draft = MethodDraft.model_validate(method.model_dump(exclude={"code"}) | fields)
    async with unit_of_work() as uow:
        await delivery.write_method(uow, known.id, code, draft, by=MAYA)


async def buy(address: Address = ADDRESS, method: str = "standard", **units: int) -> Any:
    async with unit_of_work() as uow:
        for sku, count in (units or {"MUG": 1}).items():
            await carts.add_item(uow, owner(guest()), sku, count)
    details = DETAILS.model_copy(update={"shipping_address": address, "shipping_method": method})
    return await check_out(guest(), Checkout(details, GOOD_CARD))


async def test_the_islands_have_prices_of_their_own_and_no_express() -> None:
    assert await offers("GB", "", "BS1 4DJ") == {"standard": 450, "express": 850}
    assert await offers("GB", "", "ZE1 0AA") == {"standard": 750}
    assert await offers("GB", "", "PA20 9AB") == {"standard": 750}
    assert await offers("NZ") == {}


async def test_what_is_heavier_costs_more_until_nobody_carries_it() -> None:
    prices = [(await offers("GB", weight=grams)).get("standard") for grams in (5000, 5001, 30_000, 30_001)]
    assert prices == [450, 650, 950, None]
    assert await offers("GB", weight=15_001) == {"standard": 950}
    assert await offers("GB", weight=30_001) == {}


async def test_delivery_is_free_from_sixty_pounds_of_goods() -> None:
    assert (await offers("GB", goods=5999))["standard"] == 450
    assert (await offers("GB", goods=6000))["standard"] == 0


async def make_heavy(sku: str, grams: int) -> None:
    async with unit_of_work() as uow:
        product, variant = (await catalog.variants_by_sku(uow, [sku]))[sku]
        fields = product.model_dump(include=set(ProductDraft.model_fields))
        fields["variants"] = [variant.model_copy(update={"weight_grams": grams})]
        await catalog.replace_product(
            uow, product.slug, ProductDraft(**fields), expected_version=None, by=MAYA
        )


async def test_the_simulator_takes_the_cheapest_way_that_carries_the_parcel() -> None:
    await stock_shop(ANVIL=3)
    await make_heavy("ANVIL", 20_000)
    await change_method("United Kingdom", "standard", rates=(Rate(up_to=2000, amount=100),))
    await change_method("United Kingdom", "express", rates=(Rate(up_to=30_000, amount=5000),))
    parcel = carts.SimulatedCart({"ANVIL": 1}, destination=Destination("GB"))
    async with unit_of_work() as uow:
        told = await carts.simulate(uow, parcel)
        assert told.totals.shipping == Money(5000, "GBP")
        with pytest.raises(Invalid, match="heavy"):
            await carts.simulate(uow, replace(parcel, quantities={"ANVIL": 2}))


async def test_too_heavy_a_cart_is_told_so_and_kept() -> None:
    await stock_shop(ANVIL=3)
    await make_heavy("ANVIL", 20_000)
    with pytest.raises(Invalid, match="more than our carriers take") as refused:
        await buy(ANVIL=2)
    assert refused.value.code == "no_delivery_method"
    async with unit_of_work() as uow:
        assert (await carts.view_cart(uow, owner(guest()))).quantities() == {"ANVIL": 2}
    assert await level("ANVIL") == (3, 0)


async def test_an_order_refuses_what_is_not_offered_and_what_can_not_be() -> None:
    await stock_shop(MUG=3)
    with pytest.raises(Invalid, match="choose a delivery method") as refused:
        await buy(LERWICK, "express")
    assert refused.value.errors == {"shipping_method": "one of standard"}
    with pytest.raises(Invalid, match="check the address") as refused:
        await buy(ADDRESS.model_copy(update={"postal_code": "ZZ1 1ZZ"}))
    assert refused.value.errors.keys() == {"shipping_address.postal_code"}
    wellington = ADDRESS.model_copy(update={"city": "Wellington", "postal_code": "6011", "country": "NZ"})
    with pytest.raises(Invalid, match="this country yet") as refused:
        await buy(wellington)
    assert refused.value.errors.keys() == {"shipping_address.country"}
    assert await level("MUG") == (3, 0)


async def test_a_zone_of_islands_alone_leaves_out_the_rest_of_the_country() -> None:
    await stock_shop(MUG=3)
    mainland = await zone_named("United Kingdom")
    async with unit_of_work() as uow:
        await delivery.delete_zone(uow, mainland.id, by=MAYA)
    with pytest.raises(Invalid, match="this part of the UK"):
        await buy()
    assert (await buy(LERWICK)).order.shipping_amount == 750


async def test_an_order_keeps_what_it_was_told(resources: Resources) -> None:
    await stock_shop(MUG=3)
    view = await buy(LERWICK)
    async with unit_of_work() as uow:
        method = (await zone_named("Highlands and Islands")).method("standard")
        assert method
        expected = delivery.dates(uow, method, LERWICK.destination, view.order.placed_at)
    assert view.order.delivery_dates == expected
    assert view.order.delivery_name == "Standard"
    assert view.order.taxes == [{"name": "VAT", "rate": 2000, "amount": view.order.tax_amount}]
    await change_method("Highlands and Islands", "standard", name="Slow boat", transit_to=30)
    async with unit_of_work() as uow:
        kept = (await uow.session.exec(select(Order))).one()
    assert (kept.delivery_name, kept.delivery_dates) == ("Standard", expected)


async def test_the_same_checkout_sent_twice_is_one_order_however_its_address_is_typed() -> None:
    await stock_shop(MUG=3)
    messy = ADDRESS.model_copy(update={"postal_code": "bs1 4dj", "region": "Avon"})
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(guest()), "MUG", 1)
    details = DETAILS.model_copy(update={"shipping_address": messy})
    for _ in range(2):
        with pytest.raises(Exception, match="declined"):
            await check_out(guest(), Checkout(details, "pm_card_chargeDeclined"))
    async with unit_of_work() as uow:
        (order,) = (await uow.session.exec(select(Order))).all()
    assert order.shipping_address["postal_code"] == "BS1 4DJ"
    assert order.shipping_address["region"] == ""


async def test_days_are_those_of_the_stores_time_zone() -> None:
    method = (await zone_named("United Kingdom")).method("express")
    assert method
    destination = Destination("GB", "", "BS1 4DJ")
    async with unit_of_work() as uow:
        before = delivery.dates(uow, method, destination, MONDAY)
        after = delivery.dates(uow, method, destination, MONDAY + timedelta(hours=5))
        summer = delivery.dates(uow, method, destination, datetime(2026, 6, 1, 13, 30, tzinfo=UTC))
    assert [each.format() for each in (before, after, summer)] == [
        "Tue 24 November",
        "Wed 25 November",
        "Wed 3 June",
    ]


async def test_a_changed_price_is_charged_at_once_by_a_process_that_has_not_heard_of_it(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock_shop(MUG=3)
    assert (await offers("GB"))["standard"] == 450
    elsewhere = Reference()
    monkeypatch.setattr(reference, "TRUSTED_SECONDS", 3600)
    here = resources.reference
    object.__setattr__(resources, "reference", elsewhere)
    await change_method("United Kingdom", "standard", rates=[{"amount": 600}])
    object.__setattr__(resources, "reference", here)
    assert (await offers("GB"))["standard"] == 450
    with pytest.raises(Exception, match="price has changed"):
        await buy_seen(1650)
    assert (await buy()).order.shipping_amount == 600
    assert (await offers("GB"))["standard"] == 600


async def buy_seen(total: int) -> None:
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(guest("seen")), "MUG", 1)
    await check_out(guest("seen"), Checkout(DETAILS, GOOD_CARD, expected_total=Money(total, "GBP")))


async def test_what_was_rolled_back_is_not_kept_by_the_process(resources: Resources) -> None:
    zone = await zone_named("United Kingdom")
    async with unit_of_work() as uow:
        await delivery.delete_zone(uow, zone.id, by=MAYA)
        assert zone.name not in [each.name for each in await delivery.zones(uow)]
        await uow.session.rollback()
    assert zone.name == (await zone_named("United Kingdom")).name


async def test_a_page_looks_again_after_a_second_with_one_statement(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [100.0]
    own = Reference(lambda: moment[0])
    monkeypatch.setattr(reference.Reference, "doubt", lambda self: None)
    here = resources.reference
    object.__setattr__(resources, "reference", own)
    asked = []

    def statement(connection: Any, cursor: Any, text: str, *_: Any) -> None:
        asked.append(text)

    engine = resources.engine.sync_engine
    sa.event.listen(engine, "before_cursor_execute", statement)
    try:
        for passed in (0.0, 0.5, 0.9, 1.1):
            moment[0] = 100.0 + passed
            await offers("GB")
    finally:
        sa.event.remove(engine, "before_cursor_execute", statement)
        object.__setattr__(resources, "reference", here)
    assert [("reference_versions" in each, "delivery_zones" in each) for each in asked] == [
        (True, False),
        (False, True),
        (True, False),
    ]


async def test_each_deed_is_audited_and_announced() -> None:
    draft = ZoneDraft(name="Japan", areas=(Area(country="JP"),))
    method = MethodDraft(name="Air", currency="GBP", rates=(Rate(amount=3000),))
    async with unit_of_work() as uow:
        zone = await delivery.create_zone(uow, draft, by=MAYA)
        await delivery.write_method(uow, zone.id, "air", method, by=MAYA)
        assert announced(uow.session) == {"reference:delivery"}
    assert await offers("JP") == {"air": 3000}
    async with unit_of_work() as uow:
        changed = draft.model_copy(update={"name": "Far East"})
        await delivery.change_zone(uow, zone.id, changed, by=MAYA)
        await delivery.delete_method(uow, zone.id, "air", by=MAYA)
        await delivery.delete_zone(uow, zone.id, by=MAYA)
    assert await offers("JP") == {}
    async with unit_of_work() as uow:
        found = (await uow.session.exec(select(AuditEntry).order_by(sa.text("at, id")))).all()
    assert [(entry.action, entry.object_name) for entry in found] == [
        ("delivery.zone_created", "Japan"),
        ("delivery.method_changed", "Japan: Air"),
        ("delivery.zone_changed", "Far East"),
        ("delivery.method_changed", "Far East: Air"),
        ("delivery.zone_deleted", "Far East"),
    ]
    assert found[2].changes == {"name": ["Japan", "Far East"]}


async def test_a_place_belongs_to_one_zone_and_names_are_told_apart() -> None:
    for draft, code in (
        (ZoneDraft(name="Isle of Skye", areas=(Area(country="GB", postal_prefix="IV"),)), "area_taken"),
        (ZoneDraft(name="europe", areas=(Area(country="CH"),)), "zone_name_taken"),
    ):
        with pytest.raises(Conflict) as refused:
            async with unit_of_work() as uow:
                await delivery.create_zone(uow, draft, by=MAYA)
        assert refused.value.code == code
    for area in (Area(country="XX"), Area(country="US", region="Kent")):
        with pytest.raises(Invalid):
            async with unit_of_work() as uow:
                await delivery.create_zone(uow, ZoneDraft(name="Nowhere", areas=(area,)), by=MAYA)


async def test_whoever_is_second_is_told_and_overwrites_nothing() -> None:
    zone = await zone_named("Europe")
    await change_method("Europe", "europe", name="Parcel")
    with pytest.raises(PreconditionFailed):
        async with unit_of_work() as uow:
            await delivery.delete_method(uow, zone.id, "europe", by=MAYA, expected_version=zone.version)
    assert (await zone_named("Europe")).method("europe")
    with pytest.raises(NotFound):
        async with unit_of_work() as uow:
            await delivery.delete_method(uow, zone.id, "balloon", by=MAYA)


async def test_a_method_that_is_paused_is_not_offered_and_its_country_not_named() -> None:
    await change_method("Europe", "europe", active=False)
    assert await offers("FR") == {}
    async with unit_of_work() as uow:
        assert await delivery.countries(uow) == {"GB", "US", "CA"}


async def test_nobody_pays_for_a_method_of_another_currency() -> None:
    await change_method("Europe", "europe", currency="EUR")
    assert await offers("FR") == {}
