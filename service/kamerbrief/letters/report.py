"""What was taken for something else than running text, and the signs that spoke for it: for people who check a reading.

How sure it is, is told by how many signs agree that do not depend on each other: the words of a line, its place on the
page, its type, and that it returns. One sign alone may deceive; so each tells of itself, and none is given a number.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kamerbrief.letters.furniture import is_furniture, is_page_number
from kamerbrief.letters.layout import FOOT, HEAD, Layout, place_of
from kamerbrief.letters.lines import Note, Reading, Remark
from kamerbrief.letters.pdf import Page
from kamerbrief.records.letters import Footnote, Paragraph, Taken, TakenAs

_SHOWN = 120
"""Characters of a note, a table or a figure; its whole text is in the letter."""

_SMALLER = 0.96
_WORDS = "words that papers print around the text"
_NUMBER = "a number by itself"
_TYPE = "smaller type"
_PICTURE = "a picture covers most of the page"
_REMARKS: dict[str, tuple[str, ...]] = {
    "picture": (_PICTURE, "it has no text to speak of"),
    "recognised": (_PICTURE, "it has text"),
    "slanted": ("drawn at a slant",),
    "sideways": ("drawn in another direction than the rest of the page", "few words"),
    "off the page": ("lies outside the page",),
    "hidden": ("drawn so that nobody can see it",),
    "mended": ("characters that another encoding gives",),
}


def around_pages(layout: Layout, pages: Sequence[Page]) -> list[Taken]:
    """The furniture and the margin column of printed pages."""
    heights = {page.number: page.height for page in reversed(pages)}
    places = Counter(place for place, _ in {(place_of(one), one.page) for one in layout.furniture})
    beside = Counter(text for text, _ in {(line.text, line.page) for line in layout.margin})
    taken = []
    for one in layout.furniture:
        text, height = one.text(), one.base / heights[one.page]
        signs = [_WORDS] if is_furniture(text) else [_NUMBER] if is_page_number(text) else []
        signs += ["at the foot of the page"] if height < FOOT else []
        signs += ["at the head of the page"] if height > HEAD else []
        signs += [_TYPE] if one.size < _SMALLER * layout.size else []
        signs += _returns(places[place_of(one)], len(heights))
        taken.append(_taken("furniture", one.page, text, signs))
    for line in layout.margin:
        signs = ["beside the text"]
        signs += [_TYPE] if line.size < _SMALLER * layout.size else []
        signs += _returns(beside[line.text], len(heights))
        taken.append(_taken("margin", line.page, line.text, signs))
    return taken


def around_text(lines: Sequence[str]) -> list[Taken]:
    """The furniture of a plain text, which has no pages."""
    alike = Counter(re.sub(r"\d+", "#", line) for line in lines)
    taken = []
    for line in lines:
        times = alike[re.sub(r"\d+", "#", line)]
        signs = [_NUMBER, "beside such words"] if is_page_number(line) else [_WORDS]
        signs += [f"{times} times"] if times > 1 else []
        taken.append(_taken("furniture", None, line, signs))
    return taken


def around_typed(lines: Sequence[tuple[str, str]]) -> list[Taken]:
    """What a word processor's file sets around its text: where, as "in the header", and what stands there."""
    return [_taken("furniture", None, text, [where], marked=True) for where, text in dict.fromkeys(lines)]


def report_of(
    reading: Reading, paragraphs: Sequence[Paragraph], notes: Sequence[Footnote], *, marked: bool
) -> tuple[Taken, ...]:
    """All that was taken, page by page. `marked` says that the file itself tells what its parts are, as XML does;
    `notes` are those of the reading, in the same order, tied to the paragraphs."""
    found = [
        *reading.furniture,
        *(_remark(one) for one in reading.remarks),
        *(_note(note, tied, marked) for note, tied in zip(reading.notes, notes, strict=True)),
        *(_table(one, marked) for one in paragraphs if one.kind == "table"),
        *(_figure(one) for one in paragraphs if one.kind == "figure"),
    ]
    return tuple(sorted(found, key=lambda one: one.page or 0))


def _remark(remark: Remark) -> Taken:
    return _taken(remark.kind, remark.page, remark.text.strip(), _REMARKS[remark.kind])


def _note(note: Note, tied: Footnote, marked: bool) -> Taken:
    begins = "the file says so" if marked else "begins with a mark under the text"
    text = ["the text has its mark"] if tied.paragraph is not None else []
    return _taken("note", note.page, f"{note.mark} {note.text}", [begins, *text], marked=marked)


def _table(paragraph: Paragraph, marked: bool) -> Taken:
    rows = paragraph.text.split("\n")
    cells = {row.count(" | ") + 1 for row in rows}
    signs = ["the file says so"] if marked else [f"{len(rows)} rows of cells"]
    signs += [f"{cells.pop()} cells in each"] if len(cells) == 1 else []
    return _taken("table", paragraph.page, paragraph.text, signs, marked=marked)


def _figure(paragraph: Paragraph) -> Taken:
    labels = paragraph.text.count("\n") + 1
    return _taken("figure", paragraph.page, paragraph.text, ["drawn around or beside the words", f"{labels} labels"])


def _returns(pages: int, of: int) -> Iterator[str]:
    if pages > 1:
        yield f"on {pages} of {of} pages"


def _taken(kind: TakenAs, page: int | None, text: str, signs: Sequence[str], *, marked: bool = False) -> Taken:
    shown = text if kind in ("furniture", "margin") or len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …"
    return Taken(kind=kind, page=page, text=shown, signs=tuple(signs), sure=marked or len(signs) > 1)
