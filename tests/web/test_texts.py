"""What the page says: the same in both languages, and all of it."""

import re
import tomllib
from typing import Any

import pytest

from kamerbrief.web.texts import LANGUAGES, accepted_language, language_of
from tests.conftest import ROOT

WEB = ROOT / "service" / "kamerbrief" / "web"


def named(texts: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """All texts by their whole names, "ask.button"."""
    found: dict[str, str] = {}
    for name, one in texts.items():
        found |= named(one, f"{prefix}{name}.") if isinstance(one, dict) else {prefix + name: one}
    return found


TEXTS = {code: named(tomllib.loads((WEB / "texts" / f"{code}.toml").read_text())) for code in LANGUAGES}


def test_both_languages_say_the_same_things_with_the_same_gaps() -> None:
    dutch, english = TEXTS["nl"], TEXTS["en"]
    assert dutch.keys() == english.keys()
    gaps = re.compile(r"\{(\w+)\}")
    assert [name for name in dutch if set(gaps.findall(dutch[name])) != set(gaps.findall(english[name]))] == []


def test_what_the_templates_name_is_there() -> None:
    templates = "".join(path.read_text() for path in WEB.glob("templates/**/*.html"))
    words = set(re.findall(r"\bt((?:\.\w+)+)", templates))
    parts = [name.split(".") for name in TEXTS["nl"]]
    tables = {".".join(one[:length]) for one in parts for length in range(1, len(one))}
    known = {*TEXTS["nl"], *tables}
    assert len(words) > 20
    assert [word for word in sorted(words) if word[1:].removesuffix(".named") not in known] == []


def test_every_rule_that_stops_a_sentence_has_its_words() -> None:
    code = "".join(path.read_text() for path in (ROOT / "service" / "kamerbrief" / "proof").glob("**/*.py"))
    rules = set(re.findall(r'Broken\("([\w-]+)"', code)) | {"off-topic"}
    assert len(rules) > 10
    assert rules <= {name.removeprefix("rules.") for name in TEXTS["nl"]}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("de,fr;q=0.9", None),
        ("de,en;q=0.3,nl;q=0.7", "nl"),
        ("nl;q=0,en;q=0.1", "en"),
        ("", None),
        ("en;q=much,nl", "nl"),
    ],
)
def test_the_first_language_of_the_browser_that_there_is(header: str, language: str | None) -> None:
    assert accepted_language(header) == language


def test_what_was_chosen_goes_before_what_the_browser_says() -> None:
    assert language_of("en", "nl", "nl") == "en"
    assert language_of(None, "en", "nl") == "en"
    assert language_of("xx", None, "de") == "nl"
