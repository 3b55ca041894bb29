"""The route pictures are served from. They never change, so browsers and proxies keep them for good."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response, status

from services.media import formats, service
from services.media.service import StoredImage
from services.unit_of_work import unit_of_work

router = APIRouter(tags=["media"])

_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
_DRAWING_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Vary": "Accept-Encoding",
}


@router.get("/media/{name}", response_class=Response)
async def get_image(name: str, request: Request) -> Response:
    """A picture by the name it was stored under."""
    async with unit_of_work() as uow:
        image = await service.open_image(uow, name)
    drawing = image.content_type == formats.SVG
    headers = {**_HEADERS, "ETag": image.etag, **(_DRAWING_HEADERS if drawing else {})}
    compressed = bool(image.compressed) and _takes_gzip(request)
    if compressed:
        headers |= {"Content-Encoding": "gzip", "ETag": _tag_compressed(image)}
    if _holds(request, image):
        headers.pop("Content-Encoding", None)
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    content = image.compressed if compressed else image.content
    return Response(content, media_type=image.content_type, headers=headers)


def _tag_compressed(image: StoredImage) -> str:
    """A compressed answer is another representation, so it has a tag of its own (RFC 9110, 8.8.3.3)."""
    return f'{image.etag.removesuffix(chr(34))}-gzip"'


def _holds(request: Request, image: StoredImage) -> bool:
    held = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    return not held.isdisjoint({image.etag, _tag_compressed(image), "*"})


def _takes_gzip(request: Request) -> bool:
    codings = [coding.strip().lower() for coding in request.headers.get("accept-encoding", "").split(",")]
    return any(coding.partition(";")[0] == "gzip" and not coding.endswith("q=0") for coding in codings)
