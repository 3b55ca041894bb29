"""The identity provider is for its own machine only."""

import socket
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.responses import PlainTextResponse

from sandbox.loopback import LoopbackOnly, is_loopback
from tests.sandbox.provider_visitor import Visitor

DISCOVERY = "/t/larkspur/oauth2/token/.well-known/openid-configuration"


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "id.localhost", "localhost.", "127.0.0.1", "127.9.9.9", "::1"]
)
def test_these_are_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "evil.example", "localhost.evil.example", "10.0.0.1", "127.0.0.1.nip.io", "::2", "192.0.2.1"]
)
def test_these_are_not(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:3001", "localhost.evil.example", "[::2]", "[", ""]
)
def test_a_name_that_merely_leads_here_gets_no_answer(visitor: Visitor, host: str) -> None:
    answer = httpx.get(f"{visitor.provider}{DISCOVERY}", headers={"Host": host})
    assert answer.status_code in (400, 421)
    assert "issuer" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:3001", "id.localhost:1"])
def test_a_name_of_this_machine_does(visitor: Visitor, host: str) -> None:
    assert httpx.get(f"{visitor.provider}{DISCOVERY}", headers={"Host": host}).status_code == 200


def test_it_listens_on_no_other_address(visitor: Visitor) -> None:
    port = urlsplit(visitor.provider).port
    assert port
    own = own_address()
    if is_loopback(own):
        pytest.skip("this machine has no other address")
    with socket.socket() as caller:
        caller.settimeout(2)
        assert caller.connect_ex((own, port)) != 0


def own_address() -> str:
    """The address this machine would send from; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        if probe.connect_ex(("192.0.2.1", 9)) != 0:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


@pytest.mark.parametrize(("peer", "status"), [("10.1.2.3", 421), ("127.0.0.1", 200), ("::1", 200)])
async def test_another_machine_gets_no_answer_even_under_the_right_name(peer: str, status: int) -> None:
    transport = httpx.ASGITransport(LoopbackOnly(PlainTextResponse("secret")), client=(peer, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.get("/")
    assert answer.status_code == status
    assert ("secret" in answer.text) is (status == 200)
