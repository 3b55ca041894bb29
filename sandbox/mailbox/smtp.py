"""The SMTP server: accepts any message for anyone and passes none on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.mailbox.messages import Messages
from sandbox.serving import LOOPBACK

LARGEST_MESSAGE = 10 * 1024 * 1024


class Keeper:
    """Handles what arrives; the method's name is aiosmtpd's."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keeps the message and answers the sender."""
        content = envelope.original_content or b""
        message_id = self._messages.add(envelope.mail_from or "", envelope.rcpt_tos, content)
        return f"250 Kept as message {message_id}"


@asynccontextmanager
async def smtp_server(messages: Messages, port: int) -> AsyncIterator[None]:
    """Listens on loopback while the context lasts."""

    def connection() -> SMTP:
        return SMTP(
            Keeper(messages),
            hostname="mailbox.localhost",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST_MESSAGE,
        )

    server = await asyncio.get_running_loop().create_server(connection, LOOPBACK, port)
    async with server:
        yield
