"""What was granted: authorization codes and the tokens that came of them, kept as hashes in SQLite."""

import sqlite3
import time

from sandbox.identity_provider.granted import REFRESH_TOKEN_LIFETIME, Code, Tokens, hashed

SCHEMA = """
CREATE TABLE IF NOT EXISTS codes (
    code_hash TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    sid TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT,
    code_challenge TEXT NOT NULL,
    auth_time INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS tokens (
    id INTEGER PRIMARY KEY,
    access_hash TEXT NOT NULL UNIQUE,
    refresh_hash TEXT UNIQUE,
    family TEXT NOT NULL,
    client_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    sid TEXT NOT NULL,
    scope TEXT NOT NULL,
    auth_time INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    access_revoked INTEGER NOT NULL DEFAULT 0,
    refresh_revoked INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS tokens_by_family ON tokens (family);
CREATE INDEX IF NOT EXISTS tokens_by_sid ON tokens (sid);
"""


class Grants:
    """Codes and tokens; everything descending from one code is one family and can be revoked together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.executescript(SCHEMA)
        longest = int(time.time()) - REFRESH_TOKEN_LIFETIME
        connection.execute("DELETE FROM codes WHERE expires_at < ?", (longest,))
        connection.execute("DELETE FROM tokens WHERE issued_at < ?", (longest,))

    def add_code(self, code: Code) -> None:
        self._connection.execute(
            "INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (
                code.code_hash,
                code.client_id,
                code.user_id,
                code.sid,
                code.redirect_uri,
                code.scope,
                code.nonce,
                code.code_challenge,
                code.auth_time,
                code.expires_at,
            ),
        )

    def usable_code(self, code: str, client_id: str) -> Code | None:
        """The code if it is this client's, fresh and unused.

        A code that comes a second time revokes what the first use gave (RFC 6749 section 4.1.2).
        """
        row = self._connection.execute(
            "SELECT * FROM codes WHERE code_hash = ? AND client_id = ?", (hashed(code), client_id)
        ).fetchone()
        if row is None:
            return None
        if row["used"]:
            self.revoke_family(row["code_hash"])
            return None
        return Code(**dict(row)) if row["expires_at"] > time.time() else None

    def use_code(self, code: Code) -> None:
        self._connection.execute("UPDATE codes SET used = 1 WHERE code_hash = ?", (code.code_hash,))

    def add_tokens(self, access: str, refresh: str | None, origin: Code | Tokens) -> None:
        """Keeps a pair of tokens granted for a code or for an earlier refresh token."""
        self._connection.execute(
            "INSERT INTO tokens (access_hash, refresh_hash, family, client_id, user_id, sid, scope,"
            " auth_time, issued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                hashed(access),
                hashed(refresh) if refresh else None,
                origin.code_hash if isinstance(origin, Code) else origin.family,
                origin.client_id,
                origin.user_id,
                origin.sid,
                origin.scope,
                origin.auth_time,
                int(time.time()),
            ),
        )

    def find(self, token: str) -> Tokens | None:
        """An access or refresh token, revoked and expired ones included."""
        digest = hashed(token)
        row = self._connection.execute(
            "SELECT * FROM tokens WHERE access_hash = :digest OR refresh_hash = :digest", {"digest": digest}
        ).fetchone()
        if row is None:
            return None
        is_refresh = row["refresh_hash"] == digest
        return Tokens(
            id=row["id"],
            family=row["family"],
            client_id=row["client_id"],
            user_id=row["user_id"],
            sid=row["sid"],
            scope=row["scope"],
            auth_time=row["auth_time"],
            issued_at=row["issued_at"],
            is_refresh=is_refresh,
            revoked=bool(row["refresh_revoked"] if is_refresh else row["access_revoked"]),
        )

    def usable_refresh_token(self, token: str) -> Tokens | None:
        """A live refresh token; one already exchanged revokes its family (RFC 9700 section 4.14.2)."""
        found = self.find(token)
        if found is None or not found.is_refresh:
            return None
        if found.revoked:
            self.revoke_family(found.family)
            return None
        return None if found.is_expired() else found

    def revoke(self, token: Tokens) -> None:
        """Revokes an access token, or a refresh token and its access token (RFC 7009 section 2.1)."""
        self._connection.execute(
            "UPDATE tokens SET access_revoked = 1, refresh_revoked = max(refresh_revoked, ?) WHERE id = ?",
            (token.is_refresh, token.id),
        )

    def exchange(self, token: Tokens) -> None:
        """Marks a refresh token as used up by rotation; its access token lives on."""
        self._connection.execute("UPDATE tokens SET refresh_revoked = 1 WHERE id = ?", (token.id,))

    def revoke_family(self, family: str) -> None:
        self._connection.execute(
            "UPDATE tokens SET access_revoked = 1, refresh_revoked = 1 WHERE family = ?", (family,)
        )

    def revoke_sign_in(self, sid: str) -> None:
        """Revokes what was granted during one single sign-on session."""
        self._connection.execute(
            "UPDATE tokens SET access_revoked = 1, refresh_revoked = 1 WHERE sid = ?", (sid,)
        )

    def revoke_user(self, user_id: str) -> None:
        """Revokes whatever was granted to somebody."""
        self._connection.execute(
            "UPDATE tokens SET access_revoked = 1, refresh_revoked = 1 WHERE user_id = ?", (user_id,)
        )

    def reached_client(self, sid: str) -> bool:
        """Whether the client got tokens during a single sign-on session, and so may hold a session of its own."""
        found = self._connection.execute("SELECT 1 FROM tokens WHERE sid = ? LIMIT 1", (sid,)).fetchone()
        return found is not None
