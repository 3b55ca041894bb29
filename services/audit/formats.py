"""The audit log as a file: CSV for spreadsheets, JSON for programs. Both are made entry by entry."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

from models.audit import AuditEntry

FIELDS = (
    "id",
    "at",
    "action",
    "actor_id",
    "actor",
    "object_id",
    "object_name",
    "changes",
    "address",
    "request_id",
)
_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - full-width forms count, too
_BYTE_ORDER_MARK = "\ufeff"


def told(entry: AuditEntry) -> dict[str, Any]:
    """An entry as programs see it."""
    fields = entry.model_dump(mode="json")
    return {name: fields[name] for name in FIELDS}


async def as_json(entries: AsyncIterator[AuditEntry]) -> AsyncIterator[str]:
    """One array, an entry a line."""
    start = "[\n"
    async for entry in entries:
        yield start + json.dumps(told(entry), ensure_ascii=False)
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


async def as_csv(entries: AsyncIterator[AuditEntry]) -> AsyncIterator[str]:
    """RFC 4180, in UTF-8 with the mark by which spreadsheets know it."""
    yield _BYTE_ORDER_MARK + _row(FIELDS)
    async for entry in entries:
        fields = told(entry)
        changes = json.dumps(fields["changes"], ensure_ascii=False)
        yield _row([defused(str(value or "")) for value in (fields | {"changes": changes}).values()])


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236, OWASP: CSV injection)."""
    harmful = cell.startswith(_STARTS_A_FORMULA) or not cell[:1].isprintable()
    return f"'{cell}" if harmful else cell


def _row(cells: Any) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
