"""Two weeks of trade, so that the staff pages have something to show: real orders, paid at the real gateway, then dated
back. The demo shopper bought some of them."""

from __future__ import annotations

import random
import unicodedata
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, update

from models.address import Address
from models.audit import AuditAction
from models.cart import CartOwner
from models.identity import STORE, Identity
from models.ids import now
from models.order import Order, OrderEvent, OrderStatus
from models.permissions import Role
from sandbox.catalogue import Catalogue
from sandbox.identity_provider.accounts import ACCOUNTS, subject_of
from services.audit import service as audit
from services.cart import service as carts
from services.checkout.service import Checkout, check_out
from services.delivery import service as delivery
from services.identity import repository as identities
from services.identity.cookies import hash_token
from services.order import service as orders
from services.order.service import CheckoutDetails
from services.payment import service as payments
from services.unit_of_work import UnitOfWork, unit_of_work

DAYS = 14
ORDERS = 26
PLENTY = 15
"""Only goods with at least as many units on hand are bought, so that the shelves look as the catalogue says."""

PEOPLE = (
    ("Hannah Whitlock", "14 Mill Lane", "Hebden Bridge", "HX7 8AD", "GB"),
    ("Oluwaseun Adeyemi", "Flat 3, 88 Coldharbour Lane", "London", "SE5 9NR", "GB"),
    ("Megan Pritchard", "2 Heol y Bont", "Aberystwyth", "SY23 1PR", "GB"),
    ("Callum Reid", "41 Marchmont Crescent", "Edinburgh", "EH9 1HF", "GB"),
    ("Anneliese Köhler", "Lindenstraße 27", "Freiburg im Breisgau", "79098", "DE"),
    ("Siobhán Gallagher", "6 Quay Street", "Galway", "H91 E2T3", "IE"),
    ("Priya Raghavan", "117 Meersbrook Road", "Sheffield", "S8 9FG", "GB"),
    ("Thomas Beaumont", "The Old Forge, Church Street", "Lavenham", "CO10 9QT", "GB"),
)
SHOPPER_ADDRESS = ("Robin Hale", "9 Harbour View", "Whitby", "YO22 4DE", "GB")
DEEDS = {
    "cancelled": AuditAction.ORDER_CANCELLED,
    "shipped": AuditAction.ORDER_SHIPPED,
    "delivered": AuditAction.ORDER_DELIVERED,
}
"""What staff do with an order."""
SHOPPERS_SHARE = 6
"""Every so manieth order is the demo shopper's."""


async def trade(goods: Catalogue) -> None:
    """Sell, send and deliver. The same orders come about each time."""
    chance = random.Random(20)
    plenty = [
        variant.sku for item in goods.products for variant in item.variants if variant.on_hand >= PLENTY
    ]
    maya = await _demo_account("maya")
    moments = sorted(now() - timedelta(minutes=chance.randint(40, DAYS * 24 * 60)) for _ in range(ORDERS))
    for number, moment in enumerate(moments):
        buyer, details = await _buyer(number, chance)
        await _fill_cart(buyer, chance.sample(plenty, chance.choice((1, 1, 2, 3))), chance)
        order = (await check_out(buyer, Checkout(details, "pm_card_visa"))).order
        await _move_along(order, age=now() - moment, cancelled=number == ORDERS // 2)
        await _date_back(order, moment, maya)
    async with unit_of_work() as uow:
        await _forget_mails(uow)


async def _buyer(number: int, chance: random.Random) -> tuple[Identity, CheckoutDetails]:
    if number % SHOPPERS_SHARE == SHOPPERS_SHARE - 1:
        return await _demo_account("shopper"), _details("shopper@larkspur.example", SHOPPER_ADDRESS)
    person = PEOPLE[chance.randrange(len(PEOPLE))]
    plain = unicodedata.normalize("NFKD", person[0]).encode("ascii", "ignore").decode()
    email = plain.lower().replace(" ", ".") + "@post.example"
    return Identity(visitor=hash_token(f"past-{number}")), _details(email, person)


async def _demo_account(username: str) -> Identity:
    account = next(account for account in ACCOUNTS if account.username == username)
    roles = frozenset(Role(role) for role in account.roles)
    async with unit_of_work() as uow:
        user = await identities.upsert_user(
            uow.session,
            issuer=uow.settings.oidc_issuer,
            subject=subject_of(account.username),
            email=account.email,
            name=account.name,
            roles=roles,
        )
    return Identity(user_id=user.id, email=user.email, name=user.name, roles=roles)


def _details(email: str, person: tuple[str, str, str, str, str]) -> CheckoutDetails:
    name, line1, city, postal_code, country = person
    address = Address(name=name, line1=line1, city=city, postal_code=postal_code, country=country)
    method = "standard" if country == "GB" else "europe"
    return CheckoutDetails(email=email, shipping_address=address, shipping_method=method)


async def _fill_cart(buyer: Identity, skus: list[str], chance: random.Random) -> None:
    owner = CartOwner(user_id=buyer.user_id, visitor=buyer.visitor)
    for sku in skus:
        async with unit_of_work() as uow:
            await carts.add_item(uow, owner, sku, chance.choice((1, 1, 1, 2)))


async def _move_along(order: Order, *, age: timedelta, cancelled: bool) -> None:
    """Old orders have arrived, newer ones are on their way, the newest wait to be packed."""
    if cancelled:
        await payments.cancel_order(order.id, by=STORE, reason="ordered twice by mistake")
        return
    if age > timedelta(days=2):
        async with unit_of_work() as uow:
            tracking = f"RM {order.number.removeprefix('LK-')} 4GB"
            await orders.ship(uow, order.id, tracking=tracking, by=STORE)
    if age > timedelta(days=5):
        async with unit_of_work() as uow:
            await orders.deliver(uow, order.id, by=STORE)


async def _date_back(order: Order, moment: datetime, by: Identity) -> None:
    """Placed at that moment, paid at once, sent a day later, delivered three days after that by a member of staff."""
    paid = moment + timedelta(seconds=40)
    times = {
        "placed": moment,
        "paid": paid,
        "cancelled": moment + timedelta(hours=3),
        "shipped": moment + timedelta(hours=26),
        "delivered": moment + timedelta(hours=98),
    }
    async with unit_of_work() as uow:
        destination = Address.kept(order.shipping_address).destination
        method = await delivery.method(uow, destination, order.shipping_method, order.currency)
        days = delivery.dates(uow, method, destination, moment)
        told = {"delivery_from": days.first, "delivery_to": days.last}
        await uow.session.exec(
            update(Order).where(col(Order.id) == order.id).values(placed_at=moment, paid_at=paid, **told)
        )
        for kind, time in times.items():
            which = (col(OrderEvent.order_id) == order.id, col(OrderEvent.kind) == kind)
            changed = await uow.session.exec(update(OrderEvent).where(*which).values(created_at=time))
            if changed.rowcount and kind in DEEDS:
                await uow.session.exec(update(OrderEvent).where(*which).values(actor=by.signature))
                _record(uow, DEEDS[kind], by, order, time)


def _record(uow: UnitOfWork, action: AuditAction, by: Identity, order: Order, time: datetime) -> None:
    """What would have been recorded then: the log takes no change afterwards."""
    before = OrderStatus.SHIPPED if action is AuditAction.ORDER_DELIVERED else OrderStatus.PAID
    after = OrderStatus(action.removeprefix("order."))
    entry = audit.entry_of(
        action, by, order.id, order.number, before={"status": before}, after={"status": after}
    )
    entry.at = time
    uow.session.add(entry)


async def _forget_mails(uow: UnitOfWork) -> None:
    """Nobody gets a letter about an order of the past."""
    connection = await uow.session.connection()
    await connection.execute(
        sa.text("DELETE FROM procrastinate_jobs WHERE task_name LIKE 'notification.%' AND status = 'todo'")
    )
