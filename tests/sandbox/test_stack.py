"""The stack's real databases: whole, private to this machine, and still there after a restart."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from pymongo import MongoClient

from sandbox.errors import SandboxError
from sandbox.probes import Ports
from sandbox.stack import REPLACED_BY, Stack
from services.going_live import SANDBOX_PREFIXES


def databases(folder: Path) -> Stack:
    return Stack(folder, ports=Ports.free(), parts=("postgres", "mongo"), durable=False)


def test_data_survives_a_restart_on_other_ports(tmp_path: Path) -> None:
    with databases(tmp_path) as stack:
        with psycopg.connect(stack.environment["DATABASE_URL"]) as connection:
            connection.execute("CREATE TABLE shelf (good text)")
            connection.execute("INSERT INTO shelf VALUES ('mug')")
        client = MongoClient[dict[str, str]](stack.environment["MONGODB_URL"])
        with client, client.start_session() as session, session.start_transaction():
            client.get_default_database().shelf.insert_one({"good": "jug"}, session=session)
    with databases(tmp_path) as stack:
        with psycopg.connect(stack.environment["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT good FROM shelf").fetchall() == [("mug",)]
        with MongoClient[dict[str, str]](stack.environment["MONGODB_URL"]) as client:
            assert client.get_default_database().shelf.count_documents({"good": "jug"}) == 1


def test_the_store_is_no_superuser_of_its_database(tmp_path: Path) -> None:
    stack = Stack(tmp_path, ports=Ports.free(), parts=("postgres",), durable=False)
    with stack, psycopg.connect(stack.environment["DATABASE_URL"]) as connection:
        rights = "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(rights).fetchone() == (False, True)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_an_interrupted_first_start_does_not_matter(tmp_path: Path) -> None:
    unfinished = tmp_path / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18")
    with Stack(tmp_path, ports=Ports.free(), parts=("postgres",), durable=False) as stack:
        psycopg.connect(stack.environment["DATABASE_URL"]).close()


@pytest.mark.parametrize("part", ["postgres", "mongo"])
def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, part: str) -> None:
    (tmp_path / part).mkdir()
    (tmp_path / part / "letters.txt").write_text("dear")
    with pytest.raises(SandboxError, match=r"is not a .* data folder.*make reset"):
        Stack(tmp_path, ports=Ports.free(), parts=(part,)).start()
    assert (tmp_path / part / "letters.txt").read_text() == "dear"


def test_another_version_s_data_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(SandboxError, match=r"was written by PostgreSQL '9.6', the installed one is 18"):
        Stack(tmp_path, ports=Ports.free(), parts=("postgres",)).start()


def test_damaged_data_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "mongo").mkdir()
    for name in ("WiredTiger", "WiredTiger.turtle", "WiredTiger.wt"):
        (tmp_path / "mongo" / name).write_bytes(b"\0" * 100)
    stack = Stack(tmp_path, ports=Ports.free(), parts=("mongo",))
    with pytest.raises(SandboxError) as failure, stack:
        pass
    assert "MongoDB ended unexpectedly" in str(failure.value)
    assert "`make reset` empties the local data" in str(failure.value)


def test_every_part_can_be_the_users_own(tmp_path: Path) -> None:
    for part, variable in REPLACED_BY.items():
        stack = Stack(tmp_path, configured={variable: "own", "PATH": "/bin"})
        assert part not in stack.parts
        assert set(stack.parts) == set(REPLACED_BY) - {part}
        assert stack.environment[variable] == "own"


def test_an_own_identity_provider_gets_none_of_the_sandboxs_credentials(tmp_path: Path) -> None:
    stack = Stack(tmp_path, configured={"OIDC_ISSUER": "https://id.example"})
    assert "OIDC_CLIENT_SECRET" not in stack.environment


def test_empty_variables_count_as_unset(tmp_path: Path) -> None:
    assert "postgres" in Stack(tmp_path, configured={"DATABASE_URL": ""}).parts


def test_the_sandboxs_credentials_are_recognisable(tmp_path: Path) -> None:
    environment = Stack(tmp_path).environment
    names = ("OIDC_CLIENT_SECRET", "PAYMENT_GATEWAY_SECRET_KEY", "PAYMENT_WEBHOOK_SECRET")
    assert all(environment[name].startswith(SANDBOX_PREFIXES) for name in names)
