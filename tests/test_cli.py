"""The real program, as a user runs it: a process of its own and a data folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
PROGRAM = Path(sys.executable).parent / "kamerbrief"


def runner(data_dir: Path) -> Run:
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("KAMERBRIEF_")}

    def run(*arguments: str | Path, code: int = 0, **settings: str) -> subprocess.CompletedProcess[str]:
        command = [str(PROGRAM), *map(str, arguments)]
        variables = {**environment, "KAMERBRIEF_DATA_DIR": str(data_dir), "COLUMNS": "100", **settings}
        done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120)
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stderr
        return done

    return run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Run:
    """The program on a data folder that holds the sample letter."""
    program = runner(tmp_path_factory.mktemp("cli"))
    program("add", sample)
    return program


def as_json(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


def test_an_answer_shows_the_sentence_and_the_paragraph_that_proves_it(run: Run) -> None:
    said = " ".join(run("ask", "Hoeveel helmen heeft Nederland geleverd aan de Koerden?").stdout.split())
    assert "1.000 helmen en 1.000 kogelwerende vesten geleverd. [1]" in said
    assert "[1] Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 9" in said
    assert "Levering en transport van materiaal aan de Koerdische Regionale Autoriteiten" in said
    assert "»Om tegemoet te komen aan de noden" in said
    assert "vesten geleverd.«" in said


def test_an_answer_as_json_holds_the_record(run: Run) -> None:
    answer = as_json(run("ask", "--json", "Wie leidt de nieuwe Iraakse regering?"))
    assert answer["status"] == "answered"
    citation = answer["sentences"][0]["citations"][0]
    assert citation["quote"] == citation["text"][citation["start"] : citation["end"]]
    assert "Haider al-Abadi" in citation["quote"]
    assert set(answer["milliseconds"]) == {"embed", "search", "write", "verify"}


def test_what_the_letters_do_not_hold_is_not_found(run: Run) -> None:
    done = run("ask", "Wat is de hoofdstad van Peru?")
    assert done.stdout.startswith("Dit staat niet in de brieven.")
    assert "Nearest paragraphs:" in done.stdout
    assert len(as_json(run("ask", "--json", "Wat kost de missie?"))["nearest"]) == 3


@pytest.mark.parametrize(
    "options",
    [
        ("--dossier", "27 925"),
        ("--from", "2014-09-10", "--to", "2014-09-10"),
        ("--kind", "letter"),
        ("--ministry", "defensie"),
        ("--letter", "kst-27925-504"),
    ],
)
def test_a_filter_lets_its_letters_through(run: Run, options: tuple[str, ...]) -> None:
    (hit, *_) = as_json(run("search", "helmen", "--json", "-k", "2", *options))
    assert hit["letter"] == "kst-27925-504"
    assert set(hit["scores"]) == {"fused", "dense", "sentence", "lexical"}


def test_a_filter_that_matches_nothing(run: Run) -> None:
    assert run("search", "helmen", "--dossier", "99999").stdout == "Nothing found.\n"
    assert run("ask", "Hoeveel helmen?", "--to", "1999-12-31").stdout == "Dit staat niet in de brieven.\n"
    assert run("letters", "--ministry", "Financiën").stdout == "No letters.\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("ask", ""), "the question is empty"),
        (("ask", "a" * 20_000), "the question has 20,000 characters"),
        (("ask", "Wie?", "--from", "gisteren"), "--from 'gisteren' is no date"),
        (("ask", "Wie?", "--kind", "novel"), "--kind 'novel' is not known"),
        (("ask", "Wie?", "--letter", "kst-1-1"), "no letter 'kst-1-1'"),
        (("show", "kst-1-1"), "no letter 'kst-1-1'"),
        (("show", "kst-27925-504", "--paragraph", "99"), "has no paragraph 99"),
        (("remove", "kst-1-1"), "no letter 'kst-1-1'"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_one_line(run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    done = run(*arguments, code=2)
    assert complaint in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_setting_is_named(run: Run) -> None:
    assert "KAMERBRIEF_DATADIR" in run("status", code=2, KAMERBRIEF_DATADIR="x").stderr
    wrong = run("status", code=2, KAMERBRIEF_MAX_SOURCE_BYTES="veel").stderr
    assert "KAMERBRIEF_MAX_SOURCE_BYTES" in wrong


def test_letters_and_their_paragraphs_are_shown(run: Run) -> None:
    assert "kst-27925-504" in run("letters").stdout
    (head,) = as_json(run("letters", "--json"))
    assert (head["date"], head["dossier"]) == ("2014-09-10", "27925")
    whole = run("show", "kst-27925-504").stdout
    assert "Kamerstuk 27 925, nr. 504" in whole
    assert "NAVO-top" in whole
    assert run("show", "kst-27925-504", "--paragraph", "5").stdout.count("hulpgoederen") == 1
    assert as_json(run("show", "kst-27925-504", "--paragraph", "5", "--json"))["number"] == 5


def test_adding_replacing_removing_and_indexing_anew(tmp_path: Path, sample: Path) -> None:
    run = runner(tmp_path / "data")
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "one.txt").write_bytes(sample.read_bytes())
    (folder / "two.txt").write_bytes(sample.read_bytes().replace(b"nr. 504", b"nr. 505"))
    (folder / "bad.txt").write_bytes(b"")
    done = run("add", folder, code=1)
    assert "bad.txt" in done.stderr
    assert "kst-27925-504" in done.stdout
    assert as_json(run("status", "--json"))["letters"] == 2
    assert "there already" in run("add", str(folder / "o*.txt")).stdout
    (folder / "one.txt").write_bytes(sample.read_bytes().replace(b"1.000 helmen", b"2.000 helmen"))
    assert "replaced an older text" in run("add", folder / "one.txt").stdout
    hits = as_json(run("search", "--json", "helmen geleverd", "--letter", "kst-27925-504"))
    assert "2.000 helmen" in " ".join(hit["text"] for hit in hits)
    assert "1.000 helmen" not in " ".join(hit["text"] for hit in hits)
    assert "2 letters indexed anew" in run("reindex").stdout
    run("remove", "kst-27925-505")
    status = as_json(run("status", "--json"))
    assert status["letters"] == 1
    assert status["chunks"] == status["vectors"] == status["words"]
    assert status["whole"]


def test_help_comes_for_each_command(run: Run) -> None:
    for command in ("add", "ask", "search", "letters", "show", "remove", "reindex", "status"):
        assert "Usage: kamerbrief " + command in run(command, "--help").stdout


def test_a_file_in_the_place_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "file" in runner(tmp_path / "file")("status", code=1).stderr
