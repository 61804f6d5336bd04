"""The question is found in a message that a program wrapped in what it pasted."""

import json
from pathlib import Path

import pytest

from kamerbrief.http.openai.pasted import question_in
from tests.http.service import Service

Q = "Hoe hoog is de subsidie voor starters?"
PASTED = "Het kabinet trekt geld uit. Wat vindt u daarvan?\n\nVraag 3\nKunt u dat toelichten?\nDat kan."
RULE = "---------------------"


@pytest.mark.parametrize(
    "message",
    [
        f"### Task:\nRespond to the query.\n\n<context>\n<source id=1>{PASTED}</source>\n</context>\n\n{Q}",
        f"### Task:\nRespond.\n- Unclear? Ask.\n<context>\n{PASTED}\n</context>\n<user_query>\n{Q}\n</user_query>\n",
        f"{Q}\n\n<documents><document index='1'>{PASTED}</document></documents>",
        f"Context information is below.\n{RULE}\n{PASTED}\n{RULE}\nAnswer the query.\nQuery: {Q}\nAnswer: ",
        f"The original query is as follows: {Q}\nWe have an answer: no.\n{RULE}\n{PASTED}\n{RULE}\nRefined Answer: ",
        f"Use this context to answer the question at the end.\n\n{PASTED}\n\nQuestion: {Q}\nHelpful Answer:",
        f"You answer questions.\nQuestion: {Q} \nContext: {PASTED} \nAnswer:",
        f'Beantwoord de vraag hiermee:\n"""\n{PASTED}\n"""\n\nVraag: {Q}\nAntwoord:',
        f"## Context\n{PASTED}\n\n## Question\n{Q}\n",
        f"Context:\n[CONTEXT 0]:\n{PASTED}\n[END CONTEXT 0]\n\n{Q}",
        f"{Q}\n```text\n{PASTED}\n```",
        "Ik las een lang stuk. " * 200 + Q,
        f"{Q}\n\n{'Zo ging het verder. ' * 200}",
    ],
)
def test_what_is_asked_is_found_among_what_is_pasted(message: str) -> None:
    assert question_in(message).strip() == Q


@pytest.mark.parametrize(
    "message",
    [
        Q,
        f"{Q}\nEn voor wie?",
        "Wat staat er over <b>helmen</b>?\nZeg het kort.",
        "Ik las dit.\n\nKlopt het?\n\nGroet, A.",
        " ",
    ],
)
def test_a_message_in_which_nothing_is_pasted_is_the_question(message: str) -> None:
    assert question_in(message) == message


def test_an_order_without_a_question_mark_is_found_too() -> None:
    assert question_in(f"<context>{PASTED}</context>\n\nVat de brief samen.") == "Vat de brief samen."


def test_what_is_pasted_is_no_evidence(service: Service, data: Path) -> None:
    case = json.loads((data / "cases" / "chat-with-context.json").read_text())
    reply = service.http.post("/openai/v1/chat/completions", json=case).json()
    logged = service.http.get(f"/v1/questions/{reply['id'].removeprefix('chatcmpl-')}").json()
    assert (logged["question"], logged["status"]) == (Q, "not_found")
    case["messages"][0]["content"] = case["messages"][0]["content"].replace(Q, "Hoeveel helmen zijn er geleverd?")
    reply = service.http.post("/openai/v1/chat/completions", json=case).json()
    assert "1.000 helmen" in reply["choices"][0]["message"]["content"]
