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
    UniqueConstraint,
)

from fogline.store.texts import Kept

LAYOUT = "0005"
"""The newest layout of the tables that this version reads and writes: the head of the migrations."""

APPLICATION_ID = 0x464F474C
"""What SQLite's ``application_id`` of a ledger is: "FOGL" in ASCII."""

Number = BigInteger().with_variant(Integer(), "sqlite")
"""A row's number; in SQLite it must be ``INTEGER`` to be the rowid that the search tables point to."""

Words = Kept(by_code_point=True)
"""A text that is sorted by code point on every database."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

about = Table("about", metadata, Column("name", Words, primary_key=True), Column("value", Kept, nullable=False))

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
    Column("media_type", Kept, nullable=False),
    Column("given_outlet", Kept, nullable=False),
    Column("given_url", Kept, nullable=False),
    Column("given_title", Kept, nullable=False),
    Column("given_published", Kept, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("outlet", Words, nullable=False, index=True),
    Column("title", Kept, nullable=False),
    Column("language", Kept, nullable=False),
    Column("published_start", Date, index=True),
    Column("published_end", Date),
    Column("url", Kept, nullable=False),
    Column("cleaner", Kept, nullable=False),
    Column("text", Kept, nullable=False),
    Column("body", Kept, nullable=False),
    Index(None, "name", "id"),
)

runs = Table(
    "runs",
    metadata,
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("extractor", Kept, nullable=False),
    Column("version", Kept, nullable=False),
    Column("cleaner", Kept, nullable=False),
    Column("theatre", Kept, nullable=False),
    Column("settings", Kept, nullable=False),
    Column("started_at", Kept, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("run", Integer, ForeignKey("runs.ordinal"), nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("document_id", Words, ForeignKey("documents.id"), nullable=False, index=True),
    Column("at", Kept, nullable=False),
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
    Column("quote", Kept, nullable=False),
    Column("kind", Words, nullable=False),
    Column("holder", Words, nullable=False),
    Column("speaker", Words, nullable=False),
    Column("side", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("polarity", Kept, nullable=False),
    Column("certainty", Kept, nullable=False),
    Column("modality", Kept, nullable=False),
    Column("published", Date),
    Column("when_start", Date),
    Column("when_end", Date),
    Column("body", Kept, nullable=False),
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
    Column("text", Kept, nullable=False),
    Column("geonameid", Number, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("point", Number, ForeignKey("points.number"), index=True),
    Column("precision", Kept, nullable=False),
)

families = Table(
    "families",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, index=True),
    Column("root", Words, nullable=False),
    Column("size", Integer, nullable=False),
    Column("reasons", Kept, nullable=False),
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
    Column("reasons", Kept, nullable=False),
    Column("block", Number, index=True),
    Column("matter", Number, index=True),
    Index(None, "relation", "aspect"),
)

matters = Table(
    "matters",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, index=True),
    Column("question", Kept, nullable=False),
    Column("place", Words, nullable=False, index=True),
    Column("aspect", Words, nullable=False),
    Column("answers", Kept, nullable=False),
    Column("key", Number, index=True),
)

source_grades = Table(
    "source_grades",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False, index=True),
    Column("type", Kept, nullable=False),
    Column("side", Kept, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("reliability", Float, nullable=False),
    Column("grade", Kept, nullable=False),
    Column("reasons", Kept, nullable=False),
)

claim_grades = Table(
    "claim_grades",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("claim", Words, nullable=False, index=True),
    Column("credibility", Integer, nullable=False),
    Column("reasons", Kept, nullable=False),
)

control = Table(
    "control",
    metadata,
    Column("position", Number, primary_key=True, autoincrement=False),
    Column("place", Words, nullable=False, index=True),
    Column("geonameid", Number, index=True),
    Column("known_by", Date),
    Column("states", Kept, nullable=False),
    Column("start", Date),
    Column("days", Integer, nullable=False),
    Column("daily", LargeBinary, nullable=False),
    Column("reasons", Kept, nullable=False),
)

control_stretches = Table(
    "control_stretches",
    metadata,
    Column("control", Number, ForeignKey("control.position"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("status", Words, nullable=False),
    Column("belief", Kept, nullable=False),
    Column("claims", Kept, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("subject", Words, nullable=False, index=True),
    Column("decision", Kept, nullable=False),
    Column("value", Kept, nullable=False),
    Column("person", Kept, nullable=False),
    Column("reason", Kept, nullable=False),
    Column("at", Kept, nullable=False),
    Column("at_utc", Words, nullable=False),
)

unconcluded = Table("unconcluded", metadata, Column("reading", Number, primary_key=True, autoincrement=False))

concluded_claims = Table(
    "concluded_claims",
    metadata,
    Column("claim", Number, ForeignKey("claims.number"), primary_key=True, autoincrement=False),
    Column("keys", LargeBinary, nullable=False),
)

claim_keys = Table(
    "claim_keys",
    metadata,
    Column("key", Number, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("claim", Number, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

concluded_documents = Table(
    "concluded_documents",
    metadata,
    Column("document", Number, ForeignKey("documents.number"), primary_key=True, autoincrement=False),
    Column("text", Number, nullable=False),
    Column("keys", LargeBinary, nullable=False),
)

document_keys = Table(
    "document_keys",
    metadata,
    Column("key", Number, primary_key=True, autoincrement=False),
    Column("document", Number, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

lessons = Table(
    "lessons",
    metadata,
    Column("name", Words, primary_key=True),
    Column("type", Words, primary_key=True),
    Column("interest", Words, primary_key=True),
    Column("mean", Float, nullable=False),
    Column("strength", Float, nullable=False),
    Column("last", Integer, nullable=False),
    Column("right", LargeBinary, nullable=False),
    Column("seen", LargeBinary, nullable=False),
)

GROUNDS = (lessons, document_keys, concluded_documents, claim_keys, concluded_claims, unconcluded)
"""What conclusions rest on: emptied and filled again with them."""

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
