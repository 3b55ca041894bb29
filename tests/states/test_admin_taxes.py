"""Staff with taxes."""

from __future__ import annotations

import pytest

from models.permissions import Role
from services.delivery import service as delivery
from services.tax import service as taxes
from services.unit_of_work import unit_of_work
from store_app.admin.states.taxes import StaffTaxesState
from store_app.admin.view_models.taxes import TaxRow
from tests.shop_samples import MAYA, sign_in
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")

FORM = {
    "country": "NO",
    "region": "",
    "name": "MVA",
    "included": "included",
    "rates": "standard 25% from 2020-01-01",
}


async def page() -> StaffTaxesState:
    tab = Tab(cookie=(await sign_in("alma", Role.ADMIN))["cookie"])
    tab.go("/admin/taxes")
    state = await tab.state(StaffTaxesState)
    await state.load()
    return state


def row(state: StaffTaxesState, place: str) -> TaxRow:
    return next(each for each in state.rows if each.place == place)


async def test_the_rates_of_today_are_shown_by_country_and_region() -> None:
    state = await page()
    assert (row(state, "United Kingdom").standard, row(state, "United Kingdom").zero) == ("20%", "0%")
    assert (row(state, "Ontario, Canada").how, row(state, "Ontario, Canada").standard) == ("on top", "13%")
    places = [each.place for each in state.rows]
    assert places.index("Canada") < places.index("Ontario, Canada") < places.index("Denmark")
    assert state.untaxed == ""


async def test_a_rate_that_comes_later_is_told_and_not_yet_in_force() -> None:
    state = await page()
    await state.edit(row(state, "United Kingdom").id)
    assert "standard 20% from 2020-01-01" in state.form.rates.splitlines()
    await state.save(
        {
            "country": "GB",
            "name": "VAT",
            "included": "included",
            "rates": f"{state.form.rates}\nStandard 22.5 from 2099-04-01",
        }
    )
    assert not state.editing
    assert row(state, "United Kingdom").standard == "20%"
    assert row(state, "United Kingdom").coming == "standard 22.5% from 1 April 2099"


async def test_taxes_are_added_and_deleted_and_home_keeps_its_own() -> None:
    state = await page()
    await state.add()
    await state.save(FORM)
    assert row(state, "Norway").reduced == "as standard"
    await state.ask_delete(row(state, "Norway").id)
    await state.delete()
    assert "Norway" not in [each.place for each in state.rows]
    await state.ask_delete(row(state, "United Kingdom").id)
    await state.delete()
    assert state.asking
    assert "at home" in state.problem


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        pytest.param({"rates": "20%"}, "rates", id="a rate alone"),
        pytest.param({"rates": "standard 20% from 2026-02-30"}, "rates", id="no such day"),
        pytest.param({"rates": "standard 120% from 2026-02-01"}, "rates", id="more than all"),
        pytest.param({"rates": "zero 0% from 2026-02-01"}, "rates", id="no standard rate"),
        pytest.param({"rates": ""}, "rates", id="no rate"),
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"country": "XX"}, "country", id="no such country"),
        pytest.param({"region": "Oslo"}, "region", id="no such region"),
        pytest.param({"country": "GB"}, "form", id="taken"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    broken: dict[str, str], field: str
) -> None:
    state = await page()
    await state.add()
    await state.save(FORM | broken)
    assert state.editing
    assert [name for name, text in state.errors.items() if text] == [field]
    assert state.form.rates == (FORM | broken)["rates"]


async def test_a_served_country_without_taxes_is_named() -> None:
    async with unit_of_work() as uow:
        ireland = next(each for each in await taxes.regions(uow) if each.country == "IE")
        await taxes.delete_region(uow, ireland.id, by=MAYA)
        assert "IE" in await delivery.countries(uow)
    assert (await page()).untaxed == "Ireland"
