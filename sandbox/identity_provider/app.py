"""Puts the provider together."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.frame import STYLESHEET_ROUTE, Pages
from sandbox.identity_provider.accounts import ACCOUNTS
from sandbox.identity_provider.answers import Answers
from sandbox.identity_provider.client import Client
from sandbox.identity_provider.directory import Directory, open_database
from sandbox.identity_provider.grants import Grants
from sandbox.identity_provider.keys import signing_keys
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.protocol import TENANT, Protocol
from sandbox.identity_provider.register import RegisterPage
from sandbox.identity_provider.signin import SignInPage
from sandbox.identity_provider.signout import SignOutPage


def identity_provider(data_dir: Path, origin: str, client: Client) -> Starlette:
    """The provider's web application; `origin` is where browsers reach it, such as http://localhost:3001."""
    connection = open_database(data_dir)
    directory = Directory(connection)
    directory.add_missing(ACCOUNTS)
    issuer = f"{origin}{TENANT}/oauth2/token"
    provider = Provider(issuer, client, directory, Grants(connection), signing_keys(data_dir))
    pages = Pages(Path(__file__).parent / "templates")
    answers = Answers(provider, pages)

    async def front_page(_: Request) -> Response:
        return pages.page("front.html", accounts=ACCOUNTS, issuer=issuer, home=client.home)

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route("/", front_page),
            Route("/health", health),
            STYLESHEET_ROUTE,
            *Protocol(provider, origin).routes,
            *SignInPage(provider, answers, pages).routes,
            *RegisterPage(provider, answers, pages).routes,
            *SignOutPage(provider, answers, pages).routes,
        ]
    )
