"""How addresses are written in the countries the store delivers to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressFormat:
    """What a country calls the parts of an address and in which order they go on the envelope.

    `postal_pattern` matches a whole postal code in capitals. An empty `region_label` means that the country's
    addresses have no region. Source: Universal Postal Union, postal addressing systems in member countries.
    """

    postal_name: str
    postal_pattern: str
    postal_example: str
    region_label: str = ""
    postal_first: bool = False

    @property
    def postal_label(self) -> str:
        return self.postal_name[0].upper() + self.postal_name[1:]


_FIVE_DIGITS = "[0-9]{5}"
_FOUR_DIGITS = "[0-9]{4}"

ADDRESS_FORMATS: dict[str, AddressFormat] = {
    "GB": AddressFormat("postcode", "[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", "BS1 4ND"),
    "IE": AddressFormat("Eircode", "[A-Z][0-9][0-9W] ?[0-9A-Z]{4}", "D02 X285"),
    "FR": AddressFormat("postal code", _FIVE_DIGITS, "69002", postal_first=True),
    "DE": AddressFormat("postal code", _FIVE_DIGITS, "20095", postal_first=True),
    "NL": AddressFormat("postal code", "[0-9]{4} ?[A-Z]{2}", "1012 JS", postal_first=True),
    "BE": AddressFormat("postal code", _FOUR_DIGITS, "9000", postal_first=True),
    "DK": AddressFormat("postal code", _FOUR_DIGITS, "8000", postal_first=True),
    "SE": AddressFormat("postal code", "[0-9]{3} ?[0-9]{2}", "411 03", postal_first=True),
    "US": AddressFormat("ZIP code", "[0-9]{5}(-[0-9]{4})?", "97205", region_label="State"),
    "CA": AddressFormat(
        "postal code", "[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]", "V6B 1A1", region_label="Province"
    ),
}
"""By ISO 3166-1 alpha-2 code, for every country of `models.shipping.COUNTRIES`."""
