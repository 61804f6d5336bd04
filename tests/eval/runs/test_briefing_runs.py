"""Runs in which briefings are written: by the library, by LexRank and TextRank, of first sentences."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.reporting import report
from eval.runs.results import Result, Results
from eval.runs.running import perform
from eval.systems.library import baseline
from eval.systems.outcomes import Outcome
from eval.systems.run_files import Run, SystemName
from kamerbrief import Kamerbrief
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.proof.sources import passage_of
from kamerbrief.records.briefings import Briefing, Commitment, Line
from kamerbrief.records.letters import Letter
from tests.eval.made import HELMETS, LETTER, briefing, line

CASE = "bf-27925-504"


def _results(run: Run, folder: Path, data: Path) -> Results:
    for _ in perform("briefings", run, folder, data, folder):
        pass
    return Results(folder)


@pytest.mark.parametrize("system", ["lead", "lexrank", "textrank"])
def test_a_baseline_is_measured(system: SystemName, tmp_path: Path, nowhere: Path) -> None:
    if system != "lead":
        pytest.importorskip("sumy", reason="the extra peers is not installed")
    results = _results(Run(set="briefings", system=system, words=200), tmp_path, nowhere)
    assert results.meta.system["system"] == system
    scores = results.scores[CASE]
    assert 150 < scores["words"] <= 200
    assert scores["lines with a valid citation"] == 1.0
    assert 0 < scores["redundancy"] < 1
    assert scores["seconds"] > 0
    assert not any(name.startswith(("promises", "figures", "events")) for name in scores)
    assert "| vital facts covered |" in report.write(results, nowhere)[0].read_text()


@pytest.mark.parametrize("system", ["lexrank", "textrank"])
def test_sentences_are_chosen_from_the_whole_letter_in_its_order(
    system: SystemName, sample_alone: dict[str, Letter]
) -> None:
    pytest.importorskip("sumy", reason="the extra peers is not installed")
    letter = sample_alone[LETTER]
    write, described = baseline(system)
    chosen = [proof for line in write([letter], 150) for proof in line.citations]
    places = [(proof.paragraph or 0, proof.start) for proof in chosen]
    assert places == sorted(places)
    assert max(places)[0] > 5
    for proof in chosen:
        paragraph = passage_of(letter, proof.paragraph).unit
        assert proof.text == paragraph.text
        assert (proof.start, proof.end) in sentences(paragraph.text, lexicon_of(letter.language))
    assert described["sumy"]
    assert list(write([letter], 0)) == []


def test_the_library_is_asked_for_a_briefing_of_each_case(
    tmp_path: Path, nowhere: Path, sample_alone: dict[str, Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = briefing(
        in_short=(line(sample_alone, 9, HELMETS, Line),),
        commitments=(line(sample_alone, 8, "zal het kabinet bezien", Commitment, who="kabinet"),),
        model="some-model",
    )
    asked: list[tuple[tuple[str, ...], str]] = []

    def brief(_: Kamerbrief, ids: Sequence[str] = (), *, length: str = "short", **other: Any) -> Briefing:
        assert other == {"confirmed": True}  # a run is asked for by hand
        asked.append((tuple(ids), length))
        return made

    monkeypatch.setattr(Kamerbrief, "brief", brief)
    results = _results(Run(set="briefings"), tmp_path, nowhere)
    assert asked == [((LETTER,), "normal")]
    assert results.results[CASE].outcome.briefing == made
    scores = results.scores[CASE]
    assert scores["words"] == len(HELMETS.split())
    assert scores["promises: found"] == scores["promises: found, and met"] == 1
    assert scores["promises: gold"] == 3
    assert scores["seconds"] >= 0
    page = report.write(results, nowhere)[0].read_text()
    assert "| promises: recall | 0.333 |" in page
    assert "models: some-model" in page


def test_results_from_before_there_were_whole_briefings_can_be_read(sample_alone: dict[str, Letter]) -> None:
    write, _ = baseline("lead")
    lines = tuple(write([sample_alone[LETTER]], 100))
    before = Outcome(lines=lines).model_dump_json(exclude={"briefing", "seconds"})
    result = Result.model_validate_json(f'{{"case": "{CASE}", "outcome": {before}, "scores": {{}}}}')
    assert result.outcome.shown == lines
    assert Outcome().shown is None
