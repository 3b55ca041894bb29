"""Staff with delivery zones, their methods and what a shopper would be offered."""

from __future__ import annotations

import pytest

from models.delivery import Area, Basis, Rate
from models.permissions import Role
from services.delivery import service as delivery
from services.unit_of_work import unit_of_work
from store_app.admin.states.delivery import StaffDeliveryState
from store_app.admin.states.delivery_forms import MethodFormState, ZoneFormState
from store_app.admin.states.delivery_texts import BadText, areas_text, rates_text, read_areas, read_rates
from store_app.admin.view_models.delivery import ZoneCard
from tests.shop_samples import MAYA, sign_in
from tests.states.tab import Tab, goes_to

pytestmark = pytest.mark.usefixtures("resources")

METHOD = {
    "name": "Van",
    "basis": "weight",
    "rates": "500 g: 3.00\n2.5 kg: £4.50\nmore: 9",
    "free_from": "80",
    "tax_class": "standard",
    "cut_off": "12:30",
    "handling_days": "0",
    "transit_from": "1",
    "transit_to": "2",
    "position": "0",
    "active": "on",
}


async def tab_of_alma() -> Tab:
    tab = Tab(cookie=(await sign_in("alma", Role.ADMIN))["cookie"])
    tab.go("/admin/delivery")
    await (await tab.state(StaffDeliveryState)).load()
    return tab


async def zone_called(tab: Tab, name: str) -> ZoneCard:
    page = await tab.state(StaffDeliveryState)
    await page.refresh()
    return next(zone for zone in page.zones if zone.name == name)


async def test_a_zone_and_its_method_are_made_and_shown() -> None:
    tab = await tab_of_alma()
    zones, methods = await tab.state(ZoneFormState), await tab.state(MethodFormState)
    await zones.add()
    await zones.save({"name": "Alps", "areas": "ch\nAT: 6, 8\n", "position": "9"})
    assert not zones.editing
    alps = await zone_called(tab, "Alps")
    assert alps.places == "Switzerland; Austria: 6, 8"
    await methods.add(alps.id)
    await methods.save(METHOD)
    assert not methods.editing
    (van,) = (await zone_called(tab, "Alps")).methods
    assert (van.code, van.prices, van.free) == ("van", "£3.00 to £9.00", "£80.00")
    assert van.days == "1–2 working days, ordered by 12:30"
    await methods.edit(alps.id, "van")
    assert methods.form.rates == "500 g: 3.00\n2.5 kg: 4.50\nmore: 9.00"
    await methods.save(METHOD | {"active": ""})
    assert not (await zone_called(tab, "Alps")).methods[0].active


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        pytest.param({"name": " "}, "name", id="no name"),
        pytest.param({"rates": "5 kg 4.50"}, "rates", id="no colon"),
        pytest.param({"rates": "5 stone: 4.50"}, "rates", id="stones"),
        pytest.param({"rates": "5 kg: four"}, "rates", id="a price in words"),
        pytest.param({"rates": "5 kg: 4\n2 kg: 3"}, "rates", id="steps that go down"),
        pytest.param({"basis": "goods", "rates": "50: 4"}, "rates", id="a sum that nothing is beyond"),
        pytest.param({"rates": ""}, "rates", id="no price"),
        pytest.param({"free_from": "much"}, "free_from", id="a threshold in words"),
        pytest.param({"cut_off": "noon"}, "cut_off", id="a time in words"),
        pytest.param({"transit_to": "-1"}, "transit_to", id="before it is sent"),
        pytest.param({"handling_days": "many"}, "handling_days", id="days in words"),
    ],
)
async def test_what_is_wrong_with_a_method_is_said_at_its_field_and_nothing_typed_is_lost(
    broken: dict[str, str], field: str
) -> None:
    tab = await tab_of_alma()
    methods = await tab.state(MethodFormState)
    await methods.add((await zone_called(tab, "Europe")).id)
    await methods.save(METHOD | broken)
    assert methods.editing
    assert [name for name, text in methods.errors.items() if text] == [field]
    assert getattr(methods.form, field) == broken.get(field, METHOD[field]).strip()
    assert await goes_to(methods) == f"method-{field}"
    assert len((await zone_called(tab, "Europe")).methods) == 1


async def test_somebody_who_was_slower_is_told_and_keeps_what_they_typed() -> None:
    tab = await tab_of_alma()
    zones = await tab.state(ZoneFormState)
    europe = await zone_called(tab, "Europe")
    await zones.edit(europe.id)
    async with unit_of_work() as uow:
        stored = next(zone for zone in await delivery.zones(uow) if zone.name == "Europe")
        draft = stored.model_copy(update={"name": "The Continent"})
        await delivery.change_zone(uow, stored.id, draft, by=MAYA)
    await zones.save({"name": "Mine", "areas": "FR", "position": "1"})
    assert "meanwhile" in zones.errors["form"]
    assert (zones.editing, zones.form.name, zones.form.areas) == (True, "Mine", "FR")


async def test_a_place_of_another_zone_is_refused_with_its_name() -> None:
    tab = await tab_of_alma()
    zones = await tab.state(ZoneFormState)
    await zones.add()
    await zones.save({"name": "France", "areas": "FR", "position": "1"})
    assert "Europe" in zones.errors["form"]
    await zones.save({"name": "France", "areas": "Frankreich", "position": "1"})
    assert "Frankreich" in zones.errors["areas"]


async def test_a_method_and_a_zone_are_deleted_after_a_question() -> None:
    tab = await tab_of_alma()
    page = await tab.state(StaffDeliveryState)
    britain = await zone_called(tab, "United Kingdom")
    await page.ask_delete(britain.id, "express")
    assert (page.asking, page.doomed) == (True, "United Kingdom: Express")
    await page.delete()
    assert [method.code for method in (await zone_called(tab, "United Kingdom")).methods] == ["standard"]
    await page.ask_delete(britain.id, "")
    await page.delete()
    assert "United Kingdom" not in [zone.name for zone in page.zones]
    assert not page.asking


async def test_staff_try_out_what_a_shopper_would_be_offered() -> None:
    page = await (await tab_of_alma()).state(StaffDeliveryState)
    await page.try_out({"country": "GB", "postal_code": "ZE1 0AA", "weight": "6", "goods": "20.00"})
    assert page.trial_zone == "Highlands and Islands"
    (offer,) = page.trial
    assert (offer.name, offer.price) == ("Standard", "£11.50")
    await page.try_out({"country": "GB", "postal_code": "", "weight": "50"})
    assert (page.tried, page.trial, page.trial_zone) == (True, (), "United Kingdom")
    for broken, field in (
        ({"postal_code": "?"}, "postal_code"),
        ({"weight": "x"}, "weight"),
        ({"goods": "x"}, "goods"),
    ):
        await page.try_out({"country": "GB", **broken})
        assert [name for name, text in page.trial_errors.items() if text] == [field]


def test_areas_are_written_as_they_are_read() -> None:
    text = "FR\nUS: NY, CA\nGB: HS, PA20-PA25, KA27"
    areas = read_areas(text.lower())
    assert len(areas) == 1 + 2 + 1 + 6 + 1
    assert Area(country="US", region="NY") in areas
    assert Area(country="GB", postal_prefix="PA23") in areas
    assert areas_text(areas) == text
    for broken in ("", "England", "GB: PA9-PA2", "GB: ?"):
        with pytest.raises(BadText):
            read_areas(broken)


def test_price_tables_are_written_as_they_are_read() -> None:
    rates = read_rates("800 g: 3\n2.5 kg: 4.50\nmore: 0", Basis.WEIGHT, "GBP")
    assert rates == (Rate(up_to=800, amount=300), Rate(up_to=2500, amount=450), Rate(amount=0))
    assert rates_text(rates, Basis.WEIGHT, "GBP") == "800 g: 3.00\n2.5 kg: 4.50\nmore: 0.00"
    by_goods = read_rates("50: 4.50\nmore: 0", Basis.GOODS, "GBP")
    assert by_goods == (Rate(up_to=5000, amount=450), Rate(amount=0))
    assert rates_text(by_goods, Basis.GOODS, "GBP") == "50.00: 4.50\nmore: 0.00"
