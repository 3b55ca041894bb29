"""The PostgreSQL engine of this process."""

from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.connection_pool import FairPool, try_out_rested
from services.settings import Settings


def psycopg_url(database_url: str) -> str:
    """A `postgresql://` address with SQLAlchemy's driver named in it."""
    return make_url(database_url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def create_engine(settings: Settings) -> AsyncEngine:
    engine = create_async_engine(
        psycopg_url(settings.database_url),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_timeout=10,
        poolclass=FairPool,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 5,
            "options": "-c timezone=UTC -c lock_timeout=8s -c statement_timeout=15s",
        },
    )
    try_out_rested(engine)
    return engine
