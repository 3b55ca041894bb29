"""Reads request parameters the way Stripe sends them: form fields with brackets; JSON is accepted too."""

import json
import re
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

from sandbox.payment_gateway.errors import GatewayError, missing

LARGEST_BODY = 64 * 1024
NAME = re.compile(r"[^\[\]]+")
Parameters = dict[str, Any]


async def read_parameters(request: Request) -> Parameters:
    """The query of a GET, the body of a POST. Raises GatewayError when the body cannot be read."""
    if request.method == "GET":
        return nested(request.query_params.multi_items())
    body = await request.body()
    if len(body) > LARGEST_BODY:
        raise GatewayError("The request body is too large.", status=413)
    if "json" not in request.headers.get("content-type", ""):
        return nested((name, str(value)) for name, value in (await request.form()).multi_items())
    try:
        parsed = json.loads(body or b"{}")
    except ValueError as error:
        raise GatewayError("The request body is not valid JSON.") from error
    if not isinstance(parsed, dict):
        raise GatewayError("The request body must be a JSON object.")
    return parsed


def nested(pairs: Iterable[tuple[str, str]]) -> Parameters:
    """{"card[number]": "42"} becomes {"card": {"number": "42"}}. Raises GatewayError on contradictions."""
    result: Parameters = {}
    for name, value in pairs:
        *path, last = NAME.findall(name) or [name]
        target = result
        for key in path:
            target = target.setdefault(key, {})
            if not isinstance(target, dict):
                raise GatewayError(f"Invalid parameter: {name}.", param=name)
        target[last] = value
    return result


def text(parameters: Parameters, name: str) -> str | None:
    """An optional string; empty counts as absent. Raises GatewayError for another type."""
    value = parameters.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise GatewayError(f"Invalid string: {name}.", param=name)
    return value


def required_text(parameters: Parameters, name: str) -> str:
    """A string that must be there. Raises GatewayError."""
    value = text(parameters, name)
    if value is None:
        raise missing(name)
    return value


def integer(parameters: Parameters, name: str) -> int | None:
    """An optional whole number, as digits or as a JSON number. Raises GatewayError."""
    value = parameters.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}", value):
        return int(value)
    raise GatewayError(f"Invalid integer: {value}", code="parameter_invalid_integer", param=name)


def boolean(parameters: Parameters, name: str) -> bool:
    """True only for true. Raises GatewayError for what is neither true nor false."""
    value = parameters.get(name, False)
    if value in (True, "true"):
        return True
    if value in (False, "false", ""):
        return False
    raise GatewayError(f"Invalid boolean: {value}", param=name)


def one_of(parameters: Parameters, name: str, allowed: tuple[str, ...]) -> str | None:
    """An optional string out of a few. Raises GatewayError."""
    value = text(parameters, name)
    if value is not None and value not in allowed:
        raise GatewayError(f"Invalid {name}: must be one of {', '.join(allowed)}", param=name)
    return value


def metadata(parameters: Parameters) -> dict[str, str]:
    """At most 50 pairs of 40 and 500 characters, as Stripe keeps. Raises GatewayError."""
    given = parameters.get("metadata") or {}
    if not isinstance(given, dict) or any(isinstance(value, dict | list) for value in given.values()):
        raise GatewayError("Invalid metadata: must be pairs of strings.", param="metadata")
    pairs = {str(key): str(value) for key, value in given.items() if value is not None}
    if len(pairs) > 50 or any(len(key) > 40 or len(value) > 500 for key, value in pairs.items()):
        raise GatewayError(
            "Metadata can have up to 50 keys of 40 characters and values of 500.", param="metadata"
        )
    return pairs
