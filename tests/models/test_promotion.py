"""Codes as they are typed and copied, and the days a promotion may have."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.pricing.effects import PercentageOff
from models.promotion import MAX_CODE, PromotionDraft, normal_code

TEN = {"name": "Spring", "effect": PercentageOff(1000)}


@pytest.mark.parametrize(
    "typed",
    [
        "spring-10",
        " Spring - 10\n",
        "SPRING\N{EN DASH}10",
        "SPRING\N{NON-BREAKING HYPHEN}10",
        "SPRING\N{MINUS SIGN}10",
        "\N{ZERO WIDTH NO-BREAK SPACE}SPRING-10\N{ZERO WIDTH SPACE}",
        "SPR\N{SOFT HYPHEN}ING-10",
        "SPRING-10\N{NO-BREAK SPACE}",
        "\N{FULLWIDTH LATIN SMALL LETTER S}pring-10",
        "\N{RIGHT-TO-LEFT MARK}SPRING-10",
    ],
    ids=lambda typed: typed.encode("unicode_escape").decode().replace("\\", "_").replace(" ", "_"),
)
def test_a_code_is_the_same_however_it_was_typed_or_copied(typed: str) -> None:
    assert normal_code(typed) == "SPRING-10"


@pytest.mark.parametrize(
    "typed", ["", "  ", "\x00", "A" * (MAX_CODE + 1), "\ud800", "\N{SOFT HYPHEN}"], ids=repr
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert normal_code(typed) == ""


@example("C\N{CEDILLA}")
@given(st.text(max_size=60))
def test_a_code_once_plain_stays_as_it_is(typed: str) -> None:
    assert normal_code(normal_code(typed)) == normal_code(typed)


@pytest.mark.parametrize(
    ("field", "moment"),
    [("ends_at", "9999-12-31T23:30:00-01:00"), ("starts_at", "0001-01-01T00:30:00+01:00")],
)
def test_a_day_that_no_calendar_has_in_utc_is_refused(field: str, moment: str) -> None:
    with pytest.raises(ValidationError, match="years 1 to 9999"):
        PromotionDraft.model_validate(TEN | {field: moment})


def test_the_last_second_of_all_can_be_named() -> None:
    draft = PromotionDraft.model_validate(TEN | {"ends_at": "9999-12-31T23:59:59Z"})
    assert draft.ends_at
    assert draft.ends_at.year == 9999
