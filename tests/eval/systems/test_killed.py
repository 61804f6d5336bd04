"""A run that adds many is killed and resumed, and comes to the same as one that is not."""

import gzip
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.commands.app import app
from eval.metrics.same_stores import differences, held
from eval.systems.made_vectors import made_vectors
from kamerbrief import Kamerbrief

SENTENCES = ("De dijken zijn hoog genoeg.", "De sluizen zijn te oud.", "Over de kosten volgt een brief.")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A data folder of pages, some of which are texts of one paper."""
    folder = tmp_path / "data" / "sgd"
    folder.mkdir(parents=True)
    with gzip.open(folder / "pages.jsonl.gz", "wt") as out:
        for number in range(1, 41):
            text = f"Kamerstuk 27 625, nr. {number % 35}\n\n" + "\n\n".join(f"{one} {number}." for one in SENTENCES)
            out.write(json.dumps({"url": "", "text": text}) + "\n")
    return tmp_path / "data"


@pytest.mark.slow
def test_what_is_killed_and_resumed_is_the_same(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(("service", os.environ.get("PYTHONPATH", ""))))
    options = ["--data", str(made), "--pages", "40", "--times", "2", "--questions", "0", "--made-vectors"]
    done = CliRunner().invoke(app, ["kills", str(tmp_path / "kills"), *options])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "the same"), done.output
    assert done.output.count("killed after") == 2
    assert CliRunner().invoke(app, ["kills", str(tmp_path / "kills"), *options]).output == done.output  # it goes on


def test_what_differs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with made_vectors() as settings:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        for name, texts in (("one", SENTENCES), ("other", SENTENCES[:2])):
            with Kamerbrief(tmp_path / name) as kb:
                for text in texts:
                    kb.add(f"Den Haag, 6 juli 2021\n\n{text}".encode(), name="brief.txt")
        one, other = (held(tmp_path / name, ["Hoe hoog zijn de dijken?"]) for name in ("one", "other"))
    assert list(differences(one, one)) == []
    told = ["letters", "paragraphs", "exported", "references", "chunks"]
    assert [line.split()[0] for line in differences(one, other)][:5] == told
