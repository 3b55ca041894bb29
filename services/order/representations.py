"""What the REST API shows of orders."""

from __future__ import annotations

from typing import Any

from models.money import Money
from models.order import Order, OrderItem
from models.payment import PaymentStatus, Refund
from models.pricing.refunds import DELIVERY
from services.delivery.representations import days_of
from services.order.service import OrderView


def order_summary(order: Order, items: tuple[OrderItem, ...]) -> dict[str, Any]:
    def money(amount: int) -> Money:
        return Money(amount, order.currency)

    return {
        "id": order.id,
        "number": order.number,
        "status": order.status,
        "email": order.email,
        "placed_at": order.placed_at,
        "items": [
            {
                "sku": item.sku,
                "title": item.title,
                "options": item.options,
                "quantity": item.quantity,
                "ships_in_days": item.ships_in_days,
                "unit_price": money(item.unit_price_amount),
                "total": money(item.unit_price_amount * item.quantity),
                "discount": money(item.discount_amount),
                "discounts": [
                    {"name": each["name"], "amount": money(each["amount"])} for each in item.discounts
                ],
            }
            for item in items
        ],
        "subtotal": money(order.subtotal_amount),
        "discount": money(order.discount_amount),
        "promotions": [each | {"amount": money(each["amount"])} for each in order.promotions],
        "shipping": money(order.shipping_amount),
        "tax": money(order.tax_amount),
        "tax_included": order.tax_included,
        "taxes": order.tax_lines,
        "total": money(order.total_amount),
        "refunded": money(order.refunded_amount),
    }


def _parts(refund: Refund, currency: str) -> dict[str, Any]:
    """What it is for; the taxes are in the amounts."""

    def told(part: dict[str, Any]) -> dict[str, Any]:
        return {"amount": Money(part["amount"], currency), "tax": Money(part["tax"], currency)}

    lines = [part for part in refund.parts if part["sku"] != DELIVERY]
    delivery = next((told(part) for part in refund.parts if part["sku"] == DELIVERY), None)
    return {
        "items": [{"sku": part["sku"], "quantity": part["units"], **told(part)} for part in lines],
        "delivery": delivery,
    }


def order_body(view: OrderView) -> dict[str, Any]:
    """An order as the REST API shows it, with payment and timeline."""
    order, payment = view.order, view.payment
    paying: dict[str, Any] = {
        "status": payment.status,
        "amount": Money(payment.amount, payment.currency),
        "card": {"brand": payment.card_brand, "last4": payment.card_last4} if payment.card_last4 else None,
    }
    if payment.status == PaymentStatus.REQUIRES_ACTION:
        paying["next_action"] = {"type": "redirect_to_url", "redirect_to_url": {"url": payment.action_url}}
    return order_summary(order, view.items) | {
        "shipping_address": order.shipping_address,
        "shipping_method": order.shipping_method,
        "delivery": {
            "name": order.delivery_name,
            "estimated_delivery": days_of(order.delivery_dates),
        },
        "tracking": order.tracking,
        "payment": paying,
        "refunds": [
            {
                "amount": Money(refund.amount, payment.currency),
                "status": refund.status,
                "reason": refund.reason,
                **_parts(refund, payment.currency),
            }
            for refund in view.refunds
        ],
        "timeline": [
            {"kind": event.kind, "message": event.message, "created_at": event.created_at}
            for event in view.events
        ],
        "version": order.version,
    }
