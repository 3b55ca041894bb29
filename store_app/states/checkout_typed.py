"""How far what was typed in the checkout can be used."""

from __future__ import annotations

from dataclasses import asdict

from models.address import Destination
from services.addresses import address_problems, read_destination, read_email
from services.errors import Invalid
from store_app.view_models.checkout import ADDRESS, CONTACT, DELIVERY, CheckoutDraft


def email_problem(email: str) -> dict[str, str]:
    try:
        read_email(email)
    except Invalid as error:
        return error.errors
    return {}


def usable_until(draft: CheckoutDraft) -> int:
    """The first section whose entries can't be used."""
    if email_problem(draft.email):
        return CONTACT
    return ADDRESS if address_problems(asdict(draft)) else DELIVERY


def destination_of(draft: CheckoutDraft) -> Destination:
    """As far as what is typed can be right: prices and days hang on it while it is being typed."""
    for region, code in ((draft.region, draft.postal_code), (draft.region, ""), ("", "")):
        try:
            return read_destination(draft.country, region, code)
        except Invalid:
            continue
    return Destination(draft.country)
