"""My account over REST."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from models.api_key import SCOPES
from models.ids import new_id
from models.permissions import Role
from services.api_key import service as api_keys
from services.unit_of_work import unit_of_work
from tests.api.conftest import client_of
from tests.api.test_orders import cart_with, key, order_for
from tests.people_samples import ship
from tests.shop_samples import sign_in, stock_shop, user

HOME = {
    "name": "Maya Quill",
    "line1": "7 Hidden Lane",
    "city": "Bath",
    "postal_code": "BA1 1AA",
    "country": "GB",
}
WORK = HOME | {"line1": "1 Mill Yard", "city": "Bristol", "postal_code": "BS1 4ND"}
GOODBYE = {"confirm": "delete my account"}


async def added(customer: httpx.AsyncClient, address: dict[str, Any] = HOME) -> dict[str, Any]:
    answer = await customer.post("/me/addresses", json=address)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def delete(client: httpx.AsyncClient, body: Any = GOODBYE, **headers: str) -> httpx.Response:
    return await client.request("DELETE", "/me", json=body, headers=headers)


def field_errors(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 422, answer.text
    return {problem["field"] for problem in answer.json()["errors"]}


ROUTES = [
    ("GET", "/me", None),
    ("PATCH", "/me", {"name": "May"}),
    ("DELETE", "/me", GOODBYE),
    ("GET", "/me/export", None),
    ("GET", "/me/addresses", None),
    ("POST", "/me/addresses", HOME),
    ("GET", "/me/addresses/{id}", None),
    ("PATCH", "/me/addresses/{id}", {"city": "York"}),
    ("DELETE", "/me/addresses/{id}", None),
    ("GET", "/me/sessions", None),
    ("DELETE", "/me/sessions", None),
    ("DELETE", "/me/sessions/{id}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
async def test_a_guest_is_asked_to_sign_in(
    guest: httpx.AsyncClient, method: str, path: str, body: Any
) -> None:
    answer = await guest.request(method, path.format(id=new_id()), json=body)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
async def test_an_api_key_sees_whose_it_is_and_nothing_more(
    api: httpx.AsyncClient, method: str, path: str, body: Any
) -> None:

    async with unit_of_work() as uow:
        _, secret = await api_keys.create_key(
            uow, await user("ada", Role.ADMIN), name="script", scopes=frozenset(SCOPES), expires_in_days=30
        )
    script = client_of(api, {"authorization": f"Bearer {secret}"})
    answer = await script.request(method, path.format(id=new_id()), json=body)
    if (method, path) == ("GET", "/me"):
        assert (answer.status_code, answer.json()["roles"]) == (200, ["admin"])
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "person_needed")


async def test_me_is_what_is_known_of_the_person(customer: httpx.AsyncClient) -> None:
    answer = await customer.get("/me")
    me = answer.json()
    assert (me["email"], me["name"], me["phone"], me["roles"]) == ("maya@larkspur.example", "Maya", "", [])
    assert me["id"]
    assert me["created_at"].endswith("Z")
    same = await customer.get("/me", headers={"if-none-match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


async def test_a_patch_changes_what_it_names_and_null_goes_back_to_the_providers_name(
    customer: httpx.AsyncClient,
) -> None:
    before = (await customer.get("/me")).headers["etag"]
    answer = await customer.patch("/me", json={"name": "May"}, headers={"if-match": before})
    assert answer.json()["name"] == "May"
    await customer.patch("/me", json={"phone": "01225 900123"})
    me = (await customer.get("/me")).json()
    assert (me["name"], me["phone"]) == ("May", "01225 900123")
    outdated = await customer.patch("/me", json={"name": "Em"}, headers={"if-match": before})
    assert (outdated.status_code, outdated.json()["code"]) == (412, "precondition_failed")
    told = await customer.patch(
        "/me", json={"name": None}, headers={"content-type": "application/merge-patch+json"}
    )
    assert (told.json()["name"], told.headers["etag"] == before) == ("Maya", False)


async def test_what_cannot_be_changed_here_or_used_is_named(customer: httpx.AsyncClient) -> None:
    assert field_errors(await customer.patch("/me", json={"email": "eve@larkspur.example"})) == {"email"}
    assert field_errors(await customer.patch("/me", json={"name": "M\n", "phone": "x"})) == {"phone"}
    assert field_errors(await customer.patch("/me", json={"name": "M\nQ"})) == {"name"}
    assert field_errors(await customer.patch("/me", json={"roles": ["admin"]})) == {"roles"}
    assert (await customer.patch("/me", json=["name"])).status_code == 422


async def test_the_address_book(customer: httpx.AsyncClient) -> None:
    first = await customer.post("/me/addresses", json=HOME)
    home = first.json()
    assert first.headers["location"] == f"/api/v1/me/addresses/{home['id']}"
    assert {name: home[name] for name in HOME} == HOME
    assert (home["default_shipping"], home["default_billing"]) == (True, True)
    work = await added(customer, WORK | {"default_billing": True})
    told = (await customer.get("/me/addresses")).json()
    assert ([saved["id"] for saved in told["items"]], told["total"], told["next_cursor"]) == (
        [home["id"], work["id"]],
        2,
        None,
    )
    assert [saved["default_billing"] for saved in told["items"]] == [False, True]
    again = await customer.post("/me/addresses", json=HOME)
    assert (again.status_code, again.json()["id"], again.headers["location"]) == (
        200,
        home["id"],
        first.headers["location"],
    )
    assert (await customer.delete(f"/me/addresses/{home['id']}")).status_code == 204
    assert (await customer.get(f"/me/addresses/{home['id']}")).status_code == 404
    (left,) = (await customer.get("/me/addresses")).json()["items"]
    assert (left["id"], left["default_shipping"]) == (work["id"], True)


async def test_two_who_change_one_address_do_not_overwrite_each_other(customer: httpx.AsyncClient) -> None:
    path = f"/me/addresses/{(await added(customer))['id']}"
    read = await customer.get(path)
    assert (await customer.get(path, headers={"if-none-match": read.headers["etag"]})).status_code == 304
    held = {"if-match": read.headers["etag"]}
    changed = await customer.patch(path, json={"line2": "Flat 2", "default_billing": False}, headers=held)
    assert (changed.status_code, changed.json()["line2"], changed.json()["default_billing"]) == (
        200,
        "Flat 2",
        False,
    )
    assert (await customer.patch(path, json={"line2": "Flat 3"}, headers=held)).status_code == 412
    assert (await customer.delete(path, headers=held)).status_code == 412
    removed = await customer.patch(path, json={"line2": None}, headers={"if-match": changed.headers["etag"]})
    assert removed.json()["line2"] == ""
    assert (await customer.delete(path, headers={"if-match": removed.headers["etag"]})).status_code == 204


async def test_an_address_that_is_none_is_refused_field_by_field(customer: httpx.AsyncClient) -> None:
    assert field_errors(await customer.post("/me/addresses", json={"country": "GB"})) == {
        "name",
        "line1",
        "city",
        "postal_code",
    }
    assert field_errors(await customer.post("/me/addresses", json=HOME | {"postal_code": "12345"})) == {
        "postal_code"
    }
    assert field_errors(await customer.post("/me/addresses", json=HOME | {"country": "XX"})) == {"country"}
    assert field_errors(await customer.post("/me/addresses", json=HOME | {"country": "JP"})) == {
        "postal_code",
        "region",
    }
    assert field_errors(await customer.post("/me/addresses", json=HOME | {"id": 7})) == {"id"}
    path = f"/me/addresses/{(await added(customer))['id']}"
    assert field_errors(await customer.patch(path, json={"country": "US"})) == {"postal_code", "region"}
    assert field_errors(await customer.patch(path, json={"city": None})) == {"city"}


async def test_a_repeated_request_saves_once(customer: httpx.AsyncClient) -> None:
    once = key()
    first = await customer.post("/me/addresses", json=HOME, headers=once)
    await customer.delete(f"/me/addresses/{first.json()['id']}")
    again = await customer.post("/me/addresses", json=HOME, headers=once)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")
    assert again.headers["location"] == first.headers["location"]
    assert (await customer.get("/me/addresses")).json()["total"] == 0


async def test_nobody_opens_the_address_of_another(
    api: httpx.AsyncClient, customer: httpx.AsyncClient
) -> None:
    path = f"/me/addresses/{(await added(customer))['id']}"
    robin = client_of(api, await sign_in("robin"))
    for answer in (
        await robin.get(path),
        await robin.patch(path, json={"city": "York"}),
        await robin.delete(path),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_where_one_is_signed_in_and_signing_out_there(
    api: httpx.AsyncClient, customer: httpx.AsyncClient
) -> None:
    phone, tablet = client_of(api, await sign_in("maya")), client_of(api, await sign_in("maya"))
    told = (await customer.get("/me/sessions")).json()
    assert (told["total"], sum(each["current"] for each in told["items"])) == (3, 1)
    assert "hash" not in str(told)
    assert "token" not in str(told)
    (phones,) = [each for each in (await phone.get("/me/sessions")).json()["items"] if each["current"]]
    assert (await customer.delete(f"/me/sessions/{phones['id']}")).status_code == 204
    assert (await phone.get("/me")).status_code == 401
    assert (await customer.delete(f"/me/sessions/{phones['id']}")).status_code == 404
    assert (await customer.delete("/me/sessions")).json() == {"ended": 1}
    assert (await tablet.get("/me")).status_code == 401
    assert (await customer.get("/me")).status_code == 200


async def test_nobody_signs_another_out(api: httpx.AsyncClient, customer: httpx.AsyncClient) -> None:
    robin = client_of(api, await sign_in("robin"))
    (theirs,) = (await robin.get("/me/sessions")).json()["items"]
    assert (await customer.delete(f"/me/sessions/{theirs['id']}")).status_code == 404
    assert (await robin.get("/me")).status_code == 200


async def test_ones_data_come_as_a_file(customer: httpx.AsyncClient) -> None:
    await added(customer)
    answer = await customer.get("/me/export")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == 'attachment; filename="larkspur-my-data.json"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["addresses"][0]["address"]["line1"] == "7 Hidden Lane"


@pytest.mark.parametrize(
    "body", [{}, {"confirm": "yes"}, {"confirm": "delete my account", "now": True}, None]
)
async def test_an_account_is_not_deleted_by_accident(customer: httpx.AsyncClient, body: Any) -> None:
    answer = await delete(customer, body)
    assert answer.status_code == 422
    assert (await customer.get("/me")).status_code == 200


async def test_deleting_waits_for_orders_and_then_leaves_nothing_to_sign_in_to(
    api: httpx.AsyncClient, customer: httpx.AsyncClient
) -> None:
    await stock_shop(MUG=3)
    headers = dict(customer.headers)
    sent = {"cookie": headers["cookie"], "origin": headers["origin"]}
    cart = await cart_with(api, sent, MUG=1)
    order = (await api.post("/api/v1/orders", json=order_for(cart), headers=sent | key())).json()
    refused = await delete(customer)
    assert (refused.status_code, refused.json()["code"], refused.json()["orders"]) == (
        409,
        "orders_open",
        [order["number"]],
    )
    await ship(api, order["id"])
    outdated = (await customer.get("/me")).headers["etag"]
    await customer.patch("/me", json={"name": "May"})
    assert (await delete(customer, **{"if-match": outdated})).status_code == 412
    assert (await delete(customer)).status_code == 204
    assert (await customer.get("/me")).status_code == 401
    assert (await delete(customer)).status_code == 401


async def test_another_site_cannot_delete_an_account(customer: httpx.AsyncClient) -> None:
    answer = await delete(customer, origin="https://evil.example")
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    assert (await customer.get("/me")).status_code == 200
