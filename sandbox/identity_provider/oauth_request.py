"""The request object Authlib works with, made from a Starlette request whose parameters have been read."""
# mypy: disable-error-code="import-untyped,misc,no-untyped-call,no-any-return"

from authlib.oauth2.rfc6749 import OAuth2Request
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request


class Payload(BasicOAuth2Payload):
    """Request parameters with every value of a repeated name."""

    def __init__(self, parameters: QueryParams | FormData) -> None:
        values = {name: [str(value) for value in parameters.getlist(name)] for name in parameters}
        super().__init__({name: texts[-1] for name, texts in values.items()})
        self._datalist = values


class ProviderRequest(OAuth2Request):
    """One request to an endpoint of the protocol."""

    def __init__(self, request: Request, parameters: QueryParams | FormData, method: str) -> None:
        super().__init__(method, str(request.url), headers=dict(request.headers))
        self.headers = request.headers
        self.payload = Payload(parameters)

    @property
    def args(self) -> dict[str, str]:
        return self.payload.data

    @property
    def form(self) -> dict[str, str]:
        return self.payload.data
