"""Tells the client that somebody has signed out here: OpenID Connect Back-Channel Logout 1.0."""

import asyncio
import logging
import time
import uuid
from http import HTTPStatus
from typing import Any

import httpx
from joserfc import jwt

from sandbox.identity_provider.client import Client
from sandbox.identity_provider.keys import KeyRing

EVENT = "http://schemas.openid.net/event/backchannel-logout"
TOKEN_LIFETIME = 120
RETRY_AFTER = (0.5, 2.0, 5.0, 15.0, 30.0)
ANSWER_WITHIN = 5.0

log = logging.getLogger(__name__)


class LogoutNotices:
    """Sends logout tokens in the background, so that no browser waits for the client's answer."""

    def __init__(self, issuer: str, client: Client, keys: KeyRing) -> None:
        self._issuer, self._client, self._keys = issuer, client, keys
        self._underway: set[asyncio.Task[None]] = set()

    def send(self, subject: str, sid: str | None = None) -> None:
        """Begins to tell the client; without `sid` all of the person's sessions have ended."""
        if not self._client.backchannel_logout_uri:
            return
        delivery = asyncio.create_task(self._deliver(self._client.backchannel_logout_uri, subject, sid))
        self._underway.add(delivery)
        delivery.add_done_callback(self._underway.discard)

    async def close(self) -> None:
        """Gives up what has not been delivered."""
        for delivery in self._underway:
            delivery.cancel()
        await asyncio.gather(*self._underway, return_exceptions=True)

    async def _deliver(self, address: str, subject: str, sid: str | None) -> None:
        async with httpx.AsyncClient(timeout=ANSWER_WITHIN, trust_env=False) as http:
            for wait in (*RETRY_AFTER, None):
                if await self._is_settled(http, address, self._token(subject, sid)):
                    return
                if wait is not None:
                    await asyncio.sleep(wait)
        log.warning("the logout token did not reach %s", address)

    async def _is_settled(self, http: httpx.AsyncClient, address: str, token: str) -> bool:
        """Whether there is nothing left to do: the client took the token, or refuses it for good."""
        try:
            answer = await http.post(address, data={"logout_token": token})
        except httpx.HTTPError as error:
            log.info("logout token not delivered: %r", error)
            return False
        if answer.is_success:
            return True
        log.warning("%s answered a logout token with %s", address, answer.status_code)
        return answer.status_code < 500 and answer.status_code != HTTPStatus.TOO_MANY_REQUESTS

    def _token(self, subject: str, sid: str | None) -> str:
        """A new one for every attempt, because a client takes each `jti` once (sections 2.4 and 2.6)."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self._issuer,
            "aud": self._client.client_id,
            "iat": now,
            "exp": now + TOKEN_LIFETIME,
            "jti": str(uuid.uuid4()),
            "sub": subject,
            "events": {EVENT: {}},
        }
        if sid:
            claims["sid"] = sid
        return jwt.encode({"alg": "RS256", "typ": "logout+jwt"}, claims, self._keys.signing)
