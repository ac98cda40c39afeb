"""What conclusions rest on, kept so that a new report changes only what it touches.

An older ledger has none of it: its next build concludes everything once, and keeps it from then on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "unconcluded",
        sa.Column("reading", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("reading", name="pk_unconcluded"),
    )
    op.create_table(
        "concluded_claims",
        sa.Column("claim", NUMBER, autoincrement=False, nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.number"], name="fk_concluded_claims_claim"),
        sa.PrimaryKeyConstraint("claim", name="pk_concluded_claims"),
    )
    op.create_table(
        "concluded_documents",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("text", NUMBER, nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_concluded_documents_document"),
        sa.PrimaryKeyConstraint("document", name="pk_concluded_documents"),
    )
    for table, member in (("claim_keys", "claim"), ("document_keys", "document")):
        op.create_table(
            table,
            sa.Column("key", NUMBER, autoincrement=False, nullable=False),
            sa.Column(member, NUMBER, autoincrement=False, nullable=False),
            sa.PrimaryKeyConstraint("key", member, name=f"pk_{table}"),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "lessons",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("interest", WORDS, nullable=False),
        sa.Column("mean", sa.Float(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("right", sa.LargeBinary(), nullable=False),
        sa.Column("seen", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "type", "interest", name="pk_lessons"),
    )
    for table, column in (("links", "block"), ("links", "matter"), ("matters", "key")):
        op.add_column(table, sa.Column(column, NUMBER, nullable=True))
        op.create_index(f"ix_{table}_{column}", table, [column])
