"""The checkout in a tab: what it asks, what it keeps, and what it charges."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.address import Address
from models.money import Money
from models.order import OrderStatus
from services.account import service as accounts
from services.delivery import service as delivery
from services.errors import Invalid
from services.order import service as orders
from services.order.service import OrderView
from services.payment import service as payments
from services.unit_of_work import unit_of_work
from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.states.checkout_hold import HoldState
from store_app.states.payment import PROBLEM, PaymentState
from store_app.states.visit import VisitState
from store_app.view_models.checkout import ADDRESS, CONTACT, DELIVERY, PAYMENT, TaxRow
from store_app.view_models.order import of_order
from tests.shop_samples import DECLINED_CARD, GOOD_CARD, MAYA, guest, set_price, sign_in, stock_shop, user
from tests.states.purchases import set_on_hand
from tests.states.tab import Tab, events, goes_to

pytestmark = pytest.mark.usefixtures("resources")

BRISTOL = {
    "country": "GB",
    "name": "Ada Moss",
    "line1": "1 Quay Street",
    "line2": "",
    "city": "Bristol",
    "postal_code": "bs1 4dj",
    "phone": "",
}


BATH = Address(name="Maya Quill", line1="7 Hidden Lane", city="Bath", postal_code="BA1 1AA", country="GB")


async def checkout_of(tab: Tab, units: int = 1) -> CheckoutState:
    """The checkout page, opened with mugs in the cart."""
    await stock_shop(MUG=5)
    await (await tab.state(CartState)).add_item("MUG", units)
    return await opened(tab)


async def opened(tab: Tab) -> CheckoutState:
    tab.go("/checkout")
    await (await tab.state(VisitState)).load()
    checkout = await tab.state(CheckoutState)
    await checkout.load()
    return checkout


async def at_payment(tab: Tab, units: int = 1) -> CheckoutState:
    checkout = await checkout_of(tab, units)
    await checkout.submit_contact({"email": "ada@larkspur.example"})
    await checkout.submit_address(BRISTOL)
    await checkout.submit_delivery({"shipping_method": "standard"})
    return checkout


async def pay(checkout: CheckoutState, card: Any = GOOD_CARD) -> list[tuple[str, dict[str, Any]]]:
    """Press the button with the token of a card; what the browser is told to do."""
    told = []
    async for step in checkout.pay({"payment_method": card}):
        told += events(step) if step is not None else []
    return told


async def my_orders(visitor: str = "ada") -> list[OrderView]:
    async with unit_of_work() as uow:
        page = await orders.list_orders(uow, guest(visitor))
        return [await orders.view_order(uow, entry.order) for entry in page.items]


async def test_a_guest_goes_from_the_e_mail_address_to_a_paid_order() -> None:
    tab = Tab()
    checkout = await at_payment(tab, 2)
    assert checkout.section == PAYMENT
    assert (checkout.totals.subtotal, checkout.totals.delivery, checkout.totals.total) == (
        "£24.00",
        "£4.50",
        "£28.50",
    )
    assert checkout.recap.address == ("Ada Moss", "1 Quay Street", "Bristol", "BS1 4DJ", "United Kingdom")
    told = await pay(checkout)
    (order,) = await my_orders()
    assert order.order.status == OrderStatus.PAID
    assert order.order.total == Money(2850, "GBP")
    assert told[-1] == ("_redirect", told[-1][1])
    assert told[-1][1]["path"] == f"/order/{order.order.id}/thanks"


async def test_a_wrong_entry_is_explained_and_kept() -> None:
    checkout = await checkout_of(Tab())
    await checkout.submit_contact({"email": "nobody"})
    assert checkout.section == CONTACT
    assert checkout.draft.email == "nobody"
    assert "name@example.com" in checkout.errors["email"]
    assert await goes_to(checkout) == "email"
    await checkout.submit_contact({"email": " ada@larkspur.example "})
    await checkout.submit_address(BRISTOL | {"line1": "", "postal_code": "1234"})
    assert checkout.section == ADDRESS
    assert checkout.errors.keys() == {"line1", "postal_code"}
    assert checkout.draft.name == "Ada Moss"


async def test_leaving_a_field_keeps_it_and_checks_only_what_was_typed() -> None:
    checkout = await checkout_of(Tab())
    checkout.check("postal_code", "BS1")
    checkout.check("name", "")
    assert checkout.errors.keys() == {"postal_code"}
    checkout.check("postal_code", "BS1 4DJ")
    assert checkout.errors == {}
    checkout.check("country", "XX")
    checkout.check("__class__", "x")
    assert (checkout.draft.country, checkout.draft.postal_code) == ("GB", "BS1 4DJ")


async def test_another_country_asks_other_fields_and_another_way_to_deliver() -> None:
    checkout = await at_payment(Tab())
    await checkout.choose_country("US")
    assert (checkout.form.postal_label, checkout.form.region_label) == ("ZIP code", "State")
    assert [method.code for method in checkout.methods] == ["america"]
    assert checkout.reached == ADDRESS
    assert checkout.totals.delivery == "£19.50"
    with pytest.raises(Invalid):
        await checkout.choose_country("XX")


async def test_regions_and_countries_are_chosen_from_lists() -> None:
    checkout = await checkout_of(Tab())
    assert [each.key for each in checkout.countries][:3] == ["BE", "CA", "DK"]
    await checkout.choose_country("US")
    assert ("OR", "Oregon") in [(each.key, each.label) for each in checkout.form.regions]
    await checkout.submit_contact({"email": "ada@larkspur.example"})
    portland = BRISTOL | {"country": "US", "city": "Portland", "region": "OR", "postal_code": "10001"}
    await checkout.submit_address(portland)
    assert checkout.errors == {"postal_code": "Check the ZIP code: it is not in Oregon."}
    await checkout.submit_address(portland | {"postal_code": "97205"})
    assert checkout.section == DELIVERY
    assert checkout.recap.address == (
        "Ada Moss",
        "1 Quay Street",
        "Portland, OR 97205",
        "United States",
    )


async def test_taxes_are_told_by_rate_and_added_where_they_come_on_top() -> None:
    checkout = await checkout_of(Tab())
    assert checkout.totals.taxes == (TaxRow("VAT 20%", "£2.75"),)
    assert not checkout.totals.added_taxes
    await checkout.choose_country("CA")
    await checkout.submit_address(
        BRISTOL | {"country": "CA", "city": "Toronto", "region": "ON", "postal_code": "M5H 2N2"}
    )
    totals = checkout.totals
    assert (totals.taxes, totals.added_taxes) == ((), (TaxRow("HST 13%", "£4.10"),))
    assert totals.total == "£35.60"


async def test_the_days_of_delivery_are_told_where_it_is_chosen_and_afterwards() -> None:
    checkout = await at_payment(Tab())
    standard = next(each for each in checkout.methods if each.code == "standard")
    assert " – " in standard.estimate
    assert checkout.recap.delivery == f"Standard, {standard.estimate}"
    await pay(checkout)
    (order,) = await my_orders()
    assert of_order(order.order, order.items, order.events, order.payment, order.refunds).estimate == (
        standard.estimate
    )


async def test_where_nothing_is_delivered_the_shopper_is_told_and_keeps_cart_and_address() -> None:
    tab = Tab()
    checkout = await at_payment(tab)
    async with unit_of_work() as uow:
        for zone in await delivery.zones(uow):
            if zone.name in ("United Kingdom", "Highlands and Islands"):
                await delivery.delete_zone(uow, zone.id, by=MAYA)
    await pay(checkout)
    assert await goes_to(checkout) == "country"
    assert (await tab.state(CartState)).cart.count == 1
    await checkout.submit_delivery({"shipping_method": "standard"})
    assert "We don’t deliver to the UK yet" in checkout.stuck
    assert (checkout.methods, checkout.totals.delivery, checkout.section) == ([], "–", DELIVERY)
    assert checkout.draft.line1 == "1 Quay Street"
    await checkout.submit_address(BRISTOL | {"country": "DE", "city": "Berlin", "postal_code": "10115"})
    assert checkout.stuck == ""
    assert [each.code for each in checkout.methods] == ["europe"]


async def test_a_section_still_to_come_can_not_be_opened_and_a_closed_one_can() -> None:
    checkout = await checkout_of(Tab())
    await checkout.edit(PAYMENT)
    assert checkout.section == CONTACT
    await checkout.submit_contact({"email": "ada@larkspur.example"})
    await checkout.submit_address(BRISTOL)
    await checkout.submit_delivery({"shipping_method": "express"})
    await checkout.edit(CONTACT)
    assert (checkout.section, checkout.reached) == (CONTACT, PAYMENT)
    await checkout.submit_contact({"email": "bea@larkspur.example"})
    assert checkout.section == PAYMENT


async def test_a_reload_brings_back_what_was_typed() -> None:
    tab = Tab()
    before = await at_payment(tab)
    after = await opened(tab)
    assert (after.draft, after.section) == (before.draft, PAYMENT)


async def test_a_declined_card_keeps_everything_and_another_card_pays_the_same_order() -> None:
    tab = Tab()
    checkout = await at_payment(tab)
    await pay(checkout, DECLINED_CARD)
    payment = await tab.state(PaymentState)
    assert "declined" in payment.problem
    assert not payment.busy
    assert await goes_to(checkout) == PROBLEM
    assert (await tab.state(CartState)).cart.count == 1
    await pay(checkout)
    (order,) = await my_orders()
    assert (order.order.status, order.payment.attempts) == (OrderStatus.PAID, 2)


async def test_a_second_press_changes_nothing() -> None:
    checkout = await at_payment(Tab())
    await pay(checkout)
    assert await pay(checkout) == []
    assert len(await my_orders()) == 1


@pytest.mark.parametrize("token", ["", None, "4242424242424242", "pm_../x", {"$ne": 1}, "pm_" + "x" * 200])
async def test_no_token_no_payment(token: Any) -> None:
    tab = Tab()
    checkout = await at_payment(tab)
    await pay(checkout, token)
    assert "nothing was charged" in (await tab.state(PaymentState)).problem
    assert await my_orders() == []


async def test_a_database_that_dies_over_a_payment_is_told_beside_the_card(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = Tab()
    checkout = await at_payment(tab)

    async def dies(*_: Any) -> None:
        async with unit_of_work() as uow:
            connection = await uow.session.connection()
            await connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    monkeypatch.setattr(payments, "pay", dies)
    monkeypatch.setattr(HoldState, "_look", dies)
    await pay(checkout)
    payment = await tab.state(PaymentState)
    assert ("can't reach its database" in payment.problem, payment.busy) == (True, False)
    assert await goes_to(checkout) == PROBLEM


async def test_what_sold_out_is_explained_before_anything_is_charged() -> None:
    tab = Tab()
    checkout = await at_payment(tab, 3)
    await set_on_hand("MUG", 2)
    await pay(checkout)
    assert "no longer in stock" in checkout.changed
    assert checkout.totals.total == ""
    assert await my_orders() == []
    await checkout.accept_changes()
    assert (checkout.changed, checkout.totals.total) == ("", "£28.50")
    await pay(checkout)
    assert [order.order.total for order in await my_orders()] == [Money(2850, "GBP")]


async def test_a_price_is_never_charged_unseen() -> None:
    checkout = await at_payment(Tab())
    await set_price("MUG", 1400)
    await pay(checkout)
    assert "£18.50" in checkout.changed
    assert await my_orders() == []
    await checkout.accept_changes()
    await pay(checkout)
    assert [order.order.total for order in await my_orders()] == [Money(1850, "GBP")]


async def test_the_second_of_two_tabs_finds_nothing_left_to_pay() -> None:
    first, second = Tab(), Tab()
    await at_payment(first)
    other = await opened(second)
    other.draft = (await first.state(CheckoutState)).draft
    other.reached = other.section = PAYMENT
    await pay(await first.state(CheckoutState))
    await pay(other)
    assert (await second.state(CartState)).cart.count == 0
    assert len(await my_orders()) == 1


async def test_a_bank_that_asks_gets_the_browser_and_what_it_says_is_taken_from_the_gateway() -> None:
    tab = Tab()
    checkout = await at_payment(tab)
    told = await pay(checkout, "pm_card_threeDSecure2Required")
    assert "/3ds/" in told[-1][1]["path"]
    (order,) = await my_orders()
    tab.go(f"/checkout/return?order={order.order.id}&redirect_status=succeeded")
    payment = await tab.state(PaymentState)
    ((_, back),) = events(await payment.come_back())
    assert back["path"] == "/checkout"
    assert "not confirmed" in payment.problem
    await opened(tab)
    assert "not confirmed" in payment.problem
    assert order.order.status == OrderStatus.PENDING_PAYMENT


@pytest.mark.parametrize("order", ["", "nonsense", str(UUID(int=0))])
async def test_a_return_without_an_order_leads_to_the_orders(order: str) -> None:
    tab = Tab()
    tab.go(f"/checkout/return?order={order}")
    ((_, back),) = events(await (await tab.state(PaymentState)).come_back())
    assert back["path"] == "/orders"


async def test_somebody_signed_in_finds_the_last_address_filled_in() -> None:
    headers = await sign_in("maya")
    await pay(await at_payment(Tab(cookie=headers["cookie"])))
    again = Tab(cookie=headers["cookie"])
    await (await again.state(CartState)).add_item("MUG")
    checkout = await opened(again)
    assert (checkout.draft.name, checkout.draft.postal_code) == ("Ada Moss", "BS1 4DJ")
    assert (checkout.section, checkout.reached) == (DELIVERY, DELIVERY)


async def test_the_default_of_the_address_book_comes_before_the_last_address() -> None:
    headers = await sign_in("maya")
    await pay(await at_payment(Tab(cookie=headers["cookie"])))
    maya = await user("maya")
    async with unit_of_work() as uow:
        await accounts.add_address(uow, maya, BATH)
        await accounts.add_address(uow, maya, BATH.model_copy(update={"line1": "8 Hidden Lane"}))
    again = Tab(cookie=headers["cookie"])
    await (await again.state(CartState)).add_item("MUG")
    checkout = await opened(again)
    assert (checkout.draft.line1, checkout.draft.postal_code) == ("7 Hidden Lane", "BA1 1AA")
    assert (checkout.draft.email, checkout.reached) == ("maya@larkspur.example", DELIVERY)
