"""Who may call what: each route is on the list of those for others than staff, or refuses who lacks its permission."""

from __future__ import annotations

from collections import Counter

import httpx
import pytest

from models.permissions import PERMISSIONS, Role
from tests.api.routes import RouteTo, all_routes, routes
from tests.shop_samples import sign_in

NOT_FOR_STAFF_ALONE = {
    *("GET /api/v1/products", "GET /api/v1/products/{slug}", "GET /api/v1/search/suggestions"),
    *("GET /api/v1/categories", "GET /api/v1/categories/{slug}", "GET /media/{name}"),
    *("POST /currency", "GET /api/v1/currencies", "PATCH /api/v1/carts/{cart_id}"),
    *("POST /api/v1/carts", "GET /api/v1/carts/{cart_id}", "POST /api/v1/carts/{cart_id}/items"),
    *("PATCH /api/v1/carts/{cart_id}/items/{sku}", "DELETE /api/v1/carts/{cart_id}/items/{sku}"),
    *("GET /api/v1/carts/{cart_id}/shipping-methods", "POST /api/v1/carts/{cart_id}/checkout"),
    "GET /api/v1/carts/{cart_id}/shipping-methods",
    *("POST /api/v1/carts/{cart_id}/coupons", "DELETE /api/v1/carts/{cart_id}/coupons/{code}"),
    *("GET /api/v1/orders", "POST /api/v1/orders", "GET /api/v1/orders/{order_id}"),
    *("POST /api/v1/orders/{order_id}/payments", "POST /api/v1/orders/{order_id}/cancel"),
    *("GET /api/v1/me", "PATCH /api/v1/me", "DELETE /api/v1/me", "GET /api/v1/me/export"),
    *("GET /api/v1/me/addresses", "POST /api/v1/me/addresses"),
    *(f"{method} /api/v1/me/addresses/{{address_id}}" for method in ("GET", "PATCH", "DELETE")),
    *("GET /api/v1/me/sessions", "DELETE /api/v1/me/sessions", "DELETE /api/v1/me/sessions/{session_id}"),
    *("GET /api/v1/me/wishlist", "PUT /api/v1/me/wishlist/{slug}", "DELETE /api/v1/me/wishlist/{slug}"),
    *("GET /auth/login", "GET /auth/register", "GET /auth/callback", "GET /auth/signed-out"),
    *("POST /auth/logout", "POST /auth/logout-everywhere", "POST /auth/backchannel-logout"),
    *("POST /api/v1/webhooks/payments", "GET /metrics"),
    *("GET /api/v1/health/live", "GET /api/v1/health/ready"),
}
"""Shoppers' own, sign-in, machines: whoever adds a route that is for none of them gives it a permission."""
STAFF = [route for route in all_routes() if route.permission]


def test_a_route_is_for_staff_unless_it_is_known_to_be_for_others() -> None:
    assert {route.name for route in all_routes() if not route.permission} == NOT_FOR_STAFF_ALONE
    assert len(STAFF) >= 20


@pytest.mark.parametrize("route", STAFF, ids=lambda route: route.name)
async def test_a_staff_route_refuses_whoever_lacks_its_permission(
    api: httpx.AsyncClient, route: RouteTo
) -> None:
    assert route.permission
    assert (await api.request(route.method, route.address, json={})).status_code == 401
    customer = await sign_in("robin")
    refused = await api.request(route.method, route.address, json={}, headers=customer)
    assert (refused.status_code, refused.json()["permission"]) == (403, route.permission.value)
    for role in Role:
        headers = await sign_in(role.value, role)
        answer = await api.request(route.method, route.address, json={}, headers=headers)
        assert (answer.status_code in (401, 403)) is (route.permission not in PERMISSIONS[role]), role


def test_each_route_is_there_once() -> None:
    """Of two under one address the first answers, and guards of the second stand for nothing."""
    names = [f"{method} {route.path}" for route in routes() for method in route.methods]
    assert [name for name, times in Counter(names).items() if times > 1] == []
