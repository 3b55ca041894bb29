"""The codes that came along with a merged cart, and what the goods of a line were called.

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_LINES = ("cart_items", "saved_items")


def upgrade() -> None:
    codes = sa.Column("codes", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False)
    op.add_column("cart_merges", codes)
    for table in _LINES:
        op.add_column(table, sa.Column("name", sa.String(500), server_default="", nullable=False))


def downgrade() -> None:
    for table in reversed(_LINES):
        op.drop_column(table, "name")
    op.drop_column("cart_merges", "codes")
