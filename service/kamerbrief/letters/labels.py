"""What people call a letter and a paragraph of it, and where the official publication is."""

import datetime
import re
from collections.abc import Iterable

from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.letters.papers import OFFICIAL_ID, printed_dossier
from kamerbrief.records.letters import Key, LetterHead
from kamerbrief.records.references import ShortHead

_OFFICIAL = re.compile(rf"^{OFFICIAL_ID}$")
_SINCE = 1995  # what is older stands under numbers of other kinds
_APPENDIX = re.compile(r"^ah-(tk|ek)-(\d{4})(\d{4})-(\d+)$")
_PAPER = re.compile(r"^kst-(\d{4,5}(?:-[0-9A-Z()]+)*)-([0-9A-Z]+)$")


def label(letter: LetterHead) -> str:
    """ "Kamerstuk 27 925, nr. 504", "Aanhangsel van de Handelingen 2023–2024, nr. 1314", "Brief van 30 mei 2023, …"."""
    if match := _PAPER.match(letter.id):
        dossier, number = printed_dossier(match[1]), match[2]
        if not number[0].isdigit():  # papers of the Eerste Kamer have letters
            return f"Kamerstuk I {dossier}, {number}"
        return f"Kamerstuk {dossier}, nr. {number}" + (" (herdruk)" if letter.reprint else "")
    if match := _APPENDIX.match(letter.id):
        return f"Aanhangsel van de Handelingen {match[2]}–{match[3]}, nr. {match[4]}"
    noun = "Brief" if letter.kind != "other" else "Stuk"
    name = letter.reference or letter.title
    dated = f"{noun} van {format_date(letter.date)}" if letter.date else noun
    return f"{dated}, {name}" if name else f"{dated} ({letter.id})"


def in_short(letter: LetterHead) -> ShortHead:
    """The letter in short; its dossier's name where it has no title."""
    title = letter.title or letter.dossier_name
    return ShortHead(id=letter.id, label=label(letter), date=letter.date, title=title, ministries=letter.ministries)


def unit_label(letter: LetterHead, key: Key) -> str:
    """ "Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 7, noot 3"; or of the record: "…, ondertekenaar". The date
    stands once, and the version where it is not the first."""
    parts = [label(letter)]
    if letter.version > 1:
        parts.append(f"versie {letter.version}")
    if letter.date and format_date(letter.date) not in parts[0]:
        parts.append(format_date(letter.date))
    field = lexicon_of(None).text(f"records.fields.{key.field}") if key.field else ""
    return ", ".join([*parts, field or place_label((key.paragraph,), key.footnote)])


def place_label(paragraphs: Iterable[int | None], footnote: str | None = None) -> str:
    """ "alinea 3, 4", "alinea 7, noot 3"; "noot 3" for a note whose mark stands in no paragraph."""
    numbers = ", ".join(str(number) for number in paragraphs if number is not None)
    parts = [f"alinea {numbers}" if numbers else "", f"noot {footnote}" if footnote is not None else ""]
    return ", ".join(filter(None, parts))


def official_url(letter: LetterHead) -> str | None:
    """The address of the official publication; None where the letter has no official id, or is older than these."""
    return official_address(letter.id, letter.date)


def official_address(paper: str, until: datetime.date | None) -> str | None:
    """The same of a paper that was published on this day, or before it."""
    if _OFFICIAL.match(paper) and (until is None or until.year >= _SINCE):
        return f"https://zoek.officielebekendmakingen.nl/{paper}.html"
    return None
