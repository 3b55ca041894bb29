"""Reading where and to whom something goes, as people type it, with words for every field that can't be used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from pydantic import EmailStr, TypeAdapter, ValidationError

from models.address import Address, Destination
from models.address_form import AddressForm, form_of, is_known, postal_code_fits
from services.errors import Invalid

ADDRESS_FIELDS = ("country", "name", "line1", "line2", "city", "region", "postal_code", "phone")
MAX_LINE = 120
MAX_POSTAL_CODE = 16
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\u30fc"), "-")
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
    """An address from the fields of the form, as its country writes one: a region by its code, the postal code in
    capitals, nothing in fields that the country doesn't have. Raises Invalid naming every field that can't be used."""
    problems = address_problems(typed)
    if problems:
        raise Invalid("Please check the address.", problems)
    values = _stripped(typed)
    form = form_of(values["country"])
    for name in ("city", "postal_code"):
        values[name] = values[name] if form.has(name) else ""
    values["region"] = form.region_code(values["region"])
    return Address.model_validate(values)


def read_destination(country: str, region: str = "", postal_code: str = "") -> Destination:
    """Where something would go, before there is an address. What isn't known is left empty.

    Raises Invalid for a country, a region or a postal code that can't be.
    """
    if not is_known(country):
        raise Invalid("We don't know this country.", {"country": "Use a code like GB or DE (ISO 3166-1)."})
    form, code = form_of(country), written_code(postal_code)
    area = form.region_code(region)
    if region.strip() and form.regions and not area:
        raise Invalid(
            "We don't know this region.", {"region": f"Choose a {form.region_name} of the country."}
        )
    if code and form.has("postal_code") and not postal_code_fits(country, area, code):
        told = _check_postal_code(form)
        raise Invalid(told, {"postal_code": told})
    return Destination(country, area, code if form.has("postal_code") else "")


def address_problems(typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with which field; empty when the address can be used."""
    values = _stripped(typed)
    if not is_known(values["country"]):
        return {"country": "Choose a country from the list."}
    form = form_of(values["country"])
    found = {
        name: f"At most {MAX_LINE} characters, please."
        for name in ADDRESS_FIELDS
        if len(values[name]) > MAX_LINE
    }
    found |= {
        name: message
        for name, message in _missing(form).items()
        if not values[name] and (name == "name" or name in form.required)
    }
    found |= _local_problems(form, values)
    if not re.fullmatch(r"[0-9+() -]{0,32}", values["phone"]):
        found["phone"] = "Use digits, spaces and + ( ) only."
    return found


def written_code(typed: str) -> str:
    """A postal code as carriers write it: in capitals, with the letters, digits and dashes of ASCII for those that
    keyboards of other scripts type. Prices hang on how it begins."""
    plain = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    return " ".join(plain.split()).upper()


def _stripped(typed: Mapping[str, str]) -> dict[str, str]:
    values = {name: typed.get(name, "").strip() for name in ADDRESS_FIELDS}
    return values | {"postal_code": written_code(values["postal_code"])}


def _missing(form: AddressForm) -> dict[str, str]:
    """What to do about a field that is empty."""
    region = f"Choose the {form.region_name}." if form.regions else f"Enter the {form.region_name}."
    return {
        "name": "Enter the name of the person who gets the parcel.",
        "line1": "Enter the street and house number.",
        "city": f"Enter the {form.city_label.lower()}.",
        "region": region,
        "postal_code": f"Enter the {form.postal_name}.",
    }


def _local_problems(form: AddressForm, values: Mapping[str, str]) -> dict[str, str]:
    found = {}
    region, code = form.region_code(values["region"]), values["postal_code"]
    if form.has("region") and values["region"] and not region:
        found["region"] = f"Choose a {form.region_name} from the list."
    if not form.has("postal_code") or not code or "region" in found:
        return found
    if len(code) > MAX_POSTAL_CODE or not postal_code_fits(form.country, "", code):
        found["postal_code"] = _check_postal_code(form)
    elif form.regions and region and not postal_code_fits(form.country, region, code):
        found["postal_code"] = f"Check the {form.postal_name}: it is not in {form.region_label_of(region)}."
    return found


def _check_postal_code(form: AddressForm) -> str:
    looks = f": it looks like {form.postal_example}" if form.postal_example else ""
    return f"Check the {form.postal_name}{looks}."
