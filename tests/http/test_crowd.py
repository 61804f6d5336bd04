"""Many readers at once: everyone gets an answer, and it is the answer to their own question."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from eval.sets.cases import load_golden
from kamerbrief import Kamerbrief
from tests.http.service import Service, events, post_events, serving

pytestmark = pytest.mark.slow

READERS = 50


@pytest.fixture(scope="module")
def asked(folder: Path) -> dict[str, Any]:
    """Questions, each with the sentences that the library answers it with."""
    questions = [case.question for case in load_golden().cases if "kst-27925-504" in str(case)][:READERS]
    assert len(questions) > 10
    with Kamerbrief(folder) as kb:
        return {one: [sentence.text for sentence in kb.ask(one).sentences] for one in questions}


@pytest.mark.parametrize("streaming", [False, True], ids=["whole", "events"])
def test_nothing_is_lost_or_mixed_up_between_answers(service: Service, asked: dict[str, Any], streaming: bool) -> None:
    def ask(question: str) -> tuple[str, list[str]]:
        with httpx.Client(base_url=service.url, timeout=60) as http:
            if streaming:
                with post_events(http, question) as response:
                    answer = list(events(response))[-1].data
            else:
                answer = http.post("/v1/questions", json={"question": question}).json()
        assert answer["question"] == question
        return question, [sentence["text"] for sentence in answer["sentences"]]

    questions = (list(asked) * READERS)[: 2 * READERS]
    with ThreadPoolExecutor(READERS) as readers:
        for question, sentences in readers.map(ask, questions):
            assert sentences == asked[question]


def test_letters_are_added_while_questions_are_asked(tmp_path: Path, sample: Path, asked: dict[str, Any]) -> None:
    folder = tmp_path / "data"
    with Kamerbrief(folder) as kb:
        kb.add(sample)
    question = next(iter(asked))
    with serving(folder) as service, ThreadPoolExecutor(5) as threads:
        content = sample.read_bytes()
        files = [("files", (f"{n}.txt", content.replace(b"nr. 504", b"nr. %d" % n))) for n in range(100, 110)]
        adding = threads.submit(service.http.post, "/v1/letters", files=files)
        statuses = []
        while not adding.done():
            statuses += [service.http.post("/v1/questions", json={"question": question}).status_code]
            statuses += [service.http.get("/health/ready").status_code]
        assert adding.result().status_code == 201
        assert len(statuses) > 2
        assert set(statuses) == {201, 200}
        assert len(service.http.get("/v1/letters").json()["letters"]) == 11
