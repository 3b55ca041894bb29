"""Automatic promotions are kept by each process until their version changes, as delivery and taxes are.

Revision: 0020, after 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("INSERT INTO reference_versions (name, version) VALUES ('promotions', 1)")


def downgrade() -> None:
    op.execute("DELETE FROM reference_versions WHERE name = 'promotions'")
