"""Sending e-mail over SMTP."""

from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

from services.bootstrap import resources
from services.errors import Unavailable


async def send(*, to: str, subject: str, text: str, html: str, message_id: str) -> None:
    """Send one message; a repeated one has the same `message_id`, so that mailboxes can drop it. Raises Unavailable."""
    settings = resources().settings
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{message_id}@{parseaddr(settings.mail_from)[1].rpartition('@')[2]}>"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    server = urlsplit(settings.smtp_url)
    try:
        await aiosmtplib.send(
            message,
            hostname=server.hostname or "localhost",
            port=server.port or (465 if server.scheme == "smtps" else 25),
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=server.scheme == "smtps",
            timeout=10,
        )
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Unavailable("The mail server doesn't answer.") from error
