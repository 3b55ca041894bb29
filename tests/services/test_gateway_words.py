"""The gateway's texts may be longer or stranger than today's: after a charge they must still be written down."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from models.payment import Payment, PaymentStatus
from services.cart import service as carts
from services.checkout.service import Checkout, check_out
from services.errors import PaymentDeclined, Unavailable
from services.payment import gateway
from services.unit_of_work import unit_of_work
from tests.shop_samples import DETAILS, GOOD_CARD, guest, owner, stock_shop

pytestmark = pytest.mark.usefixtures("resources")
ADA = guest()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Fields that the gateway's answers about an intent have besides or instead of the true ones."""
    other: dict[str, Any] = {}
    real = gateway._json
    monkeypatch.setattr(gateway, "_json", lambda answer: real(answer) | other)
    return other


async def pay() -> Payment:
    await stock_shop(MUG=1)
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(ADA), "MUG", 1)
    await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    return await written_down()


async def written_down() -> Payment:
    async with unit_of_work() as uow:
        payment: Payment = (await uow.session.exec(select(Payment))).one()
    return payment


async def test_a_long_way_to_the_bank_is_kept_whole(answers: dict[str, Any]) -> None:
    url = "https://bank.example/" + "x" * 3000
    answers |= {"status": "requires_action", "next_action": {"redirect_to_url": {"url": url}}}
    assert (await pay()).action_url == url


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://bank.example/\x00", "", None])
async def test_an_address_no_browser_can_be_sent_to_is_no_answer(
    answers: dict[str, Any], url: str | None
) -> None:
    answers |= {"status": "requires_action", "next_action": {"redirect_to_url": {"url": url}}}
    with pytest.raises(Unavailable):
        await pay()


async def test_a_long_reason_for_a_refusal_is_cut(answers: dict[str, Any]) -> None:
    answers |= {"status": "requires_payment_method", "last_payment_error": {"decline_code": "x\x00" * 100}}
    with pytest.raises(PaymentDeclined):
        await pay()
    assert (await written_down()).decline_code == "x" * 60


async def test_a_charge_is_written_down_with_whatever_card(answers: dict[str, Any]) -> None:
    answers |= {"payment_method": {"card": {"brand": "a brand\x00 with a long name", "last4": "123456"}}}
    payment = await pay()
    assert payment.status == PaymentStatus.SUCCEEDED
    assert (payment.card_brand, payment.card_last4) == ("a brand with a long ", "1234")


async def test_an_intent_whose_id_cannot_be_kept_is_never_charged(answers: dict[str, Any]) -> None:
    answers |= {"id": "pi_" + "x" * 80}
    with pytest.raises(Unavailable):
        await pay()
    assert (await written_down()).intent_id is None
