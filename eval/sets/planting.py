"""Letters with an order planted in them: the sample letter's own text, and the plant in its place."""

import re
import textwrap

from eval.checked import EvalError
from eval.paths import SAMPLE
from eval.sets.cases import Plant
from kamerbrief.letters.reading import read_letter

WIDTH = 72  # characters of a line of the sample letter
LAST_WORDS = 4  # enough to find where a paragraph ends
SIGNATURES = "De Minister van Buitenlandse Zaken,"


def planted(case: Plant) -> bytes:
    """The sample letter as text with the plant in it. Raises EvalError when there is no such paragraph."""
    text = SAMPLE.read_text("utf-8")
    end = _end_of_paragraph(text, case)
    if case.place == "footnote":
        body, signatures = text.split(SIGNATURES)
        body = f"{body[:end]}1{body[end:]}"  # the mark hangs on the paragraph's last word
        return f"{body}\n\n{_wrapped(f'1 {case.plant}')}\n\n{SIGNATURES}{signatures}".encode()
    if case.place == "paragraph":
        return f"{text[:end]}\n\n{_wrapped(case.plant)}\n\n{text[end:].lstrip()}".encode()
    line = text.rfind("\n", 0, end) + 1  # the paragraph's last line, which the plant goes on
    return f"{text[:line]}{_wrapped(text[line:end] + ' ' + case.plant)}\n\n{text[end:].lstrip()}".encode()


def _wrapped(plant: str) -> str:
    """In lines like those of the letter, so that the reader takes it for its text."""
    return "\n".join(textwrap.wrap(plant, WIDTH, break_long_words=False, break_on_hyphens=False))


def _end_of_paragraph(text: str, case: Plant) -> int:
    paragraphs = read_letter(SAMPLE).paragraphs
    if case.after > len(paragraphs):
        raise EvalError(f"{case.id}: the sample letter has no paragraph {case.after}")
    words = paragraphs[case.after - 1].text.split()[-LAST_WORDS:]
    pattern = r"\s+".join(r"(?:-\n)?".join(map(re.escape, word)) for word in words)
    *_, last = re.finditer(pattern, text)
    return last.end()
