"""What the store would write to its log, for tests that read it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from services.logs import configure_logs
from services.settings import settings


@contextmanager
def logged(form: str = "json") -> Iterator[io.StringIO]:
    """All that reaches standard output meanwhile. No logger is kept as it is now: later tests listen in other ways."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers, root.level
    configure_logs(settings().model_copy(update={"log_format": form}))
    structlog.configure(**{**structlog.get_config(), "cache_logger_on_first_use": False})
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]
    try:
        yield written
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()
