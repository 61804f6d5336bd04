"""Lines with the marks of their sources, [1] [2] …, and the sources that these point at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from kamerbrief.briefings.forms.plain import address, plain
from kamerbrief.letters.numbering import Numbering, by_quote
from kamerbrief.records.answers import Citation
from kamerbrief.records.briefings import Line


@dataclass(frozen=True)
class Mark:
    """Where a text points at a source, for the `use`th time."""

    source: int
    use: int


@dataclass(frozen=True)
class Said:
    """A text with the marks of its sources behind it."""

    text: str
    marks: tuple[Mark, ...] = ()


Row = tuple[Said, ...]
"""Of a table its cells; of a list a line and, where there is any, what is known of it."""


class Say(Protocol):
    """Says a line, or another text that it proves, with its marks."""

    def __call__(self, line: Line, text: str | None = None) -> Said: ...


@dataclass(frozen=True)
class Source:
    """A quote of one paragraph, how many marks point at it, and where it stands."""

    number: int
    label: str
    url: str | None
    quote: str
    uses: int
    citation: Citation


class Marking:
    """Puts the marks of its sources behind each line; a quote has its number from where it is first cited."""

    def __init__(self) -> None:
        self._numbering = Numbering(by_quote)

    def said(self, line: Line, text: str | None = None) -> Said:
        """The line, or another text that it proves, with its marks."""
        cited = {by_quote(it): it for it in line.citations}  # a mark for each quote, however often it is cited
        numbers = map(self._numbering.number, cited.values())
        marks = tuple(Mark(number, self._numbering.uses(number)) for number in numbers)
        return Said(plain(line.text if text is None else text), marks)

    def sources(self) -> tuple[Source, ...]:
        return tuple(
            Source(number, plain(one.label), address(one.url), plain(one.quote), len(uses), one)
            for number, uses in enumerate(self._numbering.all(), start=1)
            for one in uses[:1]
        )


def item(line: Said, known: Iterable[str]) -> Row:
    """A row of a list."""
    details = "; ".join(known)
    return (line, Said(details)) if details else (line,)
