"""Promotions on a cart and through the checkout: who gets them, who doesn't and why, and how often."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
import sqlalchemy as sa
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.catalog import CategoryDraft
from models.identity import STORE, Identity
from models.ids import now
from models.money import Money
from models.order import OrderStatus
from models.pricing import AppliedPromotion
from models.pricing.effects import AmountOff, BuyXGetY, FreeDelivery, Tier, TierBasis, TieredOff
from models.promotion import PromotionRedemption, StoredPromotion
from models.reference import ReferenceVersion
from services.bootstrap import Resources
from services.cart import service as carts
from services.cart.service import CartView, SimulatedCart
from services.catalog import service as catalog
from services.checkout.service import Checkout, bring_cart_along, check_out
from services.errors import (
    Conflict,
    Invalid,
    PaymentDeclined,
    PreconditionFailed,
    PriceChanged,
    TooManyRequests,
)
from services.notification import mail
from services.notification import service as notification
from services.order import service as orders
from services.payment import service as payments
from services.promotion import repository
from services.promotion import service as promotions
from services.promotion.service import Buyer
from services.settings import settings
from services.unit_of_work import unit_of_work
from tests.promotion_samples import change, look_at, offer
from tests.shop_samples import DECLINED_CARD, DETAILS, GOOD_CARD, guest, level, owner, stock_shop, user

pytestmark = pytest.mark.usefixtures("resources")

ADA = guest()


async def fill(who: Identity = ADA, **quantities: int) -> None:
    async with unit_of_work() as uow:
        for sku, quantity in quantities.items():
            await carts.add_item(uow, owner(who), sku, quantity)


async def enter(code: str, who: Identity = ADA) -> CartView:
    async with unit_of_work() as uow:
        return await carts.enter_code(uow, owner(who), code, address="198.51.100.1")


async def cart_of(who: Identity = ADA) -> CartView:
    async with unit_of_work() as uow:
        return await carts.view_cart(uow, owner(who))


async def refusal(code: str, who: Identity = ADA) -> tuple[str, str]:
    with pytest.raises(Invalid) as refused:
        await enter(code, who)
    return refused.value.code, refused.value.detail


@pytest_asyncio.fixture
async def uncounted(resources: Resources) -> AsyncIterator[None]:
    """No row counts how often promotions have changed."""
    async with unit_of_work() as uow:
        query = select(ReferenceVersion).where(ReferenceVersion.name == "promotions")
        counted = (await uow.session.exec(query)).one()
        await uow.session.delete(counted)
    yield
    async with unit_of_work() as uow:
        uow.session.add(ReferenceVersion(name=counted.name, version=counted.version + 100))


async def spring_on_the_cart() -> UUID:
    """The code SPRING, entered for a mug."""
    await stock_shop(MUG=5)
    spring = await offer("SPRING")
    await fill(MUG=1)
    await enter("SPRING")
    return spring


def details(name: str = "ada") -> Any:
    return DETAILS.model_copy(update={"email": f"{name}@larkspur.example"})


async def buy(who: Identity = ADA, name: str = "ada", card: str = GOOD_CARD, **checkout: Any) -> Any:
    return await check_out(who, Checkout(details(name), card, **checkout))


async def test_a_refusal_names_the_total_without_the_offer_that_ended_while_the_order_was_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await stock_shop(MUG=9)
    spring = await offer(name="Spring")
    await fill(MUG=1)
    redeem = promotions.redeem

    async def after_it_was_ended(*arguments: Any) -> bool:
        await change(spring, active=False)
        return await redeem(*arguments)

    monkeypatch.setattr(promotions, "redeem", after_it_was_ended)
    with pytest.raises(PriceChanged) as refused:
        await buy()
    assert refused.value.extra["total"] == {"amount": 1200 + 450, "currency": "GBP"}


async def test_offers_are_kept_by_nobody_where_the_database_does_not_count_their_changes(
    uncounted: None,
) -> None:
    """A store that is newer than its database, for the moment of a release."""
    await stock_shop(MUG=9)
    spring = await offer(name="Spring")
    await fill(MUG=1)
    assert [each.name for each in (await cart_of()).totals.applied] == ["Spring"]
    await change(spring, active=False)
    assert not (await cart_of()).totals.applied


async def test_an_offer_that_another_process_ended_a_moment_ago_is_not_charged(resources: Resources) -> None:
    await stock_shop(MUG=9)
    ended = await offer(name="Spring")
    await fill(MUG=1)
    seen = (await cart_of()).totals.total
    async with unit_of_work() as uow:
        await uow.session.exec(sa.update(StoredPromotion).values(active=False))
    assert not (await look_at(ended)).promotion.active

    with pytest.raises(PriceChanged):
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD, expected_total=seen + Money(490, "GBP")))
    assert not (await cart_of()).totals.applied


async def test_a_code_is_taken_however_it_is_typed_and_taken_off_again() -> None:
    await stock_shop(MUG=5)
    await offer("SPRING10", name="Spring")
    await fill(MUG=2)
    view = await enter(" spring 10 ")
    assert (view.codes, view.totals.discount) == (("SPRING10",), Money(240, "GBP"))
    assert [(each.name, each.amount.amount) for each in view.totals.applied] == [("Spring", 240)]
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in "spring10")
    assert (await enter(full_width)).version == view.version
    async with unit_of_work() as uow:
        view = await carts.take_off_code(uow, owner(ADA), "Spring10")
    assert (view.codes, view.totals.total) == ((), Money(2400, "GBP"))


async def test_an_unknown_code_and_one_switched_off_get_the_same_answer_and_stay_off_the_cart() -> None:
    await stock_shop(MUG=5)
    await offer("SECRET", active=False)
    await fill(MUG=1)
    unknown, inactive = await refusal("SECRETS"), await refusal("SECRET")
    assert (unknown[0], unknown[1].replace("SECRETS", "SECRET")) == inactive
    assert (await cart_of()).codes == ()


async def test_each_refusal_says_exactly_why() -> None:
    await stock_shop(MUG=5, BOWL=5)
    tomorrow, yesterday = now() + timedelta(days=1), now() - timedelta(days=1)
    await offer("LATER", starts_at=tomorrow)
    await offer("GONE", ends_at=yesterday)
    await offer("RICH", minimum_spend=1700, currency="GBP")
    await offer("BOWLS", skus=["BOWL"])
    await offer("EURO", AmountOff(500), currency="EUR")
    await offer("TWO-MORE", BuyXGetY(2, 1))
    await offer("TIERS", TieredOff(TierBasis.QUANTITY, (Tier(4, 1000),)))
    await fill(MUG=1)
    told = {code: await refusal(code) for code in ("RICH", "BOWLS", "EURO", "TWO-MORE", "TIERS")}
    assert told == {
        "RICH": ("spend_more", "Spend £5.00 more to get it."),
        "BOWLS": ("nothing_covered", "Nothing in your cart is part of this offer."),
        "EURO": ("other_currency", "It holds for prices in EUR only; yours are in GBP."),
        "TWO-MORE": ("add_more", "Add 2 more to your cart to get it."),
        "TIERS": ("add_more", "Add 3 more to your cart to get it."),
    }
    begins, ended = await refusal("LATER"), await refusal("GONE")
    assert begins[0] == "not_begun"
    assert str(tomorrow.year) in begins[1]
    assert ended[0] == "ended"


async def test_what_cannot_be_combined_gives_way_to_what_saves_more_and_says_so() -> None:
    await stock_shop(MUG=5)
    await offer(name="Spring", effect=AmountOff(400), currency="GBP")
    await offer("ALONE", exclusive=True)
    await fill(MUG=2)
    assert await refusal("ALONE") == (
        "outdone",
        "It can't be combined with other offers, and “Spring” saves you more.",
    )
    await offer("BEST", AmountOff(900), currency="GBP", exclusive=True)
    view = await enter("BEST")
    assert [each.name for each in view.totals.applied] == ["BEST"]
    assert [each.reason for each in view.totals.refused if each.concerns_shopper] == [
        "“BEST” can't be combined with other offers, and saves you more."
    ]


async def test_a_code_for_the_delivery_stays_on_the_cart_until_a_delivery_shows_whether_it_saves_more() -> (
    None
):
    await stock_shop(MUG=5)
    await offer(name="Small", effect=AmountOff(100), currency="GBP")
    await offer("POST", FreeDelivery(), exclusive=True)
    await fill(MUG=1)
    view = await enter("POST")
    assert view.codes == ("POST",)
    assert [each.name for each in view.totals.applied] == ["Small"]
    assert [each.refusal.kind for each in view.totals.refused] == ["awaits_delivery"]
    bought = await buy()
    assert [each["name"] for each in bought.order.promotions] == ["POST"]
    assert (bought.order.discount_amount, bought.order.shipping_amount) == (0, 0)


async def test_a_promotion_of_the_last_second_of_all_breaks_no_cart() -> None:
    await stock_shop(MUG=5)
    await offer("EVER", starts_at="0001-01-01T00:00:00Z", ends_at="9999-12-31T23:59:59Z")
    await fill(MUG=1)
    assert (await enter("EVER")).totals.discount == Money(120, "GBP")


async def test_a_promotion_holds_from_its_first_second_until_just_before_its_last() -> None:
    await stock_shop(MUG=1)
    first, last = now() + timedelta(days=1), now() + timedelta(days=2)
    await offer(name="A day", starts_at=first, ends_at=last)
    second = timedelta(seconds=1)

    async def holds_at(moment: datetime) -> bool:
        async with unit_of_work() as uow:
            seen = await carts.simulate(uow, SimulatedCart({"MUG": 1}, moment=moment))
        return bool(seen.totals.applied)

    answers = [await holds_at(at) for at in (first - second, first, last - second, last)]
    assert answers == [False, True, True, False]


async def test_an_upper_category_covers_what_is_in_the_lower_ones() -> None:
    await stock_shop(MUG=5)
    async with unit_of_work() as uow:
        await catalog.create_category(uow, CategoryDraft(slug="table", name="Table"), by=STORE)
        below = CategoryDraft(slug="mugs", name="Mugs", parent="table")
        await catalog.update_category(uow, "mugs", below, by=STORE)
    await offer(categories=["table"])
    await fill(MUG=1)
    assert (await cart_of()).totals.discount == Money(120, "GBP")


async def test_a_code_survives_the_sign_in_and_joins_those_of_the_account() -> None:
    await stock_shop(MUG=5)
    await offer("GUEST")
    await offer("MEMBER", AmountOff(100), currency="GBP")
    maya = await user("maya")
    await fill(maya, MUG=1)
    await enter("MEMBER", maya)
    await fill(MUG=1)
    await enter("GUEST")
    assert maya.user_id
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor)
    merged = await cart_of(maya)
    assert merged.codes == ("MEMBER", "GUEST")
    assert len(merged.totals.applied) == 2


async def test_a_cart_takes_five_codes() -> None:
    await stock_shop(MUG=5)
    await fill(MUG=5)
    for number in range(6):
        await offer(f"CODE-{number}", AmountOff(10), currency="GBP")
    for number in range(5):
        await enter(f"CODE-{number}")
    assert (await refusal("CODE-5"))[0] == "too_many_codes"


async def test_guessing_codes_ends_after_some_and_a_right_one_is_refused_then_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings(), "rate_limit_code", 3)
    await stock_shop(MUG=5)
    await offer("RIGHT")
    await fill(MUG=1)
    async with unit_of_work() as uow:
        for guess in ("WRONG-1", "WRONG-2", "WRONG-3"):
            with pytest.raises(Invalid):
                await carts.enter_code(uow, owner(ADA), guess, address="198.51.100.77")
        with pytest.raises(TooManyRequests) as refused:
            await carts.enter_code(uow, owner(ADA), "RIGHT", address="198.51.100.77")
        assert 0 < refused.value.retry_after <= 60
        await carts.enter_code(uow, owner(ADA), "RIGHT", address="198.51.100.78")


async def test_an_order_keeps_what_it_got_line_by_line_and_its_promotion_is_counted() -> None:
    await stock_shop(MUG=5, BOWL=5)
    spring = await offer("SPRING", skus=["MUG"], total_limit=5)
    post = await offer("POST", FreeDelivery(), name="Free delivery")
    await fill(MUG=2, BOWL=1)
    for code in ("SPRING", "POST"):
        await enter(code)
    view = await buy()
    assert (view.order.discount_amount, view.order.shipping_amount, view.order.total_amount) == (240, 0, 3360)
    assert [(each["name"], each["amount"]) for each in view.order.promotions] == [
        ("SPRING", 240),
        ("Free delivery", 450),
    ]
    assert [item.discounts for item in view.items] == [[{"name": "SPRING", "amount": 240}], []]
    used = await look_at(spring)
    assert (used.orders, used.promotion.used, used.taken) == (1, 1, (Money(240, "GBP"),))
    assert (await look_at(post)).orders == 1


async def test_a_code_leaves_the_cart_with_what_was_ordered() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await offer("SPRING")
    await fill(MUG=1)
    await enter("SPRING")
    with pytest.raises(PaymentDeclined) as declined:
        await buy(card=DECLINED_CARD)
    await fill(BOWL=1)
    async with unit_of_work() as uow:
        order = await orders.find_order(uow, declined.value.extra["order_id"])
    await payments.pay(order.id, GOOD_CARD, ADA)
    left = await cart_of()
    assert (left.quantities(), left.codes) == ({"BOWL": 1}, ())


async def test_what_saves_nothing_is_not_used_up() -> None:
    await stock_shop(MUG=9)
    post = await offer("POST", FreeDelivery(), total_limit=1)
    await fill(MUG=2)
    await enter("POST")
    await fill(MUG=4)
    view = await buy()
    assert (view.order.shipping_amount, view.order.promotions) == (0, [])
    assert (await look_at(post)).orders == 0


async def test_a_cancelled_order_gives_its_promotion_back_once() -> None:
    await stock_shop(MUG=5)
    last = await offer("LAST", total_limit=1)
    await fill(MUG=1)
    await enter("LAST")
    view = await buy()
    eve = guest("eve")
    await fill(eve, MUG=1)
    assert (await refusal("LAST", eve))[0] == "used_up"
    await payments.cancel_order(view.order.id, by=STORE, reason="test")
    assert ((await look_at(last)).orders, (await look_at(last)).promotion.used) == (0, 0)
    async with unit_of_work() as uow:
        await promotions.give_back(uow, view.order.id)
    assert (await look_at(last)).promotion.used == 0
    assert (await enter("LAST", eve)).totals.applied


async def test_an_order_that_waits_for_its_payment_does_not_stand_in_its_own_way() -> None:
    await stock_shop(MUG=5)
    only = await offer("ONLY", total_limit=1, per_customer_limit=1, first_order_only=True)
    await fill(MUG=1)
    await enter("ONLY")
    with pytest.raises(PaymentDeclined):
        await buy(card=DECLINED_CARD)
    assert (await cart_of()).totals.applied
    await fill(MUG=1)
    view = await buy()
    assert view.order.status == OrderStatus.PAID
    assert view.order.discount_amount == 240
    assert ((await look_at(only)).orders, (await look_at(only)).promotion.used) == (1, 1)


async def test_so_often_a_customer_counts_for_the_account_and_for_the_address() -> None:
    await stock_shop(MUG=9)
    await offer("TWICE", per_customer_limit=2)
    maya = await user("maya")
    for name in ("maya", "maya-at-work"):
        await fill(maya, MUG=1)
        await enter("TWICE", maya)
        await buy(maya, name)
    await fill(maya, MUG=1)
    told = ("customer_limit", "It can be used 2 times by each customer, and you have done so.")
    assert await refusal("TWICE", maya) == told
    for name in ("Maya", "maya-AT-work"):
        await fill(MUG=1)
        await enter("TWICE")
        assert (await buy(name=name)).order.discount_amount == 120
        await fill(MUG=1)
        await enter("TWICE")
        with pytest.raises(PriceChanged, match="2 times by each customer"):
            await buy(name=name)
        async with unit_of_work() as uow:
            await carts.remove_item(uow, owner(ADA), "MUG")


async def test_a_first_order_is_first_for_the_account_and_for_the_address() -> None:
    await stock_shop(MUG=9)
    await offer("WELCOME10", first_order_only=True)
    maya = await user("maya")
    await fill(maya, MUG=1)
    await enter("WELCOME10", maya)
    await buy(maya, "maya")
    await fill(maya, MUG=1)
    assert (await refusal("WELCOME10", maya))[0] == "first_order_only"
    await fill(MUG=1)
    await enter("WELCOME10")
    with pytest.raises(PriceChanged, match="first orders only"):
        await buy(name="MAYA")
    assert (await buy(name="bob")).order.discount_amount == 120


async def test_an_offer_that_ended_since_the_page_was_shown_is_never_charged_silently() -> None:
    await stock_shop(MUG=5)
    spring = await offer()
    await fill(MUG=1)
    seen = (await cart_of()).totals.total + Money(450, "GBP")
    await change(spring, ends_at=now() - timedelta(seconds=1))
    with pytest.raises(PriceChanged) as refused:
        await buy(expected_total=seen)
    assert refused.value.extra["total"] == {"amount": 1650, "currency": "GBP"}
    assert (await cart_of()).quantities() == {"MUG": 1}
    assert await level("MUG") == (5, 0)


async def test_a_program_that_names_no_total_is_told_when_its_code_is_worth_nothing_any_more() -> None:
    spring = await spring_on_the_cart()
    await change(spring, active=False)
    with pytest.raises(PriceChanged, match=r"“SPRING” can't be used any more.*now £16.50"):
        await buy()
    async with unit_of_work() as uow:
        await carts.take_off_code(uow, owner(ADA), "SPRING")
    assert (await buy()).order.total_amount == 1650


async def test_fifty_buyers_share_a_code_for_five() -> None:
    await stock_shop(MUG=60)
    five = await offer("FIVE", total_limit=5)
    buyers = [guest(f"buyer-{number}") for number in range(50)]
    for who in buyers:
        await fill(who, MUG=1)
        await enter("FIVE", who)
    gate = asyncio.Semaphore(8)

    async def try_it(number: int) -> str:
        async with gate:
            try:
                view = await buy(buyers[number], f"buyer-{number}")
            except PriceChanged as refused:
                return refused.code
            return f"{view.order.status} {view.order.total_amount}"

    answers = Counter(await asyncio.gather(*(try_it(number) for number in range(50))))
    assert answers == {"paid 1530": 5, "price_changed": 45}
    assert ((await look_at(five)).orders, (await look_at(five)).promotion.used) == (5, 5)
    assert await level("MUG") == (55, 0)
    kept = [await cart_of(who) for who in buyers]
    assert sum(not view.is_empty for view in kept) == 45


@pytest.mark.parametrize(
    "limits", [{"per_customer_limit": 1}, {"first_order_only": True}], ids=["once", "first"]
)
async def test_one_customer_with_two_devices_gets_it_once(limits: dict[str, Any]) -> None:
    await stock_shop(MUG=9)
    once = await offer("ONCE", **limits)
    devices = [guest("phone"), guest("laptop")]
    for who in devices:
        await fill(who, MUG=1)
        await enter("ONCE", who)

    async def try_it(who: Identity) -> str:
        try:
            return str((await buy(who, "ada")).order.status)
        except PriceChanged as refused:
            return refused.code

    assert sorted(await asyncio.gather(*map(try_it, devices))) == ["paid", "price_changed"]
    assert (await look_at(once)).orders == 1


async def test_rows_of_promotions_are_locked_in_the_order_of_their_ids_whatever_is_taken_off_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else two orders, or an order and a cancellation, could wait for each other."""
    await stock_shop(MUG=5)
    known = [await offer(f"CODE-{place}", total_limit=9, priority=9 - place) for place in range(4)]
    await fill(MUG=1)
    for place in range(4):
        await enter(f"CODE-{place}")
    locked: list[UUID] = []
    count_use, share = repository.count_use, repository.share

    async def counted(session: AsyncSession, promotion_id: UUID, moment: Any) -> Any:
        locked.append(promotion_id)
        return await count_use(session, promotion_id, moment)

    async def shared(session: AsyncSession, promotion_id: UUID) -> None:
        locked.append(promotion_id)
        await share(session, promotion_id)

    monkeypatch.setattr(repository, "count_use", counted)
    monkeypatch.setattr(repository, "share", shared)
    view = await buy()
    assert [each["code"] for each in view.order.promotions] == ["CODE-3", "CODE-2", "CODE-1", "CODE-0"]
    await payments.cancel_order(view.order.id, by=STORE, reason="test")
    assert locked == known + known


async def test_orders_and_cancellations_at_once_leave_the_count_right() -> None:
    await stock_shop(MUG=40)
    shared, other = await offer("SHARED", total_limit=6), await offer("OTHER", AmountOff(5), currency="GBP")
    buyers = [guest(f"buyer-{number}") for number in range(12)]
    for who in buyers:
        await fill(who, MUG=1)
        for code in ("SHARED", "OTHER"):
            await enter(code, who)

    async def come_and_go(number: int) -> None:
        try:
            view = await buy(buyers[number], f"buyer-{number}")
        except PriceChanged:
            return
        if number % 2:
            await payments.cancel_order(view.order.id, by=STORE, reason="test")

    await asyncio.gather(*(come_and_go(number) for number in range(12)))
    for promotion_id in (shared, other):
        kept = await look_at(promotion_id)
        assert kept.promotion.used == (kept.orders if kept.promotion.is_counted else 0)
    assert (await look_at(shared)).orders <= 6


async def test_a_limit_set_later_counts_what_was_ordered_before() -> None:
    await stock_shop(MUG=9)
    spring = await offer("SPRING")
    await fill(MUG=1)
    await enter("SPRING")
    await buy()
    assert (await look_at(spring)).promotion.used == 0
    assert (await change(spring, total_limit=1)).promotion.used == 1
    await fill(MUG=1)
    assert (await refusal("SPRING"))[0] == "used_up"


async def test_a_code_is_taken_once_and_a_used_promotion_cannot_be_deleted() -> None:
    await stock_shop(MUG=9)
    spring = await offer("SPRING")
    with pytest.raises(Conflict, match="SPRING already"):
        await offer("spring")
    await fill(MUG=1)
    await enter("SPRING")
    await buy()
    with pytest.raises(Conflict, match="Switch it off"):
        async with unit_of_work() as uow:
            await promotions.delete_promotion(uow, spring, by=STORE)
    changed = (await look_at(spring)).promotion.draft().model_copy(update={"name": "Other"})
    async with unit_of_work() as uow:
        with pytest.raises(PreconditionFailed):
            await promotions.update_promotion(uow, spring, changed, expected_version=7, by=STORE)


async def test_goods_that_are_not_in_the_catalogue_are_named() -> None:
    await stock_shop(MUG=1)
    with pytest.raises(Invalid) as refused:
        await offer("X-1", skus=["MUG", "NOPE"], categories=["hats"], products=["mug", "cap"])
    assert refused.value.errors == {
        "categories": "Not in the catalogue: hats.",
        "products": "Not in the catalogue: cap.",
        "skus": "Not in the catalogue: NOPE.",
    }


async def test_an_offer_that_goes_away_while_an_order_is_being_placed_is_not_redeemed() -> None:
    await stock_shop(MUG=5)
    promises = {
        "OFF": await offer("OFF", active=False),
        "OVER": await offer("OVER", total_limit=9, ends_at=now() - timedelta(seconds=1)),
        "EARLY": await offer("EARLY", starts_at=now() + timedelta(hours=1)),
    }
    await fill(MUG=1)
    order = (await buy()).order
    for code, promotion_id in promises.items():
        promised = AppliedPromotion(promotion_id, code, code, Money(120, "GBP"))
        async with unit_of_work() as uow:
            assert not await promotions.redeem(uow, order.id, Buyer(email="ada@larkspur.example"), [promised])
        assert (await look_at(promotion_id)).promotion.used == 0


async def test_whoever_sets_a_limit_waits_for_orders_that_are_being_placed_and_counts_them() -> None:
    await stock_shop(MUG=5)
    spring = await offer("SPRING")
    await fill(MUG=1)
    order = (await buy()).order
    promised = AppliedPromotion(spring, "SPRING", "SPRING", Money(120, "GBP"))
    async with unit_of_work() as uow:
        assert await promotions.redeem(uow, order.id, Buyer(email="ada@larkspur.example"), [promised])
        setting = asyncio.create_task(change(spring, total_limit=1))
        await asyncio.sleep(0.3)
        assert not setting.done()
    assert (await setting).promotion.used == 1


async def test_nobody_sets_a_limit_between_the_look_at_a_promotion_and_the_note_that_an_order_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spring = await spring_on_the_cart()
    setting: list[asyncio.Task[Any]] = []
    add = repository.add_redemption

    async def while_a_limit_is_set(session: AsyncSession, redemption: PromotionRedemption) -> None:
        setting.append(asyncio.create_task(change(spring, total_limit=1)))
        await asyncio.sleep(0.3)
        await add(session, redemption)

    monkeypatch.setattr(repository, "add_redemption", while_a_limit_is_set)
    await buy()
    assert (await setting[0]).promotion.used == 1


async def test_whoever_sets_a_limit_waits_for_orders_that_are_being_cancelled_and_does_not_count_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spring = await spring_on_the_cart()
    order = (await buy()).order
    setting: list[asyncio.Task[Any]] = []
    uncount = repository.uncount_use

    async def while_a_limit_is_set(session: AsyncSession, promotion_id: UUID) -> None:
        await uncount(session, promotion_id)
        setting.append(asyncio.create_task(change(spring, total_limit=1)))
        await asyncio.sleep(0.3)

    monkeypatch.setattr(repository, "uncount_use", while_a_limit_is_set)
    await payments.cancel_order(order.id, by=STORE, reason="test")
    assert (await setting[0]).promotion.used == 0


async def test_the_confirmation_by_mail_names_what_was_taken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    await stock_shop(MUG=5)
    await offer("SPRING", name="Spring <3")
    await offer("POST", FreeDelivery(), name="Delivery on us")
    await fill(MUG=2)
    for code in ("SPRING", "POST"):
        await enter(code)
    sent: list[dict[str, Any]] = []

    async def keep(**message: Any) -> None:
        sent.append(message)

    monkeypatch.setattr(mail, "send", keep)
    await notification.send_order_confirmation((await buy()).order.id)
    (message,) = sent
    told = message["text"]
    assert "  Spring <3: −£2.40\nDelivery: Standard" in told
    assert " (Delivery on us): Free\nTotal: £21.60\n" in told
    assert "Spring &lt;3" in message["html"]
