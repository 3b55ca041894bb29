"""`python -m services.inventory.check [--mend]`: whether the books of the stock balance; exits 1 when they don't.

Reads DATABASE_URL from the environment or `.env`, and needs nothing else of the store.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence

from pydantic import ValidationError
from sqlalchemy import NullPool
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.database import psycopg_url
from services.inventory.checking import Difference, differences, mend
from services.settings import DatabaseSettings

WHERE_FROM = """\
DATABASE_URL is not set: set it in the environment or in .env. To look at the sandbox of a running `make run`:
  DATABASE_URL=postgresql://larkspur@localhost:3032/larkspur make check-stock
"""


async def check(database_url: str, *, mending: bool = False) -> int:
    """Print each difference; the exit code."""
    engine = create_async_engine(psycopg_url(database_url), poolclass=NullPool)
    try:
        found = await _differences(engine)
        _tell(found)
        if found and mending:
            await _mend(engine, sorted({difference.sku for difference in found}))
            found = await _differences(engine)
            _tell(found)
    except OperationalError as error:
        sys.stdout.write(f"The database can't be reached or asked: {error.orig}\n")
        return 1
    finally:
        await engine.dispose()
    return 1 if found else 0


async def _differences(engine: AsyncEngine) -> list[Difference]:
    async with engine.connect() as connection:
        return await differences(connection)


async def _mend(engine: AsyncEngine, skus: Sequence[str]) -> None:
    for sku in skus:
        try:
            async with engine.begin() as connection:
                await mend(connection, sku)
        except IntegrityError:
            sys.stdout.write(
                f"{sku}: left as it is, for more is promised than the ledger has. Count the shelf and write the count "
                "down, let more be made to order, or cancel orders; then run this again.\n"
            )
        else:
            sys.stdout.write(f"{sku}: mended.\n")


def _tell(found: Sequence[Difference]) -> None:
    for difference in found:
        sys.stdout.write(f"{difference}\n")
    if not found:
        sys.stdout.write("Levels, locations, holds and the ledger agree.\n")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m services.inventory.check", description=__doc__)
    parser.add_argument("--mend", action="store_true", help="set levels to what the ledger and the holds say")
    mending = parser.parse_args().mend
    try:
        url = DatabaseSettings(_env_ignore_empty=True).database_url
    except ValidationError:
        sys.stdout.write(WHERE_FROM)
        return 1
    return asyncio.run(check(url, mending=mending))


if __name__ == "__main__":
    sys.exit(main())
