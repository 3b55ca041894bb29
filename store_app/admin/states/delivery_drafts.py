"""Between the forms of delivery zones and methods and what is stored. All pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from models.catalog import slugify
from models.delivery import Basis, Method, MethodDraft, Zone, ZoneDraft
from models.money import Money
from services.errors import Invalid, StoreError
from store_app.admin.states.delivery_texts import BadText, rates_text, read_areas, read_rates
from store_app.admin.states.prices import BadPrice, parse_price, price_text
from store_app.admin.view_models.delivery import MethodForm, ZoneForm
from store_app.states.parsing import short_text

ZONE_ERRORS: dict[str, str] = {"name": "", "areas": "", "position": "", "form": ""}
METHOD_TEXTS = (
    "name",
    "free_from",
    "tax_class",
    "cut_off",
    "handling_days",
    "transit_from",
    "transit_to",
    "position",
)
METHOD_ERRORS: dict[str, str] = dict.fromkeys(("name", "rates", *METHOD_TEXTS[1:], "form"), "")
LONG = 20_000
_WORDS = {
    "name": "Give it a name of up to 80 characters.",
    "cut_off": "Write a time of day, like 14:00.",
    "handling_days": "A whole number of days, up to 60.",
    "transit_from": "A whole number of days, up to 90.",
    "transit_to": "A whole number of days, up to 90.",
    "position": "A whole number from 0 to 1000.",
    "tax_class": "Choose one of the list.",
    "areas": "Name at least one country, and each place once.",
}


def zone_draft(form: ZoneForm) -> ZoneDraft:
    """Raises Invalid."""
    try:
        areas = read_areas(form.areas)
    except BadText as problem:
        raise Invalid(str(problem), {"areas": str(problem)}) from None
    try:
        return ZoneDraft.model_validate({"name": form.name, "areas": areas, "position": form.position})
    except ValidationError as error:
        raise _invalid(error, "areas") from None


def method_form(zone: Zone, method: Method) -> MethodForm:
    free = price_text(Money(method.free_from, method.currency)) if method.free_from else ""
    return MethodForm(
        zone_id=str(zone.id),
        zone_name=zone.name,
        code_now=method.code,
        name=method.name,
        basis=method.basis.value,
        rates=rates_text(method.rates, method.basis, method.currency),
        free_from=free,
        tax_class=method.tax_class.value,
        cut_off=f"{method.cut_off:%H:%M}",
        handling_days=str(method.handling_days),
        transit_from=str(method.transit_from),
        transit_to=str(method.transit_to),
        active=method.active,
        position=str(method.position),
    )


def method_draft(form: MethodForm, currency: str) -> MethodDraft:
    """Raises Invalid."""
    basis = Basis.GOODS if form.basis == Basis.GOODS else Basis.WEIGHT
    errors, values = {}, {}
    try:
        values["rates"] = read_rates(form.rates, basis, currency)
    except BadText as problem:
        errors["rates"] = str(problem)
    try:
        free = parse_price(form.free_from, currency).amount if form.free_from else None
    except BadPrice as problem:
        errors["free_from"], free = str(problem), None
    if errors:
        raise Invalid("Some fields need another look.", errors)
    typed: dict[str, Any] = {
        name: getattr(form, name) for name in (*METHOD_TEXTS, "active") if name != "free_from"
    }
    try:
        return MethodDraft.model_validate(
            typed | values | {"basis": basis, "currency": currency, "free_from": free}
        )
    except ValidationError as error:
        raise _invalid(error, "rates") from None


def typed_method(form: MethodForm, fields: Mapping[str, Any]) -> MethodForm:
    texts: dict[str, Any] = {
        name: short_text(fields[name], 200) for name in (*METHOD_TEXTS, "basis") if name in fields
    }
    texts["rates"] = short_text(fields.get("rates"), LONG, lines=True)
    texts["active"] = bool(fields.get("active"))
    return replace(form, **texts)


def new_code(zone: Zone, name: str) -> str:
    """Made from the name; orders and programs call the method by it."""
    base = slugify(name)[:28].strip("-") or "method"
    taken = {method.code for method in zone.methods}
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in numbered if code not in taken)


def _invalid(error: ValidationError, of_all: str) -> Invalid:
    """Each field that pydantic names in words of ours; what is about several stands at `of_all`."""
    told = {}
    for each in error.errors():
        name = str(each["loc"][0]) if each["loc"] else of_all
        words = str(each["msg"]).removeprefix("Value error, ")
        told[name] = _WORDS.get(name) if each["loc"] else f"{words[:1].upper()}{words[1:]}."
    return Invalid(
        "Some fields need another look.", {name: text or "Check this." for name, text in told.items()}
    )


def told_at(known: Mapping[str, str], refusal: StoreError) -> dict[str, str]:
    errors = refusal.errors if isinstance(refusal, Invalid) else {}
    placed = {name: text for name, text in errors.items() if name in known}
    return {**known, **(placed or {"form": refusal.detail})}


def first_field(errors: Mapping[str, str], prefix: str) -> str:
    """The id of the first field to be mended."""
    return f"{prefix}-{next((name for name, text in errors.items() if text and name != 'form'), 'name')}"
