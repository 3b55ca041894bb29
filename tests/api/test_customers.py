"""Customers over REST: for staff who may see them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import pytest_asyncio

from models.ids import new_id
from models.permissions import Role
from tests.api.conftest import client_of
from tests.customer_samples import WHITBY, audited, buys, leaves, person, saves
from tests.shop_samples import guest as somebody
from tests.shop_samples import sign_in, stock_shop

NOBODY = new_id()


@pytest_asyncio.fixture
async def support(api: httpx.AsyncClient) -> httpx.AsyncClient:
    return client_of(api, await sign_in("sam", Role.SUPPORT))


async def everything(client: httpx.AsyncClient, customer_id: Any) -> list[httpx.Response]:
    """An answer of each route."""
    place = f"/customers/{customer_id}"
    return [
        await client.get("/customers"),
        await client.get(place),
        await client.get(f"{place}/notes"),
        await client.post(f"{place}/notes", json={"text": "Rang twice"}),
        await client.get(f"{place}/notes/{NOBODY}"),
        await client.delete(f"{place}/notes/{NOBODY}"),
    ]


async def test_customers_are_for_staff_who_may_see_them(
    guest: httpx.AsyncClient, customer: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    robin = await person("robin")
    for client, status, code in (
        (guest, 401, "unauthenticated"),
        (customer, 403, "forbidden"),
        (manager, 403, "forbidden"),
    ):
        answers = await everything(client, robin.user_id)
        assert {answer.status_code for answer in answers} == {status}
        assert {answer.json()["code"] for answer in answers} == {code}
    assert await audited(robin.user_id) == []


async def test_a_list_is_searched_sorted_and_continued(support: httpx.AsyncClient) -> None:
    await stock_shop(MUG=50)
    robin, _, anne = await person("robin"), await person("ben"), await person("anne", phone="+44 20 1234567")
    await buys(robin)
    page = (await support.get("/customers", params={"sort": "spent", "limit": 1})).json()
    assert page["total"] == 4
    [first] = page["items"]
    assert first == {
        "id": str(robin.user_id),
        "name": "Robin",
        "email": "robin@larkspur.example",
        "phone": "",
        "roles": [],
        "created_at": first["created_at"],
        "deleted_at": None,
        "last_seen_at": first["last_seen_at"],
        "orders": 1,
        "spent": [{"amount": 1650, "currency": "GBP"}],
        "last_order_at": first["last_order_at"],
    }
    rest = {"sort": "spent", "cursor": page["next_cursor"]}
    assert [each["name"] for each in (await support.get("/customers", params=rest)).json()["items"]] == [
        "Anne",
        "Ben",
        "Sam",
    ]
    found = (await support.get("/customers", params={"q": "020 1234567"})).json()
    assert [each["id"] for each in found["items"]] == [str(anne.user_id)]
    await leaves(anne)
    gone = (await support.get("/customers", params={"deleted": "true"})).json()["items"]
    assert [(each["id"], each["name"]) for each in gone] == [(str(anne.user_id), "")]
    assert gone[0]["deleted_at"]


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "richest"},
        {"cursor": "nonsense"},
        {"limit": "0"},
        {"limit": "101"},
        {"q": "x" * 201},
        {"deleted": "maybe"},
        {"q": "a\x00b"},
    ],
)
async def test_a_list_that_cannot_be_is_refused_with_a_reason(
    support: httpx.AsyncClient, asked: dict[str, str]
) -> None:
    answer = await support.get("/customers", params=asked)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


async def test_one_customer_has_addresses_orders_and_those_of_guests(support: httpx.AsyncClient) -> None:
    await stock_shop(MUG=50)
    robin = await person("robin", phone="+44 1947 600000")
    await saves(robin, default_shipping=True)
    own = (await buys(robin, units=2)).order
    as_guest = (await buys(somebody(), email=robin.email)).order
    answer = await support.get(f"/customers/{robin.user_id}")
    body = answer.json()
    assert [(each["line1"], each["default_shipping"]) for each in body["addresses"]] == [(WHITBY.line1, True)]
    assert [
        (each["number"], each["units"], each["total"]["amount"]) for each in body["latest_orders"]["items"]
    ] == [(own.number, 2, 2850)]
    assert [each["number"] for each in body["guest_orders"]["items"]] == [as_guest.number]
    assert (body["orders"], body["spent"], body["notes"]) == (1, [{"amount": 2850, "currency": "GBP"}], 0)
    again = await support.get(
        f"/customers/{robin.user_id}", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert [entry.action for entry in await audited(robin.user_id)] == ["customer.viewed"]


async def test_notes_are_written_read_and_removed(api: httpx.AsyncClient, support: httpx.AsyncClient) -> None:
    robin = await person("robin")
    place = f"/customers/{robin.user_id}/notes"
    written = await support.post(place, json={"text": " Rang twice.\nCall back. "})
    note = written.json()
    assert (written.status_code, note["text"], note["author"]["name"]) == (
        201,
        "Rang twice.\nCall back.",
        "Sam",
    )
    colleague = client_of(api, await sign_in("maya", Role.ORDER_MANAGER))
    assert (await colleague.get(place)).json() == {"items": [note], "next_cursor": None, "total": 1}
    alone = await api.get(written.headers["location"], headers=dict(colleague.headers))
    assert (alone.json(), alone.headers["etag"]) == (note, written.headers["etag"])
    refused = await colleague.delete(f"{place}/{note['id']}")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert (await support.delete(f"{place}/{note['id']}")).status_code == 204
    assert (await support.delete(f"{place}/{note['id']}")).status_code == 404
    assert (await colleague.get(place)).json()["total"] == 0


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": "  "}, {"text": "x" * 2001}, {"text": "a\x00b"}, {"text": "a", "by": "me"}],
)
async def test_a_note_without_words_or_with_too_many_is_refused(
    support: httpx.AsyncClient, body: dict[str, str]
) -> None:
    robin = await person("robin")
    answer = await support.post(f"/customers/{robin.user_id}/notes", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"]


async def test_what_is_not_there_is_404_and_a_deleted_account_gets_no_notes(
    support: httpx.AsyncClient,
) -> None:
    answers = await everything(support, NOBODY)
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404, 404, 404]
    gone = await person("gone")
    await leaves(gone)
    assert (await support.get(f"/customers/{gone.user_id}")).json()["name"] == ""
    refused = await support.post(f"/customers/{gone.user_id}/notes", json={"text": "Came back"})
    assert (refused.status_code, refused.json()["code"]) == (409, "deleted")
    assert (await support.get("/customers/robin")).status_code == 422
