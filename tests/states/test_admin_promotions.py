"""Staff write, switch and try promotions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from models.permissions import Role
from models.pricing.effects import (
    AmountOff,
    BuyXGetY,
    FreeDelivery,
    PercentageOff,
    Tier,
    TierBasis,
    TieredOff,
)
from models.promotion import PromotionDraft
from services.errors import Forbidden, Invalid, NotFound
from store_app.admin.states.guard import StaffState
from store_app.admin.states.promotion_drafts import draft_of
from store_app.admin.states.promotion_editor import PromotionEditorState
from store_app.admin.states.promotions import PAGE_SIZE, StaffPromotionsState
from store_app.admin.states.simulator import SimulatorState
from store_app.admin.view_models.promotions import PromotionForm, of_draft
from tests.promotion_samples import change, look_at, offer
from tests.shop_samples import guest, sign_in, stock_shop
from tests.states.purchases import buy
from tests.states.tab import Tab, events

pytestmark = pytest.mark.usefixtures("resources")


async def staff_tab(url: str, role: Role = Role.ADMIN) -> Tab:
    tab = Tab(cookie=(await sign_in("ana", role))["cookie"])
    tab.go(url)
    return tab


async def editor_at(place: str, role: Role = Role.ADMIN) -> PromotionEditorState:
    editor = await (await staff_tab(f"/admin/promotions/{place}", role)).state(PromotionEditorState)
    await editor.load()
    return editor


EFFECTS: list[tuple[dict[str, Any], type, str]] = [
    ({"kind": "percentage_off", "percent": "12.5"}, PercentageOff, "12.5% off everything"),
    ({"kind": "amount_off", "amount": "£5"}, AmountOff, "£5 off the order"),
    ({"kind": "free_delivery", "up_to": "4.50"}, FreeDelivery, "Free delivery worth up to £4.50"),
    (
        {"kind": "buy_x_get_y", "buys": "2", "gets": "1", "get_percent": "100"},
        BuyXGetY,
        "Buy 2 of anything, get 1 more free, the cheapest",
    ),
    (
        {
            "kind": "tiered_off",
            "basis": "spend",
            "threshold_0": "50",
            "percent_0": "10",
            "threshold_1": "100",
            "percent_1": "15",
        },
        TieredOff,
        "From £50 10%, from £100 15% off everything",
    ),
]


@pytest.mark.parametrize(("fields", "kind", "words"), EFFECTS, ids=[each[0]["kind"] for each in EFFECTS])
async def test_each_kind_is_written_told_in_words_and_read_back(
    fields: dict[str, Any], kind: type, words: str
) -> None:
    editor = await editor_at("new")
    for name, value in ({"name": "Spring", "code": "spring"} | fields).items():
        await editor.edit(name, value)
    assert editor.preview == f"{words}, with the code SPRING. It goes with other offers."
    result = await editor.save({})
    assert events(result)[0][1]["path"] == f"/admin/promotions/{editor.facts.id}"
    again = await editor_at(editor.facts.id)
    assert isinstance(again.form, PromotionForm)
    assert (again.form.kind, again.form.code, again.preview) == (fields["kind"], "SPRING", editor.preview)
    assert isinstance((await look_at_id(editor.facts.id)).effect, kind)


async def look_at_id(text: str) -> PromotionDraft:
    return (await look_at(UUID(text))).promotion.draft()


def test_a_form_says_what_its_draft_says() -> None:
    draft = PromotionDraft.model_validate(
        {
            "name": "All of it",
            "description": "Everything at once",
            "code": "ALL-OF-IT",
            "effect": {"kind": "percentage_off", "basis_points": 1000},
            "categories": ["mugs"],
            "products": ["mug", "bowl"],
            "skus": ["MUG-1"],
            "currency": "GBP",
            "minimum_spend": 2050,
            "starts_at": "2031-05-01T08:00:00Z",
            "ends_at": "2031-05-31T22:00:00Z",
            "total_limit": 200,
            "per_customer_limit": 1,
            "first_order_only": True,
            "exclusive": True,
            "priority": 7,
            "active": False,
        }
    )
    assert draft_of(of_draft(draft), "GBP") == draft


async def test_what_no_field_shows_of_a_promotion_survives_an_edit() -> None:
    """Its currency, the seconds of its dates, more tiers than the form begins with: a program wrote them."""
    effect = TieredOff(TierBasis.SPEND, tuple(Tier(1000 * step, 100 * step) for step in range(1, 9)))
    written: dict[str, Any] = {
        "currency": "EUR",
        "starts_at": "2031-05-01T08:00:07Z",
        "ends_at": "2031-05-31T23:59:59.999Z",
    }
    tiers = await offer("TIERS", effect, **written)
    percent = await offer("PERCENT", **written)
    for promotion_id in (tiers, percent):
        before = (await look_at(promotion_id)).promotion.draft()
        editor = await editor_at(str(promotion_id))
        assert editor.currency == "EUR"
        await editor.save({"name": "Renamed", "starts_at": editor.form.starts_at})
        assert (await look_at(promotion_id)).promotion.draft() == before.model_copy(
            update={"name": "Renamed"}
        )


async def test_a_day_that_is_chosen_anew_begins_at_the_minute() -> None:
    editor = await editor_at(str(await offer("SPRING", starts_at="2031-05-01T08:00:07Z")))
    await editor.save({"starts_at": "2031-05-02T08:00"})
    stored = (await look_at_id(editor.facts.id)).starts_at
    assert stored
    assert stored.isoformat() == "2031-05-02T08:00:00+00:00"


async def test_a_long_list_comes_in_pages_and_its_chips_count_all_of_them() -> None:
    for number in range(PAGE_SIZE + 2):
        await offer(f"CODE-{number}", active=number > 0)
    listed = await (await staff_tab("/admin/promotions?page=2&state=running")).state(StaffPromotionsState)
    await listed.load()
    assert [row.code for row in listed.rows] == ["CODE-1"]
    assert (listed.total, listed.pages.count) == (PAGE_SIZE + 1, 2)
    assert listed.pages.previous == "/admin/promotions?state=running"
    assert {chip.label: chip.count for chip in listed.chips} == {
        "All": PAGE_SIZE + 2,
        "Running": PAGE_SIZE + 1,
        "Scheduled": 0,
        "Ended": 0,
        "Used up": 0,
        "Off": 1,
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("percent", "101"),
        ("percent", "ten"),
        ("percent", ""),
        ("percent", "NaN"),
        ("code", "a!"),
        ("minimum_spend", "-3"),
        ("total_limit", "0"),
        ("per_customer_limit", "many"),
        ("priority", "1001"),
        ("starts_at", "soon"),
        ("skus", "NOPE"),
        ("products", "no such thing"),
    ],
    ids=lambda value: value.replace(" ", "_") or "nothing",
)
async def test_what_cannot_be_used_is_said_beside_its_field_and_stays_there(field: str, value: str) -> None:
    editor = await editor_at("new")
    before = editor.refusals
    await editor.save({"name": "Spring", "percent": "10"} | {field: value})
    assert editor.errors[field]
    assert editor.refusals == before + 1
    assert getattr(editor.form, field) == value
    assert editor.facts.id == ""


async def test_a_taken_code_is_said_beside_the_code() -> None:
    await offer("SPRING")
    editor = await editor_at("new")
    await editor.save({"name": "Other", "percent": "10", "code": "spring"})
    assert "SPRING already" in editor.errors["code"]


async def test_switching_off_takes_it_from_shoppers_and_the_list_says_so() -> None:
    spring = await offer("SPRING")
    editor = await editor_at(str(spring))
    await editor.set_running(False)
    assert editor.facts.label == "Off"
    assert not (await look_at(spring)).promotion.active
    tab = await staff_tab("/admin/promotions?state=inactive")
    listed = await tab.state(StaffPromotionsState)
    await listed.load()
    assert [(row.name, row.label, row.used) for row in listed.rows] == [("SPRING", "Off", "0")]
    assert {chip.label: chip.count for chip in listed.chips}["Off"] == 1


async def test_its_page_tells_the_orders_that_have_it_to_those_who_may_see_orders() -> None:
    await stock_shop(MUG=3)
    spring = await offer(name="Spring")
    await buy(guest())
    editor = await editor_at(str(spring))
    assert (editor.facts.orders, editor.facts.taken) == (1, "£1.20")
    assert [row.amount for row in editor.uses] == ["−£1.20"]
    assert (await editor_at(str(spring), Role.CATALOG_MANAGER)).uses == ()


async def test_a_colleague_who_was_quicker_is_not_written_over() -> None:
    spring = await offer("SPRING")
    editor = await editor_at(str(spring))
    await change(spring, name="Theirs")
    await editor.save({"name": "Mine"})
    assert "meanwhile" in editor.errors["form"]
    assert (await look_at(spring)).promotion.name == "Theirs"
    assert editor.form.name == "Mine"


async def test_an_unused_promotion_is_deleted() -> None:
    spring = await offer("SPRING")
    editor = await editor_at(str(spring))
    await editor.delete()
    with pytest.raises(NotFound):
        await look_at(spring)
    assert (await editor_at(str(spring))).missing


async def test_the_simulator_shows_what_applies_and_why_the_rest_does_not() -> None:
    await stock_shop(MUG=9)
    await offer(name="3 for 2", effect=BuyXGetY(2, 1))
    await offer("SPRING", exclusive=True)
    simulator = await (await staff_tab("/admin/promotions/simulator")).state(SimulatorState)
    await simulator.load()
    await simulator.search({"goods": "mug"})
    assert {each.sku for each in simulator.found} == {"MUG"}
    for _ in range(2):
        await simulator.add("MUG")
    assert simulator.outcome.hint == "One more for “3 for 2”."
    await simulator.set_quantity("MUG", 3)
    await simulator.ask({"codes": "spring, nope", "country": "GB"})
    assert [(each.name, each.amount) for each in simulator.outcome.applied] == [("3 for 2", "−£12.00")]
    reasons = {each.code: each.reason for each in simulator.outcome.refused}
    assert reasons["SPRING"] == "It can't be combined with other offers, and “3 for 2” saves you more."
    assert "don't know" in reasons["NOPE"]
    assert simulator.outcome.total == "£28.50"
    assert [each.label for each in simulator.outcome.included] == ["VAT included"]
    assert "VAT included" not in [each.label for each in simulator.outcome.amounts]


async def test_the_simulator_names_customers_to_those_only_who_may_see_them() -> None:
    await stock_shop(MUG=9)
    tab = await staff_tab("/admin/promotions/simulator", Role.CATALOG_MANAGER)
    simulator = await tab.state(SimulatorState)
    await simulator.load()
    assert not simulator.knows_customers
    with pytest.raises(Forbidden):
        await simulator.ask({"email": "ada@larkspur.example"})
    with pytest.raises(Invalid):
        await simulator.add("NOPE")
    assert simulator.lines == ()


async def test_support_has_no_business_with_promotions() -> None:
    tab = await staff_tab("/admin/promotions", Role.SUPPORT)
    await (await tab.state(StaffPromotionsState)).load()
    assert (await tab.state(StaffState)).refusal == "forbidden"
