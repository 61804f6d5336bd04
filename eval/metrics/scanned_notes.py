"""How many notes of a printed letter are notes in what is read of a scan of it."""

from difflib import SequenceMatcher
from typing import NamedTuple

from kamerbrief.records.letters import Footnote, Letter

_ALIKE, _NEAR = 0.85, 0.6  # of a text and what was recognised of it: of a note, and of the word before its mark
_BEFORE = 12  # letters before the mark that tell its place


class Notes(NamedTuple):
    """Of the `printed` notes, `found` have their mark and text in the scan, `tied` of these their place too, and
    `astray` another one. `excess`: notes of the scan that are none."""

    printed: int
    found: int
    tied: int
    astray: int
    excess: int


def compare(printed: Letter, scan: Letter) -> Notes:
    """The notes of a scan beside those that were printed."""
    read = {one.mark: one for one in scan.footnotes}
    pairs = [(one, read[one.mark]) for one in printed.footnotes if one.mark in read]
    found = [(one, other) for one, other in pairs if _alike(one.text, other.text)]
    placed = [(one, other) for one, other in found if other.paragraph is not None]
    tied = sum(_alike(_before(printed, one), _before(scan, other), _NEAR) for one, other in placed)
    excess = len(scan.footnotes) - len(pairs)
    return Notes(len(printed.footnotes), len(found), tied, len(placed) - tied, excess)


def _before(letter: Letter, note: Footnote) -> str:
    text = letter.paragraphs[note.paragraph - 1].text[: note.position] if note.paragraph else ""
    return _letters(text)[-_BEFORE:]


def _alike(one: str, other: str, least: float = _ALIKE) -> bool:
    return SequenceMatcher(None, _letters(one), _letters(other)).ratio() > least


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))
