"""The ledger's tables, for every database that SQLAlchemy Core speaks to.

What was said (articles to claims), who read it (runs, readings), what was concluded (families to control) and what
people decided (judgements). ``number`` and ``position`` are the database's own small names for rows; ``id`` is always
the model's name by content. JSON is kept as text, because a database's own JSON type may reorder it.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

LAYOUT = "0002"
"""The newest layout of the tables that this version reads and writes: the head of the migrations."""

APPLICATION_ID = 0x464F474C
"""What SQLite's ``application_id`` of a ledger is: "FOGL" in ASCII."""

Number = BigInteger().with_variant(Integer(), "sqlite")
"""A row's number; in SQLite it must be ``INTEGER`` to be the rowid that the search tables point to."""

Words = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that is sorted by code point on every database."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

about = Table("about", metadata, Column("name", Words, primary_key=True), Column("value", Text, nullable=False))

contents = Table(
    "contents",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("size", Number, nullable=False),
    Column("raw", LargeBinary, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Words, primary_key=True),
    Column("sha256", Words, ForeignKey("contents.sha256"), nullable=False, index=True),
    Column("name", Words, nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("given_outlet", Text, nullable=False),
    Column("given_url", Text, nullable=False),
    Column("given_title", Text, nullable=False),
    Column("given_published", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False, index=True),
    Column("name", Words, nullable=False, index=True),
    Column("outlet", Words, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published_start", Date, index=True),
    Column("published_end", Date),
    Column("url", Text, nullable=False),
    Column("cleaner", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("extractor", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("cleaner", Text, nullable=False),
    Column("theatre", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("started_at", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("run", Integer, ForeignKey("runs.ordinal"), nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("document_id", Words, ForeignKey("documents.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    UniqueConstraint("article_id", "run"),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False),
    Column("reading", Number, ForeignKey("readings.number"), nullable=False),
    Column("document_id", Words, ForeignKey("documents.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("kind", Words, nullable=False),
    Column("holder", Words, nullable=False),
    Column("speaker", Words, nullable=False),
    Column("side", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("published", Date),
    Column("when_start", Date),
    Column("when_end", Date),
    Column("body", Text, nullable=False),
    UniqueConstraint("id", "reading"),
    Index(None, "reading", "start"),
    Index(None, "kind", "holder"),
    Index(None, "speaker"),
    Index(None, "side"),
    Index(None, "outlet"),
    Index(None, "published"),
    Index(None, "when_start", "when_end"),
)

points = Table(
    "points",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    UniqueConstraint("lat", "lon"),
)

claim_places = Table(
    "claim_places",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("claim", Number, ForeignKey("claims.number"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("name", Words, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("geonameid", Number, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("point", Number, ForeignKey("points.number"), index=True),
    Column("precision", Text, nullable=False),
)

families = Table(
    "families",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, index=True),
    Column("root", Words, nullable=False),
    Column("size", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
)

family_members = Table(
    "family_members",
    metadata,
    Column("family", Number, ForeignKey("families.position"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim", Words, nullable=False, index=True),
)

links = Table(
    "links",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, index=True),
    Column("a", Words, nullable=False, index=True),
    Column("b", Words, nullable=False, index=True),
    Column("relation", Words, nullable=False),
    Column("aspect", Words, nullable=False),
    Column("reasons", Text, nullable=False),
    Index(None, "relation", "aspect"),
)

matters = Table(
    "matters",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("place", Words, nullable=False, index=True),
    Column("aspect", Words, nullable=False),
    Column("answers", Text, nullable=False),
)

source_grades = Table(
    "source_grades",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("reliability", Float, nullable=False),
    Column("grade", Text, nullable=False),
    Column("reasons", Text, nullable=False),
)

claim_grades = Table(
    "claim_grades",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("claim", Words, nullable=False, index=True),
    Column("credibility", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
)

control = Table(
    "control",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("place", Words, nullable=False, index=True),
    Column("geonameid", Number, index=True),
    Column("known_by", Date),
    Column("states", Text, nullable=False),
    Column("start", Date),
    Column("days", Integer, nullable=False),
    Column("daily", LargeBinary, nullable=False),
    Column("reasons", Text, nullable=False),
)

control_stretches = Table(
    "control_stretches",
    metadata,
    Column("control", Number, ForeignKey("control.position"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("status", Words, nullable=False),
    Column("belief", Text, nullable=False),
    Column("claims", Text, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("subject", Words, nullable=False, index=True),
    Column("decision", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("at_utc", Words, nullable=False),
)

CONCLUSIONS = (
    control_stretches,
    control,
    claim_grades,
    source_grades,
    matters,
    links,
    family_members,
    families,
)
"""The tables that ``conclude`` empties and fills again, those that point to others first."""
