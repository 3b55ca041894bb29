"""Logout tokens of the identity provider, each good for once; a quick way to a browser's pending sign-ins.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "logout_tokens",
        sa.Column("jti_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jti_hash", name=op.f("pk_logout_tokens")),
    )
    op.create_index("ix_sign_in_attempts_visitor_created_at", "sign_in_attempts", ["visitor", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_sign_in_attempts_visitor_created_at", table_name="sign_in_attempts")
    op.drop_table("logout_tokens")
