"""The notes at the foot of a page, or at the end of a letter: told by their marks and their smaller type."""

import re

from kamerbrief.letters.flow import join
from kamerbrief.letters.hyphens import known_words
from kamerbrief.letters.lines import Note
from kamerbrief.letters.rows import Segment

_NOTE_MARK = re.compile(r"^(?:\d{1,3}|\*{1,3})$")
_NOTES_TITLE = re.compile(r"^(?:(?:eind|voet)?noten|(?:end|foot)?notes):?$", re.IGNORECASE)
_LINK = re.compile(r"://|^www\.|^\S{16,}/\S+$|^\S+/\S{16,}$")


def split_notes(rows: list[list[Segment]], size: float) -> tuple[list[list[Segment]], list[list[Segment]]]:
    """The notes are the run of small lines at the foot of the page, from the first that starts with a mark."""
    start = len(rows)
    while start > 0 and _is_small(rows[start - 1][0], size):
        start -= 1
    for number in range(start, len(rows)):
        if _mark(rows[number][0], size):
            return rows[:number], rows[number:]
    return rows, []


def is_notes_title(row: list[Segment]) -> bool:
    """Whether a row is nothing but the title of the notes below it ("Noten")."""
    return bool(_NOTES_TITLE.match(" ".join(segment.text() for segment in row)))


def _is_small(segment: Segment, size: float) -> bool:
    """Links in notes are often set in the size of the text."""
    links = sum(len(word.text) for word in segment.words if _LINK.search(word.text))
    return segment.size < 0.96 * size or 2 * links > len(segment.text()) or _mark(segment, size) is not None


def _mark(segment: Segment, size: float) -> str | None:
    """The mark a note starts with: a raised number, or a small one left alone when its link went to the next line."""
    first = segment.words[0]
    if not _NOTE_MARK.match(first.text):
        return None
    raised = 0 in segment.raised and len(segment.words) > 1
    return first.text if raised or (len(segment.words) == 1 and first.size < 0.75 * size) else None


def read_notes(rows: list[list[Segment]], size: float, page: int) -> list[Note]:
    """The notes in the rows of a page that `split_notes` gave."""
    groups: list[tuple[str, list[str]]] = []
    for row in rows:
        words = [word for segment in row for word in segment.words]
        mark = _mark(row[0], size)
        text = Segment(words[1:] if mark else words, page, row[0].base).text()
        if mark:
            groups.append((mark, [text]))
        else:
            groups[-1][1].append(text)
    known = known_words(line for _, lines in groups for line in lines)
    return [Note(mark, join([(line, ()) for line in lines if line], known)[0], page) for mark, lines in groups]
