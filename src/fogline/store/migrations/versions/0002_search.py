"""Full-text search over quotations and documents, and boxes over points.

The search tables hold no words and no values of their own: they point to ``claims``, ``documents`` and ``points`` by
number. The writer fills them in the transaction that adds those rows. Triggers would do it too, but FTS5 writes its
index out at the end of each statement that a trigger belongs to, that is once a row.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The modifier apostrophe of Ukrainian names is a letter to Unicode; here it parts words as the other apostrophes do, so
# that every spelling of a name finds every other.
TOKENIZE = "tokenize=\"unicode61 remove_diacritics 2 separators 'ʼ'\""

SQLITE = (
    f'CREATE VIRTUAL TABLE claims_fts USING fts5(quote, content="claims", content_rowid="number", {TOKENIZE})',
    f"""CREATE VIRTUAL TABLE documents_fts
    USING fts5(title, text, content="documents", content_rowid="number", {TOKENIZE})""",
    "CREATE VIRTUAL TABLE points_box USING rtree(number, south, north, west, east)",
    # What an older ledger holds already.
    "INSERT INTO claims_fts(claims_fts) VALUES ('rebuild')",
    "INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')",
    "INSERT INTO points_box SELECT number, lat, lat, lon, lon FROM points",
)

# A word index that is filled like SQLite's, with words as ``store.words`` splits them; points as PostGIS sees them.
POSTGRESQL = (
    "CREATE TABLE claims_words (number bigint PRIMARY KEY REFERENCES claims, words tsvector NOT NULL, size int NOT NULL)",
    "CREATE INDEX ix_claims_words_words ON claims_words USING gin (words)",
    """ALTER TABLE points ADD COLUMN at geometry(Point, 4326)
    GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED""",
    "CREATE INDEX ix_points_at ON points USING gist (at)",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.dialect.name]:
        connection.exec_driver_sql(statement)
