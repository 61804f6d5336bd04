"""The tables of the catalog, in SQLAlchemy Core so that PostgreSQL can take SQLite's place.

A letter's row has a state. Only `here` is visible; `adding` and `leaving` are halves of a change that the catalog can
finish or undo, and at most one row per letter id is `here`. Row and chunk numbers are never used twice, so what a
derived store still holds of a removed letter can never be taken for another one.
"""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

letters = Table(
    "letters",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False),
    Column("state", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("date", Date),
    Column("dossier", String),
    Column("text_sha256", String, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("head", Text, nullable=False),  # the Letter as JSON, without its text
    Index("letters_by_id", "id"),
    Index("letters_by_date", "date"),
    Index("one_here", "id", unique=True, sqlite_where=text("state = 'here'"), postgresql_where=text("state = 'here'")),
    sqlite_autoincrement=True,
)


def _letter_row() -> Column[int]:
    return Column("letter", ForeignKey("letters.row", ondelete="CASCADE"), primary_key=True)


ministries = Table(
    "ministries",
    metadata,
    _letter_row(),
    Column("name", String, primary_key=True),
)

sections = Table(
    "sections",
    metadata,
    _letter_row(),
    Column("number", Integer, primary_key=True),
    Column("record", Text, nullable=False),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    _letter_row(),
    Column("number", Integer, primary_key=True),
    Column("section", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("page", Integer),
    Column("text", Text, nullable=False),
)

footnotes = Table(
    "footnotes",
    metadata,
    _letter_row(),
    Column("number", Integer, primary_key=True),
    Column("record", Text, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("letter", ForeignKey("letters.row", ondelete="CASCADE"), nullable=False),
    Column("record", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float16, dimension values
    Column("sentence_vectors", LargeBinary, nullable=False),  # float16, one row of dimension values a sentence
    Index("chunks_by_letter", "letter"),
    sqlite_autoincrement=True,
)

answers = Table(
    "answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("record", Text, nullable=False),
    Index("answers_by_time", "asked_at"),
)

spent = Table(  # on language models
    "spent",
    metadata,
    Column("day", Date, primary_key=True),
    Column("cost", Float, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", String, primary_key=True),
    Column("answer", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("record", Text, nullable=False),
)

notes = Table(  # that a language model made of a letter's pieces
    "notes",
    metadata,
    Column("letter_sha256", String, primary_key=True),
    Column("piece", String, primary_key=True),
    Column("prompt", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("record", Text, nullable=False),
)

keys = Table(  # of the service; a key itself is nowhere
    "keys",
    metadata,
    Column("name", String, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("record", Text, nullable=False),
)

briefing_jobs = Table(
    "briefing_jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("state", String, nullable=False),
    Column("record", Text, nullable=False),  # the Job as JSON, without its briefing
    Column("briefing", Text),
    Index("briefing_jobs_by_state", "state", "created_at"),
)

# What a rebuilt store takes over: all that is not made of letters.
CARRIED = (answers, spent, feedback, notes, keys, briefing_jobs)
