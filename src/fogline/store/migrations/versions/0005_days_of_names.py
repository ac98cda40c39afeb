"""The day at which a claim stands among those that share a name with it: in a crowded place a new claim is compared with those
around its day, and the others are not read.

What an older ledger kept is let go: its next build concludes everything once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.execute("DELETE FROM concluded_claims")
    op.drop_table("claim_keys")
    op.create_table(
        "claim_keys",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "day", "claim", name="pk_claim_keys"),
        sqlite_with_rowid=False,
    )
