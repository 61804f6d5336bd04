"""The real program, as a user runs it: a process of its own and a data folder of its own."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.main import get_group

from kamerbrief.cli.commands import COMMANDS
from tests.conftest import NO_SCANS
from tests.letters.packing import zip_of
from tests.program import run_to_its_end

Run = Callable[..., subprocess.CompletedProcess[str]]
PROGRAM = Path(sys.executable).parent / "kamerbrief"


def runner(data_dir: Path, start: Run = run_to_its_end) -> Run:
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("KAMERBRIEF_")}

    def run(*arguments: str | Path, code: int = 0, **settings: str) -> subprocess.CompletedProcess[str]:
        variables = {**environment, **NO_SCANS, "KAMERBRIEF_DATA_DIR": str(data_dir), "COLUMNS": "100", **settings}
        done = start(*map(str, arguments), environment=variables)
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stderr
        return done

    return run


def installed(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *arguments], env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A data folder that holds the sample letter."""
    folder = tmp_path_factory.mktemp("cli")
    runner(folder)("add", sample)
    return folder


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    """The program on that folder."""
    return runner(folder)


def as_json(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


def test_an_answer_shows_the_sentence_and_the_paragraph_that_proves_it(run: Run) -> None:
    said = " ".join(run("ask", "Hoeveel helmen heeft Nederland geleverd aan de Koerden?").stdout.split())
    assert "1.000 helmen en 1.000 kogelwerende vesten geleverd. [1]" in said
    assert "[1] Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 9" in said
    assert "Levering en transport van materiaal aan de Koerdische Regionale Autoriteiten" in said
    assert "»Om tegemoet te komen aan de noden" in said
    assert "vesten geleverd.«" in said


def test_an_answer_out_of_the_record_shows_the_field_that_proves_it(run: Run) -> None:
    said = " ".join(run("ask", "Van wanneer is de brief?").stdout.split())
    assert said.startswith("Kamerstuk 27 925, nr. 504 is van 10 september 2014. [1]")
    assert "[1] Kamerstuk 27 925, nr. 504, 10 september 2014, datum" in said
    assert said.endswith("»10 september 2014«")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wie leidt de nieuwe Iraakse regering?", "Haider al-Abadi"),
        ("Levert Nederland zelf wapens?", "zelf geen wapens"),
        ("Welke landen zijn als eerste benaderd voor de coalitie?", "Australië, Canada, Denemarken"),
    ],
)
def test_an_answer_as_json_holds_the_record(run: Run, question: str, words: str) -> None:
    answer = as_json(run("ask", "--json", question))
    assert answer["status"] == "answered"
    assert words in " ".join(sentence["text"] for sentence in answer["sentences"])
    for citation in (citation for sentence in answer["sentences"] for citation in sentence["citations"]):
        assert citation["letter"] == "kst-27925-504"
        assert citation["quote"] == citation["text"][citation["start"] : citation["end"]]
    assert set(answer["milliseconds"]) == {"embed", "search", "write", "verify"}


@pytest.mark.parametrize("question", ["Wat kost de missie?", "Wat is de hoofdstad van Peru?"])
def test_what_the_letters_do_not_hold_is_not_found(run: Run, question: str) -> None:
    answer = as_json(run("ask", "--json", question))
    assert (answer["status"], answer["sentences"]) == ("not_found", [])
    assert len(answer["nearest"]) == 3


def test_not_found_is_said_and_the_nearest_paragraphs_shown(run: Run) -> None:
    said = run("ask", "Wat is de hoofdstad van Peru?").stdout
    assert said.startswith(
        "Dit staat niet in de brieven.\n\nNearest paragraphs:\n1. Kamerstuk 27 925, nr. 504, alinea "
    )
    assert said.count("\n3. Kamerstuk 27 925") == 1


def test_filters_let_their_letters_through(run: Run) -> None:
    which = ("--dossier", "27 925", "--kind", "letter", "--ministry", "defensie", "--letter", "kst-27925-504")
    when = ("--from", "2014-09-10", "--to", "2014-09-10")
    hits = as_json(run("search", "helmen", "--json", "-k", "2", *which, *when))
    assert [hit["letter"] for hit in hits] == ["kst-27925-504"] * 2
    assert hits[0]["paragraphs"] == [9]
    assert set(hits[0]["scores"]) == {"fused", "dense", "sentence", "lexical"}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("search", "helmen", "--dossier", "99999"), "Nothing found.\n"),
        (("search", "helmen", "--kind", "answers"), "Nothing found.\n"),
        (("ask", "Hoeveel helmen?", "--to", "2014-09-09"), "Dit staat niet in de brieven.\n"),
        (("ask", "Hoeveel helmen?", "--from", "2014-09-11"), "Dit staat niet in de brieven.\n"),
    ],
)
def test_a_filter_that_matches_nothing(run: Run, command: tuple[str, ...], said: str) -> None:
    done = run(*command, code=1)
    assert done.stdout == said
    assert done.stderr == "kamerbrief: no letter passes these filters: `kamerbrief letters` lists what there is\n"


def test_no_letter_to_list_is_no_fault(run: Run) -> None:
    assert run("letters", "--ministry", "Financiën").stdout == "No letters.\n"


def test_an_empty_data_folder_is_told(tmp_path: Path) -> None:
    assert "there are no letters yet" in runner(tmp_path)("ask", "Hoeveel helmen?", code=1).stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("ask", ""), "the question is empty"),
        (("ask", "a" * 20_000), "the question has 20,000 characters"),
        (("ask", "Wie?", "--from", "gisteren"), "--from 'gisteren' is no date"),
        (("ask", "Wie?", "--kind", "novel"), "--kind 'novel' is not known"),
        (("ask", "Wie?", "--letter", "kst-1-1"), "no letter 'kst-1-1'"),
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


def test_letters_and_their_paragraphs_are_shown(run: Run) -> None:
    assert "kst-27925-504" in run("letters").stdout
    (head,) = as_json(run("letters", "--json"))
    assert (head["date"], head["dossier"]) == ("2014-09-10", "27925")
    whole = run("show", "kst-27925-504").stdout
    assert "Kamerstuk 27 925, nr. 504" in whole
    assert "NAVO-top" in whole
    assert run("show", "kst-27925-504", "--paragraph", "5").stdout.count("hulpgoederen") == 1
    assert as_json(run("show", "kst-27925-504", "--paragraph", "5", "--json"))["number"] == 5


def test_what_a_letter_refers_to_is_shown_under_it_and_alone(run: Run) -> None:
    assert "Refers to\n" in run("show", "kst-27925-504").stdout
    assert run("show", "kst-27925-504", "--references").stdout.split("\n")[1:3] == [
        "Refers to",
        "      Handelingen II 2013/14, nr. 107",
    ]
    alone = as_json(run("show", "kst-27925-504", "--references", "--json"))
    assert [one["text"] for one in alone["refers_to"]][1:] == ["Handelingen II 2013/14, nrs. 103 en 106"]


def test_how_a_letter_was_read_is_told_when_it_is_added_and_afterwards(run: Run, sample: Path) -> None:
    foot = "Tweede Kamer, vergaderjaar 2013–2014, 27 925, nr. 504 3"
    for command in (("add", sample), ("show", "kst-27925-504")):
        assert f"furniture look words that papers print around the text {foot}" in " ".join(
            run(*command, "--report", COLUMNS="200").stdout.split()
        )
    (taken,) = as_json(run("show", "kst-27925-504", "--report", "--json"))
    assert (taken["kind"], taken["text"], taken["sure"]) == ("furniture", foot, False)


def test_a_zip_adds_the_letters_in_it_and_names_what_is_none(tmp_path: Path, sample: Path) -> None:
    run = runner(tmp_path / "data")
    packed = tmp_path / "brieven.zip"
    packed.write_bytes(zip_of({"een.txt": sample.read_bytes(), "map/leeg.txt": b""}))
    done = run("add", packed, code=1)
    assert "kst-27925-504" in done.stdout
    assert done.stderr.splitlines()[-1].startswith(f"kamerbrief: {packed}/map/leeg.txt is empty")
    (added,) = as_json(run("add", packed, "--json", code=1))
    assert (added["source"], added["outcome"]) == ("brieven.zip/een.txt", "same")


@pytest.mark.slow
def test_adding_replacing_removing_and_indexing_anew(tmp_path: Path, sample: Path) -> None:
    run = runner(tmp_path / "data")
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "one.txt").write_bytes(sample.read_bytes())
    (folder / "two.txt").write_bytes(sample.read_bytes().replace(b"nr. 504", b"nr. 505"))
    (folder / "bad.txt").write_bytes(b"")
    done = run("add", folder, code=1)
    assert re.match(r"kamerbrief: \S+/bad\.txt is empty", done.stderr)
    assert len(done.stderr.splitlines()) == 1
    assert "kst-27925-504" in done.stdout
    assert as_json(run("status", "--json"))["letters"] == 2
    assert "there already" in run("add", str(folder / "o*.txt")).stdout
    (folder / "one.txt").write_bytes(sample.read_bytes().replace(b"1.000 helmen", b"2.000 helmen"))
    assert "version 2" in run("add", folder / "one.txt").stdout
    hits = as_json(run("search", "--json", "helmen geleverd", "--letter", "kst-27925-504"))
    assert "2.000 helmen" in " ".join(hit["text"] for hit in hits)
    assert "1.000 helmen" not in " ".join(hit["text"] for hit in hits)
    assert "2 letters indexed anew" in run("reindex").stdout
    assert run("remove", "kst-27925-505").stdout == "1 removed\n"
    status = as_json(run("status", "--json"))
    assert status["letters"] == 1
    assert status["chunks"] == status["vectors"] == status["words"]
    assert status["whole"]


def test_help_comes_for_each_command(run: Run) -> None:
    for command in ("add", "ask", "search", "letters", "show", "remove", "reindex", "status"):
        assert "Usage: kamerbrief " + command in run(command, "--help").stdout


def test_all_commands_are_listed_and_told_of_as_they_tell_of_themselves(run: Run) -> None:
    made = dict[str, tuple[str, str | None]]()
    for file in {file for file, _ in COMMANDS.values()}:
        import_module(f"kamerbrief.cli.{file}").add_to(part := Typer())
        made |= {name: (file, one.help) for name, one in get_group(part).commands.items()}
    assert made == COMMANDS
    said = " ".join(run("--help").stdout.split())
    assert all(f"{name} {told}" in said for name, (_, told) in COMMANDS.items())
    assert "Did you mean 'ask'?" in run("akk", code=2).stderr


def test_a_file_in_the_place_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "file" in runner(tmp_path / "file")("status", code=1).stderr


def test_the_records_in_a_folder_as_the_official_repository_has_it_are_no_letters(tmp_path: Path) -> None:
    paper = tmp_path / "kst-27625-1"
    record = "<metadata_gegevens/>"
    for name, content in (
        ("text/kst-27625-1.txt", "Den Haag, 6 juli 2021\n\nDe dijken zijn hoog genoeg.\n"),
        ("metadata/metadata.xml", record),
        ("metadataowms/metadata_owms.xml", record),
    ):
        (paper / name).parent.mkdir(parents=True)
        (paper / name).write_text(content)
    run = runner(tmp_path / "data")
    added = run("add", paper)
    assert (added.stdout.count("added"), added.stderr) == (1, "")
    assert "metadata.xml is XML" in run("add", paper / "metadata" / "metadata.xml", code=1).stderr
    letter = added.stdout.split()[0]
    assert run("show", letter, "--references").stdout == "It refers to nothing, and no letter here refers to it.\n"


def test_a_folder_without_letters(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = runner(tmp_path / "data")("add", tmp_path / "empty", code=2).stderr
    assert f"no files in {tmp_path / 'empty'}" in told


def test_the_name_of_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\nb.txt").write_bytes(b"")
    told = runner(tmp_path / "data")("add", tmp_path / "a\x1b[31m\nb.txt", code=1).stderr
    assert "a\ufffd[31m b.txt is empty" in told
    assert len(told.splitlines()) == 1


def test_bytes_that_are_no_text(run: Run, tmp_path: Path, sample: Path) -> None:
    latin = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / latin).write_bytes(sample.read_bytes())
    assert "there already" in run("add", tmp_path / latin).stdout
    for arguments in (("ask", latin), ("show", latin), ("letters", "--ministry", latin)):
        assert "is not text: write it in UTF-8" in run(*arguments, code=2).stderr


def test_a_terminal_without_unicode_loses_signs_and_json_none(folder: Path) -> None:
    run = runner(folder, installed)
    question = ("ask", "Welke landen zijn als eerste benaderd voor de coalitie?")
    assert "?" in run(*question, PYTHONIOENCODING="ascii").stdout
    plain = run(*question, "--json", PYTHONIOENCODING="ascii").stdout
    assert plain.isascii()
    assert "ë" in json.loads(plain)["sentences"][0]["text"]


@pytest.mark.slow
def test_what_was_not_foreseen_is_one_line_too(tmp_path: Path, sample: Path) -> None:
    run = runner(tmp_path)
    run("add", sample)
    with closing(sqlite3.connect(tmp_path / "store-1" / "catalog.sqlite")) as db, db:
        db.execute("UPDATE letters SET head = '{'")
    assert len(run("letters", code=1).stderr.splitlines()) == 1


def hear_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so does all that is started by it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.slow
def test_ctrl_c_stops_with_a_word_and_leaves_the_stores_whole(tmp_path: Path, sample: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(100, 300):
        (folder / f"{number}.txt").write_bytes(sample.read_bytes().replace(b"nr. 504", b"nr. %d" % number))
    environment = {**os.environ, "KAMERBRIEF_DATA_DIR": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"}
    command = [str(PROGRAM), "add", str(folder)]
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_ctrl_c,
    ) as process:
        assert process.stdout is not None
        assert "added" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert told == "kamerbrief: stopped; letters that were added stay\n"
    assert process.returncode == 130
    status = as_json(runner(tmp_path / "data")("status", "--json"))
    assert status["whole"]
    assert 0 < status["letters"] < 200
