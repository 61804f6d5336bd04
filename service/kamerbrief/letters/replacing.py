"""The papers in whose place a letter comes, and those that it takes back: by its title, its head and its own sentences.

Only a paper whose number is told counts, and only where the letter says so of itself: "ter vervanging van die gedrukt
onder nr. 12" in a title, "Deze brief vervangt de brief van 3 mei (Kamerstuk 27 925, nr. 504)" in its text.
"""

import re
from collections.abc import Iterable, Iterator

from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.papers import find_papers
from kamerbrief.records.letters import Reference, ReferenceKind

_NUMBERS = r"\d{1,4}[a-z]?(?:(?:\s*,\s*|\s+en\s*)(?:nrs?\.\s*)?\d{1,4}[a-z]?)*(?!\s?\d)"
_PRINTED = re.compile(
    rf"ter\s+vervanging\s+van\s.{{0,120}}?\bonder\s*(?:de\s+)?(?:nrs?|nos?|nummers?)\b[.,]?\s*(?P<numbers>{_NUMBERS})",
    re.IGNORECASE | re.DOTALL,
)
_SHORT = re.compile(
    r"\bt\.\s?v\.\s?v\.\s+(?:kst-)?(?P<id>\d{5}(?:-(?:[IVXLC]{1,6}[A-E]?|[A-M]|\d{2}))?-\d{1,4})\b", re.IGNORECASE
)
_NAME = re.compile(
    r"\W*(?:(?:eerste|tweede|derde|vierde|vijfde|nader|gewijzigde?|herziene?)\s+)*(?:sub)?(?:motie|amendement(?:en)?)\b",
    re.IGNORECASE,
)  # of the paper itself: "Reactie op de gewijzigde motie …" replaces none
_PAPER = r"(?:brief|brieven|antwoord(?:en)?|beantwoording|nota|bijlage|motie|amendement)"
_PERHAPS = re.compile(r"vervang|plaats\s+van|\btrek|getrokken", re.IGNORECASE)  # a first sieve
_CUES: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    (
        "replaces",
        re.compile(
            r"\b(?:(?:deze|onderhavige|bijgaande)\s+(?:brief|beantwoording|nota|versie)|(?:dit|bijgaand)\s+antwoord)\s+"
            r"(?:\w+\s+){0,2}(?:vervangt|komt\s+(?:\w+\s+)?in\s+de\s+plaats\s+van|(?:is|dient|strekt)\s+ter\s+vervanging\s+van)\b"
            rf"|\bter\s+vervanging\s+van\s+(?:mijn|onze|de|het|die)\s+(?:[^.;]{{0,60}}\s)?{_PAPER}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "withdraws",
        re.compile(
            rf"\b(?:trek(?:ken)?\s+(?:ik|wij)|(?:ik|wij)\s+trek(?:ken)?)\s+(?:\w+\s+)?(?:mijn|onze|de|het)\s+(?:\w+\s+){{0,3}}{_PAPER}\b"
            r"(?=.*\bin\b\W*$)"
            rf"|\b(?:mijn|onze)\s+{_PAPER}\b[^;]*\)\s*(?:wordt|worden|is|zijn)\s+(?:\w+\s+){{0,2}}ingetrokken\b",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip


def replaced_papers(head: Iterable[str], paragraphs: Iterable[str], dossier: str | None) -> Iterator[Reference]:
    """Those in whose place a letter of this dossier comes (`replaces`), and those that it takes back (`withdraws`).
    `head` is what may hold its title."""
    for text in head:
        if not _NAME.match(text):
            continue
        if dossier:
            for hit in _PRINTED.finditer(text):
                for number in re.findall(r"\d+[a-z]?", hit["numbers"]):
                    yield _reference(hit, f"kst-{dossier}-{number}")
        for hit in _SHORT.finditer(text):
            yield _reference(hit, f"kst-{hit['id'].upper()}")
    for text in paragraphs:
        if _PERHAPS.search(text):
            for start, end in sentences(text, lexicon_of(None)):
                yield from _said(text[start:end], dossier)


def _reference(hit: re.Match[str], paper: str) -> Reference:
    return Reference(text=re.sub(r"\s+", " ", hit[0]), id=paper, kind="replaces")


def _said(sentence: str, dossier: str | None) -> Iterator[Reference]:
    for kind, cue in _CUES:
        if found := cue.search(sentence):
            for start, _, named in find_papers(sentence, dossier):
                if start >= found.start():
                    yield from (one.model_copy(update={"kind": kind}) for one in named if one.id)
