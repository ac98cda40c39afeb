"""The tables: what was said, who read it, what was concluded, what people decided."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "about",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_about"),
    )
    op.create_table(
        "claim_grades",
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("claim", WORDS, nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_claim_grades"),
    )
    op.create_index("ix_claim_grades_claim", "claim_grades", ["claim"])
    op.create_table(
        "contents",
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_contents"),
    )
    op.create_table(
        "control",
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("geonameid", NUMBER, nullable=True),
        sa.Column("known_by", sa.Date(), nullable=True),
        sa.Column("states", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("daily", sa.LargeBinary(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_control"),
    )
    op.create_index("ix_control_geonameid", "control", ["geonameid"])
    op.create_index("ix_control_place", "control", ["place"])
    op.create_table(
        "families",
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("root", WORDS, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_families"),
    )
    op.create_index("ix_families_id", "families", ["id"])
    op.create_table(
        "judgements",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("at_utc", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_judgements"),
        sa.UniqueConstraint("id", name="uq_judgements_id"),
    )
    op.create_index("ix_judgements_subject", "judgements", ["subject"])
    op.create_table(
        "links",
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("a", WORDS, nullable=False),
        sa.Column("b", WORDS, nullable=False),
        sa.Column("relation", WORDS, nullable=False),
        sa.Column("aspect", WORDS, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_links"),
    )
    op.create_index("ix_links_a", "links", ["a"])
    op.create_index("ix_links_b", "links", ["b"])
    op.create_index("ix_links_id", "links", ["id"])
    op.create_index("ix_links_relation_aspect", "links", ["relation", "aspect"])
    op.create_table(
        "matters",
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("aspect", WORDS, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_matters"),
    )
    op.create_index("ix_matters_id", "matters", ["id"])
    op.create_index("ix_matters_place", "matters", ["place"])
    op.create_table(
        "points",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_points"),
        sa.UniqueConstraint("lat", "lon", name="uq_points_lat_lon"),
    )
    op.create_table(
        "runs",
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("cleaner", sa.Text(), nullable=False),
        sa.Column("theatre", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ordinal", name="pk_runs"),
        sa.UniqueConstraint("id", name="uq_runs_id"),
    )
    op.create_table(
        "source_grades",
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("reliability", sa.Float(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_source_grades"),
    )
    op.create_index("ix_source_grades_name", "source_grades", ["name"])
    op.create_table(
        "articles",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("given_outlet", sa.Text(), nullable=False),
        sa.Column("given_url", sa.Text(), nullable=False),
        sa.Column("given_title", sa.Text(), nullable=False),
        sa.Column("given_published", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name="fk_articles_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_name", "articles", ["name"])
    op.create_index("ix_articles_sha256", "articles", ["sha256"])
    op.create_table(
        "control_stretches",
        sa.Column("control", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("belief", sa.Text(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["control"], ["control.position"], name="fk_control_stretches_control"),
        sa.PrimaryKeyConstraint("control", "position", name="pk_control_stretches"),
    )
    op.create_table(
        "family_members",
        sa.Column("family", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["family"], ["families.position"], name="fk_family_members_family"),
        sa.PrimaryKeyConstraint("family", "position", name="pk_family_members"),
    )
    op.create_index("ix_family_members_claim", "family_members", ["claim"])
    op.create_table(
        "documents",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("article_id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("outlet", WORDS, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_start", sa.Date(), nullable=True),
        sa.Column("published_end", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("cleaner", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_documents_article_id"),
        sa.PrimaryKeyConstraint("number", name="pk_documents"),
        sa.UniqueConstraint("id", name="uq_documents_id"),
    )
    op.create_index("ix_documents_article_id", "documents", ["article_id"])
    op.create_index("ix_documents_name", "documents", ["name"])
    op.create_index("ix_documents_outlet", "documents", ["outlet"])
    op.create_index("ix_documents_published_start", "documents", ["published_start"])
    op.create_table(
        "readings",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("article_id", WORDS, nullable=False),
        sa.Column("document_id", WORDS, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_readings_article_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_readings_document_id"),
        sa.ForeignKeyConstraint(["run"], ["runs.ordinal"], name="fk_readings_run"),
        sa.PrimaryKeyConstraint("number", name="pk_readings"),
        sa.UniqueConstraint("article_id", "run", name="uq_readings_article_id_run"),
    )
    op.create_index("ix_readings_document_id", "readings", ["document_id"])
    op.create_table(
        "claims",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("document_id", WORDS, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("holder", WORDS, nullable=False),
        sa.Column("speaker", WORDS, nullable=False),
        sa.Column("side", WORDS, nullable=False),
        sa.Column("outlet", WORDS, nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("when_start", sa.Date(), nullable=True),
        sa.Column("when_end", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_claims_document_id"),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name="fk_claims_reading"),
        sa.PrimaryKeyConstraint("number", name="pk_claims"),
        sa.UniqueConstraint("id", "reading", name="uq_claims_id_reading"),
    )
    op.create_index("ix_claims_document_id", "claims", ["document_id"])
    op.create_index("ix_claims_kind_holder", "claims", ["kind", "holder"])
    op.create_index("ix_claims_outlet", "claims", ["outlet"])
    op.create_index("ix_claims_published", "claims", ["published"])
    op.create_index("ix_claims_reading_start", "claims", ["reading", "start"])
    op.create_index("ix_claims_side", "claims", ["side"])
    op.create_index("ix_claims_speaker", "claims", ["speaker"])
    op.create_index("ix_claims_when_start_when_end", "claims", ["when_start", "when_end"])
    op.create_table(
        "claim_places",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("claim", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("geonameid", NUMBER, nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("point", NUMBER, nullable=True),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.number"], name="fk_claim_places_claim"),
        sa.ForeignKeyConstraint(["point"], ["points.number"], name="fk_claim_places_point"),
        sa.PrimaryKeyConstraint("number", name="pk_claim_places"),
    )
    op.create_index("ix_claim_places_claim", "claim_places", ["claim"])
    op.create_index("ix_claim_places_geonameid", "claim_places", ["geonameid"])
    op.create_index("ix_claim_places_name", "claim_places", ["name"])
    op.create_index("ix_claim_places_point", "claim_places", ["point"])
