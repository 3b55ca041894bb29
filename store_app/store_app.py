"""The composition root: pages, API, middleware, lifespan. Nothing else sees everything."""

import reflex as rx

from services.api import create_api
from services.runtime import running
from services.web import StoreMiddleware
from store_app import pages
from store_app.binding import EventRate, SessionBinding
from store_app.errors import show_error
from store_app.live import follow
from store_app.serving import CompiledPages
from store_app.wraps import WRAPS

FONT = "/fonts/newsreader.woff2"

app = rx.App(
    stylesheets=[
        "/theme.css",
        "/controls.css",
        "/frame.css",
        "/shop.css",
        "/product.css",
        "/checkout.css",
        "/account.css",
        "/admin.css",
    ],
    html_lang="en-GB",
    toaster=None,
    app_wraps=WRAPS,
    head_components=[
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(
            rel="preload",
            href=FONT,
            type="font/woff2",
            custom_attrs={"as": "font", "crossOrigin": "anonymous"},
        ),
        rx.el.meta(
            name="theme-color", content="#faf8f4", custom_attrs={"media": "(prefers-color-scheme: light)"}
        ),
        rx.el.meta(
            name="theme-color", content="#171513", custom_attrs={"media": "(prefers-color-scheme: dark)"}
        ),
        rx.el.script(src="/shop.js", defer=True),
        rx.el.script(src="/session.js", defer=True),
        rx.el.script(src="/focus.js", defer=True),
        rx.el.script(src="/waiting.js", defer=True),
    ],
    api_transformer=[create_api(), CompiledPages, StoreMiddleware],
    backend_exception_handler=show_error,
)
app.register_lifespan_task(running)
app.register_lifespan_task(follow(app))
app.add_middleware(EventRate())
app.add_middleware(SessionBinding())
pages.register(app)
