"""The tables of the catalog, in SQLAlchemy Core so that PostgreSQL can take SQLite's place.

A letter's row has a state. Only `here` is visible, and at most one row per letter id is. `older` are its versions of
before, which have no chunks. `adding` and `leaving` are halves of a change that the catalog can finish or undo. Row and
chunk numbers are never used twice, so what a derived store still holds of a removed letter can never be taken for
another one.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
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
    Column("version", Integer, nullable=False, server_default="1"),
    Column("state", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("date", Date),
    Column("dossier", String),
    Column("text_sha256", String, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("head", Text, nullable=False),  # the Letter as JSON, without its text
    Column("told_by", String, nullable=False, server_default=""),  # what lists look for words in
    Index("letters_by_id", "id"),
    Index("letters_by_date", "date"),
    Index("listing", "state", "date", "id", "dossier", "kind", "told_by"),  # all that a list asks: it is enough
    # For PostgreSQL the condition must be said once more: not here, where naming it imports all of its dialect.
    Index("one_here", "id", unique=True, sqlite_where=text("state = 'here'")),
    sqlite_autoincrement=True,
)


def _letter_row() -> Column[int]:
    return Column("letter", ForeignKey("letters.row", ondelete="CASCADE"), primary_key=True)


ministries = Table(
    "ministries",
    metadata,
    _letter_row(),
    Column("name", String, primary_key=True),  # in small letters, as it is looked for
    Index("ministries_by_name", "name", "letter"),
)

senders = Table(  # who signed, by each of the surnames that a person has, and the first letter of the first name
    "senders",
    metadata,
    _letter_row(),
    Column("surname", String, primary_key=True),
    Column("initial", String, primary_key=True),
    Index("senders_by_surname", "surname"),
)

named = Table(  # the papers that a letter refers to, by their ids; a letter that is told by its day alone, by that
    "named",
    metadata,
    _letter_row(),
    Column("number", Integer, primary_key=True),
    Column("paper", String),
    Column("date", Date),
    Column("kind", String, nullable=False),
    Index("named_by_paper", "paper"),
    Index("named_by_date", "date"),
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
    Column("recognised", Boolean, nullable=False, server_default=false()),
)

footnotes = Table(
    "footnotes",
    metadata,
    _letter_row(),
    Column("number", Integer, primary_key=True),
    Column("record", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _letter_row(),
    Column("record", Text, nullable=False),  # what was taken for something else than text, as a JSON list
)

files = Table(  # the PDFs that letters were read from, where they are kept; of any size, so in no other row
    "files",
    metadata,
    _letter_row(),
    Column("data", LargeBinary, nullable=False),
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
