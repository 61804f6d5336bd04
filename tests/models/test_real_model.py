"""The client with a real language model: small and ignorant, but nobody scripted what it says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from eval.metrics.citations import invented
from kamerbrief.library import Kamerbrief
from kamerbrief.models.chat import ChatRequest
from kamerbrief.models.openai_client import OpenAIClient
from kamerbrief.records.answers import Sentence
from kamerbrief.records.letters import key_of
from kamerbrief.settings import load
from tests.servers import smollm2_server

QUESTIONS = [
    "Hoeveel helmen heeft Nederland geleverd aan de Koerden?",
    "Wie leidt de nieuwe Iraakse regering?",
    "Wat kost de missie?",
]


class Verdict(BaseModel):
    model_config = ConfigDict(extra="forbid")

    found: bool
    paragraphs: list[Literal[3, 7, 9]] = Field(min_length=1, max_length=2)
    minister: Literal["Defensie", "Financiën"]


@pytest.fixture(scope="module")
def smollm2_url() -> Iterator[str]:
    with smollm2_server() as url:
        yield url


def test_a_real_model_is_held_to_the_schema(smollm2_url: str) -> None:
    client = OpenAIClient(smollm2_url)
    request = ChatRequest(
        model="smollm2",
        system="Beantwoord de vraag.",
        user="In welke alinea staat wat de missie kost?",
        schema=Verdict.model_json_schema(),
        max_tokens=300,  # it took up to 121 of them: llama.cpp lets it put blanks between the marks of JSON
    )

    reply = client.chat(request)

    assert (reply.mode, reply.finished) == ("schema", "stop")
    Verdict.model_validate_json(reply.text)
    assert client.tokens_used == reply.prompt_tokens + reply.completion_tokens > 20


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_unproven_comes_out_of_a_model_that_invents(
    smollm2_url: str, tmp_path: Path, sample: Path, question: str
) -> None:
    settings = load(
        data_dir=tmp_path, chat_model="smollm2", chat_base_url=smollm2_url, chat_context=1500, chat_reserve=150
    )
    with Kamerbrief(settings=settings) as kb:
        kb.add(sample)
        answer = kb.ask(question)
        text = {key_of("kst-27925-504", one): one.text for one in kb.letter("kst-27925-504").paragraphs}
        assert answer.model == "smollm2"
        assert answer.draft or answer.failure
        for sentence in answer.sentences:
            assert all(text[one.key][one.start : one.end] == one.quote for one in sentence.citations)
            assert not list(invented(sentence, question))
            sources = [one.key for one in sentence.citations]
            assert isinstance(kb.check(sentence.text, sources, question=question), Sentence)


@pytest.mark.slow
def test_nothing_unproven_comes_into_a_briefing(smollm2_url: str, tmp_path: Path, sample: Path) -> None:
    settings = load(
        data_dir=tmp_path, chat_model="smollm2", chat_base_url=smollm2_url, chat_context=4000, chat_reserve=300
    )
    with Kamerbrief(settings=settings) as kb:
        kb.add(sample)
        briefing = kb.brief(["kst-27925-504"])
        text = {key_of("kst-27925-504", one): one.text for one in kb.letter("kst-27925-504").paragraphs}
    assert briefing.model == "smollm2"
    assert briefing.tokens or briefing.failures
    for line in (*briefing.in_short, *briefing.decided, *briefing.commitments, *briefing.open_points):
        assert all(text[one.key][one.start : one.end] == one.quote for one in line.citations)
        assert not list(invented(Sentence(text=line.text, citations=line.citations), ""))
