"""What is measured of scans, made of real documents; needs OCRmyPDF."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from eval.checked import EvalError
from eval.commands.options import DataFolder, Keep
from eval.paths import CACHE, DATA

SECONDS = 1800.0  # that a document may take: here nobody waits
SCANNED = (
    "letters/kamerbrief-water-en-bodem-2022.pdf",
    "letters/kamerbrief-innovatiemissies-2023.pdf",
    "letters/kst-29515-496.pdf",
    "letters/kamerbrief-draagmoederschap-2011.pdf",
    "answers-to-members/ah-tk-20232024-1314.pdf",
)
NOTED = {
    "dev": {
        "letters/kamerbrief-innovatiemissies-2023.pdf": (1, 2, 3, 4),
        "letters/kamerbrief-water-en-bodem-2022.pdf": (2, 3),
        "answers-to-members/ah-tk-20232024-1786.pdf": (2, 3),
        "answers-to-members/ah-tk-20232024-2271.pdf": (2, 3),
    },
    "test": {
        "answers-to-members/ah-tk-20232024-1771.pdf": (2, 3),
        "answers-to-members/ah-tk-20232024-2129.pdf": (2, 3),
        "letters/kamerbrief-innovatiemissies-2023.pdf": (7, 8),
        "letters/kamerbrief-water-en-bodem-2022.pdf": (7, 8),
        "answers-to-members/ah-tk-20232024-1432.pdf": (1, 2),
        "answers-to-members/ah-tk-20232024-2367.pdf": (1, 2, 3),
        "answers-to-members/ah-tk-20232024-1076.pdf": (1, 2),
    },
}
"""Pages with notes: those that their reading was written with, and others."""


def recognition(
    data: DataFolder = DATA,
    pages: Annotated[int, typer.Option(help="how many of each document, from its first on")] = 2,
    kept: Keep = False,
) -> None:
    """Measures what is read of scans, made of real documents, beside what is read of their text; needs OCRmyPDF."""
    from eval.metrics.recognition import Recognition, compare
    from eval.reporting.measured import Value, keep, of_command
    from eval.systems.scanner import CONDITIONS, scanned, some_pages
    from kamerbrief.letters.reading import read_letter
    from kamerbrief.letters.recognition import recognised

    if not data.is_dir():
        raise EvalError(f"{data} is not there: give the folder of real documents with --data")
    printed = {path: some_pages((data / path).read_bytes(), range(1, pages + 1)) for path in SCANNED}
    found = dict[str, Value]()
    print("| scan | word error rate | words lost | paragraphs letter for letter |\n|---|---|---|---|")
    for condition in CONDITIONS:
        total = Recognition(0, 0, 0, 0, 0)
        for path, text in printed.items():
            read = read_letter(recognised(scanned(text, condition), path, (), SECONDS))
            total += compare(read_letter(text), read)
        rate, lost, whole = total.wrong / total.words, total.lost / total.words, total.whole / total.paragraphs
        found[f"{condition.name}: word error rate"] = Value(value=round(rate, 4), n=total.words)
        found[f"{condition.name}: words lost"] = Value(value=round(lost, 4), n=total.words)
        found[f"{condition.name}: whole paragraphs"] = Value(value=round(whole, 4), n=total.paragraphs)
        told = f"{rate:.1%} of {total.words} | {lost:.1%} | {total.whole} of {total.paragraphs}"
        print(f"| {condition.name} | {told} |", flush=True)
    if kept:
        keep("recognition", of_command(f"python -m eval recognition --pages {pages} --keep", found))


def scanned_notes(
    data: DataFolder = DATA,
    folder: Annotated[Path, typer.Option(help="where what was recognised is kept")] = CACHE / "scans",
    kept: Keep = False,
) -> None:
    """Measures how many of the notes of printed pages are notes of their paragraphs in scans of these; needs
    OCRmyPDF."""
    from eval.metrics.scanned_notes import Notes, compare
    from eval.reporting.measured import Value, keep, of_command
    from eval.systems.scanner import CONDITIONS, scanned, some_pages
    from kamerbrief.letters.reading import read_letter

    if not data.is_dir():
        raise EvalError(f"{data} is not there: give the folder of real documents with --data")
    found = dict[str, Value]()
    print("| scan | pages | notes found | of the right paragraph | of another | in excess |\n|---|---|---|---|---|---|")
    for condition in (CONDITIONS[0], CONDITIONS[5]):
        for half, files in NOTED.items():
            total = Notes(0, 0, 0, 0, 0)
            for path, pages in files.items():
                printed = some_pages((data / path).read_bytes(), pages)
                read = read_letter(_recognised(scanned(printed, condition), path, folder))
                one = compare(read_letter(printed), read)
                total = Notes(*(a + b for a, b in zip(total, one, strict=True)))
            for what in ("found", "tied", "astray", "excess"):
                value = getattr(total, what)
                found[f"{condition.name}, {half}: {what}"] = Value(value=value, n=total.printed)
            told = f"{total.found} of {total.printed} | {total.tied} | {total.astray} | {total.excess}"
            print(f"| {condition.name} | {half} | {told} |", flush=True)
    if kept:
        keep("scanned-notes", of_command("python -m eval scanned-notes --keep", found))


def _recognised(scan: bytes, name: str, folder: Path) -> bytes:
    """The scan with its text, recognised once."""
    from kamerbrief.letters.recognition import recognised

    kept = folder / f"{hashlib.sha256(scan).hexdigest()}.pdf"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(recognised(scan, name, (), SECONDS))
    return kept.read_bytes()
