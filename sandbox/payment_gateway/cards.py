"""The test cards, with the numbers and token names of https://docs.stripe.com/testing."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a card does when it is charged."""

    SUCCEEDS = "succeeds"
    TAKES_TIME = "takes_time"
    ASKS_FOR_AUTHENTICATION = "asks_for_authentication"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a charge is declined, in Stripe's codes and a sentence for the shopper."""

    code: str
    message: str
    decline_code: str | None = None


@dataclass(frozen=True, slots=True)
class TestCard:
    """One number (or ready-made payment method) and what becomes of it."""

    number: str
    brand: str
    tokens: tuple[str, ...]
    about: str
    outcome: Outcome
    refusal: Refusal | None = None

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def grouped(self) -> str:
        """The number as it is printed on a card."""
        pattern = r"(.{4})(.{6})(.{5})" if self.brand == "amex" else r"(.{4})(.{4})(.{4})(.{4})"
        return re.sub(pattern, lambda match: " ".join(match.groups()), self.number)


def _declined(number: str, tokens: tuple[str, ...], about: str, refusal: Refusal) -> TestCard:
    return TestCard(number, "visa", tokens, about, Outcome.DECLINED, refusal)


CARDS: tuple[TestCard, ...] = (
    TestCard("4242424242424242", "visa", ("pm_card_visa",), "Succeeds", Outcome.SUCCEEDS),
    TestCard("5555555555554444", "mastercard", ("pm_card_mastercard",), "Succeeds", Outcome.SUCCEEDS),
    TestCard("378282246310005", "amex", ("pm_card_amex",), "Succeeds", Outcome.SUCCEEDS),
    _declined(
        "4000000000000002",
        ("pm_card_chargeDeclined", "pm_card_visa_chargeDeclined"),
        "Declined",
        Refusal("card_declined", "Your card was declined.", "generic_decline"),
    ),
    _declined(
        "4000000000009995",
        ("pm_card_chargeDeclinedInsufficientFunds", "pm_card_visa_chargeDeclinedInsufficientFunds"),
        "Declined: insufficient funds",
        Refusal("card_declined", "Your card has insufficient funds.", "insufficient_funds"),
    ),
    _declined(
        "4000000000000069",
        ("pm_card_chargeDeclinedExpiredCard", "pm_card_visa_chargeDeclinedExpiredCard"),
        "Declined: expired card",
        Refusal("expired_card", "Your card has expired."),
    ),
    _declined(
        "4000000000000127",
        ("pm_card_chargeDeclinedIncorrectCvc", "pm_card_visa_chargeDeclinedIncorrectCvc"),
        "Declined: incorrect CVC",
        Refusal("incorrect_cvc", "Your card's security code is incorrect."),
    ),
    TestCard(
        "4000000000003220",
        "visa",
        ("pm_card_threeDSecure2Required", "pm_card_authenticationRequired"),
        "Asks for 3-D Secure",
        Outcome.ASKS_FOR_AUTHENTICATION,
    ),
    TestCard(
        "4000000000000259",
        "visa",
        ("pm_card_takesTime",),
        "Processing for two seconds, then succeeds",
        Outcome.TAKES_TIME,
    ),
)

BY_NUMBER = {card.number: card for card in CARDS}
BY_TOKEN = {token: card for card in CARDS for token in card.tokens}


def passes_luhn(number: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
