"""What every way in shows alike, on the command line and over HTTP."""

from collections.abc import Iterator, Sequence

from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.letters.labels import label, place_label, recognised_label
from kamerbrief.letters.numbering import Numbering
from kamerbrief.records.answers import Citation, Hit, Via
from kamerbrief.records.letters import Footnote, Letter, LetterHead, Paragraph


def marks(numbering: Numbering, citations: Sequence[Citation]) -> list[str]:
    """The marks behind a sentence, "[1]": one for each paragraph that it cites."""
    return list(dict.fromkeys(f"[{numbering.number(citation)}]" for citation in citations))


def place_of(hit: Hit) -> str:
    """Where a hit stands: "Kamerstuk 27 925, nr. 504, alinea 3, 4", or with "alinea 7, noot 3"; last that its text was
    recognised in a scan."""
    recognised = recognised_label(lexicon_of(None)) if hit.recognised else ""
    return f"{hit.label}, {place_label(hit.paragraphs, hit.footnote)}{recognised}"


def way_of(via: Via) -> str:
    """How a reference led to a letter: "named in Kamerstuk 27 925, nr. 504"."""
    return f"named in {via.label}" if via.way == "refers_to" else f"names {via.label}"


def title_of(head: LetterHead) -> str:
    """What a letter is about, as far as it says so; else what it is called."""
    return head.title or head.dossier_name or label(head)


def read_through(letter: Letter) -> Iterator[tuple[tuple[str, ...], Paragraph]]:
    """The paragraphs of a letter, each with the headings that stand above it and below the one before it."""
    section = 0
    for one in letter.paragraphs:
        yield tuple(part.heading for part in letter.sections[section : one.section] if part.heading), one
        section = one.section


def notes_of(letter: Letter, paragraph: int) -> tuple[Footnote, ...]:
    """The notes whose marks stand in a paragraph, in their order."""
    return tuple(note for note in letter.footnotes if note.paragraph == paragraph)


def footnote_text(note: Footnote) -> str:
    """A note, and which paragraph it belongs to."""
    return f"{note.text} (alinea {note.paragraph})" if note.paragraph else note.text
