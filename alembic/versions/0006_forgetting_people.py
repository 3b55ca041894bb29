"""Finds what belongs to an account that is deleted: its carts, the orders made of them, stored answers.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_carts_user_id", "carts", ["user_id"], postgresql_where=sa.text("user_id IS NOT NULL"))
    op.create_index("ix_orders_cart_id", "orders", ["cart_id"])
    op.add_column("idempotency_records", sa.Column("user_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_idempotency_records_user_id_users",
        "idempotency_records",
        "users",
        ["user_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_index("ix_idempotency_records_user_id", "idempotency_records", ["user_id"])


def downgrade() -> None:
    op.drop_index("ix_idempotency_records_user_id", table_name="idempotency_records")
    op.drop_constraint("fk_idempotency_records_user_id_users", "idempotency_records", type_="foreignkey")
    op.drop_column("idempotency_records", "user_id")
    op.drop_index("ix_orders_cart_id", table_name="orders")
    op.drop_index("ix_carts_user_id", table_name="carts", postgresql_where=sa.text("user_id IS NOT NULL"))
