"""Runs in which a language model writes."""

import json
from pathlib import Path

import pytest

from eval.checked import EvalError
from eval.reporting import report
from eval.runs.results import Results
from eval.runs.running import perform
from eval.systems.run_files import Run, load_run
from tests.servers import USAGE, piece, scripted_server, streams

INVENTED = json.dumps({"sentences": [{"sources": ["1.1"], "text": "Nederland leverde 7.777 helmen aan Atlantis."}]})


@pytest.mark.slow
def test_what_a_model_wrote_is_measured_before_and_after_verify(
    tmp_path: Path, nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = streams(piece(INVENTED), piece(finish_reason="stop"), USAGE, b"[DONE]")
    run = Run(set="golden", split="dev", writer="model", model="some-model", context=4000)
    with scripted_server(reply) as server:
        monkeypatch.setenv("KAMERBRIEF_CHAT_BASE_URL", server.url)
        for _ in perform("model", run, tmp_path, nowhere, tmp_path):
            pass
    results = Results(tmp_path)
    assert server.requests
    assert results.meta.settings["chat_model"] == "some-model"
    for result in results.results.values():
        assert result.outcome.answer
        assert result.outcome.answer.tokens == 13
        assert result.scores["draft: sentences let out"] == 0
        assert "7.777" not in " ".join(sentence.text for sentence in result.outcome.answer.sentences)
    page = report.write(results, nowhere)[0].read_text()
    assert f"| number | {len(results.results)} | 1.000 |" in page
    assert "models: some-model" in page


@pytest.mark.parametrize("lines", ['writer = "model"', 'model = "qwen"'])
def test_a_model_has_a_name_and_only_a_model(tmp_path: Path, lines: str) -> None:
    path = tmp_path / "run.toml"
    path.write_text(f'set = "golden"\n{lines}\n')
    with pytest.raises(EvalError, match="only a model, has a name"):
        load_run(path)
