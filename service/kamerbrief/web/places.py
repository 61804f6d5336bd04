"""Addresses of the page's views: of an answer in its thread, of a letter, and of a place in it with words to mark."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from kamerbrief.records.answers import Citation, Hit

MARKED = "citaat"  # the id of the first words that are marked


def letter_address(letter: str, version: int | None = None, marks: Sequence[str] = (), anchor: str = "") -> str:
    """Of a letter, or of a version of it."""
    return f"/letters/{quote(letter)}" + _asking(version, marks) + (f"#{anchor}" if anchor else "")


def page_address(letter: str, version: int | None, marks: Sequence[str], number: int | None = None) -> str:
    """Of a page of a letter as it is on paper; without a number, of the one that the marked words stand on."""
    return f"/letters/{quote(letter)}/page" + _asking(version, marks, number)


def picture_address(letter: str, version: int | None, marks: Sequence[str], number: int) -> str:
    """Of the picture of a page."""
    return f"/v1/letters/{quote(letter)}/pages/{number}" + _asking(version, marks)


def _asking(version: int | None, marks: Sequence[str], number: int | None = None) -> str:
    asked = [(name, str(one)) for name, one in (("version", version), ("number", number)) if one]
    query = urlencode([*asked, *(("mark", mark) for mark in marks)], safe=":")
    return f"?{query}" if query else ""


def cited_address(citations: Sequence[Citation]) -> str:
    """Where the quotes of one paragraph or note stand, or of a field of the letter's record."""
    first = citations[0]
    if first.field:
        return letter_address(first.letter, first.version, anchor=field_anchor(first.field))
    marks = dict.fromkeys(f"{_unit(one.paragraph, one.footnote)}:{one.start}-{one.end}" for one in citations)
    return letter_address(first.letter, first.version, list(marks), MARKED)


def hit_address(hit: Hit) -> str:
    """Where a hit begins."""
    return letter_address(hit.letter, anchor=unit_anchor(next(iter(hit.paragraphs), None), hit.footnote))


def unit_anchor(paragraph: int | None, footnote: str | None = None) -> str:
    """The id of a paragraph or a note within the view of its letter."""
    if footnote is None:
        return f"alinea-{paragraph}"
    return "noot-" + "".join(one if one.isalnum() else f"_{ord(one):x}" for one in footnote)


def field_anchor(field: str) -> str:
    """The id of a field of the record within the view of its letter."""
    return f"gegeven-{field.replace('_', '-')}"


def answer_address(answer: str, after: Sequence[str] = ()) -> str:
    """Of an answer; with the ones before it in its thread."""
    return f"/questions/{answer}" + (f"?after={'.'.join(after)}" if after else "")


def _unit(paragraph: int | None, footnote: str | None) -> str:
    return (str(paragraph) if paragraph else "") + (f"n{footnote}" if footnote is not None else "")
