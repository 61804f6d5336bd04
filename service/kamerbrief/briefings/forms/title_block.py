"""The title block of a briefing: of what it is, of which letters, and how it came about."""

import re
from collections.abc import Iterator

from kamerbrief.briefings.forms.marking import Row, Said, item
from kamerbrief.briefings.forms.plain import listed, plain
from kamerbrief.language.dates import format_date
from kamerbrief.records.briefings import BriefedLetter, Briefing


def letter_row(letter: BriefedLetter) -> Row:
    """The label and what it does not say already."""
    label = plain(letter.label)

    def known() -> Iterator[str]:
        if letter.title and plain(letter.title) not in label:
            yield plain(letter.title)
        if letter.date and format_date(letter.date) not in label:
            yield format_date(letter.date)
        if letter.senders:
            yield f"van {listed(letter.senders)}"
        if letter.why:
            yield f"gekozen: {plain(letter.why)}"

    return item(Said(label), known())


def facts(briefing: Briefing) -> Iterator[tuple[str, str]]:
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


def remarks(briefing: Briefing) -> Iterator[str]:
    """What the reader must know of how the briefing came about."""
    made = {
        "extractive": "de regels zijn in de woorden van de brieven zelf",
        "model": "de regels zijn in de woorden van een taalmodel en getoetst aan de brieven",
        "both": "de regels zijn in de woorden van de brieven, of van een taalmodel en getoetst aan de brieven",
    }
    yield f"Gemaakt op {format_date(briefing.made_at.date())}; {made[briefing.writer]}."
    yield from map(plain, briefing.replaced)
    if briefing.left_out:
        used = len(briefing.letters)
        yield f"Er pasten {used + briefing.left_out} brieven; de {used} nieuwste daarvan zijn gebruikt."
    for reason, remark in _FAILED.items():
        failed = [one.letter for one in briefing.failures if one.reason == reason]
        if failed:
            yield f"{remark}: {listed(failed)}."
    if briefing.failure:
        yield "Het taalmodel schreef geen kernpunten; die zijn in de woorden van de brieven."


def _dossier(dossier: str) -> str:
    """ "27 925", as parliament prints it."""
    return re.sub(r"^([0-9]{2})([0-9]{3})", r"\1 \2", plain(dossier))
