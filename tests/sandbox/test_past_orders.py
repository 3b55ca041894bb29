"""Two weeks of trade in the demo shop."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from models.identity import Identity
from models.ids import now
from sandbox.identity_provider.accounts import subject_of
from sandbox.past_orders import ORDERS
from sandbox.seed import seed
from services.bootstrap import Resources
from services.identity import repository as identities
from services.order import service as orders
from services.unit_of_work import unit_of_work
from tests.audit_samples import entries


@pytest.mark.usefixtures("resources")
async def test_the_demo_shop_has_traded_for_two_weeks(resources: Resources) -> None:
    await seed(if_empty=True)
    await seed(if_empty=True)
    async with unit_of_work() as uow:
        page = await orders.list_all_orders(uow, limit=100)
        figures = await orders.todays_figures(uow)
        shopper = await identities.user_by_subject(
            uow.session, resources.settings.oidc_issuer, subject_of("shopper")
        )
        assert shopper
        own = await orders.list_orders(uow, Identity(user_id=shopper.id))
    assert page.total == ORDERS
    statuses = Counter(entry.order.status for entry in page.items)
    assert statuses["delivered"] > statuses["shipped"] > 0
    assert statuses["paid"] > 0
    assert statuses["cancelled"] == 1
    placed = [entry.order.placed_at for entry in page.items]
    assert placed == sorted(placed, reverse=True)
    assert now() - placed[-1] > timedelta(days=7)
    assert sum(bool(revenue) for _, revenue in figures.revenue_by_day) >= 8
    assert own.total >= 3
    log = await entries()
    assert Counter(entry.action for entry in log) == {
        "order.shipped": statuses["shipped"] + statuses["delivered"],
        "order.delivered": statuses["delivered"],
        "order.cancelled": 1,
    }
    assert {entry.actor for entry in log} == {"Maya Lindqvist"}
    assert now() - log[0].at > timedelta(days=7)
