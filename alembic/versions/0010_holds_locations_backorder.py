"""Holds that end by themselves, several stock locations, units made to order, a ledger that can only grow.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NO_CHANGES = """
CREATE FUNCTION refuse_to_change_stock_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the stock ledger are never changed or deleted';
END
$$
"""
_SUM = """
CREATE FUNCTION require_locations_to_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted varchar := CASE WHEN TG_OP = 'DELETE' THEN OLD.sku ELSE NEW.sku END;
    whole bigint := (SELECT on_hand FROM stock_levels WHERE sku = wanted);
    parts bigint := (SELECT coalesce(sum(on_hand), 0) FROM location_levels WHERE sku = wanted);
BEGIN
    IF whole <> parts THEN
        RAISE EXCEPTION 'the locations of % hold % units, its level says %', wanted, parts, whole;
    END IF;
    RETURN NULL;
END
$$
"""
_SUM_TRIGGERS = (
    "CREATE CONSTRAINT TRIGGER stock_levels_new_sum AFTER INSERT ON stock_levels"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.on_hand <> 0)"
    " EXECUTE FUNCTION require_locations_to_sum()",
    "CREATE CONSTRAINT TRIGGER stock_levels_sum AFTER UPDATE OF on_hand ON stock_levels"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.on_hand <> OLD.on_hand)"
    " EXECUTE FUNCTION require_locations_to_sum()",
    "CREATE CONSTRAINT TRIGGER location_levels_sum AFTER INSERT OR UPDATE OR DELETE ON location_levels"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_locations_to_sum()",
)


def upgrade() -> None:
    _timed_holds()
    _backorder()
    _locations()
    _ledger()


def downgrade() -> None:
    op.execute("DROP TRIGGER stock_levels_sum ON stock_levels")
    op.execute("DROP TRIGGER stock_levels_new_sum ON stock_levels")
    op.execute("DROP TRIGGER stock_entries_stay ON stock_entries")
    op.execute("DROP TRIGGER stock_entries_keep ON stock_entries")
    op.drop_constraint(op.f("ck_stock_entries_location_named"), "stock_entries", type_="check")
    op.drop_column("stock_entries", "location")
    op.drop_table("stock_allocations")
    op.drop_table("location_levels")
    op.drop_table("stock_locations")
    op.execute("DROP FUNCTION require_locations_to_sum()")
    op.execute("DROP FUNCTION refuse_to_change_stock_entries()")
    op.drop_column("order_items", "ships_in_days")
    for name in ("backorder_days_named", "backorder_limit_not_negative", "promised_within_backorder"):
        op.drop_constraint(op.f(f"ck_stock_levels_{name}"), "stock_levels", type_="check")
    op.create_check_constraint(
        op.f("ck_stock_levels_reserved_within_on_hand"), "stock_levels", "reserved <= on_hand"
    )
    op.drop_column("stock_levels", "backorder_days")
    op.drop_column("stock_levels", "backorder_limit")
    op.drop_index("ix_stock_holds_expires_at", table_name="stock_holds")
    op.drop_column("stock_holds", "expires_at")


def _timed_holds() -> None:
    op.add_column("stock_holds", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_stock_holds_expires_at",
        "stock_holds",
        ["expires_at"],
        postgresql_where=sa.text("expires_at IS NOT NULL"),
    )


def _backorder() -> None:
    for name in ("backorder_limit", "backorder_days"):
        op.add_column("stock_levels", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.drop_constraint(op.f("ck_stock_levels_reserved_within_on_hand"), "stock_levels", type_="check")
    op.create_check_constraint(
        op.f("ck_stock_levels_promised_within_backorder"),
        "stock_levels",
        "on_hand - reserved >= -backorder_limit",
    )
    op.create_check_constraint(
        op.f("ck_stock_levels_backorder_limit_not_negative"), "stock_levels", "backorder_limit >= 0"
    )
    op.create_check_constraint(
        op.f("ck_stock_levels_backorder_days_named"),
        "stock_levels",
        "backorder_days >= 0 AND (backorder_limit = 0 OR backorder_days > 0)",
    )
    op.add_column("order_items", sa.Column("ships_in_days", sa.Integer(), nullable=False, server_default="0"))


def _locations() -> None:
    op.create_table(
        "stock_locations",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_stock_locations_code_in_form")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_stock_locations")),
    )
    op.create_table(
        "location_levels",
        sa.Column("sku", sa.String(length=48), nullable=False),
        sa.Column("location", sa.String(length=40), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        *_sku_and_location("location_levels"),
        sa.PrimaryKeyConstraint("sku", "location", name=op.f("pk_location_levels")),
    )
    op.create_index(op.f("ix_location_levels_location"), "location_levels", ["location"])
    op.create_table(
        "stock_allocations",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=48), nullable=False),
        sa.Column("location", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("allocated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_allocations_quantity_positive")),
        *_sku_and_location("stock_allocations"),
        sa.PrimaryKeyConstraint("order_id", "sku", "location", name=op.f("pk_stock_allocations")),
    )
    op.execute(
        "INSERT INTO stock_locations (code, name, country, priority, active, created_at)"
        " VALUES ('workshop', 'Bristol workshop', 'GB', 1, true, now())"
    )
    op.execute(
        "INSERT INTO location_levels (sku, location, on_hand)"
        " SELECT sku, 'workshop', on_hand FROM stock_levels"
    )
    op.execute(_SUM)
    for trigger in _SUM_TRIGGERS:
        op.execute(trigger)


def _sku_and_location(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.ForeignKeyConstraint(["sku"], ["stock_levels.sku"], name=op.f(f"fk_{table}_sku_stock_levels")),
        sa.ForeignKeyConstraint(
            ["location"], ["stock_locations.code"], name=op.f(f"fk_{table}_location_stock_locations")
        ),
    )


def _ledger() -> None:
    op.add_column("stock_entries", sa.Column("location", sa.String(length=40), nullable=True))
    op.create_foreign_key(
        op.f("fk_stock_entries_location_stock_locations"),
        "stock_entries",
        "stock_locations",
        ["location"],
        ["code"],
    )
    op.execute("UPDATE stock_entries SET location = 'workshop' WHERE on_hand_delta <> 0")
    op.create_check_constraint(
        op.f("ck_stock_entries_location_named"), "stock_entries", "on_hand_delta = 0 OR location IS NOT NULL"
    )
    op.execute(_NO_CHANGES)
    op.execute(
        "CREATE TRIGGER stock_entries_keep BEFORE UPDATE OR DELETE ON stock_entries"
        " FOR EACH ROW EXECUTE FUNCTION refuse_to_change_stock_entries()"
    )
    op.execute(
        "CREATE TRIGGER stock_entries_stay BEFORE TRUNCATE ON stock_entries"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_stock_entries()"
    )
