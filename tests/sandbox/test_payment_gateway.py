"""The payment gateway over HTTP, as the store and a browser meet it."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from sandbox.process import free_port, running

SECRET, PUBLISHABLE, WEBHOOK_SECRET = "sk_test_tests", "pk_test_tests", "whsec_test_tests"
STORE = "http://localhost:3000"


class Listener:
    """The store's webhook endpoint: refuses the first `refusals` deliveries, keeps the others."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bytes]] = []
        self.refusals = 0
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                refused = listener.refusals > 0
                if refused:
                    listener.refusals -= 1
                else:
                    listener.received.append((self.headers["Gateway-Signature"], body))
                self.send_response(503 if refused else 204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhooks"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def events(self, intent_id: str) -> list[dict[str, Any]]:
        """What was received about one payment."""
        events = [json.loads(body) for _, body in self.received]
        return [
            event
            for event in events
            if intent_id in (event["data"]["object"]["id"], event["data"]["object"].get("payment_intent"))
        ]


class Gateway:
    """The store's side of the API."""

    def __init__(self, address: str, listener: Listener) -> None:
        self.address, self.listener = address, listener
        self.client = httpx.Client(base_url=address, headers={"Authorization": f"Bearer {SECRET}"})

    def post(self, path: str, key: str | None = None, **fields: Any) -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(f"/v1/{path}", data=fields, headers=headers)

    def intent(self, amount: int = 4800, /, **fields: Any) -> dict[str, Any]:
        answer = self.post("payment_intents", amount=amount, currency="gbp", **fields)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def confirm(self, intent: dict[str, Any], method: str = "pm_card_visa", **fields: Any) -> httpx.Response:
        return self.post(f"payment_intents/{intent['id']}/confirm", payment_method=method, **fields)

    def paid(self, amount: int = 4800) -> dict[str, Any]:
        body: dict[str, Any] = self.confirm(self.intent(amount)).json()
        return body

    def show(self, intent: dict[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = self.client.get(f"/v1/payment_intents/{intent['id']}").json()
        return body

    def card(self, number: str, **changes: str) -> httpx.Response:
        """A payment method, as the card fields in the browser make one."""
        card = {"number": number, "exp_month": "4", "exp_year": "2040", "cvc": "123", **changes}
        fields = {f"card[{name}]": value for name, value in card.items()}
        return httpx.post(
            f"{self.address}/v1/payment_methods",
            data={"type": "card", **fields},
            headers={"Authorization": f"Bearer {PUBLISHABLE}", "Origin": STORE},
        )

    def chaos(self, mode: str, **more: Any) -> None:
        assert self.client.post("/chaos", json={"mode": mode, **more}).status_code == 200


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway that sends its webhooks to a listener."""
    listener = Listener()
    flags = [
        *("--secret-key", SECRET, "--publishable-key", PUBLISHABLE, "--webhook-secret", WEBHOOK_SECRET),
        *("--webhook-url", listener.url, "--allow-origin", STORE, "--chaos"),
    ]
    with running("payment_gateway", tmp_path_factory.mktemp("gateway"), *flags) as address:
        yield Gateway(address, listener)
    listener.close()


Value = TypeVar("Value")


def eventually(probe: Callable[[], Value], within: float = 5.0) -> Value:
    """The first truthy result."""
    deadline = time.monotonic() + within
    while not (value := probe()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert value
    return value


@pytest.mark.parametrize(
    ("amount", "currency", "status"),
    [(5120, "kwd", 200), (5124, "kwd", 400), (50_000, "isk", 200), (500_50, "isk", 400), (500, "jpy", 200)],
)
def test_it_takes_dinars_without_the_last_decimal_and_kronur_in_whole_hundreds(
    gateway: Gateway, amount: int, currency: str, status: int
) -> None:
    answer = gateway.post("payment_intents", amount=amount, currency=currency)
    assert answer.status_code == status, answer.text


def test_a_card_pays_once(gateway: Gateway) -> None:
    intent = gateway.intent(4800, **{"metadata[order_id]": "order-1"})
    assert intent["status"] == "requires_payment_method"
    method = gateway.card("4242 4242 4242 4242").json()
    assert method["card"]["last4"] == "4242"
    paid = gateway.confirm(intent, method["id"]).json()
    assert (paid["status"], paid["amount_received"]) == ("succeeded", 4800)
    again = gateway.confirm(intent)
    assert again.status_code == 400
    assert again.json()["error"]["code"] == "payment_intent_unexpected_state"
    assert again.json()["error"]["payment_intent"]["status"] == "succeeded"
    found = gateway.client.get("/v1/payment_intents", params={"metadata[order_id]": "order-1"}).json()["data"]
    assert [item["id"] for item in found] == [intent["id"]]


@pytest.mark.parametrize(
    ("number", "token", "code", "decline_code"),
    [
        ("4000000000000002", "pm_card_chargeDeclined", "card_declined", "generic_decline"),
        (
            "4000000000009995",
            "pm_card_chargeDeclinedInsufficientFunds",
            "card_declined",
            "insufficient_funds",
        ),
        ("4000000000000069", "pm_card_chargeDeclinedExpiredCard", "expired_card", None),
        ("4000000000000127", "pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
    ],
)
def test_a_declined_payment_can_be_tried_with_another_card(
    gateway: Gateway, number: str, token: str, code: str, decline_code: str | None
) -> None:
    intent = gateway.intent()
    for method in (gateway.card(number).json()["id"], token):
        declined = gateway.confirm(intent, method)
        error = declined.json()["error"]
        assert declined.status_code == 402
        assert (error["type"], error["code"], error.get("decline_code")) == ("card_error", code, decline_code)
        assert error["payment_intent"]["status"] == "requires_payment_method"
        assert error["payment_intent"]["last_payment_error"]["code"] == code
    assert gateway.confirm(intent).json()["status"] == "succeeded"
    assert gateway.show(intent)["last_payment_error"] is None


def test_twenty_confirmations_at_once_charge_once(gateway: Gateway) -> None:
    intent = gateway.intent()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: gateway.confirm(intent).status_code, range(20)))
    assert sorted(answers) == [200] + [400] * 19
    eventually(lambda: gateway.listener.events(intent["id"]))
    time.sleep(0.2)
    assert [event["type"] for event in gateway.listener.events(intent["id"])] == ["payment_intent.succeeded"]


def test_an_idempotency_key_repeats_the_first_answer(gateway: Gateway) -> None:
    fields = {"amount": 1200, "currency": "gbp"}
    first = gateway.post("payment_intents", key="create-1", **fields)
    second = gateway.post("payment_intents", key="create-1", **fields)
    assert first.json() == second.json()
    assert second.headers["idempotent-replayed"] == "true"
    other = gateway.post("payment_intents", key="create-1", amount=1300, currency="gbp")
    assert (other.status_code, other.json()["error"]["type"]) == (400, "idempotency_error")
    path = f"payment_intents/{first.json()['id']}/confirm"
    declined = gateway.post(path, key="pay-1", payment_method="pm_card_chargeDeclined")
    replayed = gateway.post(path, key="pay-1", payment_method="pm_card_chargeDeclined")
    assert declined.status_code == replayed.status_code == 402
    assert declined.json() == replayed.json()


def test_twenty_equal_requests_with_one_key_create_one_intent(gateway: Gateway) -> None:
    def create(_: int) -> str:
        answer = gateway.post("payment_intents", key="create-20", amount=1200, currency="gbp")
        return str(answer.json()["id"])

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(create, range(20)))) == 1


def test_refunds_never_exceed_what_was_paid(gateway: Gateway) -> None:
    intent = gateway.paid(5000)
    partial = gateway.post("refunds", key="refund-1", payment_intent=intent["id"], amount=2000)
    assert partial.json()["amount"] == 2000
    repeated = gateway.post("refunds", key="refund-1", payment_intent=intent["id"], amount=2000)
    assert repeated.json() == partial.json()
    too_much = gateway.post("refunds", payment_intent=intent["id"], amount=3001)
    assert too_much.status_code == 400
    assert "£30.00" in too_much.json()["error"]["message"]
    assert gateway.post("refunds", payment_intent=intent["id"], amount=0).status_code == 400
    assert gateway.post("refunds", payment_intent=intent["id"]).json()["amount"] == 3000
    done = gateway.post("refunds", payment_intent=intent["id"])
    assert done.json()["error"]["code"] == "charge_already_refunded"
    assert gateway.show(intent)["amount_refunded"] == 5000
    eventually(
        lambda: [e for e in gateway.listener.events(intent["id"]) if e["data"]["object"].get("refunded")]
    )


def test_ten_refunds_at_once_give_back_no_more_than_was_paid(gateway: Gateway) -> None:
    intent = gateway.paid(5000)
    with ThreadPoolExecutor(10) as pool:
        answers = pool.map(
            lambda _: gateway.post("refunds", payment_intent=intent["id"], amount=1000).status_code, range(10)
        )
        assert sorted(answers) == [200] * 5 + [400] * 5


def test_an_unpaid_intent_cannot_be_refunded(gateway: Gateway) -> None:
    assert gateway.post("refunds", payment_intent=gateway.intent()["id"]).status_code == 400


def test_webhooks_are_signed(gateway: Gateway) -> None:
    intent = gateway.paid()
    eventually(lambda: gateway.listener.events(intent["id"]))
    header, body = next(entry for entry in gateway.listener.received if intent["id"].encode() in entry[1])
    fields = dict(part.split("=", 1) for part in header.split(","))
    expected = hmac.new(
        WEBHOOK_SECRET.encode(), f"{fields['t']}.".encode() + body, hashlib.sha256
    ).hexdigest()
    assert fields["v1"] == expected
    assert abs(int(fields["t"]) - time.time()) < 10
    event = json.loads(body)
    assert event["id"].startswith("evt_")
    assert event["data"]["object"]["status"] == "succeeded"


def test_a_refused_webhook_comes_again(gateway: Gateway) -> None:
    gateway.listener.refusals = 1
    intent = gateway.intent()
    gateway.post(f"payment_intents/{intent['id']}/cancel")
    [event] = eventually(lambda: gateway.listener.events(intent["id"]))
    assert event["type"] == "payment_intent.canceled"
    assert gateway.confirm(intent).status_code == 400


@pytest.mark.parametrize(
    ("answer", "status"), [("complete", "succeeded"), ("fail", "requires_payment_method")]
)
def test_three_d_secure_returns_to_the_store(gateway: Gateway, answer: str, status: str) -> None:
    intent = gateway.intent()
    number = gateway.card("4000000000003220").json()["id"]
    waiting = gateway.confirm(intent, number, return_url=f"{STORE}/checkout/return?step=3").json()
    assert waiting["status"] == "requires_action"
    page = waiting["next_action"]["redirect_to_url"]["url"]
    assert "£48.00" in httpx.get(page).text
    back = httpx.post(page, data={"answer": answer})
    assert back.status_code == 303
    assert back.headers["location"].startswith(
        f"{STORE}/checkout/return?step=3&payment_intent={intent['id']}"
    )
    assert gateway.show(intent)["status"] == status
    assert httpx.post(page, data={"answer": "complete"}).status_code == 404


def test_a_slow_card_is_processing_and_then_succeeds(gateway: Gateway) -> None:
    intent = gateway.intent()
    assert gateway.confirm(intent, "pm_card_takesTime").json()["status"] == "processing"
    assert gateway.post(f"payment_intents/{intent['id']}/cancel").status_code == 400
    assert gateway.post(f"payment_intents/{intent['id']}/capture").status_code == 400
    eventually(lambda: gateway.show(intent)["status"] == "succeeded")


def test_manual_capture_holds_first(gateway: Gateway) -> None:
    intent = gateway.intent(capture_method="manual")
    held = gateway.confirm(intent).json()
    assert (held["status"], held["amount_capturable"], held["amount_received"]) == (
        "requires_capture",
        4800,
        0,
    )
    capture = f"payment_intents/{intent['id']}/capture"
    assert gateway.post(capture, amount_to_capture=4801).status_code == 400
    taken = gateway.post(capture, amount_to_capture=4000).json()
    assert (taken["status"], taken["amount_received"]) == ("succeeded", 4000)


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        ("4242424242424241", {}, "incorrect_number"),
        ("4111111111111111", {}, "card_declined"),
        ("4242424242424242", {"exp_month": "13"}, "invalid_expiry_month"),
        ("4242424242424242", {"exp_year": "2020"}, "invalid_expiry_year"),
        ("4242424242424242", {"cvc": "12"}, "invalid_cvc"),
    ],
)
def test_a_mistyped_card_is_refused(
    gateway: Gateway, number: str, changes: dict[str, str], code: str
) -> None:
    answer = gateway.card(number, **changes)
    assert answer.status_code == 402
    assert answer.json()["error"]["code"] == code
    assert answer.headers["access-control-allow-origin"] == STORE


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": 0, "currency": "gbp"},
        {"amount": -5, "currency": "gbp"},
        {"amount": "12.50", "currency": "gbp"},
        {"amount": 10**9, "currency": "gbp"},
        {"amount": 4800, "currency": "xyz"},
        {"currency": "gbp"},
        {"amount": 4800, "currency": "gbp", "payment_method": "pm_unknown"},
    ],
)
def test_a_malformed_intent_is_refused(gateway: Gateway, fields: dict[str, Any]) -> None:
    answer = gateway.post("payment_intents", **fields)
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_keys_open_only_their_own_doors(gateway: Gateway) -> None:
    url = f"{gateway.address}/v1/payment_intents"
    assert httpx.get(url).status_code == 401
    assert httpx.get(url, headers={"Authorization": f"Bearer {PUBLISHABLE}"}).status_code == 401
    assert httpx.get(url, auth=(SECRET, "")).status_code == 200


def test_json_is_accepted_too(gateway: Gateway) -> None:
    body = {"amount": 990, "currency": "GBP", "metadata": {"order_id": "json-1"}, "confirm": True}
    answer = gateway.client.post("/v1/payment_intents", json={**body, "payment_method": "pm_card_visa"})
    assert (answer.json()["status"], answer.json()["metadata"]) == ("succeeded", {"order_id": "json-1"})
    broken = gateway.client.post(
        "/v1/payment_intents", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert broken.status_code == 400


def test_the_card_fields_open_for_the_store_only(gateway: Gateway) -> None:
    page = f"{gateway.address}/elements/card"
    asked = {"publishable_key": PUBLISHABLE, "origin": STORE, "theme": "dark"}
    shown = httpx.get(page, params=asked)
    assert shown.status_code == 200
    assert f"frame-ancestors {STORE}" in shown.headers["content-security-policy"]
    assert httpx.get(page, params={**asked, "origin": "http://elsewhere.example"}).status_code == 403
    assert httpx.get(page, params={**asked, "publishable_key": "pk_other"}).status_code == 401


def test_a_lost_answer_is_found_again_by_its_key(gateway: Gateway) -> None:
    intent = gateway.intent()
    path = f"payment_intents/{intent['id']}/confirm"
    gateway.chaos("drop_response_after_success")
    with pytest.raises(httpx.TransportError):
        gateway.post(path, key="lost-1", payment_method="pm_card_visa")
    assert gateway.post(path, key="lost-1", payment_method="pm_card_visa").json()["status"] == "succeeded"
    gateway.chaos("error")
    assert gateway.post("payment_intents", amount=4800, currency="gbp").status_code == 500
    gateway.chaos("slow", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        gateway.client.get("/v1/payment_intents", timeout=0.1)
    gateway.chaos("none")


def test_webhooks_can_be_doubled_or_missing(gateway: Gateway) -> None:
    gateway.chaos("duplicate_webhooks")
    doubled = gateway.paid()
    eventually(lambda: len(gateway.listener.events(doubled["id"])) == 2)
    first, second = gateway.listener.events(doubled["id"])
    assert first["id"] == second["id"]
    gateway.chaos("no_webhooks")
    silent = gateway.paid()
    gateway.chaos("none")
    eventually(lambda: gateway.listener.events(gateway.paid()["id"]) or gateway.listener.received)
    assert gateway.listener.events(silent["id"]) == []
    newest = gateway.client.get("/v1/events", params={"limit": 100}).json()["data"]
    assert silent["id"] in [event["data"]["object"]["id"] for event in newest]


def test_webhooks_can_come_out_of_order(gateway: Gateway) -> None:
    gateway.chaos("reorder_webhooks")
    intent = gateway.intent()
    gateway.confirm(intent, "pm_card_chargeDeclined")
    gateway.confirm(intent)
    eventually(lambda: len(gateway.listener.events(intent["id"])) == 2)
    gateway.chaos("none")
    kinds = [event["type"] for event in gateway.listener.events(intent["id"])]
    assert kinds == ["payment_intent.succeeded", "payment_intent.payment_failed"]


def test_payments_and_unsent_webhooks_survive_a_restart(tmp_path: Path) -> None:
    listener = Listener()
    flags = ["--secret-key", SECRET, "--webhook-secret", WEBHOOK_SECRET]
    nowhere = f"http://127.0.0.1:{free_port()}/"
    with running("payment_gateway", tmp_path, *flags, "--webhook-url", nowhere) as address:
        before = Gateway(address, listener)
        slow = before.intent()
        before.confirm(slow, "pm_card_takesTime")
        paid = before.paid()
        assert before.client.post("/chaos", json={"mode": "error"}).status_code == 404
    with running("payment_gateway", tmp_path, *flags, "--webhook-url", listener.url) as address:
        after = Gateway(address, listener)
        assert after.show(paid)["status"] == "succeeded"
        eventually(lambda: listener.events(paid["id"]))
        eventually(lambda: after.show(slow)["status"] == "succeeded")
    listener.close()
