"""Taxes as shoppers meet them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from models.address import Address
from models.audit import AuditEntry
from models.catalog import ProductDraft
from models.ids import now as moment
from models.order import Order
from models.pricing import TaxClass
from models.taxes import TaxRate, TaxRegion, TaxRegionDraft
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout.service import Checkout, check_out
from services.errors import Conflict, Invalid, PreconditionFailed
from services.tax import service as taxes
from services.unit_of_work import unit_of_work
from tests.shop_samples import ADDRESS, DETAILS, GOOD_CARD, MAYA, guest, owner, stock_shop

pytestmark = pytest.mark.usefixtures("resources")

TORONTO = Address(
    name="Ada Moss", line1="1 Queen St", city="Toronto", region="Ontario", postal_code="M5H 2N2", country="CA"
)


async def region_of(country: str, code: str = "") -> TaxRegion:
    async with unit_of_work() as uow:
        known = await taxes.regions(uow, checked=True)
    return next(each for each in known if (each.country, each.region) == (country, code))


async def set_class(sku: str, tax_class: TaxClass) -> None:
    async with unit_of_work() as uow:
        product, _ = (await catalog.variants_by_sku(uow, [sku]))[sku]
        fields = product.model_dump(include=set(ProductDraft.model_fields)) | {"tax_class": tax_class}
        await catalog.replace_product(
            uow, product.slug, ProductDraft(**fields), expected_version=None, by=MAYA
        )


async def buy(address: Address, method: str, **units: int) -> Order:
    async with unit_of_work() as uow:
        for sku, count in units.items():
            await carts.add_item(uow, owner(guest()), sku, count)
    details = DETAILS.model_copy(update={"shipping_address": address, "shipping_method": method})
    return (await check_out(guest(), Checkout(details, GOOD_CARD))).order


async def test_goods_and_delivery_are_taxed_by_their_classes() -> None:
    await stock_shop(MUG=5, PEAS=5)
    await set_class("PEAS", TaxClass.ZERO)
    order = await buy(ADDRESS, "standard", MUG=1, PEAS=2)
    assert order.tax_included
    assert order.taxes == [{"name": "VAT", "rate": 2000, "amount": 275}]
    assert order.total_amount == 3 * 1200 + 450


async def test_where_tax_comes_on_top_it_is_added_to_the_total() -> None:
    await stock_shop(MUG=5)
    order = await buy(TORONTO, "america", MUG=1)
    assert not order.tax_included
    assert order.shipping_address["region"] == "ON"
    assert order.taxes == [{"name": "HST", "rate": 1300, "amount": 410}]
    assert order.total_amount == 1200 + 1950 + 410


async def test_before_anybody_says_where_to_the_cart_has_the_taxes_at_home() -> None:
    await stock_shop(MUG=5)
    async with unit_of_work() as uow:
        cart = await carts.add_item(uow, owner(guest()), "MUG", 1)
    assert (cart.totals.tax_included, cart.totals.tax_name, cart.totals.tax.amount) == (True, "VAT", 200)


async def test_a_country_of_which_no_taxes_are_known_has_none() -> None:
    await stock_shop(MUG=5)
    ireland = await region_of("IE")
    async with unit_of_work() as uow:
        await taxes.delete_region(uow, ireland.id, by=MAYA)
    dublin = ADDRESS.model_copy(update={"city": "Dublin", "postal_code": "D02 X285", "country": "IE"})
    order = await buy(dublin, "europe", MUG=1)
    assert (order.tax_amount, order.taxes, order.total_amount) == (0, [], 2450)


def draft(known: TaxRegion, **fields: Any) -> TaxRegionDraft:
    return TaxRegionDraft.model_validate(known.model_dump(exclude={"id", "version"}) | fields)


async def test_a_rate_of_tomorrow_is_not_charged_today() -> None:
    britain = await region_of("GB")
    async with unit_of_work() as uow:
        today = taxes.today(uow)
        coming = TaxRate(tax_class=TaxClass.STANDARD, basis_points=1000, valid_from=today + timedelta(days=1))
        await taxes.change_region(uow, britain.id, draft(britain, rates=(*britain.rates, coming)), by=MAYA)
    async with unit_of_work() as uow:
        place = ADDRESS.destination
        now = (await taxes.rules(uow, place, "GBP")).rate("standard")
        later = (await taxes.rules(uow, place, "GBP", at=moment() + timedelta(days=1))).rate("standard")
    assert (now, later) == (2000, 1000)


async def test_each_deed_is_audited() -> None:
    quebec = TaxRegionDraft(
        country="CA",
        region="Quebec",
        name="GST and QST",
        included=False,
        rates=(TaxRate(tax_class=TaxClass.STANDARD, basis_points=1498, valid_from=date(2013, 1, 1)),),
    )
    async with unit_of_work() as uow:
        made = await taxes.create_region(uow, quebec, by=MAYA)
        await taxes.change_region(uow, made.id, draft(made, included=True), by=MAYA)
        await taxes.delete_region(uow, made.id, by=MAYA)
    assert made.region == "QC"
    async with unit_of_work() as uow:
        found = (await uow.session.exec(select(AuditEntry))).all()
    by_action = {entry.action: entry for entry in found}
    assert by_action.keys() == {"tax.created", "tax.changed", "tax.deleted"}
    assert by_action["tax.changed"].changes == {"included": [False, True]}
    assert {entry.object_name for entry in found} == {"Canada, QC"}


async def test_a_place_has_its_taxes_once_and_home_always_has_some() -> None:
    britain = await region_of("GB")
    with pytest.raises(Conflict, match="has its taxes already"):
        async with unit_of_work() as uow:
            await taxes.create_region(uow, draft(britain), by=MAYA)
    with pytest.raises(Conflict, match="at home"):
        async with unit_of_work() as uow:
            await taxes.delete_region(uow, britain.id, by=MAYA)
    with pytest.raises(Invalid):
        async with unit_of_work() as uow:
            await taxes.create_region(uow, draft(britain, country="XX"), by=MAYA)
    with pytest.raises(PreconditionFailed):
        async with unit_of_work() as uow:
            await taxes.delete_region(uow, britain.id, by=MAYA, expected_version=britain.version + 1)
