"""The sets of questions beside the golden one: conversations, what is far off topic, and the record of letters."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Literal

from pydantic import Field

from eval.sets.cases import Entry, Gold, Nugget, Place, Split

TurnKind = Literal["opening", "follow-up", "change", "return", "correction", "talk"]
RecordField = Literal["date", "title", "signatories", "addressee", "dossier", "number", "reference", "ministries"]
RecordKind = Literal[
    "signatory",
    "date",
    "addressee",
    "dossier",
    "number",
    "reference",
    "ministry",
    "subject",
    "which",
    "latest",
    "count",
    "exists",
    "absent",
    "look-alike",
]


class Question(Entry):
    """A question, with the letters (file stems) without which it cannot be put, and the words that prove its answer."""

    question: str = Field(min_length=1)
    letters: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()

    @property
    def places(self) -> Sequence[Place]:
        return self.gold

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(self.letters)


class Exchange(Question):
    """A turn of a conversation, after the questions `before` it; its id is that of the conversation and its number.

    `alone` is the same question written in full, for whoever did not hear what was said before. Without gold it is to
    be refused; talk (thanks, greetings) asks nothing, and is to get no quotes.
    """

    before: tuple[str, ...]
    turn: TurnKind
    alone: str

    @property
    def split(self) -> Split:
        """That of the conversation: by the first hex digit of the SHA-256 of its id."""
        conversation = self.id.rpartition(".")[0]
        return "dev" if int(hashlib.sha256(conversation.encode()).hexdigest()[0], 16) % 2 == 0 else "test"

    @property
    def group(self) -> str:
        return self.turn


class OffTopic(Question):
    """A question far off topic, which no letter of a minister answers."""

    kind: Literal["citizen", "everyday", "other country", "small talk", "code", "sum", "general", "sport", "health"]

    @property
    def group(self) -> str:
        return self.kind


class RecordQuestion(Question):
    """A question about the record of letters (who signed, of what date, how many), or one that looks like it.

    The answer must hold a spelling of each of the `values` and cite each of the letters `cites`; `field` is the field
    of the record that it rests on, None where several will do. What is `absent` from the record is to be refused. A
    look-alike asks about what the letters say: it is to be answered from its gold, or refused without any. `only`: it
    names no letter, and is put where the sample letter has no other beside it.
    """

    kind: RecordKind
    values: tuple[Nugget, ...] = ()
    cites: tuple[str, ...] = ()
    field: RecordField | None = None
    only: bool = False

    @property
    def group(self) -> str:
        return self.kind

    def fits(self, letters: Collection[str]) -> bool:
        """Whether it can be put where these letters are: with others beside it, "the letter" is no one's name."""
        return super().fits(letters) and not (self.only and len(letters) > 1)
