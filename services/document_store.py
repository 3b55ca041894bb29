"""The MongoDB client of this process."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bson.codec_options import CodecOptions
from pymongo import AsyncMongoClient
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.database import AsyncDatabase

from services.settings import Settings

Document = dict[str, Any]
DocumentSession = AsyncClientSession
Documents = AsyncDatabase[Document]
Outcome = TypeVar("Outcome")


def create_client(settings: Settings) -> AsyncMongoClient[Document]:
    return AsyncMongoClient(
        settings.mongodb_url,
        serverSelectionTimeoutMS=4000,
        connectTimeoutMS=4000,
        uuidRepresentation="standard",
        tz_aware=True,
    )


def default_database(client: AsyncMongoClient[Document]) -> Documents:
    """The database named in MONGODB_URL, `larkspur` if it names none."""
    return client.get_default_database("larkspur").with_options(
        CodecOptions(tz_aware=True, uuid_representation=4)
    )


async def in_transaction(
    documents: Documents, work: Callable[[DocumentSession], Awaitable[Outcome]]
) -> Outcome:
    """Carry out `work`, all of it or nothing. It is begun anew when somebody else wrote to the same documents."""
    async with documents.client.start_session() as session:
        return await session.with_transaction(work)
