"""The category tree over REST, against the real databases."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.usefixtures("categories")

BOWLS: dict[str, Any] = {"slug": "bowls", "name": "Bowls", "parent": "table", "position": 9}


async def test_the_tree_is_for_everybody(guest: httpx.AsyncClient) -> None:
    tree = (await guest.get("/categories")).json()
    assert (tree["total"], tree["next_cursor"]) == (2, None)
    table = tree["items"][0]
    assert (table["slug"], table["product_count"]) == ("table", 0)
    assert [child["slug"] for child in table["children"]] == ["mugs", "plates"]


async def test_a_category_is_read_changed_and_deleted(
    manager: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    created = await manager.post("/categories", json=BOWLS)
    assert created.status_code == 201, created.text
    assert created.headers["location"] == "/api/v1/categories/bowls"
    tag = created.headers["etag"]
    read = await guest.get("/categories/bowls")
    assert read.json() == created.json()
    assert (await guest.get("/categories/bowls", headers={"If-None-Match": tag})).status_code == 304
    changed = await manager.patch("/categories/bowls", json={"name": "Deep bowls"}, headers={"If-Match": tag})
    assert (changed.json()["name"], changed.json()["position"], changed.json()["version"]) == (
        "Deep bowls",
        9,
        2,
    )
    assert (await manager.delete("/categories/bowls", headers={"If-Match": tag})).status_code == 412
    assert (await manager.delete("/categories/bowls")).status_code == 204
    assert (await guest.get("/categories/bowls")).status_code == 404


async def test_only_a_catalogue_manager_writes(customer: httpx.AsyncClient, guest: httpx.AsyncClient) -> None:
    for client, status in ((guest, 401), (customer, 403)):
        assert (await client.post("/categories", json=BOWLS)).status_code == status
        assert (await client.patch("/categories/mugs", json={"name": "x"})).status_code == status
        assert (await client.delete("/categories/mugs")).status_code == status


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/categories", BOWLS | {"slug": "No slug"}, "slug"),
        ("/categories", BOWLS | {"parent": "nowhere"}, "parent"),
        ("/categories", BOWLS | {"parent": "mugs"}, "parent"),
        ("/categories", BOWLS | {"colour": "red"}, "colour"),
        ("/categories/mugs", {"name": None}, "name"),
        ("/categories/mugs", {"slug": "cups"}, "slug"),
        ("/categories/mugs", {"parent": "mugs"}, "parent"),
        ("/categories/mugs", {"position": -1}, "position"),
    ],
)
async def test_a_bad_field_is_named(
    manager: httpx.AsyncClient, path: str, body: dict[str, Any], field: str
) -> None:
    answer = await manager.request("POST" if path == "/categories" else "PATCH", path, json=body)
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_what_is_taken_or_in_use_is_a_conflict(manager: httpx.AsyncClient) -> None:
    taken = await manager.post("/categories", json=BOWLS | {"slug": "mugs"})
    assert (taken.status_code, taken.json()["code"]) == (409, "slug_taken")
    in_use = await manager.delete("/categories/table")
    assert (in_use.status_code, in_use.json()["code"]) == (409, "category_not_empty")
