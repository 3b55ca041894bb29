"""Indexes for finding customers: by any part of name and e-mail, by phone, by postcode, and guests' orders by e-mail.

pg_trgm comes with PostgreSQL; the owner of a database may add it. A role that may not needs it added beforehand:
`CREATE EXTENSION pg_trgm`.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FOLDED = """
CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(regexp_replace(normalize($1, NFKD), U&'[\\0300-\\036F]', '', 'g'))
"""
"""Small letters without accents: what "kohler" and "Köhler" have in common."""

_FOUND_BY = (
    "folded(name || ' ' || preferred_name || ' ' || email) || ' ' || regexp_replace(phone, '[^0-9]', '', 'g')"
)


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute(sa.text(_FOLDED))
    op.add_column("users", sa.Column("found_by", sa.Text(), sa.Computed(_FOUND_BY, persisted=True)))
    op.execute("CREATE INDEX ix_users_found_by ON users USING gin (found_by gin_trgm_ops)")
    op.execute(
        "CREATE INDEX ix_users_sort_name ON users"
        " (lower(coalesce(nullif(preferred_name, ''), nullif(name, ''), email)), id)"
    )
    for table, column in (("orders", "shipping_address"), ("saved_addresses", "address")):
        op.execute(
            f"CREATE INDEX ix_{table}_postcode ON {table}"
            f" ((replace(lower({column} ->> 'postal_code'), ' ', '')) text_pattern_ops)"
        )
    op.execute("CREATE INDEX ix_orders_guest_email ON orders (lower(email)) WHERE user_id IS NULL")


def downgrade() -> None:
    for index in (
        "ix_orders_guest_email",
        "ix_saved_addresses_postcode",
        "ix_orders_postcode",
        "ix_users_sort_name",
        "ix_users_found_by",
    ):
        op.execute(f"DROP INDEX {index}")
    op.drop_column("users", "found_by")
    op.execute("DROP FUNCTION folded(text)")
    op.execute("DROP EXTENSION pg_trgm")
