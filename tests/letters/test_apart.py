"""Letters read in processes of their own: the same letters and errors, and whatever becomes of a reader, the next file
is read."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief.errors import (
    BrokenSourceError,
    EmptySourceError,
    LetterError,
    PageError,
    UnreadableError,
    UnsafeArchiveError,
)
from kamerbrief.letters.apart import Limits, Outcome, Readers
from kamerbrief.letters.containers import read_letters
from kamerbrief.letters.sources import MAX_BYTES, SourceLike
from kamerbrief.records.letters import Letter
from kamerbrief.records.pages import PageAsked
from tests.letters.conftest import SAMPLE, tiny_pdf
from tests.letters.packing import mail, zip_of

BRIEF = SAMPLE.read_bytes()
LARGE = b"Den Haag, 3 mei 2024\n\nGeachte voorzitter,\n\n" + b"".join(
    b"Het kabinet plant %d bomen in %d gemeenten.\n\n" % (number, number**3 % 10_007) for number in range(95_000)
)
TWO = zip_of({"een.txt": BRIEF, "groot.txt": LARGE})
PAGE = tiny_pdf(b"BT /F 12 Tf 72 720 Td (Het kabinet plant bomen in Drenthe.) Tj ET")


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    readers = Readers()
    yield readers
    readers.close()


def read(readers: Readers, *sources: SourceLike, name: str | None = None) -> list[Outcome]:
    return [outcome for _, outcome in readers.each([(source, name) for source in sources], MAX_BYTES)]


def processes() -> set[int]:
    """Those that this one has started."""
    lists = Path("/proc/self/task").glob("*/children")
    return {int(number) for one in lists for number in one.read_text().split()}


@pytest.mark.parametrize(
    "source",
    [
        SAMPLE,
        PAGE,
        zip_of({"een.txt": BRIEF, "leeg.txt": b"", "twee.pdf": PAGE}),
        mail(BRIEF.decode(), {"een.txt": BRIEF}),
    ],
)
def test_a_letter_is_the_same_that_is_read_apart(readers: Readers, source: SourceLike) -> None:
    apart, here = read(readers, source, name="brief"), list(read_letters(source, name="brief"))
    assert [one for one in apart if isinstance(one, Letter)] == [one for one in here if isinstance(one, Letter)]
    assert [(type(one), str(one)) for one in apart if isinstance(one, LetterError)] == [
        (type(one), str(one)) for one in here if isinstance(one, LetterError)
    ]
    assert len(apart) == len(here)


def test_a_pdf_comes_with_its_letter_and_its_pages_are_shown(readers: Readers) -> None:
    (one,) = read(readers, PAGE)
    _, two = read(readers, zip_of({"een.txt": BRIEF, "twee.pdf": PAGE}))
    assert [letter.file for letter in (one, two) if isinstance(letter, Letter)] == [PAGE, PAGE]
    drawn = readers.page(PAGE, "brief", PageAsked(number=1, quotes=("meer bomen", "in Drenthe"), drawn=True))
    assert (drawn.page.number, len(drawn.page.boxes)) == (1, 1)
    assert len(drawn.pixels) == 3 * drawn.width * drawn.height
    with pytest.raises(PageError, match="there is no page 2: it has 1"):
        readers.page(PAGE, "brief", PageAsked(number=2))
    with pytest.raises(BrokenSourceError):
        readers.page(b"%PDF-1.7 stuk", "brief", PageAsked(number=1))


def test_a_page_that_takes_too_much_takes_nothing_along() -> None:
    readers = Readers(Limits(seconds=0, a_megabyte=0))
    with pytest.raises(UnreadableError, match="brief takes more than 0 s to read"):
        readers.page(PAGE, "brief", PageAsked(number=1))
    readers.close()


def test_the_record_beside_a_file_is_read(readers: Readers, data: Path) -> None:
    path = next(data.glob("koop/frbr/**/kst-32545-143.xml"))
    assert read(readers, path) == list(read_letters(path))


def test_letters_come_in_order_each_with_its_source_and_errors_are_those_of_the_readers(readers: Readers) -> None:
    slow, bad = zip_of({f"{n}.txt": BRIEF for n in range(9)}), zip_of({"../een.txt": BRIEF})
    sources: list[SourceLike] = [slow, b"", SAMPLE, bad, "weg.txt", BRIEF]
    found = list(readers.each([(one, None) for one in sources], MAX_BYTES))
    assert [sources.index(source) for source, _ in found] == [0] * 9 + [1, 2, 3, 4, 5]
    kinds = [type(outcome) for _, outcome in found[9:]]
    assert kinds == [EmptySourceError, Letter, UnsafeArchiveError, LetterError, Letter]


def test_a_process_starts_when_one_is_wanted_stays_and_ends_at_the_close() -> None:
    before, readers = processes(), Readers()
    assert processes() == before
    read(readers, BRIEF)
    first = processes() - before
    read(readers, BRIEF)
    assert processes() - before == first
    assert len(first) == 1
    readers.close()
    assert processes() == before


@pytest.mark.slow
def test_who_stops_in_the_middle_leaves_no_process_at_work() -> None:
    before, readers = processes(), Readers()
    letters = readers.each([(TWO, None), (BRIEF, None)], MAX_BYTES)
    next(letters)
    letters.close()
    readers.close()
    assert processes() == before


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(seconds=1, a_megabyte=0), "groot.txt takes more than 1 s to read: split it, or save it as plain text"),
        pytest.param(
            Limits(memory=100_000_000),
            "groot.txt takes more than 0.1 GB of memory to read: split it",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_file_that_takes_too_much_is_told_by_its_name_and_the_next_is_read(limits: Limits, says: str) -> None:
    readers = Readers(limits)
    large, letter = (outcome for _, outcome in readers.each([(LARGE, "groot.txt"), (BRIEF, None)], MAX_BYTES))
    assert isinstance(large, UnreadableError)
    assert str(large).startswith(says)
    assert isinstance(letter, Letter)
    assert isinstance(read(readers, BRIEF)[0], Letter)
    readers.close()


@pytest.mark.parametrize("deadly", [signal.SIGSEGV, pytest.param(signal.SIGKILL, marks=pytest.mark.slow)])
def test_a_reader_that_dies_is_told_by_the_name_of_the_file_and_the_next_is_read(deadly: signal.Signals) -> None:
    before, readers = processes(), Readers()
    letters = readers.each([(TWO, "b.zip")], MAX_BYTES)
    assert isinstance(next(letters)[1], Letter)
    (reader,) = processes() - before
    os.kill(reader, deadly)
    [(_, failed)] = letters
    assert isinstance(failed, UnreadableError)
    assert str(failed).startswith(f"b.zip, after 1 of its letters, made its reader fail (exit code {-deadly})")
    assert isinstance(read(readers, BRIEF)[0], Letter)
    readers.close()


@pytest.mark.slow
def test_one_that_died_while_nothing_was_asked_of_it_is_not_missed() -> None:
    before, readers = processes(), Readers()
    read(readers, BRIEF)
    for process in processes() - before:
        os.kill(process, signal.SIGKILL)
        while Path(f"/proc/{process}/stat").read_text().split()[2] != "Z":
            time.sleep(0.01)
    assert isinstance(read(readers, BRIEF)[0], Letter)
    readers.close()


@pytest.mark.parametrize(
    "says",
    [
        b"\xff" * 99,
        b"\x02" + (2**63).to_bytes(8, "big"),
        b"\x02" + (9).to_bytes(8, "big") + b'{"id": 1}',
        b"\x02" + (2).to_bytes(8, "big") + b"\x80\x04",
        b"\x03" + (2).to_bytes(8, "big") + b"[]",
    ],
)
def test_of_a_reader_that_was_taken_over_nothing_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: bytes
) -> None:
    taken_over(tmp_path, monkeypatch, says)
    readers = Readers()
    [failed] = read(readers, BRIEF, name="brief.txt")
    assert isinstance(failed, UnreadableError)
    assert str(failed).startswith("brief.txt made its reader ")
    readers.close()


def taken_over(folder: Path, monkeypatch: pytest.MonkeyPatch, says: bytes) -> None:
    """Readers that say this, and no more, from now on."""
    program = folder / "python"
    (folder / "says").write_bytes(says)
    program.write_text(f"#!/bin/sh\ncat {folder / 'says'} >&0\nsleep 60\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))


@pytest.mark.parametrize(
    "says",
    [
        b"\xff" * 99,
        b"\x02" + (2).to_bytes(8, "big") + b"{}",
        b"\x07" + (2).to_bytes(8, "big") + b"{}\x04" + bytes(8),
        b"\x04" + bytes(8),
        b"\x07" + (50).to_bytes(8, "big") + b'{"number": 1, "pages": 1, "width": 9, "height": 9}\x04' + bytes(8),
    ],
)
def test_nor_is_a_page_that_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: bytes) -> None:
    taken_over(tmp_path, monkeypatch, says)
    readers = Readers()
    with pytest.raises(UnreadableError, match=r"brief\.pdf made its reader "):
        readers.page(PAGE, "brief.pdf", PageAsked(number=1, drawn=True))
    readers.close()


def test_where_no_process_can_be_started_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/weg/python")
    [failed] = read(Readers(), BRIEF, name="brief.txt")
    assert str(failed) == "brief.txt cannot be read now: no process for it: No such file or directory"


def test_a_script_without_a_guard_reads_in_a_folder_of_foul_modules(tmp_path: Path) -> None:
    """What starts processes by running its program again would never end here, or would run what lies in the folder."""
    for module in ("email", "json", "lxml"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('foul')")
    (tmp_path / "in").mkdir()
    script = tmp_path / "in" / "script.py"
    script.write_text(
        "from kamerbrief.letters.apart import Readers\n"
        f"print([one.id for _, one in Readers().each([({str(SAMPLE)!r}, None)] * 2, 100_000)])\n"
    )
    command = [sys.executable, str(script)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("['kst-27925-504', 'kst-27925-504']\n", "")


def test_no_reader_is_told_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERBRIEF_CHAT_API_KEY", "geheim")
    before, readers = processes(), Readers()
    read(readers, BRIEF)
    (reader,) = processes() - before
    assert b"geheim" not in Path(f"/proc/{reader}/environ").read_bytes()
    readers.close()
