"""The first answer to an Idempotency-Key is the answer: https://docs.stripe.com/api/idempotent_requests."""

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.payment_gateway.database import Database
from sandbox.payment_gateway.errors import GatewayError
from sandbox.payment_gateway.parameters import Parameters

KEPT_SECONDS = 24 * 3600
LONGEST_KEY = 255


class Idempotency:
    """Remembers answers by key for a day."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.execute("DELETE FROM idempotency WHERE created < ?", (int(time.time()) - KEPT_SECONDS,))

    def answer(
        self, key: str | None, path: str, parameters: Parameters, work: Callable[[], dict[str, Any]]
    ) -> Response:
        """Does the work, or repeats what it answered the first time; work and answer are one transaction.

        Kept are successes and card errors. A request refused for its form or its timing did nothing and may
        be sent again. Raises GatewayError for a key that was used for something else.
        """
        if key is not None and len(key) > LONGEST_KEY:
            raise GatewayError(f"Idempotency keys have at most {LONGEST_KEY} characters.")
        fingerprint = hashlib.sha256(json.dumps([path, parameters], sort_keys=True).encode()).hexdigest()
        with self._database.transaction():
            if key and (replay := self._kept(key, fingerprint)):
                return replay
            try:
                response = JSONResponse(work())
            except GatewayError as error:
                if error.status != 402:
                    raise
                response = JSONResponse(error.body, error.status)
            if key:
                self._keep(key, fingerprint, response)
        return response

    def _keep(self, key: str, fingerprint: str, response: Response) -> None:
        self._database.execute(
            "INSERT INTO idempotency VALUES (?, ?, ?, ?, ?)",
            (key, fingerprint, response.status_code, bytes(response.body).decode(), int(time.time())),
        )

    def _kept(self, key: str, fingerprint: str) -> Response | None:
        row = self._database.one("SELECT * FROM idempotency WHERE key = ?", (key,))
        if row is None:
            return None
        if row["fingerprint"] != fingerprint:
            raise GatewayError(
                "Keys for idempotent requests can only be used with the same parameters they were first"
                " used with.",
                kind="idempotency_error",
            )
        headers = {"Idempotent-Replayed": "true"}
        return Response(row["body"], row["status"], headers, media_type="application/json")
