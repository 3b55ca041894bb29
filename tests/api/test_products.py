"""Products over REST, against the real databases."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from models.identity import STORE
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work

pytestmark = pytest.mark.usefixtures("categories")

MUG: dict[str, Any] = {
    "slug": "harbour-mug",
    "title": "Harbour mug",
    "brand": "Tideway",
    "category": "mugs",
    "status": "active",
    "options": [{"name": "Colour", "values": ["Moss", "Clay"]}],
    "attributes": {"Made in": "Portugal", "Material": "Stoneware"},
    "variants": [
        {
            "sku": "HM-MOSS",
            "options": {"Colour": "Moss"},
            "price": {"amount": 1450, "currency": "GBP"},
            "compare_at_price": {"amount": 1800, "currency": "GBP"},
            "on_hand": 2,
        },
        {"sku": "HM-CLAY", "options": {"Colour": "Clay"}, "price": {"amount": 1600, "currency": "GBP"}},
    ],
}


MOSS: dict[str, Any] = MUG["variants"][0]


def product(**changes: Any) -> dict[str, Any]:
    """The mug with changes; another slug brings SKUs of its own."""
    changed = MUG | changes
    if "slug" in changes:
        changed["variants"] = [
            variant | {"sku": f"{changes['slug']}-{variant['options']['Colour']}".upper()}
            for variant in MUG["variants"]
        ]
    return changed


def fields(answer: httpx.Response) -> set[str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["field"] for error in answer.json()["errors"]}


async def test_a_product_is_created_with_its_stock(
    manager: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    answer = await manager.post("/products", json=MUG)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == "/api/v1/products/harbour-mug"
    read = await guest.get("/products/harbour-mug")
    assert read.json() == answer.json()
    assert read.headers["etag"] == answer.headers["etag"]
    moss, clay = read.json()["variants"]
    nothing_ordered = {"backorder": 0, "ships_in_days": None}
    assert moss["stock"] == {"available": 2, "status": "low_stock", **nothing_ordered}
    assert clay["stock"] == {"available": 0, "status": "out_of_stock", **nothing_ordered}
    assert moss["compare_at_price"] == {"amount": 1800, "currency": "GBP"}
    assert read.json()["price_from"] == {"amount": 1450, "currency": "GBP"}
    assert "sold" not in read.json()


async def test_only_a_catalogue_manager_writes(customer: httpx.AsyncClient, guest: httpx.AsyncClient) -> None:
    for client, status in ((guest, 401), (customer, 403)):
        for method, path in (
            ("POST", "/products"),
            ("PUT", "/products/harbour-mug"),
            ("PATCH", "/products/harbour-mug"),
            ("DELETE", "/products/harbour-mug"),
        ):
            answer = await client.request(method, path, json=MUG)
            assert answer.status_code == status, (method, answer.text)
        assert (await client.get("/products?status=draft")).status_code == status


async def test_drafts_are_for_staff(manager: httpx.AsyncClient, guest: httpx.AsyncClient) -> None:
    await manager.post("/products", json=product(status="draft"))
    assert (await guest.get("/products/harbour-mug")).status_code == 404
    assert (await manager.get("/products/harbour-mug")).json()["status"] == "draft"
    assert (await guest.get("/products")).json()["total"] == 0
    assert (await manager.get("/products?status=draft&status=active")).json()["total"] == 1


async def test_a_taken_slug_or_sku_is_a_conflict(manager: httpx.AsyncClient) -> None:
    await manager.post("/products", json=MUG)
    again = await manager.post("/products", json=MUG)
    assert (again.status_code, again.json()["code"]) == (409, "slug_taken")
    copy = await manager.post("/products", json=MUG | {"slug": "copy"})
    assert (copy.status_code, copy.json()["code"]) == (409, "sku_taken")


async def test_a_repeated_post_with_the_same_key_creates_once(manager: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "create-the-mug"}
    first = await manager.post("/products", json=MUG, headers=key)
    second = await manager.post("/products", json=MUG, headers=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.headers["idempotent-replayed"] == "true"
    assert second.headers["location"] == first.headers["location"]
    assert second.json() == first.json()
    other = await manager.post("/products", json=product(slug="other"), headers=key)
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"slug": "Not a slug"}, "slug"),
        ({"category": "nowhere"}, "category"),
        ({"variants": []}, "variants"),
        ({"status": "sold"}, "status"),
        ({"colour": "red"}, "colour"),
        ({"title": "a\0b"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"options": []}, "body"),
        (
            {"variants": [MOSS | {"price": {"amount": 12.5, "currency": "GBP"}}]},
            "variants.0.price.amount",
        ),
        ({"variants": [MOSS | {"price": {"amount": -1, "currency": "GBP"}}]}, "variants.0"),
        ({"variants": [MOSS | {"on_hand": -1}]}, "variants.0.on_hand"),
        (
            {"variants": [MOSS | {"compare_at_price": {"amount": 10**30, "currency": "GBP"}}]},
            "variants.0.compare_at_price.amount",
        ),
        (
            {"variants": [MOSS | {"price": {"amount": 1, "currency": "USD"}}]},
            "variants.0.price.currency",
        ),
    ],
)
async def test_a_bad_field_is_named(manager: httpx.AsyncClient, changes: dict[str, Any], field: str) -> None:
    body = json.dumps(MUG | changes)
    answer = await manager.post("/products", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert any(name == field or name.startswith(f"{field}.") for name in fields(answer)), answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"", 422), (b"[]", 422), (b'"x"', 422), (b"[" * 5000, 400)]
)
async def test_a_broken_body_is_explained(
    manager: httpx.AsyncClient, method: str, body: bytes, status: int
) -> None:
    await manager.post("/products", json=MUG)
    path = "/products" if method == "POST" else "/products/harbour-mug"
    answer = await manager.request(method, path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_what_was_read_can_be_sent_back(manager: httpx.AsyncClient) -> None:
    read = (await manager.post("/products", json=MUG)).json()
    answer = await manager.put("/products/harbour-mug", json=read | {"title": "Haven mug"})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["title"], answer.json()["version"]) == ("Haven mug", 2)
    assert answer.json()["variants"] == read["variants"]


async def test_a_write_at_an_old_version_is_refused(manager: httpx.AsyncClient) -> None:
    first = (await manager.post("/products", json=MUG)).headers["etag"]
    second = await manager.put("/products/harbour-mug", json=MUG, headers={"If-Match": first})
    assert second.status_code == 200
    for method in ("PUT", "PATCH", "DELETE"):
        for stale in (first, '"nonsense"', f"W/{second.headers['etag']}", ""):
            answer = await manager.request(
                method, "/products/harbour-mug", json=MUG, headers={"If-Match": stale}
            )
            assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed"), (
                method,
                stale,
            )
    anything = await manager.put("/products/harbour-mug", json=MUG, headers={"If-Match": f"{first}, *"})
    assert anything.status_code == 412
    assert (
        await manager.put("/products/harbour-mug", json=MUG, headers={"If-Match": "*"})
    ).status_code == 200


async def test_a_sale_renews_what_is_cached_but_does_not_stop_an_edit(
    manager: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    tag = (await manager.post("/products", json=MUG)).headers["etag"]
    assert (await guest.get("/products/harbour-mug", headers={"If-None-Match": tag})).status_code == 304
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "HM-MOSS", 1, by=STORE)
    fresh = await guest.get("/products/harbour-mug", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert fresh.json()["variants"][0]["stock"]["available"] == 1
    edit = await manager.patch(
        "/products/harbour-mug", json={"title": "Haven mug"}, headers={"If-Match": tag}
    )
    assert edit.status_code == 200


async def test_a_merge_patch_changes_what_it_names(manager: httpx.AsyncClient) -> None:
    before = (await manager.post("/products", json=MUG)).json()
    patch = {"subtitle": "For the quay", "brand": None, "attributes": {"Made in": None, "Care": "Dishwasher"}}
    answer = await manager.patch(
        "/products/harbour-mug", json=patch, headers={"Content-Type": "application/merge-patch+json"}
    )
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert (after["subtitle"], after["brand"]) == ("For the quay", "")
    assert after["attributes"] == {"Material": "Stoneware", "Care": "Dishwasher"}
    assert after["variants"] == before["variants"]
    restock = [variant | {"on_hand": 40} for variant in before["variants"]]
    restocked = await manager.patch("/products/harbour-mug", json={"variants": restock})
    assert [variant["stock"]["available"] for variant in restocked.json()["variants"]] == [40, 40]


@pytest.mark.parametrize(
    "patch", [{"title": None}, {"variants": {}}, {"status": 7}, {"unknown": 1}, {"images": [1]}]
)
async def test_a_merge_patch_that_spoils_the_product_is_refused(
    manager: httpx.AsyncClient, patch: dict[str, Any]
) -> None:
    await manager.post("/products", json=MUG)
    answer = await manager.patch("/products/harbour-mug", json=patch)
    assert answer.status_code == 422
    assert fields(answer)
    deep = '{"attributes":' * 400 + "1" + "}" * 400
    nested = await manager.patch(
        "/products/harbour-mug", content=deep, headers={"Content-Type": "application/json"}
    )
    assert nested.status_code == 422
    assert (await manager.get("/products/harbour-mug")).json()["version"] == 1


async def test_deleting_archives(manager: httpx.AsyncClient, guest: httpx.AsyncClient) -> None:
    await manager.post("/products", json=MUG)
    for _ in range(2):
        answer = await manager.delete("/products/harbour-mug")
        assert (answer.status_code, answer.content) == (204, b"")
    assert (await guest.get("/products/harbour-mug")).status_code == 404
    assert (await manager.get("/products/harbour-mug")).json()["status"] == "archived"
    assert (await manager.delete("/products/nothing")).status_code == 404


async def test_a_list_is_filtered_counted_and_paged(
    manager: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    await manager.post("/products", json=MUG)
    await manager.post("/products", json=product(slug="welsh-mug", attributes={"Made in": "Wales"}))
    await manager.post("/products", json=product(slug="side-plate", title="Side plate", category="plates"))
    page = (await guest.get("/products", params={"category": "table", "sort": "price", "limit": 2})).json()
    assert (len(page["items"]), page["total"]) == (2, 3)
    rest = await guest.get(
        "/products", params={"category": "table", "sort": "price", "cursor": page["next_cursor"]}
    )
    assert len({item["slug"] for item in page["items"] + rest.json()["items"]}) == 3
    assert rest.json()["next_cursor"] is None
    narrowed = (
        await guest.get("/products?q=mug&attr.Made in=wales&attr.colour=Moss&facets=true&in_stock=true")
    ).json()
    assert [item["slug"] for item in narrowed["items"]] == ["welsh-mug"]
    made_in = next(facet for facet in narrowed["facets"] if facet["name"] == "made-in")
    assert made_in == {
        "name": "made-in",
        "label": "Made in",
        "values": [
            {"value": "Portugal", "count": 1, "selected": False},
            {"value": "Wales", "count": 1, "selected": True},
        ],
    }
    assert narrowed["items"][0]["variants"][0]["stock"]["available"] == 2


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("sort=random", "sort"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("price_min=-1", "price_min"),
        ("price_max=1e3", "price_max"),
        ("price_max=99999999999999999999999", "price_max"),
        ("in_stock=perhaps", "in_stock"),
        ("cursor=nonsense", "cursor"),
        ("status=unknown", "status.0"),
        ("&".join(["attr.colour=x"] * 51), "attr"),
    ],
)
async def test_a_bad_parameter_is_named(guest: httpx.AsyncClient, query: str, field: str) -> None:
    answer = await guest.get(f"/products?{query}")
    assert answer.status_code == 422, answer.text
    assert fields(answer) == {field}


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%FF%FE",
        "q=" + "(a%2B)%2B" * 1000,
        "attr.=x",
        "attr.%24where=sleep(1)",
        "attr.a.b[%24ne]=1",
        "category[%24ne]=x",
        "category=%24ne",
        "tag=%00",
    ],
)
async def test_hostile_parameters_are_harmless(guest: httpx.AsyncClient, query: str) -> None:
    assert (await guest.get(f"/products?facets=true&{query}")).status_code == 200
    assert (await guest.get(f"/search/suggestions?{query}")).status_code == 200


async def test_the_description_of_the_api_names_the_facet_filter(api: httpx.AsyncClient) -> None:
    paths = (await api.get("/api/openapi.json")).json()["paths"]
    names = [parameter["name"] for parameter in paths["/api/v1/products"]["get"]["parameters"]]
    assert names.count("attr.NAME") == names.count("price_min") == 1
    assert {
        "/api/v1/products/{slug}",
        "/api/v1/categories/{slug}",
        "/api/v1/search/suggestions",
    } <= paths.keys()


async def test_suggestions_name_products_and_categories(
    manager: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    await manager.post("/products", json=MUG)
    found = (await guest.get("/search/suggestions?q=mu")).json()
    assert [item["slug"] for item in found["products"]] == ["harbour-mug"]
    assert found["categories"] == [{"slug": "mugs", "name": "Mugs"}]
    assert found["corrected_query"] is None
    slip = (await guest.get("/search/suggestions", params={"q": "harbor"})).json()
    assert slip == {"products": [], "categories": [], "corrected_query": "harbour"}
