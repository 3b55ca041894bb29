"""What a refund is for, and how much of an order was given back: never more than was paid.

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WITHIN = "ck_orders_refunded_within_total"


def upgrade() -> None:
    op.add_column(
        "refunds", sa.Column("parts", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False)
    )
    op.add_column("refunds", sa.Column("key", sa.String(64), nullable=True))
    op.create_unique_constraint(op.f("uq_refunds_key"), "refunds", ["key"])
    op.add_column(
        "orders", sa.Column("refunded_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.execute(
        """
        UPDATE orders SET refunded_amount = least(given.amount, orders.total_amount)
        FROM (
            SELECT payments.order_id, sum(refunds.amount) AS amount
            FROM refunds JOIN payments ON payments.id = refunds.payment_id
            WHERE refunds.status <> 'failed' GROUP BY payments.order_id
        ) AS given
        WHERE given.order_id = orders.id
        """
    )
    op.create_check_constraint(op.f(WITHIN), "orders", "refunded_amount BETWEEN 0 AND total_amount")


def downgrade() -> None:
    op.drop_constraint(op.f(WITHIN), "orders", type_="check")
    op.drop_column("orders", "refunded_amount")
    op.drop_constraint(op.f("uq_refunds_key"), "refunds", type_="unique")
    op.drop_column("refunds", "key")
    op.drop_column("refunds", "parts")
