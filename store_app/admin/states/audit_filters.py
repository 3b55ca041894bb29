"""The filters of the audit log, as they stand in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from models.audit import AuditAction, AuditEntry
from services.audit.service import KINDS, AuditFilter
from store_app.admin.states.listing import address
from store_app.admin.view_models.audit import DEEDS, KIND_LABELS, AuditTools, object_label
from store_app.admin.view_models.filters import Chip
from store_app.states.parsing import short_text
from store_app.view_models.dates import STORE_CLOCK

PATH = "/admin/audit"
EXPORT = "/api/v1/audit/export"
PREFIX = "audit"


def asked_for(parameters: Mapping[str, object]) -> dict[str, str]:
    """What the address asks for; what it can't mean is left out."""
    action = short_text(parameters.get("action"), 40)
    return {
        "action": action if action in KINDS or action in set(AuditAction) else "",
        "actor": _identifier(parameters.get("actor")),
        "object": short_text(parameters.get("object"), 120),
        "from": _day(parameters.get("from")),
        "to": _day(parameters.get("to")),
        "q": short_text(parameters.get("q"), 100),
    }


def filter_of(asked: Mapping[str, str]) -> AuditFilter:
    """Days are those of the store's clock; both ends count."""
    return AuditFilter(
        actor_id=UUID(asked["actor"]) if asked["actor"] else None,
        action=asked["action"],
        object_id=asked["object"],
        since=_midnight(asked["from"]),
        until=_midnight(asked["to"], later=1),
        text=asked["q"],
    )


def tools_of(asked: dict[str, str], entries: Sequence[AuditEntry]) -> AuditTools:
    """`entries` are those found: they give the ids in the filter their names."""
    return AuditTools(
        chips=tuple(_kinds(asked)),
        narrowed=tuple(_narrowed(asked, entries)),
        text=asked["q"],
        since=asked["from"],
        until=asked["to"],
        csv=_export(asked, "csv"),
        json=_export(asked, "json"),
        active=any(asked.values()),
    )


def _kinds(asked: dict[str, str]) -> list[Chip]:
    chosen = asked["action"].partition(".")[0]
    return [
        Chip(label, -1, address(PATH, {**asked, "action": kind}), current=kind == chosen)
        for kind, label in {"": "All", **KIND_LABELS}.items()
    ]


def _narrowed(asked: dict[str, str], entries: Sequence[AuditEntry]) -> list[Chip]:
    chips = {}
    if asked["actor"]:
        chips["actor"] = f"By {entries[0].actor if entries else 'one person'}"
    if asked["object"]:
        name = next((object_label(entry) for entry in entries if entry.object_id == asked["object"]), "")
        chips["object"] = f"About {name or 'one thing'}"
    if "." in asked["action"]:
        chips["action"] = DEEDS[asked["action"]]
    return [
        Chip(label, -1, address(PATH, {**asked, name: ""}), current=False) for name, label in chips.items()
    ]


def _export(asked: dict[str, str], form: str) -> str:
    wanted = filter_of(asked)
    moments = {
        "from": wanted.since.isoformat() if wanted.since else "",
        "to": wanted.until.isoformat() if wanted.until else "",
    }
    return address(EXPORT, {**asked, **moments, "format": form})


def _identifier(value: object) -> str:
    try:
        return str(UUID(short_text(value, 36)))
    except ValueError:
        return ""


def _day(value: object) -> str:
    """As a date field of the browser writes it: 2026-11-22, between 2000 and 2100."""
    try:
        day = date.fromisoformat(short_text(value, 10))
    except ValueError:
        return ""
    return day.isoformat() if 2000 <= day.year <= 2100 else ""


def _midnight(day: str, *, later: int = 0) -> datetime | None:
    """When a day begins, or a number of days later."""
    if not day:
        return None
    return datetime.combine(date.fromisoformat(day) + timedelta(days=later), time(), STORE_CLOCK)
