"""Where an error raised in a handler becomes a message; the only place that does so."""

from uuid import uuid4

import reflex as rx
import structlog

from services import metrics
from services.errors import StoreError
from store_app.states.toasts import ToastState

log = structlog.get_logger()


def show_error(exception: Exception) -> rx.event.EventSpec:
    """What the browser does about an error: a toast. An unforeseen one is logged under an id that the toast names."""
    if isinstance(exception, StoreError):
        metrics.EVENT_ERRORS.labels(exception.code).inc()
        log.info("event_refused", code=exception.code, detail=exception.detail)
        return ToastState.show(exception.detail, "error")
    reference = uuid4().hex[:8]
    metrics.EVENT_ERRORS.labels("unexpected").inc()
    log.error("event_failed", reference=reference, exc_info=exception)
    text = f"That didn’t work, and it’s our fault. Please try again; if it stays, tell us “{reference}”."
    return ToastState.show(text, "error")
