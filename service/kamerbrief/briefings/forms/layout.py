"""A briefing as every form shows it: what is said, in which order and words, and the numbers of its sources.

The forms only write this down, each in its own marks. Texts come from letters and models and are not trusted: here they
lose what none of the forms can hold, and each form escapes what would be markup in it.
"""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kamerbrief.language.characters import readable
from kamerbrief.language.dates import format_date
from kamerbrief.letters.numbering import Numbering, by_quote
from kamerbrief.records.briefings import BriefedLetter, Briefing, Commitment, Event, Line

T = TypeVar("T")

_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADDRESS = re.compile(r"https://[a-z0-9.-]+(?:/[\w./?=&%~+-]*)?", re.ASCII)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


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


@dataclass(frozen=True)
class Part:
    """A table, or where there are no columns a list: its rows are a line and, where there is any, what is known of it.
    `hidden` is how many more there are than the rows."""

    name: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: int

    @property
    def rest(self) -> str | None:
        return f"en nog {self.hidden} in de JSON" if self.hidden else None


@dataclass(frozen=True)
class Source:
    """A quote of one paragraph, and how many marks point at it."""

    number: int
    label: str
    url: str | None
    quote: str
    uses: int


@dataclass(frozen=True)
class Page:
    """The title block, the parts that hold something, and the sources in the order of their first mark."""

    title: str
    facts: tuple[tuple[str, str], ...]
    letters: tuple[Row, ...]
    remarks: tuple[str, ...]
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]


def lay_out(briefing: Briefing) -> Page:
    """The whole briefing, made in the order of reading so that the sources are numbered as they are met."""
    marking = _Marking()
    said = marking.said
    commitments = shown(briefing, "commitments", briefing.commitments)
    figures = shown(briefing, "figures", briefing.figures)
    actors = shown(briefing, "actors", briefing.actors)
    parts = (
        _part(briefing, "in_short", "In het kort", [(said(it),) for it in briefing.in_short]),
        _part(briefing, "decided", "Besloten", [(said(it),) for it in briefing.decided]),
        _part(
            briefing, "commitments", "Toegezegd en aangekondigd", [_item(said(it), _terms(it)) for it in commitments]
        ),
        _part(
            briefing,
            "figures",
            "Cijfers",
            [(Said(plain(it.number)), said(it), Said(format_date(it.date) if it.date else "")) for it in figures],
            ("Getal", "In de brief", "Datum van de brief"),
        ),
        _part(
            briefing,
            "timeline",
            "Tijdlijn",
            [(Said(dutch_date(it.date)), said(it)) for it in shown_events(briefing)],
            ("Datum", "Gebeurtenis"),
        ),
        _part(
            briefing,
            "actors",
            "Wie is wie",
            [(said(it, it.name), Said(plain(it.part or ""))) for it in actors],
            ("Naam", "Rol"),
        ),
        _part(
            briefing,
            "changes",
            "Wat er veranderde",
            [(said(it.earlier), said(it.later)) for it in briefing.changes],
            ("Eerder", "Later"),
        ),
        _part(briefing, "open_points", "Wat open blijft", [(said(it),) for it in briefing.open_points]),
    )
    return Page(
        title=plain(briefing.subject),
        facts=tuple(_facts(briefing)),
        letters=tuple(_letter(letter) for letter in briefing.letters),
        remarks=tuple(_remarks(briefing)),
        parts=tuple(part for part in parts if part.rows),
        sources=marking.sources(),
    )


def shown(briefing: Briefing, name: str, entries: Sequence[T]) -> list[T]:
    """Those of a part that the length allows, in their own order."""
    places = briefing.shown.get(name, range(len(entries)))
    return [entry for place, entry in enumerate(entries) if place in places]


def shown_events(briefing: Briefing) -> list[Event]:
    """Those of the timeline by time; a year or a month stands before its days."""
    return sorted(shown(briefing, "timeline", briefing.timeline), key=lambda event: event.date)


def plain(text: str) -> str:
    """The text on one line, without what steers its direction; what is no character becomes U+FFFD."""
    return _NO_TEXT.sub("\ufffd", " ".join(readable(text).split()))


def days_of(date: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of "2015-01-31", "2015-01" or "2015"; None for anything else."""
    if not (match := _DATE.fullmatch(date)):
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    last = monthrange(first.year, month or 12)[1]
    return first, first.replace(month=month or 12, day=day or last)


def dutch_date(date: str) -> str:
    """ "31 januari 2015", "januari 2015" or "2015", as exact as it is given."""
    days = days_of(date)
    if days is None:
        return plain(date)
    words = format_date(days[0]).split()
    return " ".join(words[2 - date.count("-") :])


class _Marking:
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
            Source(number, plain(one.label), _address(one.url), plain(one.quote), len(uses))
            for number, uses in enumerate(self._numbering.all(), start=1)
            for one in uses[:1]
        )


def _part(briefing: Briefing, name: str, heading: str, rows: Sequence[Row], columns: tuple[str, ...] = ()) -> Part:
    """Leaves out a column in which no row says anything."""
    told = [place for place in range(len(columns)) if any(row[place] != Said("") for row in rows)]
    return Part(
        name=name,
        heading=heading,
        columns=tuple(columns[place] for place in told),
        rows=tuple(tuple(row[place] for place in told) for row in rows) if columns else tuple(rows),
        hidden=len(getattr(briefing, name)) - len(rows),
    )


def _item(line: Said, known: Iterable[str]) -> Row:
    """A row of a list."""
    details = "; ".join(known)
    return (line, Said(details)) if details else (line,)


def _terms(commitment: Commitment) -> Iterator[str]:
    if commitment.who:
        yield f"wie: {plain(commitment.who)}"
    if commitment.deadline:
        yield f"termijn: {dutch_date(commitment.deadline)}"


def _letter(letter: BriefedLetter) -> Row:
    """The label and what it does not say already."""
    label = plain(letter.label)

    def known() -> Iterator[str]:
        if letter.title and plain(letter.title) not in label:
            yield plain(letter.title)
        if letter.date and format_date(letter.date) not in label:
            yield format_date(letter.date)
        if letter.senders:
            yield f"van {_listed(letter.senders)}"
        if letter.why:
            yield f"gekozen: {plain(letter.why)}"

    return _item(Said(label), known())


def _facts(briefing: Briefing) -> Iterator[tuple[str, str]]:
    if briefing.dossiers:
        name = "Dossier" if len(briefing.dossiers) == 1 else "Dossiers"
        yield name, ", ".join(_dossier(dossier) for dossier in briefing.dossiers)
    dates = sorted({letter.date for letter in briefing.letters if letter.date})
    if dates:
        yield "Periode", " tot en met ".join(format_date(date) for date in dict.fromkeys((dates[0], dates[-1])))


_FAILED = {
    "removed": "Verwijderd terwijl de briefing werd gemaakt",
    "model": "Het taalmodel maakte geen notities van deze brieven, en hun eigen woorden staan er",
}


def _remarks(briefing: Briefing) -> Iterator[str]:
    """What the reader must know of how the briefing came about."""
    made = {
        "extractive": "de regels zijn in de woorden van de brieven zelf",
        "model": "de regels zijn in de woorden van een taalmodel en getoetst aan de brieven",
        "both": "de regels zijn in de woorden van de brieven, of van een taalmodel en getoetst aan de brieven",
    }
    yield f"Gemaakt op {format_date(briefing.made_at.date())}; {made[briefing.writer]}."
    if briefing.left_out:
        used = len(briefing.letters)
        yield f"Er pasten {used + briefing.left_out} brieven; de {used} nieuwste daarvan zijn gebruikt."
    for reason, remark in _FAILED.items():
        failed = [one.letter for one in briefing.failures if one.reason == reason]
        if failed:
            yield f"{remark}: {_listed(failed)}."
    if briefing.failure:
        yield "Het taalmodel schreef geen kernpunten; die zijn in de woorden van de brieven."


def _listed(names: Sequence[str]) -> str:
    """ "A, B en C"."""
    *most, last = map(plain, names)
    return f"{', '.join(most)} en {last}" if most else last


def _dossier(dossier: str) -> str:
    """ "27 925", as parliament prints it."""
    return re.sub(r"^([0-9]{2})([0-9]{3})", r"\1 \2", plain(dossier))


def _address(url: str | None) -> str | None:
    """The address if it is a plain one over https: a link must lead to nothing else."""
    return url if url and _ADDRESS.fullmatch(url) else None
