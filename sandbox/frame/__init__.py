"""The page frame the sandbox's parts share: one stylesheet, one base template, strict response headers."""

from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

FRAME = Path(__file__).parent
PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Pages:
    """Renders one part's templates inside the shared frame; everything is escaped unless marked safe."""

    def __init__(self, templates: Path, **filters: Callable[..., object]) -> None:
        """`filters` are functions for the templates, by name."""
        self._environment = Environment(
            loader=FileSystemLoader([templates, FRAME]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(filters)

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        form_targets: Sequence[str] = (),
        scripts: bool = False,
        policy: str = "",
        **values: object,
    ) -> HTMLResponse:
        """A rendered page that no other site may frame.

        `form_targets` are the foreign origins a form may end at: Chromium applies form-action to the redirect
        after a POST too. `scripts` lets the part's own script files run; `policy` replaces the default content
        security policy.
        """
        html = self._environment.get_template(template).render(values)
        policy = policy or page_policy(form_targets, scripts=scripts)
        headers = {**PAGE_HEADERS, "Content-Security-Policy": policy}
        return HTMLResponse(html, status, headers)


def page_policy(form_targets: Sequence[str] = (), *, scripts: bool = False) -> str:
    """A content security policy for a page of plain HTML: own styles, own script files if any, no framing."""
    targets = " ".join(("'self'", *form_targets))
    script = "script-src 'self'; " if scripts else ""
    return (
        f"default-src 'none'; {script}style-src 'self'; img-src 'self' data:; form-action {targets}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def stylesheet(_: Request) -> Response:
    """The shared stylesheet."""
    return FileResponse(FRAME / "style.css", media_type="text/css", headers={"Cache-Control": "max-age=300"})


STYLESHEET_ROUTE = Route("/frame.css", stylesheet)
