"""The wish list over REST."""

from __future__ import annotations

import httpx
import pytest

from tests.shop_samples import sign_in, stock_shop

pytestmark = pytest.mark.usefixtures("resources")

PATH = "/api/v1/me/wishlist"


async def test_a_customer_keeps_a_list(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=2, BOWL=0)
    maya = await sign_in("maya")
    for slug in ("mug", "bowl", "mug"):
        assert (await api.put(f"{PATH}/{slug}", json={}, headers=maya)).status_code == 204
    listed = await api.get(PATH, headers=maya)
    assert [(item["slug"], item["sku"], item["stock"]["status"]) for item in listed.json()["items"]] == [
        ("bowl", "BOWL", "out_of_stock"),
        ("mug", "MUG", "low_stock"),
    ]
    assert listed.json()["items"][1]["price"] == {"amount": 1200, "currency": "GBP"}
    known = maya | {"if-none-match": listed.headers["etag"]}
    assert (await api.get(PATH, headers=known)).status_code == 304
    for _ in range(2):
        assert (await api.delete(f"{PATH}/mug", headers=maya)).status_code == 204
    assert (await api.get(PATH, headers=maya)).json()["total"] == 1


async def test_nobody_sees_the_list_of_another(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=2)
    await api.put(f"{PATH}/mug", json={}, headers=await sign_in("maya"))
    assert (await api.get(PATH, headers=await sign_in("sam"))).json()["items"] == []
    for answer in (
        await api.get(PATH),
        await api.put(f"{PATH}/mug", json={}),
        await api.delete(f"{PATH}/mug"),
    ):
        assert answer.status_code == 401


@pytest.mark.parametrize("body", [{"sku": "NOPE"}, {"sku": 3}, {"colour": "red"}])
async def test_what_can_not_be_wished_for_is_refused(api: httpx.AsyncClient, body: dict[str, object]) -> None:
    await stock_shop(MUG=2)
    maya = await sign_in("maya")
    assert (await api.put(f"{PATH}/mug", json=body, headers=maya)).status_code in (404, 422)
    assert (await api.put(f"{PATH}/nothing", json={}, headers=maya)).status_code == 404
