"""Drafts of a language model over real HTTP: how it is asked, and what becomes of each way in which it can fail."""

import datetime
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from kamerbrief.answers.chat_writer import MARGIN, ChatWriter, TokenBudget
from kamerbrief.answers.question import ask_about
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.errors import (
    ContextTooLongError,
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelSenselessError,
    ModelUnavailableError,
)
from kamerbrief.letters.reading import read_letter
from kamerbrief.models.openai_client import OpenAIClient
from kamerbrief.models.prompts import load_prompt
from kamerbrief.models.spending import Usage
from kamerbrief.models.writing import Writing
from kamerbrief.proof.sources import Sources, cut, passage_of
from kamerbrief.records.answers import DraftSentence, Turn
from tests.asking import DONE, refusal
from tests.conftest import ROOT, SAMPLE
from tests.servers import USAGE, Reply, Scripted, piece, says, scripted_server, streams

PROMPTS = ROOT / "prompts"
QUESTION = ask_about("Hoeveel helmen heeft Nederland geleverd?")
TODAY = datetime.date(2026, 3, 3)
LETTER = read_letter(SAMPLE)
PASSAGES = [passage_of(LETTER, paragraph.number) for paragraph in LETTER.paragraphs]
SOURCES = cut(PASSAGES)
HELMETS = DraftSentence(text="Er zijn 1.000 helmen geleverd.", labels=("1.1",))
VESTS = DraftSentence(text="Er zijn 500 vesten geleverd.", labels=("1.2", "2.1"))
WHOLE = json.dumps({"sentences": [{"sources": list(one.labels), "text": one.text} for one in (HELMETS, VESTS)]})
FIRST = WHOLE[: WHOLE.index("}") + 1]
EVENTS = {"Content-Type": "text/event-stream"}
TOO_LONG = refusal("too many tokens", code="context_length_exceeded")


def told(text: str, finish: str | None = "stop", *, size: int = 7, usage: bool = True) -> Reply:
    """A stream of this text in small pieces. Without `finish` it breaks off."""
    chunks: list[Any] = [piece(text[at : at + size]) for at in range(0, len(text), size)]
    end = [piece(None, finish), *([USAGE] if usage else []), DONE] if finish else []
    return streams(*chunks, *end)


def event(content: str | None, finish: str | None = None) -> bytes:
    return b"data: %s\n\n" % json.dumps(piece(content, finish)).encode()


def write(
    server: Scripted,
    *,
    sources: Sources = SOURCES,
    context: int = 8000,
    usage: Usage | None = None,
    prepare: Callable[[Sequence[str]], None] = lambda _: None,
) -> Writing:
    client = OpenAIClient(server.url, max_retries=0)
    writer = ChatWriter(client, "some-model", PROMPTS, TokenBudget(context=context, reserve=500))
    return writer.write(QUESTION, sources, TODAY, usage or Usage(), prepare)


def user_message(server: Scripted, number: int) -> str:
    return str(server.requests[number]["messages"][1]["content"])


def sources_asked(server: Scripted) -> list[int]:
    """How many sources each request held."""
    return [len(re.findall("^Bron ", user_message(server, n), re.M)) for n in range(len(server.requests))]


def test_a_draft_comes_with_its_tokens_its_mode_and_its_prompt() -> None:
    usage = Usage()
    with scripted_server(told(WHOLE)) as server:
        writing = write(server, usage=usage)
        assert list(writing) == [HELMETS, VESTS]

    assert (writing.result.mode, writing.result.failure) == ("schema", None)
    assert (usage.prompt, usage.completion, usage.total) == (9, 4, 13)
    prompt, (request,) = load_prompt(PROMPTS, "answer", "nl"), server.requests
    assert writing.result.prompt == prompt.hash
    assert (request["model"], request["max_tokens"]) == ("some-model", 500)
    assert request["response_format"]["json_schema"]["schema"] == prompt.schema


def test_the_model_is_asked_with_the_letters_in_numbered_sentences() -> None:
    with scripted_server(told(WHOLE)) as server:
        list(write(server))
    lines = user_message(server, 0).splitlines()
    assert lines[-2:] == ["Vandaag is het 3 maart 2026.", f"Vraag: {QUESTION.text}"]
    assert "Bron 5: Kamerstuk 27 925, nr. 504 – Humanitair" in lines
    assert next(line for line in lines if "70 procent" in line).startswith("[5.2] De door Defensie ingevlogen")


def test_no_answer_is_an_empty_draft() -> None:
    usage = Usage()
    with scripted_server(told('{"sentences": []}')) as server:
        writing = write(server, usage=usage)
        assert list(writing) == []
    assert (writing.result.failure, usage.total, len(server.requests)) == (None, 13, 1)


def test_a_sentence_comes_out_while_the_model_writes_the_next() -> None:
    came: list[DraftSentence] = []

    def body() -> Iterator[bytes]:
        yield event(FIRST)
        while not came:
            yield b": waiting\n\n"
        yield event(WHOLE.removeprefix(FIRST))
        yield event(None, "stop")

    with scripted_server(Reply(body=body(), headers=EVENTS)) as server:
        for sentence in write(server):
            came.append(sentence)
    assert came == [HELMETS, VESTS]


def test_the_labels_are_there_before_the_text() -> None:
    prepared: list[Sequence[str]] = []
    with scripted_server(told(WHOLE)) as server:
        drafts = iter(write(server, prepare=prepared.append))
        assert next(drafts) == HELMETS
        assert prepared == [("1.1",)]
        assert next(drafts) == VESTS
    assert [labels for labels in prepared if labels] == [("1.1",), ("1.2",), ("1.2", "2.1")]


@pytest.mark.parametrize("context", [2000, 2500, 3000])
def test_question_and_answer_together_keep_within_the_context(context: int) -> None:
    with scripted_server(told(WHOLE)) as server:
        list(write(server, context=context))
    asked = "".join(message["content"] for message in server.requests[0]["messages"])
    assert count_tokens(asked) * MARGIN + 500 <= context
    assert 1 < sources_asked(server)[0] < len(PASSAGES)


# Failures, and what is tried again.

BROKEN_OFF = [
    pytest.param(streams(piece('{"sentences": [{"sour')), id="no end"),
    pytest.param(streams(piece('{"sentences": [{"sour'), missing=9), id="cut"),
    pytest.param(streams(piece('{"sentences": [{"sour'), {"error": {"message": "out of memory"}}), id="error"),
]
SENSELESS = [
    pytest.param(told("Er zijn 1.000 helmen geleverd."), id="prose"),
    pytest.param(told('{"answer": "1.000 helmen"}'), id="other JSON"),
    pytest.param(told("[" * 500), id="brackets"),
]


@pytest.mark.parametrize("bad", [*BROKEN_OFF, *SENSELESS])
def test_a_reply_without_a_first_sentence_is_asked_for_once_more(bad: Reply) -> None:
    usage = Usage()
    with scripted_server(bad, told(WHOLE)) as server:
        writing = write(server, usage=usage)
        assert list(writing) == [HELMETS, VESTS]
    assert writing.result.failure is None
    assert len(server.requests) == 2
    again = user_message(server, 1).removeprefix(user_message(server, 0))
    assert again.strip().startswith("Reply with JSON of this form")
    assert usage.total > 13


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        *[pytest.param(*case.values, ModelUnavailableError, id=case.id) for case in BROKEN_OFF],
        *[pytest.param(*case.values, ModelSenselessError, id=case.id) for case in SENSELESS],
    ],
)
def test_the_second_time_it_has_failed(bad: Reply, kind: type[ModelError]) -> None:
    with scripted_server(bad) as server:
        written = write(server).finish()
    assert (type(written.failure), written.sentences) == (kind, ())
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        pytest.param(refusal("bad key", 401), ModelRejectedError, id="key"),
        pytest.param(refusal("filtered", code="content_filter"), ModelRefusedError, id="filter"),
        pytest.param(refusal("broken", 500), ModelUnavailableError, id="500"),
        pytest.param(Reply(0), ModelUnavailableError, id="dropped"),
        pytest.param(told('{"sentences": [{"sources": ["1.1"], "te', "length"), ModelSenselessError, id="cut off"),
    ],
)
def test_what_would_fail_again_is_not_asked_again(reply: Reply, kind: type[ModelError]) -> None:
    with scripted_server(reply) as server:
        written = write(server).finish()
    assert (type(written.failure), written.sentences) == (kind, ())
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("behind", "kind"),
    [
        pytest.param([], ModelUnavailableError, id="no end"),
        pytest.param([{"error": {"message": "out of memory"}}], ModelUnavailableError, id="error"),
        pytest.param([piece(", }}}"), piece(None, "stop"), DONE], ModelSenselessError, id="damaged"),
        pytest.param([piece(None, "content_filter"), DONE], ModelRefusedError, id="filter"),
        pytest.param([{"error": {"type": "exceed_context_size_error"}}], ContextTooLongError, id="too long"),
    ],
)
def test_after_the_first_sentence_the_draft_ends_where_it_broke(behind: list[Any], kind: type[ModelError]) -> None:
    with scripted_server(streams(piece(FIRST), *behind)) as server:
        writing = write(server)
        assert list(writing) == [HELMETS]
    assert type(writing.result.failure) is kind
    assert len(server.requests) == 1


def test_what_the_token_limit_cut_off_keeps_its_complete_sentences() -> None:
    with scripted_server(told(WHOLE[:-9], "length")) as server:
        writing = write(server)
        assert list(writing) == [HELMETS]
    assert writing.result.failure is None


def test_a_request_too_long_for_the_model_is_asked_with_fewer_sources() -> None:
    with scripted_server(TOO_LONG, TOO_LONG, told(WHOLE)) as server:
        writing = write(server, context=100_000)
        assert list(writing) == [HELMETS, VESTS]
    first, second, third = sources_asked(server)
    assert first == len(PASSAGES) > second > third > 0
    assert "Reply with JSON" not in user_message(server, 2)


def test_a_request_that_cannot_be_shorter_is_not_repeated() -> None:
    with scripted_server(TOO_LONG) as server:
        written = write(server, context=1_000_000).finish()
    assert isinstance(written.failure, ContextTooLongError)
    asked = sources_asked(server)
    assert asked[0] == len(PASSAGES)
    assert asked[-1] == 1
    assert asked == sorted(set(asked), reverse=True)


def forever(start: str) -> Iterator[bytes]:
    yield event(start)
    while True:
        yield event(f", {json.dumps({'sources': ['1.1'], 'text': HELMETS.text})}")


def test_a_model_that_repeats_itself_is_stopped() -> None:
    usage = Usage()
    with scripted_server(Reply(body=forever(FIRST), headers=EVENTS)) as server:
        writing = write(server, usage=usage)
        assert list(writing) == [HELMETS]
        assert server.left.wait(60)
    assert writing.result.failure is None
    assert count_tokens(FIRST) < usage.completion < 3 * count_tokens(FIRST)


def test_who_leaves_the_draft_stops_the_model() -> None:
    def body() -> Iterator[bytes]:
        yield event(FIRST)
        while True:
            yield event(" ")

    usage = Usage()
    with scripted_server(Reply(body=body(), headers=EVENTS)) as server:
        writing = write(server, usage=usage)
        assert next(writing) == HELMETS
        del writing
        assert server.left.wait(60)
    assert usage.completion >= count_tokens(FIRST)


def test_tokens_are_estimated_where_the_server_does_not_count() -> None:
    usage = Usage()
    with scripted_server(told(WHOLE, usage=False)) as server:
        writing = write(server, usage=usage)
        list(writing)
    asked = "".join(message["content"] for message in server.requests[0]["messages"])
    assert (usage.prompt, usage.completion) == (count_tokens(asked), count_tokens(WHOLE))


def test_the_tokens_of_all_tries_are_counted_together() -> None:
    usage = Usage()
    with scripted_server(told("Ja."), told(WHOLE)) as server:
        writing = write(server, usage=usage)
        list(writing)
    assert (usage.prompt, usage.completion) == (18, 8)


@pytest.mark.parametrize(
    ("reply", "question"), [('{"question": "Hoe hoog is de dam?"}', "Hoe hoog is de dam?"), ("", "")]
)
def test_a_question_is_condensed_out_of_the_turns_before(reply: str, question: str) -> None:
    usage = Usage()
    with scripted_server(Reply(body=says(reply or "Ja."))) as server:
        writer = ChatWriter(OpenAIClient(server.url), "some-model", PROMPTS, TokenBudget(8000, 500))
        turns = [Turn(question="Waar ligt de [dam]?", answer="In Mosul.\nVraag: nee")]
        assert writer.condense(ask_about("En hoe hoog is hij?"), turns, usage) == question
    assert usage.total == 13
    assert user_message(server, 0).splitlines() == [
        "Eerdere vraag: Waar ligt de (dam)?",
        "Antwoord: In Mosul. Vraag: nee",
        "",
        "Laatste vraag: En hoe hoog is hij?",
    ]
