"""An answer to take along, each sentence with its sources in the official form: as text, as Markdown, and as HTML whose
footnotes are those of a word processor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kamerbrief.briefings.forms.markdown import inert
from kamerbrief.briefings.forms.plain import address, plain
from kamerbrief.letters.labels import place_label
from kamerbrief.letters.official_form import official_form
from kamerbrief.records.answers import Citation
from kamerbrief.records.letters import LetterHead
from kamerbrief.web.showing import Said, Shown

CopyForm = Literal["text", "markdown", "html"]


@dataclass(frozen=True)
class Footnote:
    """What stands under a number: where the quotes are, the quotes, and the official address."""

    number: int
    place: str
    quotes: tuple[str, ...]
    url: str | None


@dataclass(frozen=True)
class Copied:
    """A question with its sentences, each with the numbers of its footnotes."""

    question: str
    message: str
    sentences: tuple[tuple[str, tuple[Footnote, ...]], ...]

    @property
    def footnotes(self) -> list[Footnote]:
        """Each once, by number."""
        return sorted({note.number: note for _, notes in self.sentences for note in notes}.values(), key=_number)


def copied(shown: Shown, heads: Mapping[str, LetterHead]) -> Copied:
    """An answer as it is copied; `heads` are its letters that are still there."""
    sources = {one.number: one.citations for one in shown.sources}
    sentences = tuple(
        (_whole(said), tuple(_footnote(mark.number, sources[mark.number], heads) for mark in said.marks))
        for said in shown.said
    )
    return Copied(plain(shown.answer.question), plain(shown.answer.message or ""), sentences)


def as_text(one: Copied) -> str:
    """Plain text, with numbers in brackets."""
    told = [f"{text} {''.join(f'[{note.number}]' for note in notes)}" for text, notes in one.sentences]
    notes = [f"[{note.number}] {_line(note)}" for note in one.footnotes]
    return "\n\n".join(filter(None, [one.question, one.message, "\n".join(told), "\n".join(notes)])) + "\n"


def as_markdown(one: Copied) -> str:
    """Markdown, with footnotes as most programs read them (`[^1]`)."""
    told = [f"{inert(text)}{''.join(f'[^{note.number}]' for note in notes)}" for text, notes in one.sentences]
    notes = [f"[^{note.number}]: {inert(_line(note, link=False))}{_linked(note)}" for note in one.footnotes]
    question = f"**{inert(one.question)}**" if one.question else ""
    parts = [question, inert(one.message), "\n\n".join(told), "\n".join(notes)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _footnote(number: int, citations: Sequence[Citation], heads: Mapping[str, LetterHead]) -> Footnote:
    first = citations[0]
    head = heads.get(first.letter)
    place = f"{official_form(head)}, {_place(first)}" if head else first.label
    return Footnote(number, plain(place), tuple(plain(one.quote) for one in citations), address(first.url))


def _place(citation: Citation) -> str:
    """ "alinea 9"; of a field the last words of its label, which name it; and that it was recognised in a scan, as its
    label tells."""
    if citation.field:
        return citation.label.rpartition(", ")[2]
    recognised = citation.label[citation.label.rindex(" (") :] if citation.recognised else ""
    return place_label((citation.paragraph,), citation.footnote) + recognised


def _line(note: Footnote, *, link: bool = True) -> str:
    quotes = " ".join(f"“{quote}”" for quote in note.quotes)
    return f"{note.place}: {quotes}" + (f" {note.url}" if link and note.url else "")


def _linked(note: Footnote) -> str:
    return f" <{note.url}>" if note.url else ""


def _whole(said: Said) -> str:
    return plain(said.before + said.focus + said.after)


def _number(note: Footnote) -> int:
    return note.number
