"""Pages that were read by text recognition, made alike to printed ones."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kamerbrief.letters.pdf import Page
from kamerbrief.letters.recognised_notes import with_notes
from kamerbrief.letters.words import Word

_BULLET = "•"
"""Taken for "e", or for "e _"; alone, that is no word."""

_ALIKE = 0.15
"""Text recognition tells the size of type line by line, in whole points: 9 and 10 are one size."""


def evened(pages: Sequence[Page]) -> list[Page]:
    """The pages; on those that were recognised, bullets as such, type of about the usual size in that very size, for
    else each change of it would begin a paragraph, and notes with their marks."""
    recognised = {remark.page for page in pages for remark in page.remarks if remark.kind == "recognised"}
    found: list[Page] = []
    last = 0
    for page in pages:
        if page.number in recognised and page.words:
            usual = median(word.size for word in page.words)
            page, last = with_notes(_evened(page, usual), usual, last)
        found.append(page)
    return found


def _evened(page: Page, usual: float) -> Page:
    words: list[Word] = []
    for word in page.words:
        if word.text == "_" and words and words[-1].text == _BULLET:
            continue
        size = usual if abs(word.size - usual) < _ALIKE * usual else word.size
        words.append(replace(word, size=size, text=_BULLET if word.text == "e" else word.text))
    return replace(page, words=words)
