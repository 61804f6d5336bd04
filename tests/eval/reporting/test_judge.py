import json
from pathlib import Path

import pytest

from eval.checked import EvalError
from eval.reporting.judge import Judged, agreement, judge, write
from eval.runs.results import Results
from eval.runs.running import perform
from eval.sets.cases import Case, load_golden
from eval.systems.run_files import Run
from kamerbrief.models.openai_client import OpenAIClient
from tests.servers import Reply, scripted_server


def _says(content: str) -> Reply:
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    usage = {"prompt_tokens": 9, "completion_tokens": 1, "total_tokens": 10}
    return Reply(
        body={"id": "1", "object": "chat.completion", "model": "j", "created": 1, "choices": [choice]}
        | {"usage": usage}
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, nowhere: Path) -> Results:
    folder = tmp_path_factory.mktemp("judged")
    for _ in perform("dev", Run(set="golden", split="dev"), folder, nowhere, folder):
        pass
    return Results(folder)


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return {case.id: case for case in load_golden().cases}


def test_the_judge_sees_the_fact_and_the_answer_and_not_the_spellings(
    results: Results, cases: dict[str, Case], tmp_path: Path
) -> None:
    with scripted_server(_says('{"stated": true}'), _says('{"stated": false}'), _says("Well …")) as server:
        client = OpenAIClient(server.url)
        judged = list(judge(results, cases, client, "a-judge"))
    assert judged[0].stated[0] is True
    assert judged[-1].stated[-1] is None  # the last reply from then on
    asked = json.loads(server.requests[0]["messages"][1]["content"])
    assert set(asked) == {"fact", "answer"}
    assert server.requests[0]["response_format"]["type"] == "json_schema"
    summary = agreement("a-judge", judged)
    assert summary.nuggets == 2
    assert summary.senseless == len(server.requests) - 2
    assert json.loads(write(tmp_path, judged, summary).read_text())["agreement"]["judge"] == "a-judge"


def test_a_model_does_not_judge_itself(results: Results, cases: dict[str, Case]) -> None:
    case, result = next((c, r) for c, r in results.results.items() if r.outcome.answer and r.outcome.answer.sentences)
    answer = result.outcome.answer
    assert answer is not None
    mine = result.outcome.model_copy(update={"answer": answer.model_copy(update={"model": "a-judge"})})
    results.results[case] = result.model_copy(update={"outcome": mine})
    with pytest.raises(EvalError, match="another model"):
        list(judge(results, cases, OpenAIClient("http://127.0.0.1:9/v1"), "a-judge"))


def test_agreement_is_that_of_the_textbook() -> None:
    # Cohen 1960: observed 0.7, by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5
    spelled = (True,) * 5 + (False,) * 5
    stated = (True, True, True, True, False, True, True, False, False, False)
    found = agreement("j", [Judged(case="c", spelled=spelled, stated=stated)])
    assert found.agreement == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)


def test_a_judge_without_sense_is_told() -> None:
    with pytest.raises(EvalError, match="chat model"):
        agreement("j", [Judged(case="c", spelled=(True,), stated=(None,))])
