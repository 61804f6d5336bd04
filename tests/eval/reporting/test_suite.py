"""The commands of the suite, from the outside, over the sample letter."""

import io
import json
import math
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from eval.__main__ import main
from eval.paths import BASELINES
from eval.reporting import gate
from eval.reporting.measured import of_results
from eval.runs.results import Results
from eval.runs.running import load_set, measures_of
from eval.systems.run_files import SetName
from kamerbrief.records.letters import Letter
from tests.conftest import ROOT


def program(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eval", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def suite(*words: object) -> subprocess.CompletedProcess[str]:
    """The same in this process, which need not start anew."""
    command, said, complained, code = ["eval", *map(str, words)], io.StringIO(), io.StringIO(), 0
    with patch.object(sys, "argv", command), redirect_stdout(said), redirect_stderr(complained):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(command, code, said.getvalue(), complained.getvalue())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, nowhere: Path) -> Path:
    """Results of the golden set and of the set unfaithful."""
    folder = tmp_path_factory.mktemp("results")
    done = program("run", "golden", "unfaithful", "--data", nowhere, "-o", folder)
    assert done.returncode == 0, done.stderr
    assert "| gold paragraph cited |" in done.stdout
    assert "| verify: recall |" in done.stdout
    return folder


def test_the_report_holds_the_table_the_pictures_and_the_worst_cases(folder: Path, nowhere: Path) -> None:
    done = suite("report", folder / "golden", "--data", nowhere)
    assert done.returncode == 0, done.stderr
    markdown = (folder / "golden" / "report.md").read_text()
    page = (folder / "golden" / "report.html").read_text()
    assert "| gold paragraph cited |" in markdown
    assert "## By kind" in markdown
    assert "## The worst 20 cases of the dev half" in markdown
    assert "Expected: " in markdown
    assert page.count("<svg") == 2
    assert "<table>" in page
    assert not re.search(r'(?:src|href)="(?!#)', page.replace("xlink:href", ""))  # nothing from elsewhere


def test_the_report_shows_no_case_of_the_test_half_unless_asked(folder: Path, nowhere: Path) -> None:
    results = Results(folder / "golden")
    suite("report", folder / "golden", "--data", nowhere)
    hidden = (folder / "golden" / "report.md").read_text()
    done = suite("report", folder / "golden", "--data", nowhere, "--test")
    assert done.returncode == 0, done.stderr
    shown = (folder / "golden" / "report.md").read_text()
    assert shown.count("\n### ") > hidden.count("\n### ") > 0
    assert results.meta.run.split is None


def test_a_report_on_claims(folder: Path, nowhere: Path) -> None:
    done = suite("report", folder / "unfaithful", "--data", nowhere)
    assert done.returncode == 0, done.stderr
    page = (folder / "unfaithful" / "report.md").read_text()
    assert "## By kind" in page
    assert "| rule | changed | supported (wrongly) |" in page
    assert "| number |" in page


def test_a_run_compared_with_itself_has_not_changed(folder: Path) -> None:
    done = suite("compare", folder / "golden", folder / "golden")
    assert done.returncode == 0, done.stderr
    assert "+0.000 to +0.000" in done.stdout
    assert "better" not in done.stdout
    assert "rose" not in done.stdout


def test_runs_of_different_sets_are_not_compared(folder: Path) -> None:
    done = suite("compare", folder / "golden", folder / "unfaithful")
    assert done.returncode == 2
    assert "unfaithful" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_gate_passes_what_it_has_just_been_given_and_fails_what_is_worse(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "BASELINES", tmp_path)
    results, measures = Results(folder / "golden"), measures_of("golden")
    path = gate.save(results, measures)
    assert path.name == "golden-sample.json"
    baseline = gate.load(path)
    same = gate.differences(results, baseline, measures)
    assert not any(one.fails for one in same)
    assert all(one.change == 0 for one in same if not math.isnan(one.change))
    better = {case: {**row, "token F1": 1.0} for case, row in baseline.scores.items()}
    worse = gate.differences(results, baseline.model_copy(update={"scores": better}), measures)
    assert [one.measure.name for one in worse if one.fails] == ["token F1"]


def test_the_gate_tells_which_figures_of_the_pages_are_outdated(folder: Path) -> None:
    results, measures = Results(folder / "golden"), measures_of("golden")
    kept = of_results(results, measures)
    assert gate.outdated(kept, results, results.scores, measures) == []
    figures = {**kept.figures, "token F1": kept.figures["token F1"].model_copy(update={"value": 0.9994})}
    (said,) = gate.outdated(kept.model_copy(update={"figures": figures}), results, results.scores, measures)
    assert said.startswith("token F1 0.999, now 0.")
    other = kept.model_copy(update={"set_sha256": "0" * 64})
    assert gate.outdated(other, results, results.scores, measures) == []


def test_the_gate_names_cases_that_only_one_side_has(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "BASELINES", tmp_path)
    results, measures = Results(folder / "golden"), measures_of("golden")
    path = gate.save(results, measures)
    baseline = json.loads(path.read_text())
    del baseline["scores"]["a-helmen-aantal"]
    path.write_text(json.dumps(baseline))
    with pytest.raises(ValueError, match="a-helmen-aantal"):
        gate.differences(results, gate.load(path), measures)


@pytest.mark.parametrize("name", ["golden", "conversations", "record", "far-off"])
def test_the_committed_baselines_are_of_the_sets_as_they_are(
    name: SetName, documents: dict[str, Letter], sample_alone: dict[str, Letter], data: Path
) -> None:
    for state, letters in (("all", documents), ("sample", sample_alone)):
        baseline = gate.load(BASELINES / f"{name}-{state}.json")
        cases = load_set(name, letters, data).cases
        assert set(baseline.scores) == {case.id for case in cases if case.fits(letters)}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("run", "absent"), "absent.toml: cannot be read"),
        (("report", "absent"), "no results"),
        (("compare", "absent", "absent"), "no results"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(words: tuple[str, ...], complaint: str) -> None:
    done = suite(*words)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_sets_are_counted(nowhere: Path) -> None:
    done = suite("sets", "--data", nowhere)
    assert done.returncode == 0, done.stderr
    assert re.search(r"golden: \d+ cases, \d+ skipped; ", done.stdout)
    assert "injection: 80 cases, 0 skipped" in done.stdout
