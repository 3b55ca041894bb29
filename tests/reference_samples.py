"""Delivery zones and taxes as the migrations leave them, put back after a test that changed them."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from services.bootstrap import Resources

TABLES = ("reference_versions", "delivery_zones", "delivery_methods", "tax_regions", "tax_rates")
"""In the order in which their rows can be put back."""
_first: dict[str, Any] = {}


async def put_back(connection: AsyncConnection[Any], opened: Resources) -> None:
    """The versions count on, so that no process takes the old rows for the changed ones."""
    versions = await _rows(connection, "reference_versions")
    if not _first:
        _first.update({table: await _rows(connection, table) for table in TABLES})
    if versions == _first["reference_versions"]:
        return
    highest = max(each["version"] for each in versions) + 1
    _first["reference_versions"] = [{**each, "version": highest} for each in versions]
    await connection.execute(f"TRUNCATE {', '.join(TABLES)}")
    for table in TABLES:
        fill = f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s)"  # noqa: S608
        await connection.execute(fill, (Jsonb(_first[table]),))
    opened.reference.doubt()


async def _rows(connection: AsyncConnection[Any], table: str) -> list[dict[str, Any]]:
    found = await connection.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY t")  # noqa: S608
    return [row[0] for row in await found.fetchall()]
