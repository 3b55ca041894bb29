"""The checkout: four sections on one page, of which one is open, and the payment at its end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from typing import Any

import reflex as rx
import structlog

from models.address_form import is_known
from models.ids import new_id
from models.money import Money
from models.order import OrderStatus
from services.addresses import (
    ADDRESS_FIELDS,
    address_problems,
    read_address,
    read_email,
)
from services.cart import service as carts
from services.cart.service import CartView, owner_of
from services.checkout.service import Checkout, check_out
from services.delivery import service as delivery
from services.errors import InsufficientStock, Invalid, PriceChanged, StoreError, Unavailable
from services.order.service import CheckoutDetails, OrderView
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.cart import CartState, show_cart
from store_app.states.checkout_hold import look_at_hold, stay_held
from store_app.states.checkout_start import adjusted_cart, prefilled
from store_app.states.checkout_typed import destination_of, email_problem, usable_until
from store_app.states.focus import focus
from store_app.states.parsing import short_text, whole_number
from store_app.states.payment import (
    PaymentState,
    begin,
    open_card_form,
    payment_method_of,
    refuse,
    way_on,
)
from store_app.states.session import identity_of
from store_app.view_models import checkout as shown
from store_app.view_models.checkout import ADDRESS, CHANGES, CONTACT, DELIVERY, PAYMENT, CheckoutDraft

log = structlog.get_logger()

TYPED_FIELDS = {"email", *ADDRESS_FIELDS} - {"country"}
TOTAL_MOVED = "The total changed in the moment you pressed the button. Look at it once more, then pay."


class CheckoutState(rx.State):
    """`section` is the open one and `reached` the first that is not complete; `changed` says what has to be
    looked at again before paying. There are no `totals` while a line can't be had. `countries` are those to choose
    from, `stuck` is why no method can be chosen. What is `ready` stays while the page connects again: somebody may be
    typing."""

    ready: bool = False
    draft: CheckoutDraft = CheckoutDraft()
    errors: dict[str, str] = {}
    form: shown.AddressForm = shown.AddressForm()
    countries: tuple[shown.Option, ...] = ()
    methods: list[shown.DeliveryChoice] = []
    stuck: str = ""
    totals: shown.TotalsView = shown.NO_TOTALS
    recap: shown.Recap = shown.Recap()
    section: int = CONTACT
    reached: int = CONTACT
    changed: str = ""
    _total: Money | None = None
    _visit: str = ""

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            cart = await carts.view_cart(uow, owner_of(identity))
            draft = await prefilled(uow, identity, self.draft)
            await open_card_form(self, uow.settings)
            self._visit = str(new_id())
            self.errors, self.changed = {}, ""
            if draft != self.draft:
                self.draft = draft
                self.reached = self.section = usable_until(self.draft)
            await self._price(uow, cart)
        self.ready = True

    @rx.event
    def check(self, field: str, value: str) -> None:
        """Keep what was typed when the cursor leaves a field, and say at once what is wrong with it."""
        name, text = short_text(field, 20), short_text(value)
        if name not in TYPED_FIELDS:
            return
        self.draft = replace(self.draft, **{name: text})
        problems = address_problems(asdict(self.draft)) if name != "email" else email_problem(text)
        kept = {key: message for key, message in self.errors.items() if key != name}
        self.errors = kept | ({name: problems[name]} if text and name in problems else {})

    @rx.event
    async def choose_country(self, country: str) -> None:
        """Another country has other address fields and other ways to deliver."""
        code = short_text(country, 2)
        if not is_known(code):
            raise Invalid(
                "Please choose a country from the list.", {"country": "Choose a country from the list."}
            )
        self.draft = replace(self.draft, country=code, region="")
        self.errors = {}
        self.reached = min(self.reached, ADDRESS)
        await self._reprice()

    @rx.event
    async def choose_method(self, code: str) -> None:
        self.draft = replace(self.draft, shipping_method=short_text(code, 32))
        await self._reprice()

    @rx.event
    async def reprice(self) -> None:
        """The codes on the cart have changed."""
        await self._reprice()

    @rx.event
    async def submit_contact(self, form: dict[str, Any]) -> None:
        self._take(form, ("email",))
        await self._proceed(CONTACT, email_problem(self.draft.email))

    @rx.event
    async def submit_address(self, form: dict[str, Any]) -> None:
        before = self.draft.country
        self._take(form, ADDRESS_FIELDS)
        problems = address_problems(asdict(self.draft))
        if "country" in problems:
            self.draft = replace(self.draft, country=before)
        await self._reprice()
        await self._proceed(ADDRESS, problems)

    @rx.event
    async def submit_delivery(self, form: dict[str, Any]) -> None:
        self._take(form, ("shipping_method",))
        await self._reprice()
        if self.stuck:
            await focus(self, "delivery-title")
        else:
            await self._proceed(DELIVERY, {})

    @rx.event
    async def edit(self, section: int) -> None:
        """Open a section again; what comes after it is kept."""
        wanted = whole_number(section, "section")
        if CONTACT <= wanted <= self.reached:
            self.section, self.errors = wanted, {}
            await self._focus()

    @rx.event
    async def accept_changes(self) -> None:
        """Buy what can be had, at today's prices."""
        shown = (await self.get_state(CartState))._shown_prices()
        async with unit_of_work() as uow:
            cart = await adjusted_cart(uow, owner_of(await identity_of(uow, self)), shown)
            await self._show(uow, cart)
        self.changed = ""
        if self.section == PAYMENT:
            await focus(self, "pay")

    @rx.event
    async def pay(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Place the order and charge the card for which the form has a token; nothing while that is under way."""
        payment = await self.get_state(PaymentState)
        if payment.busy or self.section != PAYMENT:
            return
        cart = (await self.get_state(CartState)).cart
        if not cart.purchasable:
            await focus(self, CHANGES if cart.count else "main")
            return
        if form.get("shown_total", self.totals.total) != self.totals.total:
            self.changed = TOTAL_MOVED
            await focus(self, CHANGES)
            return
        begin(payment)
        yield
        leaving = False
        try:
            view = await self._charge(payment_method_of(form))
            leaving = True
        except StoreError as error:
            yield await self._explain(error)
            return
        finally:
            payment.busy = leaving
        if view.order.status != OrderStatus.PENDING_PAYMENT:
            self.section = self.reached = DELIVERY
        yield way_on(payment, view, back_to="/checkout")

    async def _charge(self, payment_method: str) -> OrderView:
        details = CheckoutDetails(
            email=read_email(self.draft.email),
            shipping_address=read_address(asdict(self.draft)),
            shipping_method=self.draft.shipping_method,
        )
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
        return await check_out(
            identity, Checkout(details, payment_method, expected_total=self._total, key=self._visit)
        )

    async def _explain(self, error: StoreError) -> Any:
        """Where and how a shopper reads why the order wasn't paid, also when nothing else can be asked. Nothing that
        was typed is lost."""
        log.info("checkout_refused", code=error.code, detail=error.detail)
        payment = await self.get_state(PaymentState)
        try:
            await look_at_hold(self)
        except Unavailable:
            return await refuse(payment, error.detail)
        if isinstance(error, InsufficientStock | PriceChanged) or error.code == "cart_empty":
            self.changed = error.detail
            await self._reprice()
            return await focus(self, CHANGES if (await self.get_state(CartState)).cart.count else "main")
        if error.code == "order_paid":
            return rx.redirect(f"/order/{error.extra['order_id']}", replace=True)
        if isinstance(error, Invalid) and error.errors:
            self.reached = self.section = usable_until(self.draft)
            return await self._proceed(
                self.section, {key.rpartition(".")[2]: told for key, told in error.errors.items()}
            )
        return await refuse(payment, error.detail)

    async def _reprice(self) -> None:
        await stay_held(self)
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            await self._show(uow, await carts.view_cart(uow, owner_of(identity)))

    async def _show(self, uow: UnitOfWork, cart: CartView) -> None:
        await show_cart(self, cart)
        await self._price(uow, cart)

    async def _price(self, uow: UnitOfWork, cart: CartView) -> None:
        destination = destination_of(self.draft)
        goods, weight = cart.totals.goods, cart.totals.weight_grams
        methods = await delivery.methods(uow, destination, cart.currency, goods, weight)
        served = await delivery.countries(uow)
        if self.draft.shipping_method not in [method.code for method in methods]:
            self.draft = replace(self.draft, shipping_method=methods[0].code if methods else "")
            self.reached = min(self.reached, DELIVERY)
            self.section = min(self.section, self.reached)
        totals = await carts.quote(uow, cart, destination, self.draft.shipping_method, self.draft.email)
        self._total = totals.total
        self.form = shown.of_country(self.draft.country)
        self.countries = shown.of_countries(served, self.draft.country)
        self.stuck = "" if methods else shown.nothing_offered(self.draft.country, served, delivery.TOO_MUCH)
        dated = [(method, delivery.dates(uow, method, destination)) for method in methods]
        self.methods = shown.of_methods(dated, totals.goods, weight)
        self.totals = (
            shown.of_totals(totals) if all(line.sellable for line in cart.lines) else shown.NO_TOTALS
        )
        chosen = next((each for each in self.methods if each.code == self.draft.shipping_method), None)
        if chosen and usable_until(self.draft) > ADDRESS:
            self.recap = shown.of_choices(read_address(asdict(self.draft)), chosen)

    def _take(self, form: dict[str, Any], fields: tuple[str, ...]) -> None:
        typed = {name: short_text(form[name]) for name in fields if name in form}
        self.draft = replace(self.draft, **typed)

    async def _proceed(self, section: int, problems: dict[str, str]) -> None:
        """Close a section that is complete and open the next; else go to the first field to be mended."""
        self.errors = problems
        if problems:
            first = next((name for name in asdict(self.draft) if name in problems), "main")
            await focus(self, "delivery-title" if first == "shipping_method" else first)
            return
        self.reached = max(self.reached, section + 1)
        self.section = self.reached
        await self._focus()

    async def _focus(self) -> None:
        first = {CONTACT: "email", ADDRESS: "country", DELIVERY: "delivery-title", PAYMENT: "payment-title"}
        await focus(self, first[self.section])
