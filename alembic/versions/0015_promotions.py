"""Promotions, the orders that used them, the codes on a cart, and what each line of an order got off by which.

Revision: 0015, after 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "promotions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("description", sa.String(200), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("effect", postgresql.JSONB(), nullable=False),
        sa.Column("categories", postgresql.JSONB(), nullable=False),
        sa.Column("products", postgresql.JSONB(), nullable=False),
        sa.Column("skus", postgresql.JSONB(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("minimum_spend", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", moment),
        sa.Column("ends_at", moment),
        sa.Column("total_limit", sa.Integer()),
        sa.Column("per_customer_limit", sa.Integer()),
        sa.Column("first_order_only", sa.Boolean(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.CheckConstraint("code = upper(code)", name=op.f("ck_promotions_code_in_capitals")),
        sa.CheckConstraint("used >= 0", name=op.f("ck_promotions_used_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotions")),
    )
    op.create_index(
        "uq_promotions_code", "promotions", ["code"], unique=True, postgresql_where=sa.text("code <> ''")
    )
    op.create_table(
        "promotion_redemptions",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("promotion_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
            name=op.f("fk_promotion_redemptions_order_id_orders"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_promotion_redemptions_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("order_id", "promotion_id", name=op.f("pk_promotion_redemptions")),
    )
    op.create_index(
        "ix_promotion_redemptions_promotion_id", "promotion_redemptions", ["promotion_id", "order_id"]
    )
    for table, column in (("carts", "codes"), ("order_items", "discounts")):
        op.add_column(
            table, sa.Column(column, postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False)
        )
    op.create_index("ix_orders_email", "orders", [sa.text("lower(email)")])


def downgrade() -> None:
    op.drop_index("ix_orders_email", table_name="orders")
    op.drop_column("order_items", "discounts")
    op.drop_column("carts", "codes")
    op.drop_table("promotion_redemptions")
    op.drop_table("promotions")
