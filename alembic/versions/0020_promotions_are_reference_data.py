"""Automatic promotions are kept by each process until their version changes, as delivery and taxes are.

Revision: 0020, after 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


COLUMNS = (
    "name",
    "code",
    "effect",
    "categories",
    "products",
    "skus",
    "currency",
    "minimum_spend",
    "starts_at",
    "ends_at",
    "total_limit",
    "per_customer_limit",
    "first_order_only",
    "exclusive",
    "priority",
    "active",
)
"""All but what counts its uses."""


def upgrade() -> None:
    """The version begins where none has been before. It also rises for a program that doesn't know of it, as the
    version of the store before this one."""
    op.execute(
        "INSERT INTO reference_versions (name, version)"
        " VALUES ('promotions', CAST(extract(epoch FROM now()) AS bigint))"
    )
    op.execute(
        """
        CREATE FUNCTION promotions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE reference_versions SET version = version + 1 WHERE name = 'promotions';
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        f"""
        CREATE TRIGGER promotions_changed AFTER INSERT OR DELETE OR UPDATE OF {", ".join(COLUMNS)}
        ON promotions FOR EACH STATEMENT EXECUTE FUNCTION promotions_changed()
        """
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER promotions_changed ON promotions")
    op.execute("DROP FUNCTION promotions_changed()")
    op.execute("DELETE FROM reference_versions WHERE name = 'promotions'")
