"""Reflex configuration: one port, one allowed origin, the design tokens as Tailwind names."""

import os

import reflex as rx

TOKENS = (
    *("paper", "surface", "sunken", "ink", "muted", "line", "line-strong", "accent", "accent-strong"),
    *("accent-soft", "on-accent", "moss", "moss-soft", "brick", "brick-soft", "honey", "honey-soft"),
)
"""Colours of assets/theme.css, so that `text-muted` is `color: var(--muted)`."""

port = int(os.environ.get("PORT") or 3000)

config = rx.Config(
    app_name="store_app",
    frontend_port=port,
    backend_port=port,
    cors_allowed_origins=[os.environ.get("PUBLIC_URL") or f"http://localhost:{port}"],
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[
        rx.plugins.TailwindV4Plugin(
            config={
                "darkMode": "selector",
                "plugins": [],
                "theme": {
                    "extend": {
                        "colors": {token: f"var(--{token})" for token in TOKENS},
                        "fontFamily": {"display": "var(--font-display)", "sans": "var(--font-text)"},
                        "borderColor": {"DEFAULT": "var(--line)"},
                    },
                },
            }
        )
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
    frontend_compression_formats=["brotli", "gzip"],
    frontend_lazy_bundled_libraries=True,
)
