"""Runs the migrations against DATABASE_URL. One process at a time: others wait at an advisory lock."""

import sqlalchemy as sa
from sqlmodel import SQLModel

import models.cart
import models.idempotency
import models.identity
import models.order
import models.payment
import models.stock  # noqa: F401 - importing the modules registers their tables
from alembic import context
from services.database import psycopg_url
from services.settings import DatabaseSettings

_LOCK = 7_203_617_441


def _of_the_store(name: str | None, kind: str, parents: object) -> bool:
    """The job queue brings its own tables; autogenerate leaves them alone."""
    return not (name or "").startswith("procrastinate_")


def migrate() -> None:
    url = context.config.attributes.get("database_url") or DatabaseSettings().database_url  # type: ignore[call-arg]
    engine = sa.create_engine(psycopg_url(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            include_name=_of_the_store,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            context.run_migrations()
    engine.dispose()


migrate()
