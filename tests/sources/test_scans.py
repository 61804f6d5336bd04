"""Scans that were refused where nothing recognises text are read once something does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.errors import UnrecognisedError
from kamerbrief.records.fetching import Fetched
from tests.letters.made import Drawn, made_pdf
from tests.sources.conftest import Fetch
from tests.sources.repository import Paper, Reply, Repository, path_of

SCANNED, LATER = "kst-27625-1", "kst-27625-2"
PICTURE = made_pdf([Drawn().raw("0 0 595 842 re f")])
TEXT = made_pdf([Drawn().lines(70, 700, ["De dijken zijn hoog genoeg voor het water van nu."])])
_PROGRAM = """#!/bin/sh
for last; do :; done
cp {text} "$last"
"""


@pytest.fixture(autouse=True)
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Brings what recognises text, which until then is not here: every scan holds the same."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("KAMERBRIEF_OCR_TIMEOUT", "60")

    def install() -> None:
        (programs / "text.pdf").write_bytes(TEXT)
        (programs / "ocrmypdf").write_text(_PROGRAM.format(text=programs / "text.pdf"))
        (programs / "tesseract").write_text("#!/bin/sh\necho eng; echo nld\n")
        for one in ("ocrmypdf", "tesseract"):
            (programs / one).chmod(0o700)
        monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")

    return install


def test_a_scan_that_was_fetched_comes_again_once_it_can_be_read(
    kb: Kamerbrief, there: Repository, fetch: Fetch, install: Callable[[], None]
) -> None:
    there.papers = {
        SCANNED: Paper("", modified="2021-07-07", forms=("pdf",)),
        LATER: Paper("De sluizen zijn te oud.", modified="2022-07-07"),
    }
    file = path_of(SCANNED, "pdf")
    there.always[file] = Reply(PICTURE, headers={"Content-Type": "application/pdf", "ETag": '"1"'})

    report, _ = fetch()
    assert [(one.id, one.code) for one in report.failures] == [(SCANNED, UnrecognisedError("").code)]
    assert (fetch()[0].failed, there.asked.count(file)) == (1, 1)

    install()
    assert fetch(dry_run=True)[0].changed == 1
    assert [(one.id, one.outcome) for one in fetch()[1]] == [(LATER, "same"), (SCANNED, "new")]
    assert kb.letter(SCANNED).paragraphs[0].text.startswith("De dijken")
    assert fetch()[0].same == 1  # a week over the newest, and no longer from the scan on


def test_a_scan_in_a_folder_comes_again_once_it_can_be_read(
    kb: Kamerbrief, tmp_path: Path, install: Callable[[], None]
) -> None:
    folder = tmp_path / "brieven"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(PICTURE)

    def outcomes() -> list[Fetched]:
        looks = iter((False, False, True))
        return list(kb.watch(folder, lambda seconds: bool(seconds) and next(looks)))

    assert [(one.id, one.outcome) for one in outcomes()] == [("scan.pdf", "failed")]
    assert outcomes() == []
    install()
    assert [(one.id, one.outcome) for one in outcomes()] == [("scan.pdf", "new")]
    assert outcomes() == []
