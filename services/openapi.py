"""How a program shows who it is, for the contract and the “Authorize” button of its page."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key (`lk_…`, from the staff page “API keys”) or an access token of the identity "
        "provider. Much of the store answers without either.",
    }
}


def describe_authorization(app: FastAPI) -> None:
    """Add the scheme to the contract. It is optional everywhere, since a route tells by 401 whether it needs one."""
    contract_of_routes = app.openapi

    def contract() -> dict[str, Any]:
        described = contract_of_routes()
        described.setdefault("components", {})["securitySchemes"] = SCHEMES
        described["security"] = [{}, {"bearer": []}]
        return described

    app.openapi = contract  # type: ignore[method-assign]
