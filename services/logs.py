"""Structured logs: one JSON object a line, with the request id of the request that caused it.

Tracebacks come without local variables, which may hold secrets.
"""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from models.api_key import PREFIX
from services.settings import Settings

_IDENTIFIER = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_API_KEY = re.compile(rf"({PREFIX}[0-9A-Za-z]{{4}})[0-9A-Za-z]{{12,}}")


def loggable_path(path: str) -> str:
    """A path without ids: whoever knows the id of a guest's cart or order may open it."""
    return _IDENTIFIER.sub("{id}", path)


def configure_logs(settings: Settings) -> None:
    """Send the store's and its libraries' logs to standard output in the same form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = structlog.dev.ConsoleRenderer(
        exception_formatter=structlog.dev.plain_traceback
    )
    if settings.log_format == "json":
        tracebacks = ExceptionDictTransformer(show_locals=False)
        shared += [structlog.processors.ExceptionRenderer(tracebacks), _without_rows]
        renderer = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
                _without_api_keys,
            ],
        )
    )
    handler.addFilter(_without_cookies)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "procrastinate", "httpcore", "pymongo", "granian.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _without_rows(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """PostgreSQL shows the offending row in the DETAIL of an error: e-mail addresses, tokens."""
    for each in event.get("exception", ()):
        each["exc_value"] = each["exc_value"].partition("\nDETAIL:")[0]
    return event


def _without_api_keys(_: object, __: str, line: Any) -> str:
    """Wherever in a line somebody's mistake has put one; its first characters stay, as in the list of keys."""
    return _API_KEY.sub(r"\1***", str(line))


def _without_cookies(record: logging.LogRecord) -> bool:
    """Reflex logs an unknown event with the whole handshake in it; what identifies a browser stays out of logs."""
    message = record.getMessage()
    if "cookie" in message.lower() and record.name.startswith("reflex"):
        record.msg, record.args = "an event was refused; its headers are left out of the log", ()
    return True
