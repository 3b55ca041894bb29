"""The fields of a promotion."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.editor_form import section
from store_app.admin.states.promotion_editor import PromotionEditorState as Editor
from store_app.admin.view_models.filters import Choice
from store_app.admin.view_models.promotions import BASES, KINDS, MOST_TIERS, TIERS
from store_app.components.fields import checkbox_field, field, select_field, text_area

_PAIR = "grid gap-4 sm:grid-cols-2"


def naming() -> rx.Component:
    form = Editor.form
    return section(
        "Name and code",
        _text("Name", "name", form.name, hint="Shoppers read it beside what they save.", max_length=80),
        _text(
            "Description",
            "description",
            form.description,
            hint="A sentence more, for whoever asks what it is.",
            max_length=200,
        ),
        _text(
            "Code",
            "code",
            form.code,
            hint="Empty: it applies by itself. Case and blanks don’t matter when it is entered.",
            max_length=40,
            spell_check=False,
            class_name="uppercase",
        ),
        name="naming",
    )


def effect() -> rx.Component:
    form = Editor.form
    return section(
        "What it does",
        select_field(
            "Kind",
            "kind",
            *(rx.el.option(choice.label, value=choice.key) for choice in KINDS),
            default_value=form.kind,
            on_change=lambda value: Editor.edit("kind", value),
            data_testid="promotion-kind",
        ),
        rx.match(
            form.kind,
            ("amount_off", _money("Amount off", "amount", form.amount)),
            (
                "free_delivery",
                _money("Worth at most", "up_to", form.up_to, hint="Empty: whatever the delivery costs."),
            ),
            ("buy_x_get_y", _buy_x_get_y()),
            ("tiered_off", _tiers()),
            _number("Per cent off", "percent", form.percent, hint="As 10 or 12.5."),
        ),
        name="effect",
    )


def goods() -> rx.Component:
    form = Editor.form
    return section(
        "Which goods",
        rx.el.fieldset(
            rx.el.legend("Categories", class_name="label mb-1.5"),
            rx.el.div(
                rx.foreach(Editor.categories, _category),
                class_name="grid max-h-64 overflow-y-auto border px-3 sm:grid-cols-2",
                tab_index=0,
                role="group",
                aria_label="Categories",
            ),
            rx.cond(
                Editor.errors["categories"], rx.el.p(Editor.errors["categories"], class_name="field-error")
            ),
        ),
        rx.el.div(
            _lines("Products", "products", form.products, "Addresses as harbour-mug, one a line."),
            _lines("SKUs", "skus", form.skus, "One a line."),
            class_name=_PAIR,
        ),
        note="Nothing chosen means all goods. A category has those below it in it.",
        name="goods",
    )


def limits() -> rx.Component:
    form = Editor.form
    return section(
        "Limits",
        _money(
            "Minimum spend", "minimum_spend", form.minimum_spend, hint="On these goods, before discounts."
        ),
        rx.el.div(
            _moment("From", "starts_at", form.starts_at),
            _moment("Until", "ends_at", form.ends_at),
            class_name=_PAIR,
        ),
        rx.el.div(
            _number("Orders in all", "total_limit", form.total_limit, hint="Empty: no limit."),
            _number(
                "Orders a customer", "per_customer_limit", form.per_customer_limit, hint="Empty: no limit."
            ),
            class_name=_PAIR,
        ),
        _switch("For first orders only", "first_order_only", form.first_order_only),
        name="limits",
    )


def combining() -> rx.Component:
    form = Editor.form
    return section(
        "With other offers",
        _switch(
            "Goes with no other offer",
            "exclusive",
            form.exclusive,
            hint="Shoppers get this one alone, or all others together: whichever saves them more.",
        ),
        _number("Priority", "priority", form.priority, hint="The lowest is taken off first. Usually 100."),
        name="combining",
    )


def _buy_x_get_y() -> rx.Component:
    form = Editor.form
    return rx.el.div(
        _number("Buy", "buys", form.buys),
        _number("Get", "gets", form.gets),
        _number("Per cent off those", "get_percent", form.get_percent, hint="100: free."),
        class_name="grid gap-4 sm:grid-cols-3",
    )


def _tiers() -> rx.Component:
    form = Editor.form
    return rx.el.div(
        select_field(
            "Counted by",
            "basis",
            *(rx.el.option(choice.label, value=choice.key) for choice in BASES),
            default_value=form.basis,
            on_change=lambda value: Editor.edit("basis", value),
        ),
        *(_tier(place) for place in range(TIERS)),
        *(rx.cond(form.thresholds.length() > place, _tier(place)) for place in range(TIERS, MOST_TIERS)),
        class_name="grid gap-4",
    )


def _tier(place: int) -> rx.Component:
    return rx.el.div(
        _number(f"Step {place + 1}: from", f"threshold_{place}", Editor.form.thresholds[place]),
        _number("Per cent off", f"percent_{place}", Editor.form.percents[place]),
        class_name="grid grid-cols-[repeat(2,minmax(0,12rem))] gap-4",
    )


def _text(label: str, name: str, value: Any, **props: Any) -> rx.Component:
    return field(
        label,
        name,
        error=Editor.errors[name],
        default_value=value,
        auto_complete="off",
        on_blur=lambda value: Editor.edit(name, value),
        **props,
    )


def _number(label: str, name: str, value: Any, **props: Any) -> rx.Component:
    return _text(
        label, name, value, input_mode="decimal", max_length=12, class_name="max-w-48 tabular-nums", **props
    )


def _money(label: str, name: str, value: Any, **props: Any) -> rx.Component:
    return _number(f"{label}, {Editor.currency}", name, value, **props)


def _moment(label: str, name: str, value: Any) -> rx.Component:
    return _text(label, name, value, hint="In UTC. Empty: no limit.", type="datetime-local")


def _lines(label: str, name: str, value: Any, hint: str) -> rx.Component:
    return text_area(
        label,
        name,
        error=Editor.errors[name],
        hint=hint,
        default_value=value,
        rows=3,
        spell_check=False,
        on_blur=lambda value: Editor.edit(name, value),
    )


def _switch(label: str, name: str, value: Any, **props: Any) -> rx.Component:
    return checkbox_field(
        label, name, default_checked=value, on_change=lambda on: Editor.switch(name, on), **props
    )


def _category(choice: rx.Var[Choice]) -> rx.Component:
    return rx.el.div(
        checkbox_field(
            choice.label,
            f"category-{choice.key}",
            default_checked=Editor.form.categories.contains(choice.key),
            on_change=lambda on: Editor.choose_category(choice.key, on),
        ),
        key=choice.key,
    )
