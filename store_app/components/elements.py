"""Native elements with the events and attributes that Reflex leaves out."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.element import Element
from reflex_components_core.el.elements.inline import A
from reflex_components_core.el.elements.other import Dialog
from reflex_components_core.el.elements.typography import Div


class ClosableDialog(Dialog):
    """A dialog that tells when it has closed, by Escape too."""

    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class KeyedDiv(Div):
    """A div that hears keys."""

    on_key_down: rx.EventHandler[rx.event.key_event]


class AnimatedDiv(Div):
    """A div that tells when its animation has run out."""

    on_animation_end: rx.EventHandler[rx.event.no_args_event_spec]


class PlainForm(Element):
    """A form the browser sends itself, as a full-page request."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


keyed_div = KeyedDiv.create
hard_link = A.create
"""An `<a>` that loads a whole page; `rx.el.a` navigates within the app."""
plain_form = PlainForm.create
