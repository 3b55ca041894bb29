"""Lines saved for later, wish lists, merged carts that can be told apart again, and clicks that are carried out once.

Revision: 0013, after 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "saved_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("sku", sa.String(length=48), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("seen_price_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("added_at", moment, nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_saved_items_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_items_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_items")),
    )
    _one_each("saved_items", "sku")
    op.create_table(
        "wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=48), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_wishes_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
    )
    _one_each("wishes", "product_id")
    op.create_table(
        "cart_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("guest_cart_id", sa.Uuid(), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("undone_at", moment, nullable=True),
        sa.Column("ordered_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_cart_merges_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_merges")),
    )
    op.create_index("ix_cart_merges_user_id_created_at", "cart_merges", ["user_id", "created_at"])
    op.create_index(
        "ix_cart_merges_cart_id",
        "cart_merges",
        ["cart_id"],
        postgresql_where=sa.text("undone_at IS NULL AND ordered_at IS NULL"),
    )
    op.create_table(
        "cart_clicks",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_cart_clicks")),
    )
    op.create_index("ix_cart_clicks_created_at", "cart_clicks", ["created_at"])


def downgrade() -> None:
    for table in ("cart_clicks", "cart_merges", "wishes", "saved_items"):
        op.drop_table(table)


def _one_each(table: str, column: str) -> None:
    """Of an account, else of a visitor's browser."""
    owners = {"user_id": "user_id IS NOT NULL", "visitor": "user_id IS NULL"}
    for owner, condition in owners.items():
        op.create_index(
            f"uq_{table}_{owner}_{column}",
            table,
            [owner, column],
            unique=True,
            postgresql_where=sa.text(condition),
        )
