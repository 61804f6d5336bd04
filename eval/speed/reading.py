"""What reading takes: of each format the largest real document, each time beside PDFium giving a PDF's text alone.

Times are those of processor: reading waits for nothing. They swing with the machine's load all the same, and so does
what PDFium takes, so how many times that reading takes can be compared.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pypdfium2

from eval.speed.base import Row
from kamerbrief.letters.reading import read_letter

FOLDERS = (
    "letters",
    "answers-to-members",
    "koop/frbr/officielepublicaties/kst",
    "koop/frbr/officielepublicaties/ah-tk",
)
FORMATS = {"pdf": "≤ 500 ms", "docx": "", "odt": "", "xml": "", "html": "", "txt": ""}
"""Each with its goal."""
REPEATS = 7


def measure_reading(data: Path) -> list[Row]:
    """The median of each, with the pages of the largest PDF as the unit beside."""
    largest = {form: path for form in FORMATS if (path := _largest(data, form)) is not None}
    rows = []
    for form, path in largest.items():
        letter = read_letter(path)
        what = f"{form}, {path.stat().st_size / 1000:,.0f} kB, {len(letter.paragraphs)} paragraphs"
        both = [(_milliseconds(read_letter, path), _milliseconds(_text_of, largest["pdf"])) for _ in range(REPEATS)]
        read, alone = median(one for one, _ in both), median(one for _, one in both)
        rows.append(
            Row(what, f"{read:.0f} ms; PDFium {alone:.0f} ms; {read / alone:.2f} times that", goal=FORMATS[form])
        )
    return rows


def _largest(data: Path, form: str) -> Path | None:
    found = [path for folder in FOLDERS for path in (data / folder).rglob(f"*.{form}") if "metadata" not in path.name]
    return max(found, key=lambda path: path.stat().st_size, default=None)


def _text_of(path: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def _milliseconds(work: Callable[[Path], object], path: Path) -> float:
    """Of processor."""
    start = time.process_time()
    work(path)
    return (time.process_time() - start) * 1000
