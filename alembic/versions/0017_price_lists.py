"""Price lists for other currencies, prices by hand, and the currency somebody chose.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "price_lists",
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("ending", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rate BETWEEN 1 AND 1000000000000", name=op.f("ck_price_lists_rate_in_range")),
        sa.CheckConstraint("step BETWEEN 1 AND 1000000", name=op.f("ck_price_lists_step_in_range")),
        sa.CheckConstraint("ending >= 0 AND ending < step", name=op.f("ck_price_lists_ending_below_step")),
        sa.PrimaryKeyConstraint("currency", name="pk_price_lists"),
    )
    op.create_table(
        "listed_prices",
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("sku", sa.String(48), nullable=False),
        sa.Column("price_amount", sa.BigInteger(), nullable=False),
        sa.Column("compare_at_amount", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "price_amount BETWEEN 1 AND 1000000000000", name=op.f("ck_listed_prices_price_in_range")
        ),
        sa.CheckConstraint(
            "compare_at_amount > price_amount", name=op.f("ck_listed_prices_compare_at_above_price")
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["price_lists.currency"],
            name="fk_listed_prices_currency_price_lists",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("currency", "sku", name="pk_listed_prices"),
    )
    op.add_column("users", sa.Column("currency", sa.String(3), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("users", "currency")
    op.drop_table("listed_prices")
    op.drop_table("price_lists")
