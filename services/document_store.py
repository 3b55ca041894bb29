"""The MongoDB client of this process."""

from typing import Any

from bson.codec_options import CodecOptions
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from services.settings import Settings

Document = dict[str, Any]
Documents = AsyncDatabase[Document]


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
