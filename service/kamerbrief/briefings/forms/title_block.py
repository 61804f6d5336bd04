"""The title block of a briefing: of what it is, of which letters, and how it came about."""

import re
from collections.abc import Iterator

from kamerbrief.briefings.forms.marking import Row, Said, item
from kamerbrief.briefings.forms.plain import listed, plain
from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.records.briefings import BriefedLetter, Briefing


def letter_row(letter: BriefedLetter, lexicon: Lexicon) -> Row:
    """The label and what it does not say already."""
    label = plain(letter.label)

    def known() -> Iterator[str]:
        if letter.title and plain(letter.title) not in label:
            yield plain(letter.title)
        if letter.date and format_date(letter.date) not in label:
            yield format_date(letter.date, lexicon)
        if letter.senders:
            yield lexicon.text("briefings.forms.from").format(names=listed(letter.senders, lexicon))
        if letter.why:
            yield lexicon.text("briefings.forms.chosen").format(why=plain(letter.why))

    return item(Said(label), known())


def facts(briefing: Briefing, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    if briefing.dossiers:
        name = "dossier" if len(briefing.dossiers) == 1 else "dossiers"
        yield lexicon.text(f"briefings.forms.{name}"), ", ".join(_dossier(dossier) for dossier in briefing.dossiers)
    dates = sorted({letter.date for letter in briefing.letters if letter.date})
    if dates:
        first, last = (format_date(date, lexicon) for date in (dates[0], dates[-1]))
        until = lexicon.text("briefings.forms.until").format(first=first, last=last)
        yield lexicon.text("briefings.forms.period"), first if first == last else until


def remarks(briefing: Briefing, lexicon: Lexicon) -> Iterator[str]:
    """What the reader must know of how the briefing came about."""
    words = lexicon.table("briefings.forms")
    made = format_date(briefing.made_at.date(), lexicon)
    yield words["made"].format(date=made, how=words["writers"][briefing.writer])
    yield from map(plain, briefing.replaced)
    if briefing.left_out:
        used = len(briefing.letters)
        yield words["left_out"].format(all=used + briefing.left_out, used=used)
    for reason, remark in words["failures"].items():
        failed = [one.letter for one in briefing.failures if one.reason == reason]
        if failed:
            yield remark.format(letters=listed(failed, lexicon))
    if briefing.failure:
        yield words["no_key_points"]


def _dossier(dossier: str) -> str:
    """ "27 925", as parliament prints it."""
    return re.sub(r"^([0-9]{2})([0-9]{3})", r"\1 \2", plain(dossier))
