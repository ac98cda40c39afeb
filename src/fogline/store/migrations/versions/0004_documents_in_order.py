"""Documents by name and id in one index: a page of them is read in its order, and not sorted out of all."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_documents_name", "documents")
    op.create_index("ix_documents_name_id", "documents", ["name", "id"])
