"""The audit log over REST."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from models.audit import AuditAction
from models.permissions import Role
from services.audit import service as audit
from services.audit.formats import defused
from services.unit_of_work import unit_of_work
from tests.api.conftest import client_of
from tests.audit_samples import TOM, entries
from tests.catalog_samples import draft
from tests.shop_samples import MAYA, guest, sign_in, stock_shop
from tests.states.purchases import buy

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest_asyncio.fixture
async def ada(api: httpx.AsyncClient) -> httpx.AsyncClient:
    return client_of(api, await sign_in("ada", Role.ADMIN))


async def write(name: str, *, days: int = 0, action: AuditAction = AuditAction.ORDER_SHIPPED) -> None:
    async with unit_of_work() as uow:
        entry = audit.entry_of(action, MAYA, f"id-of-{name}", name, before={"status": "paid"}, after={})
        entry.at = NOON + timedelta(days=days)
        uow.session.add(entry)


@pytest.mark.parametrize("path", ["/api/v1/audit", "/api/v1/audit/export?format=csv"])
@pytest.mark.parametrize(
    ("roles", "status"),
    [
        (None, 401),
        ((), 403),
        ((Role.SUPPORT,), 403),
        ((Role.ORDER_MANAGER, Role.CATALOG_MANAGER), 403),
        ((Role.ADMIN,), 200),
    ],
    ids=["a guest", "a customer", "support", "managers", "an administrator"],
)
async def test_the_log_is_for_administrators(
    api: httpx.AsyncClient, path: str, roles: tuple[Role, ...] | None, status: int
) -> None:
    headers = {} if roles is None else await sign_in("somebody", *roles)
    answer = await api.get(path, headers=headers)
    assert answer.status_code == status
    assert len(await entries()) == int(status == 200 and "export" in path)


async def test_a_deed_over_rest_is_told_with_its_request_and_its_diff(
    api: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    maya = await sign_in("maya", Role.ORDER_MANAGER) | {
        "x-request-id": "shipping-desk-1",
        "idempotency-key": "s",
    }
    await api.post(f"/api/v1/orders/{order.id}/fulfilments", json={"tracking": "RM1"}, headers=maya)
    page = (await ada.get("/audit", params={"object": str(order.id)})).json()
    (entry,) = page["items"]
    assert (page["total"], page["next_cursor"]) == (1, None)
    assert (entry["action"], entry["object_name"], entry["actor"]) == ("order.shipped", order.number, "Maya")
    assert entry["changes"] == {"status": ["paid", "shipped"], "tracking": ["", "RM1"]}
    assert (entry["address"], entry["request_id"]) == ("127.0.0.1", "shipping-desk-1")


async def test_a_product_changed_over_rest_is_told_once_it_is_relayed(
    manager: httpx.AsyncClient, ada: httpx.AsyncClient, categories: None
) -> None:
    body = draft("Harbour mug").model_dump(mode="json")
    assert (await manager.post("/products", json=body)).status_code == 201
    await manager.patch("/products/harbour-mug", json={"title": "Harbour cup"})
    await manager.delete("/products/harbour-mug")
    await audit.relay()
    items = (await ada.get("/audit", params={"action": "product"})).json()["items"]
    assert [(item["action"], item["actor"]) for item in items] == [
        ("product.archived", "Iris"),
        ("product.changed", "Iris"),
        ("product.created", "Iris"),
    ]
    assert items[1]["changes"] == {"title": ["Harbour mug", "Harbour cup"]}


async def test_lists_are_narrowed_and_paged(ada: httpx.AsyncClient) -> None:
    for day in range(4):
        await write(f"LK-{day}", days=day)
    await write("MUG", action=AuditAction.STOCK_COUNTED)

    async def names(**parameters: Any) -> list[str]:
        answer = await ada.get("/audit", params=parameters)
        assert answer.status_code == 200, answer.text
        return [item["object_name"] for item in answer.json()["items"]]

    assert await names(**{"from": "2026-06-02", "to": "2026-06-03"}) == ["LK-2", "LK-1"]
    assert await names(**{"from": "2026-06-04T14:00:00+02:00"}) == ["LK-3"]
    assert await names(to="2026-06-02T12:00:00Z", action="order") == ["LK-0"]
    assert await names(q="mug") == ["MUG"]
    assert await names(actor=str(MAYA.user_id), action="stock") == ["MUG"]
    assert await names(actor=str(TOM.user_id)) == []
    first = (await ada.get("/audit", params={"limit": 3})).json()
    rest = (await ada.get("/audit", params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 2, None)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("action", "nonsense"),
        ("actor", "maya"),
        ("from", "yesterday"),
        ("from", "2026-06-01T12:00"),
        ("to", "9999-12-31"),
        ("from", "0001-01-01T00:00:00+14:00"),
        ("cursor", "nonsense"),
        ("limit", "101"),
    ],
)
async def test_what_cannot_be_looked_for_is_a_422_that_names_it(
    ada: httpx.AsyncClient, parameter: str, value: str
) -> None:
    answer = await ada.get("/audit", params={parameter: value})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == [parameter]


async def test_a_csv_export_opens_in_a_spreadsheet_and_runs_nothing_there(ada: httpx.AsyncClient) -> None:
    await write('=HYPERLINK("http://evil.example","x")')
    await write("Müsli – bowl, large", days=1)
    answer = await ada.get("/audit/export", params={"format": "csv", "action": "order"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="larkspur-audit-20')
    assert answer.headers["cache-control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["object_name"] for row in rows] == [
        "Müsli – bowl, large",
        '\'=HYPERLINK("http://evil.example","x")',
    ]
    assert (rows[0]["actor"], rows[0]["action"]) == ("Maya", "order.shipped")
    assert json.loads(rows[0]["changes"]) == {"status": ["paid", None]}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\x00=1"]
)
def test_a_cell_that_could_be_a_formula_is_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "LK-10001", "a=b", "2026-11-22", " x", "{}"])
def test_a_harmless_cell_stays_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


async def test_a_json_export_is_one_array(ada: httpx.AsyncClient) -> None:
    empty = await ada.get("/audit/export", params={"format": "json", "action": "stock"})
    assert empty.json() == []
    await write("LK-1")
    await write("LK-2", days=1)
    answer = await ada.get("/audit/export", params={"format": "json", "action": "order"})
    assert [entry["object_name"] for entry in answer.json()] == ["LK-2", "LK-1"]
    assert answer.json()[0] == (await ada.get("/audit", params={"action": "order"})).json()["items"][0]


async def test_every_export_is_in_the_log_itself(ada: httpx.AsyncClient) -> None:
    await ada.get("/audit/export", params={"format": "json", "q": "robin"})
    (entry,) = (await ada.get("/audit", params={"action": "audit.exported"})).json()["items"]
    assert (entry["actor"], entry["changes"]) == ("Ada", {"format": [None, "json"], "text": [None, "…"]})


async def test_an_export_in_another_format_is_refused_and_not_recorded(ada: httpx.AsyncClient) -> None:
    assert (await ada.get("/audit/export", params={"format": "xlsx"})).status_code == 422
    assert (await ada.get("/audit/export")).status_code == 422
    assert await entries() == []
