"""What lies around all pages: the error boundary, the focus after a navigation, the words about a lost connection and
about a store that lacks what it needs."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_connection_errors

from store_app.components.elements import hard_link
from store_app.states.focus import FocusState
from store_app.states.session import SessionState


class RouteFocus(rx.Fragment):
    """After a navigation within the app focus goes to the content, as it would on a page load."""

    def add_imports(self) -> dict[str, list[str]]:
        return {"react-router": ["useLocation"], "react": ["useEffect", "useRef"]}

    def add_hooks(self) -> list[str | rx.Var[object]]:
        return [
            "const { pathname: routePath } = useLocation();",
            "const lastRoutePath = useRef(routePath);",
            "useEffect(() => { if (lastRoutePath.current === routePath) return; lastRoutePath.current = routePath;"
            " document.getElementById('main')?.focus({ preventScroll: true }); }, [routePath]);",
        ]


def _around(stateful: bool) -> rx.Component:
    return rx.fragment(
        RouteFocus.create(),
        _focus_mark(),
        rx.el.div(_session_mark(), _out_of_reach(), _reconnecting(), role="status"),
    )


def _focus_mark() -> rx.Component:
    """By which focus.js learns where the keyboard goes."""
    return rx.el.div(hidden=True, id="focus", custom_attrs={"data-goes-to": FocusState.goes_to})


def _session_mark() -> rx.Component:
    """By which session.js tells whether tabs belong together, and the word to one that must not be reloaded unasked."""
    return rx.el.div(
        rx.el.span("You have signed in in another tab. Load this page again to go on as yourself."),
        rx.el.button(
            "Load again", type="button", class_name="button button-secondary", data_testid="load-again"
        ),
        hidden=True,
        id="session-mark",
        class_name="connection",
        custom_attrs={"data-session": SessionState.mark},
    )


def _out_of_reach() -> rx.Component:
    """Shown by waiting.js on a page that can't be filled, for as long as that is so."""
    return rx.el.div(
        rx.el.span(
            "The shop can’t reach its shelves just now. This page fills itself as soon as it can; nothing is lost."
        ),
        rx.el.button("Try now", type="button", class_name="button button-secondary shrink-0"),
        hidden=True,
        id="out-of-reach",
        class_name="connection out-of-reach",
        data_testid="out-of-reach",
    )


def _reconnecting() -> rx.Component:
    return rx.cond(
        has_connection_errors,
        rx.el.div(
            rx.el.span(class_name="spinner"),
            "Reconnecting. What you see is still here.",
            class_name="connection",
            data_testid="reconnecting",
        ),
    )


def _boundary(stateful: bool) -> rx.Component:
    return ErrorBoundary.create(
        fallback_render=rx.el.main(
            rx.el.h1("This page tripped over itself"),
            rx.el.p("Nothing was lost: your cart and your orders are safe.", class_name="mt-4 text-muted"),
            rx.el.div(
                rx.el.button(
                    "Load it again",
                    type="button",
                    on_click=rx.run_script("location.reload()"),
                    class_name="button button-primary",
                ),
                hard_link("Back to the shop", href="/", class_name="button button-secondary"),
                class_name="mt-8 flex flex-wrap gap-3",
            ),
            class_name="wrap wrap-narrow py-24",
        )
    )


WRAPS = {(55, "ErrorBoundary"): _boundary, (5, "Around"): _around}
