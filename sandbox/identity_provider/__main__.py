"""`python -m sandbox.identity_provider`: serves the provider on loopback until it is told to stop."""

import os

from sandbox.identity_provider.app import identity_provider
from sandbox.identity_provider.client import Client
from sandbox.serving import part_arguments, serve, setting, several

STORE = "http://localhost:3000"


def main() -> None:
    """Reads the flags and serves."""
    parser = part_arguments("identity_provider", __doc__ or "", port=3001)
    setting(parser, "--client-id", "OIDC_CLIENT_ID", default="larkspur-store", about="id of the store")
    setting(
        parser,
        "--client-secret",
        "OIDC_CLIENT_SECRET",
        default="sandbox_larkspur_store",
        about="secret of the store",
    )
    parser.add_argument(
        "--redirect-uri",
        action="append",
        help="where a sign-in may return to; repeatable (OIDC_REDIRECT_URIS, separated by blanks)",
    )
    parser.add_argument(
        "--post-logout-redirect-uri",
        action="append",
        help="where a sign-out may return to; repeatable (OIDC_POST_LOGOUT_REDIRECT_URIS)",
    )
    setting(
        parser,
        "--backchannel-logout-uri",
        "OIDC_BACKCHANNEL_LOGOUT_URI",
        about="where the store is told that somebody signed out; without it, it is not told",
    )
    parser.add_argument(
        "--opaque-access-tokens",
        action="store_true",
        default=os.environ.get("OIDC_OPAQUE_ACCESS_TOKENS", "").lower() in ("1", "true", "yes"),
        help="access tokens that have to be introspected, instead of JWTs (OIDC_OPAQUE_ACCESS_TOKENS=true)",
    )
    given = parser.parse_args()
    client = Client(
        given.client_id,
        given.client_secret,
        several(given.redirect_uri, "OIDC_REDIRECT_URIS") or (f"{STORE}/auth/callback",),
        several(given.post_logout_redirect_uri, "OIDC_POST_LOGOUT_REDIRECT_URIS")
        or (f"{STORE}/auth/signed-out",),
        given.backchannel_logout_uri,
    )
    origin = f"http://localhost:{given.port}"
    app = identity_provider(given.data_dir, origin, client, opaque=given.opaque_access_tokens)
    serve(app, given.port)


if __name__ == "__main__":
    main()
