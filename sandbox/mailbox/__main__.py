"""`python -m sandbox.mailbox`: takes mail on one port of loopback and shows it on another."""

import os

from sandbox.mailbox.app import mailbox
from sandbox.serving import part_arguments, refuse_taken_port, serve


def main() -> None:
    """Reads the flags and serves."""
    parser = part_arguments("mailbox", __doc__ or "", port=3003)
    parser.add_argument(
        "--smtp-port",
        type=int,
        default=int(os.environ.get("MAILBOX_SMTP_PORT", "3025")),
        help="port for SMTP (default 3025; MAILBOX_SMTP_PORT)",
    )
    given = parser.parse_args()
    refuse_taken_port(given.smtp_port, "--smtp-port")
    serve(mailbox(given.data_dir, given.smtp_port), given.port)


if __name__ == "__main__":
    main()
