"""The job queue's own schema, as its library ships it.

Revision: 0002, after 0001
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))


def downgrade() -> None:
    op.get_bind().exec_driver_sql("""
        DO $$
        DECLARE item record;
        BEGIN
            FOR item IN SELECT tablename AS name FROM pg_tables
                WHERE schemaname = current_schema() AND tablename LIKE 'procrastinate_%%' LOOP
                EXECUTE format('DROP TABLE %%I CASCADE', item.name);
            END LOOP;
            FOR item IN SELECT p.oid::regprocedure::text AS name FROM pg_proc p
                WHERE p.pronamespace = current_schema()::regnamespace AND p.proname LIKE 'procrastinate_%%' LOOP
                EXECUTE format('DROP FUNCTION %%s CASCADE', item.name);
            END LOOP;
            FOR item IN SELECT t.typname AS name FROM pg_type t
                WHERE t.typnamespace = current_schema()::regnamespace
                AND t.typname LIKE 'procrastinate_%%' AND t.typtype IN ('e', 'c') LOOP
                EXECUTE format('DROP TYPE IF EXISTS %%I CASCADE', item.name);
            END LOOP;
        END $$
    """)
