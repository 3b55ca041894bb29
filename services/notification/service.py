"""What shoppers are told by e-mail."""

from __future__ import annotations

from html import escape
from uuid import UUID

import structlog

from models.address import Address
from models.countries import country_name
from models.money import Money
from models.order import Order, OrderItem, OrderStatus
from services.notification import mail
from services.order import service as orders
from services.unit_of_work import unit_of_work

log = structlog.get_logger()


async def send_order_confirmation(order_id: UUID) -> None:
    """Thank the shopper for a paid order. Raises NotFound, Unavailable."""
    order, items = await _order(order_id)
    await _send(
        order,
        items,
        kind="confirmation",
        subject=f"Your order {order.number}",
        opening="Thank you for your order. We pack it with care and write again when it leaves us.",
    )


async def send_order_shipped(order_id: UUID) -> None:
    """Tell the shopper that the parcel is on its way. Raises NotFound, Unavailable."""
    order, items = await _order(order_id)
    tracking = f" Its tracking number is {order.tracking}." if order.tracking else ""
    await _send(
        order,
        items,
        kind="shipped",
        subject=f"Your order {order.number} is on its way",
        opening=f"Your parcel has left us.{tracking}",
    )


async def _order(order_id: UUID) -> tuple[Order, tuple[OrderItem, ...]]:
    async with unit_of_work() as uow:
        order = await orders.find_order(uow, order_id)
        return order, await orders.items_of(uow, order_id)


async def _send(order: Order, items: tuple[OrderItem, ...], *, kind: str, subject: str, opening: str) -> None:
    """Nothing is sent to somebody who has deleted their account meanwhile."""
    if order.anonymised:
        log.info("mail_to_nobody_left_out", kind=kind, order=order.number)
        return
    async with unit_of_work() as uow:
        link = f"{uow.settings.public_url}/order/{order.id}"
    await mail.send(
        to=order.email,
        subject=subject,
        text=_text(order, items, opening, link),
        html=_html(order, items, opening, link),
        message_id=f"{kind}-{order.id}",
    )


def _rows(order: Order, items: tuple[OrderItem, ...]) -> list[tuple[str, str]]:
    def money(amount: int) -> str:
        return Money(amount, order.currency).format()

    lines = []
    for item in items:
        label = f"{item.quantity} × {item.title}{_options(item)}{_wait(order, item)}"
        lines.append((label, money(item.unit_price_amount * item.quantity)))
        lines += [(f"  {each['name']}", f"−{money(each['amount'])}") for each in item.discounts]
    free = [each["name"] for each in order.promotions if each.get("on_delivery")]
    days = f", {order.delivery_dates.format()}" if order.delivery_dates else ""
    delivery = money(order.shipping_amount) if order.shipping_amount else "Free"
    taxes = [(each.label, each.amount.format()) for each in order.tax_lines]
    total = ("Total", money(order.total_amount))
    thanks_to = f" ({', '.join(free)})" if free else ""
    rows = [*lines, (f"Delivery: {order.delivery_name}{days}{thanks_to}", delivery)]
    if not order.tax_included:
        return [*rows, *taxes, total]
    return [*rows, total, *((f"of which {label}", amount) for label, amount in taxes)]


def _options(item: OrderItem) -> str:
    return f" ({', '.join(item.options.values())})" if item.options else ""


def _wait(order: Order, item: OrderItem) -> str:
    """Of what has to be made first; once the parcel has left there is nothing to wait for."""
    if not item.ships_in_days or order.status != OrderStatus.PAID:
        return ""
    days = "1 day" if item.ships_in_days == 1 else f"{item.ships_in_days} days"
    return f" – made to order, ships in about {days}"


def _destination(order: Order) -> list[str]:
    address = Address.kept(order.shipping_address)
    return [*address.lines(), country_name(address.country)]


def _text(order: Order, items: tuple[OrderItem, ...], opening: str, link: str) -> str:
    rows = "\n".join(f"{label}: {amount}" for label, amount in _rows(order, items))
    destination = "\n".join(_destination(order))
    return f"{opening}\n\nOrder {order.number}\n\n{rows}\n\nTo:\n{destination}\n\nFollow it here: {link}\n\nLarkspur\n"


def _html(order: Order, items: tuple[OrderItem, ...], opening: str, link: str) -> str:
    rows = "".join(
        f'<tr><td style="padding:8px 16px 8px 0;border-bottom:1px solid #e4dfd5">{escape(label)}</td>'
        f'<td style="padding:8px 0;border-bottom:1px solid #e4dfd5;text-align:right">{escape(amount)}</td></tr>'
        for label, amount in _rows(order, items)
    )
    destination = "<br>".join(escape(line) for line in _destination(order))
    return (
        '<!doctype html><html lang="en-GB"><body style="margin:0;background:#faf8f4;color:#1c1b19;'
        'font:16px/1.5 system-ui,sans-serif"><div style="max-width:560px;margin:0 auto;padding:32px 20px">'
        '<p style="font:28px Georgia,serif;margin:0 0 24px">Larkspur</p>'
        f'<h1 style="font:22px Georgia,serif;margin:0 0 12px">Order {escape(order.number)}</h1>'
        f"<p>{escape(opening)}</p>"
        f'<table role="presentation" style="width:100%;border-collapse:collapse;margin:24px 0">{rows}</table>'
        f"<p>{destination}</p>"
        f'<p><a href="{escape(link)}" style="color:#4a4fc4">Follow your order</a></p>'
        "</div></body></html>"
    )
