"""The mailbox from SMTP to its pages."""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from sandbox.process import free_port, running


@dataclass(frozen=True)
class Mailbox:
    """A running mailbox."""

    web: str
    smtp_port: int

    def send(self, to: str, subject: str = "Hello", text: str = "Hello", html: str | None = None) -> None:
        message = EmailMessage()
        message["From"] = "Larkspur <hello@larkspur.example>"
        message["To"] = to
        message["Subject"] = subject
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=5) as server:
            server.send_message(message)

    def received(self, to: str = "") -> list[dict[str, object]]:
        items: list[dict[str, object]] = httpx.get(f"{self.web}/api/messages", params={"to": to}).json()[
            "items"
        ]
        return items


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    smtp_port = free_port()
    folder = tmp_path_factory.mktemp("mailbox")
    with running("mailbox", folder, "--smtp-port", str(smtp_port)) as address:
        yield Mailbox(address, smtp_port)


def test_what_is_sent_can_be_read(mailbox: Mailbox) -> None:
    mailbox.send("Robin@larkspur.example", "Your order № 7 – £48.00", "Thank you", "<p>Thank <b>you</b></p>")
    mailbox.send("someone.else@larkspur.example")
    [message] = mailbox.received("robin@larkspur.example")
    assert message["subject"] == "Your order № 7 – £48.00"
    assert message["text"] == "Thank you\n"
    assert message["html"] == "<p>Thank <b>you</b></p>\n"
    assert message["to"] == ["Robin@larkspur.example"]
    page = httpx.get(f"{mailbox.web}/messages/{message['id']}")
    assert "&lt;p&gt;Thank &lt;b&gt;you&lt;/b&gt;&lt;/p&gt;" in page.text
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "script-src" not in page.headers["content-security-policy"]


def test_the_newest_message_comes_first(mailbox: Mailbox) -> None:
    for subject in ("First", "Second"):
        mailbox.send("order@larkspur.example", subject)
    assert [message["subject"] for message in mailbox.received("order@larkspur.example")] == [
        "Second",
        "First",
    ]
    inbox = httpx.get(mailbox.web).text
    assert inbox.index("Second") < inbox.index("First")


def test_a_subject_cannot_become_markup(mailbox: Mailbox) -> None:
    mailbox.send("markup@larkspur.example", "<script>alert(1)</script>")
    assert "<script>" not in httpx.get(mailbox.web).text


def test_deleting_empties_the_mailbox(mailbox: Mailbox) -> None:
    mailbox.send("gone@larkspur.example")
    assert httpx.delete(f"{mailbox.web}/api/messages").json()["deleted"] >= 1
    assert mailbox.received() == []
    assert "Nothing has been sent yet" in httpx.get(mailbox.web).text
    assert httpx.get(f"{mailbox.web}/messages/1").status_code == 404


def test_messages_survive_a_restart(tmp_path: Path) -> None:
    smtp_port = free_port()
    with running("mailbox", tmp_path, "--smtp-port", str(smtp_port)) as address:
        Mailbox(address, smtp_port).send("kept@larkspur.example", "Kept")
    with running("mailbox", tmp_path, "--smtp-port", str(smtp_port)) as address:
        [message] = Mailbox(address, smtp_port).received()
        assert message["subject"] == "Kept"
