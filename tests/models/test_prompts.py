"""Prompts out of files: what they give, and how every mistake in one is told."""

from pathlib import Path
from typing import Any

import pytest

from kamerbrief.answers.excerpts import Excerpt, Numbered
from kamerbrief.errors import PromptError
from kamerbrief.models.prompts import load_prompt
from tests.conftest import ROOT

SHIPPED = ROOT / "prompts"
SOURCES = [
    Excerpt(1, "Kamerstuk 27 925, nr. 504", "Levering", (Numbered("1.1", "Er zijn 1.000 helmen geleverd."),)),
    Excerpt(2, "Brief van 3 maart 2020", "", (Numbered("2.1", "De brug is af."), Numbered("2.2", "Zij is lang."))),
]
TURNS = [{"question": "Hoe hoog is de dam?", "answer": "12 meter."}, {"question": "En hoe breed?", "answer": ""}]
GIVEN: dict[str, dict[str, Any]] = {
    "answer": {"question": "Hoeveel helmen?", "today": "3 maart 2020", "sources": SOURCES},
    "briefing": {"subject": "Irak", "most": 7, "sources": SOURCES},
    "condense": {"question": "Hoeveel helmen?", "turns": TURNS},
    "notes": {"letter": "Kamerstuk 27 925, nr. 504", "date": "10 september 2014", "sources": SOURCES},
}
FRONT = """\
name: answer
language: nl
description: Beantwoordt een vraag.
variables: [question]
schema: {type: object}
"""
BODY = "{% block system %}\nAntwoord kort.\n{% endblock %}\n{% block user %}\nVraag: {{ question }}\n{% endblock %}\n"


def in_file(folder: Path, content: str) -> Path:
    path = folder / "answer.nl.md"
    path.write_text(content, "utf-8")
    return path


def prompt_of(front: str = FRONT, body: str = BODY) -> str:
    return f"---\n{front}---\n{body}"


def test_a_prompt_is_a_system_and_a_user_message(tmp_path: Path) -> None:
    in_file(tmp_path, prompt_of())
    prompt = load_prompt(tmp_path, "answer", "nl")
    assert prompt.render(question="Wie?") == ("Antwoord kort.", "Vraag: Wie?")
    assert prompt.variables == {"question"}
    assert prompt.schema == {"type": "object"}


SHIPPED_PROMPTS = sorted(path.name.split(".")[:2] for path in SHIPPED.glob("*.md"))


def test_every_prompt_is_shipped_in_both_languages() -> None:
    assert [[name, language] for name in GIVEN for language in ("en", "nl")] == SHIPPED_PROMPTS


@pytest.mark.parametrize(("name", "language"), SHIPPED_PROMPTS)
def test_a_shipped_prompt_can_be_filled_in(name: str, language: str) -> None:
    prompt = load_prompt(SHIPPED, name, language)
    system, user = prompt.render(**GIVEN[name])
    assert len(system) > 100
    assert all(value in system + user for value in GIVEN[name].values() if isinstance(value, str))
    assert "{{" not in system + user
    assert "{%" not in system + user
    assert prompt.schema["additionalProperties"] is False  # OpenAI's strict mode wants it


@pytest.mark.parametrize(("language", "word"), [("nl", "Bron"), ("en", "Source")])
def test_the_sources_stand_in_the_prompt_with_their_labels(language: str, word: str) -> None:
    _, user = load_prompt(SHIPPED, "answer", language).render(**GIVEN["answer"])
    assert [line for line in user.splitlines() if line[:1] in ("[", word[0])] == [
        f"{word} 1: Kamerstuk 27 925, nr. 504 – Levering",
        "[1.1] Er zijn 1.000 helmen geleverd.",
        f"{word} 2: Brief van 3 maart 2020",
        "[2.1] De brug is af.",
        "[2.2] Zij is lang.",
    ]


@pytest.mark.parametrize("name", GIVEN)
def test_the_languages_of_a_prompt_ask_for_the_same_form(name: str) -> None:
    dutch, english = (load_prompt(SHIPPED, name, language) for language in ("nl", "en"))
    assert (dutch.schema, dutch.variables) == (english.schema, english.variables)
    assert dutch.hash != english.hash


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% block user %}", "{# weg #}", "{{ question.__class__ }}", "<b>&</b>", "{%"]
)
def test_what_is_put_in_is_text_and_no_template(tmp_path: Path, text: str) -> None:
    in_file(tmp_path, prompt_of())
    assert load_prompt(tmp_path, "answer", "nl").render(question=text)[1] == f"Vraag: {text}"


@pytest.mark.parametrize(("old", "new"), [("kort", "lang"), ("[question]", "[question, today]"), ("een", "één")])
def test_the_hash_tells_one_version_of_a_prompt_from_another(tmp_path: Path, old: str, new: str) -> None:
    path = in_file(tmp_path, prompt_of())
    before = load_prompt(tmp_path, "answer", "nl").hash
    assert load_prompt(tmp_path, "answer", "nl").hash == before
    path.write_text(prompt_of().replace(old, new), "utf-8")
    after = load_prompt(tmp_path, "answer", "nl").hash
    assert after != before
    assert all(len(one) == 16 and int(one, 16) for one in (before, after))


# What can be wrong in a file.

USER = BODY[BODY.index("{% block user") :]
WRONG = {
    "no front matter": (BODY, "has no front matter"),
    "an open front matter": (f"---\n{FRONT}{BODY}", "has no front matter"),
    "text before it": ("Let op\n" + prompt_of(), "has no front matter"),
    "an empty file": ("", "has no front matter"),
    "an empty front matter": (prompt_of(""), "front matter: it: "),
    "a list": (prompt_of("- name\n"), "front matter: it: "),
    "bad YAML": (prompt_of("name: [answer\n"), "front matter: expected ',' or ']'"),
    "no character of YAML": (prompt_of(FRONT + "# \x07\n"), "front matter: it is no YAML"),
    "a day that is none": (prompt_of(FRONT + "since: 2020-02-30\n"), "front matter: it is no YAML"),
    "an object of Python": (prompt_of("name: !!python/name:os.system\n"), "front matter: could not determine"),
    "an unknown key": (prompt_of(FRONT + "temperature: 1\n"), "front matter: temperature: Extra inputs"),
    "a key too few": (prompt_of(FRONT.replace("description", "schema")), "front matter: description: Field required"),
    "a name that is none": (prompt_of(FRONT.replace("answer", "7")), "front matter: name: Input should be"),
    "one variable": (prompt_of(FRONT.replace("[question]", "question")), "front matter: variables: Input should be"),
    "no system block": (prompt_of(body=USER), "has no block 'system'"),
    "no user block": (prompt_of(body=BODY.replace(USER, "")), "has no block 'user'"),
    "an undeclared variable": (prompt_of(body=BODY.replace("kort", "{{ today }}")), "uses 'today': its variables are "),
    "an open block": (prompt_of(body=BODY + "{% if question %}"), "Unexpected end of template"),
    "an unknown filter": (prompt_of(body=BODY.replace("question }", "question | shout }")), "No filter named 'shout'"),
    "another name": (prompt_of(FRONT.replace("answer", "condense")), "says it is condense.nl"),
    "another language": (prompt_of(FRONT.replace("nl", "en")), "says it is answer.en"),
}


@pytest.mark.parametrize(("content", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_with_the_file_and_the_place(tmp_path: Path, content: str, said: str) -> None:
    path = in_file(tmp_path, content)
    with pytest.raises(PromptError) as raised:
        load_prompt(tmp_path, "answer", "nl")
    assert str(raised.value).startswith(f"{path}: {said}")
    assert raised.value.hint
    assert str(raised.value).isprintable()


@pytest.mark.parametrize("there", ["nothing", "a folder", "no UTF-8"])
def test_a_file_that_cannot_be_read_is_named_with_the_setting(tmp_path: Path, there: str) -> None:
    path = tmp_path / "answer.nl.md"
    if there == "a folder":
        path.mkdir()
    elif there == "no UTF-8":
        path.write_bytes(b"---\n\xff\xfe")
    with pytest.raises(PromptError, match="KAMERBRIEF_PROMPTS_DIR") as raised:
        load_prompt(tmp_path, "answer", "nl")
    assert str(raised.value).startswith(f"{path}: cannot be read")


# What can go wrong in filling one in.


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "'question' is not given: its variables are question"),
        ({"question": "Wie?", "today": "3 maart"}, "'today' is none of its variables: its variables are question"),
        ({"vraag": "Wie?"}, "'question' is not given: its variables are question"),
    ],
    ids=["missing", "too many", "misnamed"],
)
def test_a_variable_missing_or_too_many_is_named(tmp_path: Path, values: dict[str, str], said: str) -> None:
    path = in_file(tmp_path, prompt_of())
    with pytest.raises(PromptError) as raised:
        load_prompt(tmp_path, "answer", "nl").render(**values)
    assert str(raised.value) == f"{path}: {said}"


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("{{ question.author.name }}", "has no attribute 'author'"),
        ("{{ question.__class__.__mro__ }}", "unsafe"),
        ("{{ question + 1 }}", "can only concatenate str"),
        ("{{ 1 // 0 }}", "by zero"),
        ("{% include 'other.md' %}", "no loader"),
    ],
)
def test_a_template_that_fails_is_named(tmp_path: Path, expression: str, said: str) -> None:
    path = in_file(tmp_path, prompt_of(body=BODY.replace("{{ question }}", expression)))
    with pytest.raises(PromptError, match=said) as raised:
        load_prompt(tmp_path, "answer", "nl").render(question="Wie?")
    assert str(raised.value).startswith(f"{path}: ")
