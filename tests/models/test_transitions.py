"""The status machine of orders is its table, and nothing else."""

from __future__ import annotations

import itertools

import pytest

from models.ids import new_id
from models.order import TRANSITIONS, IllegalTransition, Order, OrderStatus


def order(status: OrderStatus) -> Order:
    return Order(
        number="LK-1",
        cart_id=new_id(),
        email="a@b.example",
        status=status,
        currency="GBP",
        subtotal_amount=1,
        shipping_amount=0,
        tax_amount=0,
        total_amount=1,
        shipping_address={},
        shipping_method="standard",
        fingerprint="",
    )


@pytest.mark.parametrize(("before", "after"), list(itertools.product(OrderStatus, OrderStatus)))
def test_only_the_steps_of_the_table_can_be_taken(before: OrderStatus, after: OrderStatus) -> None:
    moved = order(before)
    if after in TRANSITIONS[before]:
        moved.move_to(after)
        assert (moved.status, moved.version) == (after, 2)
    else:
        with pytest.raises(IllegalTransition):
            moved.move_to(after)
        assert (moved.status, moved.version) == (before, 1)


def test_a_paid_order_knows_when() -> None:
    paid = order(OrderStatus.PENDING_PAYMENT)
    paid.move_to(OrderStatus.PAID)
    assert paid.paid_at == paid.updated_at


def test_every_status_can_be_reached_and_the_last_ones_are_final() -> None:
    assert set().union(*TRANSITIONS.values()) == set(OrderStatus) - {OrderStatus.PENDING_PAYMENT}
    assert [status for status, steps in TRANSITIONS.items() if not steps] == [
        OrderStatus.DELIVERED,
        OrderStatus.CANCELLED,
    ]
