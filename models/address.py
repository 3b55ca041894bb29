"""Where parcels go."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

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
    """A postal address; `country` is an ISO 3166-1 alpha-2 code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    line1: Line
    line2: OptionalLine = ""
    city: Line
    region: OptionalLine = ""
    postal_code: Annotated[PlainText, StringConstraints(min_length=2, max_length=16)]
    country: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")]
    phone: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=32, pattern=r"^[0-9+() -]*$")
    ] = Field(default="", description="Only for the carrier.")

    @classmethod
    def kept(cls, stored: Mapping[str, Any]) -> "Address":
        """An address out of the database, checked when it went in. Of a deleted customer's only the country is left."""
        return cls.model_construct(**stored)

    @classmethod
    def anonymous(cls, country: str) -> "Address":
        """What is left of the address of somebody who deleted their account."""
        return cls.model_construct(name=DELETED_CUSTOMER, line1="", city="", postal_code="", country=country)

    @property
    def destination(self) -> Destination:
        return Destination(self.country, self.region, self.postal_code)

    def lines(self) -> list[str]:
        """The address as printed on a label, without empty lines and without the country."""
        return [
            part
            for part in (self.name, self.line1, self.line2, self.city, self.region, self.postal_code)
            if part
        ]


def postcode_start(text: str) -> str:
    """A search text as the beginning of a postcode, without case and blanks; empty for what can't be one."""
    start = text.replace(" ", "").lower()
    return start if re.fullmatch(r"(?=.*[0-9])[0-9a-z-]{3,16}", start) else ""
