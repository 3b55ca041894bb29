"""What a unit of work announces is kept with its session, so that a repository can say it where the row is written."""

from sqlmodel.ext.asyncio.session import AsyncSession

_TOPICS = "announced"


def announce(session: AsyncSession, *topics: str) -> None:
    """To be told to all processes once the session's transaction is committed."""
    session.info.setdefault(_TOPICS, set()).update(topics)


def announced(session: AsyncSession) -> frozenset[str]:
    return frozenset(session.info.get(_TOPICS, ()))
