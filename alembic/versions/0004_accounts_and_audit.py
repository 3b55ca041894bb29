"""Accounts, address books, notes on customers, API keys and an audit log that can only grow.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NO_CHANGES = """
CREATE FUNCTION refuse_to_change_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are never changed or deleted';
END
$$
"""

_ROLES_OF_THE_LAST_SIGN_IN = """
UPDATE users SET roles = latest.roles
FROM (SELECT DISTINCT ON (user_id) user_id, roles FROM user_sessions ORDER BY user_id, created_at DESC) latest
WHERE latest.user_id = users.id
"""


def upgrade() -> None:
    _accounts()
    _sessions()
    _api_keys()
    _audit_log()


def downgrade() -> None:
    op.drop_table("audit_entries")
    op.execute("DROP FUNCTION refuse_to_change_audit_entries()")
    op.drop_table("api_keys")
    op.drop_index("ix_user_sessions_provider_session", table_name="user_sessions")
    op.drop_constraint("uq_user_sessions_id", "user_sessions", type_="unique")
    for column in ("address", "user_agent", "provider_session", "id"):
        op.drop_column("user_sessions", column)
    op.drop_table("customer_notes")
    op.drop_table("saved_addresses")
    for column in ("deleted_at", "roles", "phone", "preferred_name"):
        op.drop_column("users", column)


def _accounts() -> None:
    text = {"nullable": False, "server_default": ""}
    op.add_column("users", sa.Column("preferred_name", sa.String(length=200), **text))
    op.add_column("users", sa.Column("phone", sa.String(length=40), **text))
    op.add_column(
        "users", sa.Column("roles", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.execute(_ROLES_OF_THE_LAST_SIGN_IN)
    op.add_column("users", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "saved_addresses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("address", postgresql.JSONB(), nullable=False),
        sa.Column("default_shipping", sa.Boolean(), nullable=False),
        sa.Column("default_billing", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_addresses_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_addresses")),
    )
    op.create_index("ix_saved_addresses_user_id", "saved_addresses", ["user_id"])
    for use in ("shipping", "billing"):
        op.create_index(
            f"uq_saved_addresses_default_{use}",
            "saved_addresses",
            ["user_id"],
            unique=True,
            postgresql_where=sa.text(f"default_{use}"),
        )
    op.create_table(
        "customer_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.String(length=254), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_customer_notes_author_id_users")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_customer_notes_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_notes")),
    )
    op.create_index("ix_customer_notes_user_id_created_at", "customer_notes", ["user_id", "created_at"])


def _sessions() -> None:
    op.add_column(
        "user_sessions",
        sa.Column("id", sa.Uuid(), nullable=False, server_default=sa.text("gen_random_uuid()")),
    )
    for column, length in (("provider_session", 255), ("user_agent", 300), ("address", 64)):
        op.add_column(
            "user_sessions", sa.Column(column, sa.String(length=length), nullable=False, server_default="")
        )
    op.create_unique_constraint("uq_user_sessions_id", "user_sessions", ["id"])
    op.create_index("ix_user_sessions_provider_session", "user_sessions", ["provider_session"])


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("hint", sa.String(length=12), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_api_keys_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )
    op.create_index("ix_api_keys_user_id", "api_keys", ["user_id"])


def _audit_log() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(length=254), nullable=False),
        sa.Column("object_id", sa.String(length=120), nullable=False),
        sa.Column("object_name", sa.String(length=200), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_at", "audit_entries", ["at", "id"])
    for column in ("actor_id", "object_id", "action"):
        op.create_index(f"ix_audit_entries_{column}_at", "audit_entries", [column, "at"])
    op.execute(_NO_CHANGES)
    op.execute(
        "CREATE TRIGGER audit_entries_keep BEFORE UPDATE OR DELETE ON audit_entries"
        " FOR EACH ROW EXECUTE FUNCTION refuse_to_change_audit_entries()"
    )
    op.execute(
        "CREATE TRIGGER audit_entries_stay BEFORE TRUNCATE ON audit_entries"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit_entries()"
    )
