"""Reading what a shopper typed at the checkout, with words for every field that can't be used."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import EmailStr, TypeAdapter, ValidationError

from models.address import Address
from models.address_formats import ADDRESS_FORMATS, AddressFormat
from models.shipping import COUNTRIES
from services.errors import Invalid

ADDRESS_FIELDS = ("country", "name", "line1", "line2", "city", "region", "postal_code", "phone")
MAX_LINE = 120
_REQUIRED = {
    "name": "Enter the name of the person who gets the parcel.",
    "line1": "Enter the street and house number.",
    "city": "Enter the town or city.",
}
_email = TypeAdapter[str](EmailStr)


def read_email(text: str) -> str:
    """Raises Invalid."""
    try:
        return _email.validate_python(text.strip())
    except ValidationError:
        message = (
            "Check this address: it looks like name@example.com."
            if text.strip()
            else "Enter your e-mail address."
        )
        raise Invalid(message, {"email": message}) from None


def read_address(typed: Mapping[str, str]) -> Address:
    """An address from the fields of the form. Raises Invalid naming every field that can't be used."""
    problems = address_problems(typed)
    if problems:
        raise Invalid("Please check the address.", problems)
    values = {name: typed.get(name, "").strip() for name in ADDRESS_FIELDS}
    written = ADDRESS_FORMATS[values["country"]]
    values["postal_code"] = values["postal_code"].upper()
    values["region"] = values["region"] if written.region_label else ""
    return Address.model_validate(values)


def address_problems(typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with which field; empty when the address can be used."""
    values = {name: typed.get(name, "").strip() for name in ADDRESS_FIELDS}
    if values["country"] not in COUNTRIES:
        return {"country": "Choose a country from the list."}
    found = {
        name: f"At most {MAX_LINE} characters, please."
        for name in ADDRESS_FIELDS
        if len(values[name]) > MAX_LINE
    }
    found |= {name: message for name, message in _REQUIRED.items() if not values[name]}
    found |= _local_problems(ADDRESS_FORMATS[values["country"]], values)
    if not re.fullmatch(r"[0-9+() -]{0,32}", values["phone"]):
        found["phone"] = "Use digits, spaces and + ( ) only."
    return found


def _local_problems(written: AddressFormat, values: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if not values["postal_code"]:
        found["postal_code"] = f"Enter the {written.postal_name}."
    elif not re.fullmatch(written.postal_pattern, values["postal_code"].upper()):
        found["postal_code"] = f"Check the {written.postal_name}: it looks like {written.postal_example}."
    if written.region_label and not values["region"]:
        found["region"] = f"Enter the {written.region_label.lower()}."
    return found
