"""What reading takes: of each format the largest real document; beside the PDF what PDFium takes for its text alone.

Milliseconds are those of processor: reading waits for nothing.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdfium2

from eval.speed.base import Row
from kamerbrief.letters.reading import read_letter

FOLDERS = (
    "letters",
    "answers-to-members",
    "koop/frbr/officielepublicaties/kst",
    "koop/frbr/officielepublicaties/ah-tk",
)
GOALS = {"pdf": "≤ 500 ms"}
REPEATS = 7


def measure_reading(data: Path) -> list[Row]:
    """The median of each."""
    rows = []
    for form in ("pdf", "docx", "odt", "xml", "html", "txt"):
        found = [
            path for folder in FOLDERS for path in (data / folder).rglob(f"*.{form}") if "metadata" not in path.name
        ]
        if not found:
            continue
        path = max(found, key=lambda one: one.stat().st_size)
        letter = read_letter(path)
        pages = f"{max(one.page or 0 for one in letter.paragraphs)} pages, " if form == "pdf" else ""
        what = f"{form}, {path.stat().st_size / 1000:,.0f} kB, {pages}{len(letter.paragraphs)} paragraphs"
        read = _milliseconds(partial(read_letter, path))
        rows.append(Row(what, f"{read:.0f} ms", read, GOALS.get(form, "")))
        if form == "pdf":
            alone = _milliseconds(partial(_text_of, path))
            rows.append(Row("… its text alone, as PDFium gives it", f"{alone:.0f} ms", alone))
            rows.append(Row("… reading it, in times that", f"{read / alone:.1f}"))
    return rows


def _text_of(path: Path) -> int:
    """Characters."""
    document = pypdfium2.PdfDocument(path)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def _milliseconds(work: Callable[[], object]) -> float:
    """Of processor."""
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)
