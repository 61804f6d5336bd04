"""What people call a letter and a paragraph of it, and where the official publication is."""

import datetime
import re
from collections.abc import Iterable

from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.letters.papers import OFFICIAL_ID, printed_dossier
from kamerbrief.records.letters import Key, LetterHead, LetterKind, PaperKind
from kamerbrief.records.references import ShortHead

_OFFICIAL = re.compile(rf"^{OFFICIAL_ID}$")
_SINCE = 1995  # what is older stands under numbers of other kinds
_APPENDIX = re.compile(r"^ah-(tk|ek)-(\d{4})(\d{4})-(\d+)$")
_PAPER = re.compile(r"^kst-(\d{4,5}(?:-[0-9A-Z()]+)*)-([0-9A-Z]+)$")

_KINDS: dict[LetterKind, PaperKind] = {"letter": "letter", "answers": "answer"}
_KINDS_BY_ID: dict[str, PaperKind] = {"ah": "answer", "kv": "question", "blg": "attachment", "h": "proceedings"}


def label(letter: LetterHead) -> str:
    """ "Kamerstuk 27 925, nr. 504", "Aanhangsel van de Handelingen 2023–2024, nr. 1314", "Brief van 30 mei 2023, …";
    "Bijlage blg-1007826 bij Kamerstuk 33 037, nr. 430"."""
    if official := paper_label(letter.id):
        return official + (" (herdruk)" if letter.reprint else "")
    attached_to = letter_attached_to(letter)
    if attached_to and _OFFICIAL.match(letter.id):
        return f"Bijlage {letter.id} bij {paper_label(attached_to) or attached_to}"
    noun = "Bijlage" if attached_to else "Brief" if letter.kind != "other" else "Stuk"
    name = letter.reference or letter.title
    dated = f"{noun} van {format_date(letter.date)}" if letter.date else noun
    return f"{dated}, {name}" if name else f"{dated} ({letter.id})"


def paper_label(paper: str) -> str:
    """ "Kamerstuk 27 925, nr. 504" for "kst-27925-504"; "" for the id of what is neither a kamerstuk nor answers."""
    if match := _PAPER.match(paper):
        dossier, number = printed_dossier(match[1]), match[2]
        if not number[0].isdigit():  # papers of the Eerste Kamer have letters
            return f"Kamerstuk I {dossier}, {number}"
        return f"Kamerstuk {dossier}, nr. {number}"
    if match := _APPENDIX.match(paper):
        return f"Aanhangsel van de Handelingen {match[2]}–{match[3]}, nr. {match[4]}"
    return ""


def letter_attached_to(letter: LetterHead) -> str | None:
    """The id of the letter to which this one is an attachment."""
    return next((one.id for one in letter.references if one.kind == "attached"), None)


def kind_of(letter: LetterHead) -> PaperKind | None:
    """What a paper among the letters is, where that is known."""
    if letter_attached_to(letter):
        return "attachment"
    return kind_by_id(letter.id) or letter.paper or _KINDS.get(letter.kind)


def kind_by_id(paper: str) -> PaperKind | None:
    """The same of a paper that need not be here, as far as its official id tells."""
    return _KINDS_BY_ID.get(paper.partition("-")[0])


def in_short(letter: LetterHead) -> ShortHead:
    """The letter in short; its dossier's name where it has no title."""
    return ShortHead(
        id=letter.id,
        label=label(letter),
        date=letter.date,
        title=letter.title or letter.dossier_name,
        ministries=letter.ministries,
        paper=kind_of(letter),
    )


def unit_label(letter: LetterHead, key: Key, *, recognised: bool = False) -> str:
    """ "Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 7, noot 3"; or of the record: "…, ondertekenaar". The date
    stands once, the version where it is not the first, and last that the text was recognised in a scan."""
    parts = [label(letter)]
    if letter.version > 1:
        parts.append(f"versie {letter.version}")
    if letter.date and format_date(letter.date) not in parts[0]:
        parts.append(format_date(letter.date))
    field = lexicon_of(None).text(f"records.fields.{key.field}") if key.field else ""
    named = ", ".join([*parts, field or place_label((key.paragraph,), key.footnote)])
    return named + (recognised_label(lexicon_of(None)) if recognised else "")


def recognised_label(lexicon: Lexicon) -> str:
    """What is told behind the name of text that was recognised in a scan."""
    return f" ({lexicon.text('records.recognised.text')})"


def label_in(label: str, lexicon: Lexicon) -> str:
    """The label of a citation as it is told in a language: that its text was recognised is told in that one."""
    return label.replace(recognised_label(lexicon_of(None)), recognised_label(lexicon))


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
