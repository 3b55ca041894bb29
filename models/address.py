"""Where parcels go."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from models.address_form import form_of, is_known, written_lines
from models.countries import CountryCode
from models.text import PlainText

Line = Annotated[PlainText, StringConstraints(min_length=1, max_length=120)]
OptionalLine = Annotated[PlainText, StringConstraints(max_length=120)]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where something goes to, as far as prices depend on it. `country` is an ISO 3166-1 alpha-2 code."""

    country: str
    region: str = ""
    postal_code: str = ""


DELETED_CUSTOMER = "Deleted customer"
"""Stands where the name of somebody was whose account is deleted."""


class Address(BaseModel):
    """A postal address; `country` is an ISO 3166-1 alpha-2 code, `region` the code of one where the country's address
    form has them to choose from. What else an address needs depends on its country (models.address_form)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    line1: Line
    line2: OptionalLine = ""
    city: OptionalLine = ""
    region: OptionalLine = ""
    postal_code: Annotated[PlainText, StringConstraints(max_length=16)] = ""
    country: CountryCode
    phone: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=32, pattern=r"^[0-9+() -]*$")
    ] = Field(default="", description="Only for the carrier.")

    @classmethod
    def kept(cls, stored: Mapping[str, Any]) -> "Address":
        """An address out of the database, checked when it went in. Of a deleted customer's only the country is left."""
        return cls.model_construct(**stored)

    @classmethod
    def chosen(cls, stored: Mapping[str, Any]) -> "Address":
        """As kept, but with a region that was once typed as its code, so that a form shows it chosen."""
        kept = cls.kept(stored)
        code = form_of(kept.country).region_code(kept.region) if is_known(kept.country) else ""
        return kept.model_copy(update={"region": code or kept.region})

    @classmethod
    def anonymous(cls, country: str) -> "Address":
        """What is left of the address of somebody who deleted their account."""
        return cls.model_construct(name=DELETED_CUSTOMER, line1="", city="", postal_code="", country=country)

    @property
    def destination(self) -> Destination:
        return Destination(self.country, self.region, self.postal_code)

    def lines(self) -> list[str]:
        """The address as on an envelope of its country, without empty lines and without the country."""
        return written_lines(
            self.country,
            name=self.name,
            line1=self.line1,
            line2=self.line2,
            city=self.city,
            region=self.region,
            postal_code=self.postal_code,
        )


class TypedAddress(Address):
    """An address as it was sent. Which fields its country needs is told for all of them at once, when it is read."""

    name: OptionalLine = ""
    line1: OptionalLine = ""


def postcode_start(text: str) -> str:
    """A search text as the beginning of a postcode, without case and blanks; empty for what can't be one."""
    start = text.replace(" ", "").lower()
    return start if re.fullmatch(r"(?=.*[0-9])[0-9a-z-]{3,16}", start) else ""
