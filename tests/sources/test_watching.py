"""A folder is followed: what is new in it or changed is added, once, whatever happens in between."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.errors import UsageError
from kamerbrief.records.fetching import Fetched
from tests.conftest import ROOT
from tests.sources.repository import made_file

DIKES, LOCKS = "De dijken zijn hoog genoeg.", "De sluizen zijn te oud."
Step = Callable[[], object]
NOTHING: Step = lambda: None  # noqa: E731


def paper(number: int, text: str) -> bytes:
    return made_file(f"kst-27625-{number}", text, "xml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that is followed, with one letter in it."""
    folder = tmp_path / "brieven"
    folder.mkdir()
    (folder / "one.xml").write_bytes(paper(1, DIKES))
    return folder


def follow(kb: Kamerbrief, folder: Path, *steps: Step, remove: bool = False) -> list[Fetched]:
    """What is told while these things happen, one between every two looks; after each the folder stands still for a
    look."""
    waits = iter([step for one in (NOTHING, *steps) for step in (one, NOTHING)])

    def stopped(seconds: float) -> bool:
        if not seconds:
            return False
        step = next(waits, None)
        if step is not None:
            step()
        return step is None

    return list(kb.watch(folder, stopped, remove=remove))


def told(outcomes: list[Fetched]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.id, one.outcome, one.letters) for one in outcomes]


def test_what_is_there_and_what_comes_is_added_and_what_goes_stays(kb: Kamerbrief, folder: Path) -> None:
    def come() -> None:
        (folder / "2024").mkdir()
        (folder / "2024" / "two.xml").write_bytes(paper(2, LOCKS))

    outcomes = follow(
        kb,
        folder,
        come,
        lambda: (folder / "one.xml").write_bytes(paper(1, "De dijken zijn verhoogd.")),
        (folder / "one.xml").unlink,
    )

    assert told(outcomes) == [
        ("one.xml", "new", ("kst-27625-1",)),
        ("2024/two.xml", "new", ("kst-27625-2",)),
        ("one.xml", "changed", ("kst-27625-1",)),
    ]
    assert kb.letter("kst-27625-1").paragraphs[-1].text == "De dijken zijn verhoogd."


def test_another_run_adds_nothing_twice(kb: Kamerbrief, folder: Path) -> None:
    follow(kb, folder)
    assert follow(kb, folder, (folder / "one.xml").touch) == []
    kb.remove(["kst-27625-1"])
    assert follow(kb, folder, (folder / "one.xml").touch) == []  # it was not to stay


def test_a_file_is_not_read_before_it_stands_still(kb: Kamerbrief, folder: Path) -> None:
    whole = paper(2, LOCKS)
    growing = folder / "two.xml"
    sizes = iter((100, 200, len(whole)))

    def grow(seconds: float) -> bool:
        if seconds and (size := next(sizes, None)):
            growing.write_bytes(whole[:size])
        return bool(seconds) and size is None

    assert told(list(kb.watch(folder, grow))) == [("one.xml", "new", ("kst-27625-1",))]


def test_a_bad_file_is_told_once_and_tried_again_when_it_changes(kb: Kamerbrief, folder: Path) -> None:
    bad = folder / "two.pdf"
    bad.write_bytes(b"no PDF")
    first, second = follow(kb, folder, NOTHING, NOTHING)
    assert (first.id, first.outcome, second.id, second.outcome) == ("one.xml", "new", "two.pdf", "failed")
    assert "is called a PDF but is not one" in (second.reason or "")
    assert told(follow(kb, folder, lambda: bad.write_bytes(paper(2, LOCKS)))) == [("two.pdf", "new", ("kst-27625-2",))]


def test_what_is_hidden_unfinished_or_a_link_is_left_out(kb: Kamerbrief, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.xml").write_bytes(paper(3, LOCKS))
    (folder / "link.xml").symlink_to(tmp_path / "elsewhere.xml")
    (folder / "links").symlink_to(tmp_path, target_is_directory=True)
    for name in (".two.xml", "~$two.docx", "two.xml.part", "two.xml~", "metadata.xml"):
        (folder / name).write_bytes(paper(2, LOCKS))
    assert told(follow(kb, folder)) == [("one.xml", "new", ("kst-27625-1",))]


def test_a_name_may_be_any_bytes(kb: Kamerbrief, folder: Path) -> None:
    (folder / os.fsdecode(b"br\xe9f.xml")).write_bytes(paper(2, LOCKS))
    assert told(follow(kb, folder))[0] == ("br\ufffdf.xml", "new", ("kst-27625-2",))
    assert follow(kb, folder) == []


def test_where_it_is_asked_letters_go_with_their_last_file(kb: Kamerbrief, folder: Path) -> None:
    (folder / "two.xml").write_bytes(paper(2, LOCKS))
    (folder / "twin.xml").write_bytes(paper(2, LOCKS))
    outcomes = follow(
        kb,
        folder,
        (folder / "two.xml").unlink,
        lambda: (folder / "one.xml").rename(folder / "other.xml"),
        lambda: (folder / "twin.xml").write_bytes(paper(3, LOCKS)),
        remove=True,
    )
    assert told(outcomes)[3:] == [
        ("two.xml", "withdrawn", ()),
        ("other.xml", "same", ("kst-27625-1",)),
        ("one.xml", "withdrawn", ()),
        ("twin.xml", "new", ("kst-27625-3",)),
    ]
    assert {head.id for head in kb.letters()} == {"kst-27625-1", "kst-27625-3"}


def test_a_file_that_comes_back_is_added_again(kb: Kamerbrief, folder: Path, tmp_path: Path) -> None:
    (folder / "two.xml").write_bytes(paper(2, LOCKS))
    away = tmp_path / "away.xml"
    outcomes = follow(
        kb,
        folder,
        lambda: (folder / "one.xml").rename(away),
        lambda: away.rename(folder / "one.xml"),
        remove=True,
    )
    assert [outcome for name, outcome, _ in told(outcomes) if name == "one.xml"] == ["new", "withdrawn", "new"]


def test_a_folder_that_is_empty_or_away_takes_no_letter_along(kb: Kamerbrief, folder: Path, tmp_path: Path) -> None:
    outcomes = follow(
        kb,
        folder,
        lambda: folder.rename(tmp_path / "away"),
        folder.mkdir,
        remove=True,
    )
    assert [one.outcome for one in outcomes] == ["new", "failed"]
    assert "it is tried again" in (outcomes[1].reason or "")
    assert [head.id for head in kb.letters()] == ["kst-27625-1"]


def test_a_letter_that_is_forgotten_does_not_come_again(kb: Kamerbrief, folder: Path) -> None:
    follow(kb, folder)
    kb.remove(["kst-27625-1"], quotes_too=True)
    assert follow(kb, folder, (folder / "one.xml").touch) == []


def test_what_is_no_folder_is_told(kb: Kamerbrief, folder: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        kb.watch(folder / "one.xml", lambda _: True)  # before it is said that it is followed


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_program_stops_when_it_is_told_to(
    kb: Kamerbrief, folder: Path, embedder: str, tmp_path: Path, number: signal.Signals
) -> None:
    settings = {"DATA_DIR": tmp_path, "EMBEDDING_MODEL": "some-model", "EMBEDDING_BASE_URL": embedder}
    environment = os.environ | {f"KAMERBRIEF_{name}": str(value) for name, value in settings.items()}
    environment["PYTHONPATH"] = str(ROOT / "service")
    program = "from kamerbrief.cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "watch", folder], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "one.xml  new  kst-27625-1\n"
        process.send_signal(number)
        assert process.wait(30) == 0
    assert [head.id for head in kb.letters()] == ["kst-27625-1"]
