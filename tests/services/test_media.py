"""Pictures in and out, against the real document store."""

from __future__ import annotations

import gzip

import httpx
import pytest

from models.identity import STORE
from services.bootstrap import Resources
from services.errors import Invalid, NotFound
from services.media import service
from services.unit_of_work import unit_of_work

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 5"><circle id="a" r="2"/><use href="#a"/></svg>'
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
NAMESPACE = b'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


async def store(content: bytes, content_type: str = "image/svg+xml") -> str:
    async with unit_of_work() as uow:
        return await service.store_image(uow, content, content_type, by=STORE)


@pytest.mark.parametrize(
    ("content", "content_type", "ending"),
    [
        (DRAWING, "image/svg+xml; charset=utf-8", ".svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a mug -->" + DRAWING, "text/xml", ".svg"),
        (PNG, "image/png", ".png"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "image/jpg", ".jpg"),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(40), "image/webp", ".webp"),
        (b"\0\0\0\x1cftypavif" + bytes(40), "", ".avif"),
    ],
)
async def test_a_picture_is_kept_under_its_content(
    resources: Resources, content: bytes, content_type: str, ending: str
) -> None:
    first, second = await store(content, content_type), await store(content, content_type)
    assert first == second
    assert first.startswith("/media/")
    assert first.endswith(ending)
    async with unit_of_work() as uow:
        assert (await service.open_image(uow, first.removeprefix("/media/"))).content == content
    assert await resources.documents["media"].count_documents({}) == 1


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"<html><body>hello", "image/svg+xml"),
        (PNG, "text/html"),
        (PNG, "image/svg+xml"),
        (PNG + bytes(service.MAX_BYTES), "image/png"),
    ],
)
async def test_what_is_no_picture_is_refused(resources: Resources, content: bytes, content_type: str) -> None:
    with pytest.raises(Invalid) as refused:
        await store(content, content_type)
    assert "image" in refused.value.errors


@pytest.mark.parametrize(
    "content",
    [
        b"<svg %s><script>alert(1)</script></svg>" % NAMESPACE,
        b"<svg %s onload='alert(1)'/>" % NAMESPACE,
        b"<svg %s><a xlink:href='javascript:alert(1)'/></svg>" % NAMESPACE,
        b"<svg %s><image href='https://elsewhere.example/x.png'/></svg>" % NAMESPACE,
        b"<svg %s><foreignObject/></svg>" % NAMESPACE,
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg %s>&a;</svg>" % NAMESPACE,
        b"<svg %s><g></svg>" % NAMESPACE,
        b"<html><svg %s/></html>" % NAMESPACE,
    ],
)
async def test_a_drawing_holds_shapes_only(resources: Resources, content: bytes) -> None:
    with pytest.raises(Invalid):
        await store(content)


async def test_a_browser_keeps_a_picture_for_good(api: httpx.AsyncClient) -> None:
    address = await store(PNG, "image/png")
    answer = await api.get(address)
    assert answer.content == PNG
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = await api.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_drawing_arrives_compressed_and_cannot_run_anything(api: httpx.AsyncClient) -> None:
    address = await store(DRAWING)
    async with api.stream("GET", address, headers={"Accept-Encoding": "br, gzip"}) as answer:
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == DRAWING
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "sandbox" in answer.headers["content-security-policy"]
    plain = await api.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert plain.content == DRAWING
    assert plain.headers["etag"] != answer.headers["etag"]
    for tag in (plain.headers["etag"], f"W/{answer.headers['etag']}", '"other", *'):
        assert (await api.get(address, headers={"If-None-Match": tag})).status_code == 304


@pytest.mark.parametrize(
    "name", ["none.svg", "0" * 32 + ".svg", "a%00b", "..%2f..%2fetc%2fpasswd", "0" * 32 + ".exe"]
)
async def test_an_unknown_picture_is_not_found(api: httpx.AsyncClient, name: str) -> None:
    answer = await api.get(f"/media/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_names_are_not_queries(resources: Resources) -> None:
    async with unit_of_work() as uow:
        with pytest.raises(NotFound):
            await service.open_image(uow, '{"$ne": null}')


def test_the_images_kept_in_memory_stay_within_their_size() -> None:
    recent = service.RecentImages(capacity=100)
    for number in range(5):
        recent.put(str(number), service.StoredImage(bytes(40), "image/png", '"x"'))
    recent.put("4", service.StoredImage(bytes(40), "image/png", '"x"'))
    assert [name for name in "01234" if recent.get(name)] == ["3", "4"]
