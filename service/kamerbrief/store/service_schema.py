"""The tables of the service's own database: all that is not made of letters, so that no rebuild touches it."""

from sqlalchemy import Column, Date, DateTime, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

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

sessions = Table(  # at the page; a token itself is nowhere
    "sessions",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

briefing_jobs = Table(
    "briefing_jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("state", String, nullable=False),
    Column("record", Text, nullable=False),  # the Job as JSON, without its briefing
    Column("briefing", Text),
    Column("asked_by", String),  # the name of a key
    Index("briefing_jobs_by_state", "state", "created_at"),
)

fetched = Table(  # the records of official sources that were fetched
    "fetched",
    metadata,
    Column("source", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("record", Text, nullable=False),
)

fetch_jobs = Table(  # the fetches that a service was asked for
    "fetch_jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("state", String, nullable=False),
    Column("due_at", DateTime(timezone=True)),
    Column("record", Text, nullable=False),  # the FetchJob as JSON
)

fetch_marks = Table(  # how far a query was followed
    "fetch_marks",
    metadata,
    Column("source", String, primary_key=True),
    Column("query", String, primary_key=True),
    Column("record", Text, nullable=False),
)

counts = Table(  # of what a key, or an address, may do only so often
    "counts",
    metadata,
    Column("name", String, primary_key=True),
    Column("amount", Integer, nullable=False),
    Column("ends_at", Float, nullable=False),  # seconds since 1970
)
