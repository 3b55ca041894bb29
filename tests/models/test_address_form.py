"""The address forms of all countries."""

from __future__ import annotations

import pytest

from models.address import Address
from models.address_form import form_of, is_known, known_countries, postal_code_fits
from models.countries import country_name, within
from services.addresses import address_problems, read_address

ALL = sorted(known_countries())
WITH_CODES = [country for country in ALL if form_of(country).postal_example]


def typed(country: str, **more: str) -> dict[str, str]:
    """An address with something in every field that the country has."""
    form = form_of(country)
    region = form.regions[0][0] if form.regions else "Somewhere"
    filled = {
        "country": country,
        "name": "Ada Moss",
        "line1": "1 Quay Street",
        "city": "Harbour",
        "region": region if form.has("region") else "",
        "postal_code": form.postal_example,
    }
    return filled | more


def test_there_is_a_form_for_every_country() -> None:
    assert len(ALL) > 240
    assert not is_known("XX")
    assert not is_known("ZZ")


@pytest.mark.parametrize("country", ALL)
def test_a_form_names_each_part_that_its_addresses_have(country: str) -> None:
    form = form_of(country)
    assert "line1" in form.order
    assert form.required <= set(form.order)
    labels = {"city": form.city_label, "region": form.region_label, "postal_code": form.postal_label}
    assert all(labels[name] for name in form.order if name != "line1")
    assert country_name(country) != country


@pytest.mark.parametrize("country", WITH_CODES)
def test_the_example_of_a_postal_code_is_one_and_another_text_is_none(country: str) -> None:
    form = form_of(country)
    assert postal_code_fits(country, "", form.postal_example)
    problems = address_problems(typed(country, region="" if form.regions else "Somewhere"))
    assert "postal_code" not in problems
    wrong = address_problems(typed(country, postal_code="?!"))
    assert form.postal_name in wrong["postal_code"]
    assert form.postal_example in wrong["postal_code"]


def test_a_postal_code_must_be_in_its_region() -> None:
    oregon = typed("US", region="OR", postal_code="97205")
    assert address_problems(oregon) == {}
    assert address_problems(oregon | {"region": "NY"}) == {
        "postal_code": "Check the ZIP code: it is not in New York."
    }


@pytest.mark.parametrize(
    ("country", "missing"),
    [
        pytest.param("GB", {"line1", "city", "postal_code"}, id="GB"),
        pytest.param("US", {"line1", "city", "region", "postal_code"}, id="US"),
        pytest.param("IE", {"line1", "city"}, id="IE, where an Eircode may be left out"),
        pytest.param("HK", {"line1", "region"}, id="HK, which has no postal codes"),
        pytest.param("JP", {"line1", "region", "postal_code"}, id="JP, where the street's line has the city"),
        pytest.param("SG", {"line1", "postal_code"}, id="SG, which is a city"),
    ],
)
def test_each_country_needs_its_own_fields(country: str, missing: set[str]) -> None:
    assert address_problems({"country": country}).keys() == missing | {"name"}


def test_regions_are_kept_by_their_codes_and_may_be_typed_as_names() -> None:
    for written in ("Oregon", "oregon", "OR", " or "):
        assert read_address(typed("US", region=written, postal_code="97205")).region == "OR"
    assert address_problems(typed("US", region="Kent", postal_code="97205")) == {
        "region": "Choose a state from the list."
    }


def test_a_region_that_was_once_typed_is_chosen_by_its_code() -> None:
    for region, code in (("Oregon", "OR"), ("OR", "OR"), ("Kent", "Kent")):
        assert Address.chosen(typed("US", region=region)).region == code
    assert Address.chosen({"country": "XX", "region": "Ys"}).region == "Ys"


def test_what_a_country_does_not_have_is_left_out() -> None:
    kept = read_address(typed("GB", region="Avon", postal_code="bs1 4dj"))
    assert (kept.region, kept.postal_code) == ("", "BS1 4DJ")
    assert read_address(typed("HK", postal_code="999077")).postal_code == ""


@pytest.mark.parametrize(
    ("country", "code", "written"),
    [
        pytest.param("GB", "\uff50\uff41\uff12\uff10 \uff19\uff41\uff42", "PA20 9AB", id="full width"),
        pytest.param("GB", "PA\uff12\uff10\u00a0 9AB", "PA20 9AB", id="half of it, with a hard blank"),
        pytest.param("JP", "\uff11\uff15\uff14\uff0d\uff10\uff10\uff12\uff13", "154-0023", id="a wide dash"),
        pytest.param("JP", "154\u22120023", "154-0023", id="a minus"),
        pytest.param("JP", "\uff11\uff15\uff14\u30fc\uff10\uff10\uff12\uff13", "154-0023", id="a long vowel"),
    ],
)
def test_a_postal_code_may_be_typed_on_the_keyboard_of_another_script(
    country: str, code: str, written: str
) -> None:
    region = "東京都" if country == "JP" else ""
    assert read_address(typed(country, region=region, postal_code=code)).postal_code == written


@pytest.mark.parametrize(
    "code",
    ["\u0662\u0667\u0664\u0669\u0668", "\u0968\u096d\u096a\u096f\u096e", "27\uff149\u096e"],
    ids=["Arabic", "Devanagari", "mixed"],
)
def test_digits_that_no_carrier_reads_are_no_postal_code(code: str) -> None:
    assert address_problems(typed("DE", postal_code=code)).keys() == {"postal_code"}


def test_an_address_read_twice_stays_as_it_is() -> None:
    for country in ALL:
        if not address_problems(typed(country)):
            once = read_address(typed(country))
            assert read_address(once.model_dump()) == once


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        pytest.param(
            {"country": "GB", "city": "Bristol", "postal_code": "BS1 4DJ"}, ["Bristol", "BS1 4DJ"], id="GB"
        ),
        pytest.param({"country": "DE", "city": "Berlin", "postal_code": "10115"}, ["10115 Berlin"], id="DE"),
        pytest.param(
            {"country": "US", "city": "Portland", "region": "OR", "postal_code": "97205"},
            ["Portland, OR 97205"],
            id="US",
        ),
        pytest.param({"country": "SE", "city": "Lund", "postal_code": "223 50"}, ["223 50 Lund"], id="SE"),
        pytest.param(
            {"country": "JP", "region": "東京都", "postal_code": "154-0023"}, ["Tokyo", "154-0023"], id="JP"
        ),
        pytest.param({"country": "XX", "city": "Ys"}, ["Ys"], id="a country that nobody knows"),
    ],
)
def test_an_address_is_written_as_its_country_writes_it(address: dict[str, str], lines: list[str]) -> None:
    written = Address.kept({"name": "Ada Moss", "line1": "1 Quay Street", **address}).lines()
    assert written == ["Ada Moss", "1 Quay Street", *lines]


def test_countries_are_named_in_a_sentence() -> None:
    assert [within(each) for each in ("GB", "NL", "IE")] == ["the UK", "the Netherlands", "Ireland"]
