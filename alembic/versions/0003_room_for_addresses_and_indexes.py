"""Room for any address the payment gateway sends a shopper to, and indexes for what is looked up often.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("payments", "action_url", existing_type=sa.String(length=500), type_=sa.Text())
    op.create_index("ix_refunds_payment_id", "refunds", ["payment_id"])
    op.create_index("ix_orders_visitor", "orders", ["visitor"], postgresql_where=sa.text("user_id IS NULL"))
    op.create_index("ix_orders_paid_at", "orders", ["paid_at"])


def downgrade() -> None:
    op.drop_index("ix_orders_paid_at", table_name="orders")
    op.drop_index("ix_orders_visitor", table_name="orders")
    op.drop_index("ix_refunds_payment_id", table_name="refunds")
    op.alter_column(
        "payments",
        "action_url",
        existing_type=sa.Text(),
        type_=sa.String(length=500),
        postgresql_using="left(action_url, 500)",
    )
