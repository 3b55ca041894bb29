"""Which promotions a cart gets, what the others are told, and what is nearly reached."""

from __future__ import annotations

import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import Money
from models.pricing import Breakdown, Delivery, PricedLine, RefusalKind, TaxRules, price
from models.pricing.promotions import (
    AmountOff,
    BuyXGetY,
    Effect,
    FreeDelivery,
    PercentageOff,
    Promotion,
    Scope,
    Tier,
    TierBasis,
    TieredOff,
)
from tests.models.pricing.test_breakdown import PROMOTIONS, FreeOver, carts

MUG = PricedLine("MUG", 1, Money(1000, "GBP"), product="mug", categories=frozenset({"table", "mugs"}))
STANDARD = Delivery("standard", "Standard", FreeOver(450, 6000))


def promotion(number: int, effect: Effect, **more: object) -> Promotion:
    return Promotion(UUID(int=number), f"Offer {number}", effect, **more)  # type: ignore[arg-type]


def units(quantity: int, amount: int = 1000) -> list[PricedLine]:
    return [PricedLine("MUG", quantity, Money(amount, "GBP"), categories=frozenset({"mugs"}))]


def refusals(paid: Breakdown) -> dict[str, tuple[RefusalKind, str]]:
    return {each.name: (each.refusal.kind, each.reason) for each in paid.refused}


@given(carts(), PROMOTIONS, st.randoms(use_true_random=False))
def test_the_order_in_which_promotions_are_found_changes_nothing(
    cart: tuple[list[PricedLine], str], promotions: list[Promotion], chance: random.Random
) -> None:
    lines, currency = cart
    shuffled = list(promotions)
    chance.shuffle(shuffled)
    assert price(lines, currency, promotions=shuffled) == price(lines, currency, promotions=promotions)


@given(carts(), PROMOTIONS)
def test_what_is_applied_alone_or_together_respects_who_goes_alone(
    cart: tuple[list[PricedLine], str], promotions: list[Promotion]
) -> None:
    lines, currency = cart
    taken = {each.promotion_id for each in price(lines, currency, promotions=promotions).applied}
    alone = {each.id for each in promotions if each.exclusive}
    assert not (taken & alone) or len(taken) == 1


def test_a_discount_that_costs_the_free_delivery_is_left_out() -> None:
    small = promotion(1, PercentageOff(100))
    paid = price(units(6), "GBP", promotions=[small], delivery=STANDARD)
    assert paid.total == Money(6000, "GBP")
    assert refusals(paid) == {
        "Offer 1": (RefusalKind.OUTDONE, "Without it your delivery is free, and that saves you more.")
    }


def test_of_two_discounts_that_cost_the_free_delivery_together_one_is_kept() -> None:
    both = [promotion(1, PercentageOff(300)), promotion(2, PercentageOff(200))]
    paid = price(units(1, 6200), "GBP", promotions=both, delivery=STANDARD)
    assert [each.name for each in paid.applied] == ["Offer 1"]
    assert paid.total == Money(6014, "GBP")
    assert refusals(paid)["Offer 2"][1] == "Without it your delivery is free, and that saves you more."


def test_of_three_discounts_as_few_as_possible_are_left_out_for_the_free_delivery() -> None:
    three = [promotion(number, PercentageOff(300)) for number in (1, 2, 3)]
    paid = price(units(1, 6300), "GBP", promotions=three, delivery=STANDARD)
    assert [each.name for each in paid.applied] == ["Offer 1"]
    assert paid.total == Money(6111, "GBP")


def test_a_discount_is_left_out_that_saves_less_than_the_delivery_and_its_tax_cost() -> None:
    """Five pounds off books without tax would cost four pounds fifty of delivery, and ninety pence of tax on that."""
    tax = TaxRules(included=False, rates={"standard": 2000, "zero": 0})
    books = [PricedLine("BOOK", 1, Money(6400, "GBP"), tax_class="zero")]
    off = promotion(1, AmountOff(500), currency="GBP")
    paid = price(books, "GBP", promotions=[off], delivery=STANDARD, tax=tax)
    assert (paid.total, paid.applied) == (Money(6400, "GBP"), ())


def test_of_two_offers_the_one_is_taken_that_saves_more_with_its_tax() -> None:
    tax = TaxRules(included=False, rates={"standard": 2000, "zero": 0})
    lines = [
        PricedLine("BOOK", 1, Money(5000, "GBP"), tax_class="zero"),
        PricedLine("LAMP", 1, Money(5000, "GBP")),
    ]
    books = promotion(1, AmountOff(500), currency="GBP", scope=Scope(skus=frozenset({"BOOK"})))
    lamps = promotion(
        2, AmountOff(450), currency="GBP", scope=Scope(skus=frozenset({"LAMP"})), exclusive=True
    )
    paid = price(lines, "GBP", promotions=[books, lamps], tax=tax)
    assert [each.name for each in paid.applied] == ["Offer 2"]
    assert paid.total == Money(10_000 + 1000 - 540, "GBP")


def test_with_very_many_offers_near_the_free_delivery_the_price_is_still_found_soon() -> None:
    many = [promotion(number, PercentageOff(40)) for number in range(1, 13)]
    paid = price(units(1, 6100), "GBP", promotions=many, delivery=STANDARD)
    assert paid.delivery is not None
    assert paid.total.amount <= 6100
    assert len(paid.applied) + len(paid.refused) == 12


@pytest.mark.parametrize(
    "effect",
    [
        PercentageOff(1234),
        AmountOff(1005),
        BuyXGetY(2, 1, 3333),
        TieredOff(TierBasis.QUANTITY, (Tier(2, 777),)),
        FreeDelivery(up_to=123),
    ],
    ids=lambda effect: effect.kind,
)
@pytest.mark.parametrize("included", [True, False], ids=["included", "on_top"])
def test_in_dinars_every_discount_and_tax_leaves_what_a_card_can_be_charged(
    effect: Effect, included: bool
) -> None:
    lines = [
        PricedLine("MUG", 3, Money(1230, "KWD")),
        PricedLine("BOWL", 1, Money(4570, "KWD"), tax_class="reduced"),
    ]
    tax = TaxRules(included, rates={"standard": 1500, "reduced": 333})
    offers = [promotion(1, effect), promotion(2, PercentageOff(333))]
    method = Delivery("standard", "Standard", FreeOver(1500, 10**9))
    paid = price(lines, "KWD", promotions=offers, delivery=method, tax=tax)
    assert len(paid.applied) == 2
    assert paid.total.amount % 10 == 0
    assert all(line.total.amount % 10 == 0 for line in paid.lines)
    assert paid.delivery
    assert paid.delivery.total.amount % 10 == 0


def test_free_delivery_reaches_as_far_as_it_is_worth() -> None:
    express = Delivery("express", "Express", FreeOver(850, 10**9))
    paid = price(units(1), "GBP", promotions=[promotion(1, FreeDelivery(up_to=450))], delivery=express)
    assert (paid.shipping, paid.applied[0].amount) == (Money(400, "GBP"), Money(450, "GBP"))
    both = [promotion(1, FreeDelivery(up_to=450)), promotion(2, FreeDelivery())]
    paid = price(units(1), "GBP", promotions=both, delivery=express)
    assert [each.amount.amount for each in paid.applied] == [450, 400]


def test_free_delivery_where_it_is_free_already_is_not_used_up() -> None:
    paid = price(units(6), "GBP", promotions=[promotion(1, FreeDelivery())], delivery=STANDARD)
    assert paid.applied == ()
    assert refusals(paid)["Offer 1"] == (RefusalKind.NO_EFFECT, "Your delivery is free already.")


def test_free_delivery_that_goes_alone_waits_for_the_delivery() -> None:
    alone = promotion(1, FreeDelivery(), exclusive=True, code="POST")
    assert [each.name for each in price(units(1), "GBP", promotions=[alone]).applied] == ["Offer 1"]


@pytest.mark.parametrize("alone", [True, False], ids=["it_goes_alone", "the_other_goes_alone"])
def test_a_free_delivery_is_not_ruled_out_before_it_is_known_what_delivery_costs(alone: bool) -> None:
    post = promotion(1, FreeDelivery(), exclusive=alone, code="POST")
    small = promotion(2, AmountOff(100), currency="GBP", exclusive=not alone)
    before = price(units(1), "GBP", promotions=[post, small])
    assert [each.name for each in before.applied] == ["Offer 2"]
    assert refusals(before)["Offer 1"] == (
        RefusalKind.AWAITS_DELIVERY,
        "It can't be combined with “Offer 2”. Choose a delivery, and you get what saves you more.",
    )
    after = price(units(1), "GBP", promotions=[post, small], delivery=STANDARD)
    assert [each.name for each in after.applied] == ["Offer 1"]
    assert after.total == Money(1000, "GBP")


def test_what_saves_as_much_says_so() -> None:
    same = [promotion(1, PercentageOff(1000)), promotion(2, AmountOff(100), currency="GBP", exclusive=True)]
    told = refusals(price(units(1), "GBP", promotions=same))["Offer 2"][1]
    assert told == "It can't be combined with other offers, and “Offer 1” saves you as much."


def test_percentages_are_taken_one_off_what_the_other_leaves() -> None:
    half, ten = promotion(1, PercentageOff(5000), priority=1), promotion(2, AmountOff(100), currency="GBP")
    paid = price(units(1), "GBP", promotions=[ten, half])
    assert [each.amount.amount for each in paid.lines[0].discounts] == [500, 100]


@pytest.mark.parametrize(
    ("quantity", "effect", "more", "hint"),
    [
        (2, BuyXGetY(2, 1), {}, "One more for “Offer 1”."),
        (1, BuyXGetY(2, 1), {}, "Two more for “Offer 1”."),
        (1, BuyXGetY(4, 1), {}, ""),
        (5, BuyXGetY(2, 1), {}, "One more for “Offer 1” once again."),
        (3, BuyXGetY(2, 1), {}, ""),
        (2, PercentageOff(1000), {"minimum_spend": 2450, "currency": "GBP"}, "Add £4.50 more for “Offer 1”."),
        (1, PercentageOff(1000), {"minimum_spend": 9900, "currency": "GBP"}, ""),
        (1, PercentageOff(1000), {"minimum_spend": 1100, "currency": "GBP", "code": "TEN"}, ""),
        (
            3,
            TieredOff(TierBasis.QUANTITY, (Tier(2, 500), Tier(4, 1250))),
            {},
            "One more and “Offer 1” takes off 12.5%.",
        ),
        (
            3,
            TieredOff(TierBasis.SPEND, (Tier(2000, 500), Tier(4000, 1000))),
            {"currency": "GBP"},
            "Add £10.00 more and “Offer 1” takes off 10%.",
        ),
        (4, TieredOff(TierBasis.QUANTITY, (Tier(2, 500), Tier(4, 1250))), {}, ""),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, int | str | dict) else None,
)
def test_what_is_nearly_reached_is_said_in_one_line(
    quantity: int, effect: Effect, more: dict[str, object], hint: str
) -> None:
    assert price(units(quantity), "GBP", promotions=[promotion(1, effect, **more)]).hint == hint


def test_of_several_near_offers_the_nearest_is_told() -> None:
    far = promotion(1, BuyXGetY(2, 1))
    near = promotion(2, PercentageOff(1000), minimum_spend=1050, currency="GBP")
    assert price([MUG], "GBP", promotions=[far, near]).hint == "Add £0.50 more for “Offer 2”."


def test_a_scope_of_several_kinds_covers_what_any_of_them_names() -> None:
    scope = Scope(categories=frozenset({"table"}), skus=frozenset({"VASE"}))
    assert scope.covers(MUG)
    assert scope.covers(PricedLine("VASE", 1, Money(1, "GBP")))
    assert not scope.covers(PricedLine("LAMP", 1, Money(1, "GBP"), categories=frozenset({"home"})))
