"""Puts the provider together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox.frame import STYLESHEET_ROUTE, Pages
from sandbox.identity_provider.account import AccountPage
from sandbox.identity_provider.accounts import ACCOUNTS, role_label
from sandbox.identity_provider.answers import Answers
from sandbox.identity_provider.client import Client
from sandbox.identity_provider.directory import Directory, open_database
from sandbox.identity_provider.endings import Endings
from sandbox.identity_provider.front import FrontPage
from sandbox.identity_provider.grants import Grants
from sandbox.identity_provider.keys import KeyRing
from sandbox.identity_provider.logout_notices import LogoutNotices
from sandbox.identity_provider.moments import moment
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.protocol import TENANT, Protocol
from sandbox.identity_provider.register import RegisterPage
from sandbox.identity_provider.sign_ins import SignIns
from sandbox.identity_provider.signin import SignInPage
from sandbox.identity_provider.signout import SignOutPage
from sandbox.identity_provider.user_agents import device
from sandbox.loopback import LoopbackOnly

HERE = Path(__file__).parent


def identity_provider(data_dir: Path, origin: str, client: Client, *, opaque: bool = False) -> Starlette:
    """The provider's web application; `origin` is where browsers reach it, such as http://localhost:3001.

    With `opaque`, access tokens are no JWTs and have to be introspected.
    """
    connection = open_database(data_dir)
    directory = Directory(connection)
    directory.add_missing(ACCOUNTS)
    issuer = f"{origin}{TENANT}/oauth2/token"
    sign_ins, grants = SignIns(connection, directory), Grants(connection)
    keys = KeyRing(data_dir / "signing-keys.json")
    provider = Provider(issuer, client, directory, sign_ins, grants, keys, opaque=opaque)
    notices = LogoutNotices(issuer, client, keys)
    endings = Endings(sign_ins, grants, notices)
    pages = Pages(HERE / "templates", moment=moment, device=device, role_label=role_label)
    answers = Answers(provider, pages)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await notices.close()

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/show-password.js", show_password),
            STYLESHEET_ROUTE,
            *FrontPage(provider, pages).routes,
            *AccountPage(provider, endings, pages).routes,
            *Protocol(provider, origin).routes,
            *SignInPage(provider, answers, pages).routes,
            *RegisterPage(provider, answers, pages).routes,
            *SignOutPage(provider, endings, answers, pages).routes,
        ],
        middleware=[Middleware(LoopbackOnly)],
        lifespan=lifespan,
    )


async def health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def show_password(_: Request) -> Response:
    """The only script of these pages."""
    headers = {"Cache-Control": "max-age=300", "X-Content-Type-Options": "nosniff"}
    return FileResponse(HERE / "show-password.js", media_type="text/javascript", headers=headers)
