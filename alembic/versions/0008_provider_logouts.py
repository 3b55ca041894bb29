"""Whom the identity provider has lately said to be signed out there: a sign-in on its way then comes too late.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider_logouts",
        sa.Column("named_hash", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("named_hash", name=op.f("pk_provider_logouts")),
    )


def downgrade() -> None:
    op.drop_table("provider_logouts")
