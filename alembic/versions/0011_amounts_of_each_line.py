"""What each line of an order got off and what tax is in it, its promotions, and taxes that come on top.

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TOTAL = "ck_orders_total_adds_up"


def upgrade() -> None:
    op.add_column("orders", sa.Column("tax_included", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column(
        "orders", sa.Column("promotions", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False)
    )
    for column in ("discount_amount", "tax_amount"):
        op.add_column(
            "order_items", sa.Column(column, sa.BigInteger(), server_default=sa.text("0"), nullable=False)
        )
    op.drop_constraint(op.f(TOTAL), "orders", type_="check")
    op.create_check_constraint(
        op.f(TOTAL),
        "orders",
        "total_amount = subtotal_amount - discount_amount + shipping_amount"
        " + CASE WHEN tax_included THEN 0 ELSE tax_amount END",
    )


def downgrade() -> None:
    op.drop_constraint(op.f(TOTAL), "orders", type_="check")
    op.create_check_constraint(
        op.f(TOTAL), "orders", "total_amount = subtotal_amount - discount_amount + shipping_amount"
    )
    for column in ("discount_amount", "tax_amount"):
        op.drop_column("order_items", column)
    op.drop_column("orders", "promotions")
    op.drop_column("orders", "tax_included")
