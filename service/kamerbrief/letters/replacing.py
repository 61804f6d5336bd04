"""The papers in whose place a letter comes, and those that it takes back: by its title, its head and its own sentences.

Only what the letter says of itself counts: "ter vervanging van die gedrukt onder nr. 12" in a title, "Deze brief
vervangt de brief van 3 mei (Kamerstuk 27 925, nr. 504)" in its text. A letter that is named by its full date alone
("ter vervanging van mijn brief van 3 mei 2024") is told by that.
"""

import datetime
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kamerbrief.language.lexicon import Lexicon, any_in, lexicon_of, lexicons
from kamerbrief.language.moments import find_moments
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.papers import find_papers
from kamerbrief.records.letters import Reference, ReferenceKind


def replaced_papers(
    head: Iterable[str], paragraphs: Iterable[str], dossier: str | None, written: datetime.date | None
) -> Iterator[Reference]:
    """Those in whose place a letter of this dossier and date comes (`replaces`), and those that it takes back
    (`withdraws`). `head` is what may hold its title."""
    forms = _forms(lexicons())
    for text in head:
        if not forms.title.match(text):
            continue
        if dossier:
            for hit in forms.printed.finditer(text):
                for number in re.findall(r"\d+[a-z]?", hit["numbers"]):
                    yield _reference(hit[0], f"kst-{dossier}-{number}")
        for hit in forms.short.finditer(text):
            yield _reference(hit[0], f"kst-{hit['id'].upper()}")
    for text in paragraphs:
        if forms.perhaps.search(text):
            for start, end in sentences(text, lexicon_of(None)):
                yield from _said(text[start:end], dossier, written, forms)


def _reference(text: str, paper: str | None, kind: ReferenceKind = "replaces", **more: object) -> Reference:
    return Reference(text=re.sub(r"\s+", " ", text), id=paper, kind=kind, **more)  # type: ignore[arg-type]


def _said(sentence: str, dossier: str | None, written: datetime.date | None, forms: "_Forms") -> Iterator[Reference]:
    for kind, cue in forms.cues.items():
        if found := cue.search(sentence):
            behind = [
                one for start, _, named in find_papers(sentence, dossier) if start >= found.start() for one in named
            ]
            numbered = [one.model_copy(update={"kind": kind}) for one in behind if one.id]
            yield from numbered or _dated(sentence, found.start(), kind, written, forms)


def _dated(
    sentence: str, start: int, kind: ReferenceKind, written: datetime.date | None, forms: "_Forms"
) -> Iterator[Reference]:
    """The first letter that is named by its full date, from a place of the sentence on."""
    for moment in (one for lexicon in lexicons() for one in find_moments(sentence, written, lexicon)):
        named = forms.dated.search(sentence, start, moment.start)
        if named and moment.date:
            yield _reference(sentence[named.start() : moment.end], None, kind, date=moment.date)
            return


@dataclass(frozen=True)
class _Forms:
    """How it is said that a paper comes in the place of another one; `perhaps` is a first sieve of paragraphs."""

    title: re.Pattern[str]  # of the paper itself: "Reactie op de gewijzigde motie …" replaces none
    printed: re.Pattern[str]
    short: re.Pattern[str]
    perhaps: re.Pattern[str]
    cues: Mapping[ReferenceKind, re.Pattern[str]]
    dated: re.Pattern[str]  # before a date


@functools.cache
def _forms(among: tuple[Lexicon, ...]) -> _Forms:
    def form(before: str, name: str, after: str = "") -> re.Pattern[str]:
        return re.compile(f"{before}(?:{any_in(among, f'letters.replacing.{name}')}){after}", re.IGNORECASE | re.DOTALL)

    number, more = r"\d{1,4}[a-z]?", any_in(among, "letters.replacing.more")
    numbers = rf"(?P<numbers>{number}(?:(?:{more}){number})*(?!\s?\d))"
    paper = r"(?P<id>\d{5}(?:-(?:[IVXLC]{1,6}[A-E]?|[A-M]|\d{2}))?-\d{1,4})\b"
    cues: dict[ReferenceKind, re.Pattern[str]] = {kind: form(r"\b", kind) for kind in ("replaces", "withdraws")}
    return _Forms(
        title=form(r"\W*", "title", r"\b"),
        printed=form("", "printed", rf"\s*{numbers}"),
        short=form(r"\b", "short", rf"\s+(?:kst-)?{paper}"),
        perhaps=form("", "perhaps"),
        cues=cues,
        dated=form(r"\b", "dated", r"\s+$"),
    )
