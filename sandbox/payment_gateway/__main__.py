"""`python -m sandbox.payment_gateway`: serves the gateway on loopback until it is told to stop."""

from sandbox.payment_gateway.app import payment_gateway
from sandbox.payment_gateway.settings import Settings
from sandbox.serving import part_arguments, serve, setting, several


def main() -> None:
    """Reads the flags and serves."""
    parser = part_arguments("payment_gateway", __doc__ or "", port=3002)
    for flag, variable, default, about in (
        ("--secret-key", "PAYMENT_GATEWAY_SECRET_KEY", "sk_test_larkspur_sandbox", "the store's key"),
        ("--publishable-key", "PAYMENT_GATEWAY_PUBLISHABLE_KEY", "pk_test_larkspur_sandbox", "browsers' key"),
        ("--webhook-secret", "PAYMENT_WEBHOOK_SECRET", "whsec_test_larkspur_sandbox", "signs webhooks"),
        ("--webhook-url", "PAYMENT_WEBHOOK_URL", "", "where events go; without it none are sent"),
        ("--public-url", "PAYMENT_GATEWAY_PUBLIC_URL", "", "where browsers reach the gateway"),
    ):
        setting(parser, flag, variable, default=default, about=about)
    parser.add_argument(
        "--allow-origin",
        action="append",
        help="who may embed the card fields; repeatable (PAYMENT_GATEWAY_ALLOW_ORIGINS, separated by blanks)",
    )
    parser.add_argument("--chaos", action="store_true", help="lets POST /chaos make the gateway misbehave")
    given = parser.parse_args()
    settings = Settings(
        data_dir=given.data_dir,
        origin=given.public_url or f"http://localhost:{given.port}",
        secret_key=given.secret_key,
        publishable_key=given.publishable_key,
        webhook_secret=given.webhook_secret,
        webhook_url=given.webhook_url,
        allow_origins=several(given.allow_origin, "PAYMENT_GATEWAY_ALLOW_ORIGINS")
        or ("http://localhost:3000",),
        chaos=given.chaos,
    )
    serve(payment_gateway(settings), given.port)


if __name__ == "__main__":
    main()
