"""Runs the migrations against DATABASE_URL. One process at a time: others wait at an advisory lock."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import models.account
import models.api_key
import models.audit
import models.cart
import models.idempotency
import models.identity
import models.order
import models.payment
import models.price_list
import models.promotion
import models.reference
import models.saved
import models.stock
import models.stock_location
import models.wish  # noqa: F401 - importing the modules registers their tables
from services.database import psycopg_url
from services.settings import DatabaseSettings

_LOCK = 7_203_617_441


def _of_the_store(name: str | None, kind: str, parents: object) -> bool:
    """The job queue brings its own tables; autogenerate leaves them alone."""
    return not (name or "").startswith("procrastinate_")


def _plain_string(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """SQLModel's own string type is an ordinary one to the database."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def migrate() -> None:
    url = context.config.attributes.get("database_url") or DatabaseSettings().database_url
    engine = sa.create_engine(psycopg_url(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            include_name=_of_the_store,
            render_item=_plain_string,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            context.run_migrations()
    engine.dispose()


migrate()
