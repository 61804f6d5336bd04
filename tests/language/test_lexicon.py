"""Languages as data."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kamerbrief.errors import LexiconError
from kamerbrief.language.detection import clear_language_of, language_of
from kamerbrief.language.lexicon import FOLDER, Lexicon, lexicon_of, lexicons, read_lexicon

TOY = """
[detection]
frequent = ["der", "die", "und", "ist", "nicht"]

[cues]
who = ["wir", "ich"]
will = ["{who} (?:werden|werde)", "geplant"]
"""


@pytest.fixture
def toy(tmp_path: Path) -> Lexicon:
    file = tmp_path / "de.toml"
    file.write_text(TOY, "utf-8")
    return read_lexicon(file)


def test_dutch_is_the_first_of_the_languages_that_are_known() -> None:
    assert [one.code for one in lexicons()] == ["nl", "en"]


@pytest.mark.parametrize(("code", "found"), [("en", "en"), ("nl", "nl"), ("fr", "nl"), (None, "nl")])
def test_a_letter_of_no_known_language_is_taken_for_dutch(code: str | None, found: str) -> None:
    assert lexicon_of(code).code == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("De minister heeft het niet gezegd.", "nl"),
        ("The minister has not said so.", "en"),
        ("Der Minister und die Kammer: das ist nicht so.", "de"),
        ("Irak", "nl"),
        ("Wie is de minister of state?", "nl"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_frequent_words(toy: Lexicon, text: str, code: str) -> None:
    assert language_of(text, (*lexicons(), toy)).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Op de brief van de minister is nog niet geantwoord.", "nl"),
        ("There is no answer yet to the letter of the minister.", "en"),
        ("Jansen, Pietersen, Klaassen, Willemsen, Hendriksen.", None),
        ("de het een", None),
    ],
)
def test_a_language_is_clear_in_running_text_only(text: str, code: str | None) -> None:
    found = clear_language_of(text, lexicons())
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "found"), [("Wir werden helfen.", "Wir werden"), ("GEPLANT", "GEPLANT"), ("ungeplant wir werdend", None)]
)
def test_words_of_a_table_are_found_whole_and_by_name(toy: Lexicon, text: str, found: str | None) -> None:
    match = toy.pattern("cues.will").search(text)
    assert (match[0] if match else None) == found


def test_an_empty_list_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    file.write_text("[cues]\nwho = []\n")
    assert read_lexicon(file).pattern("cues.who").search("who") is None


@pytest.mark.parametrize("ask", ["words", "pattern", "any_of", "table", "text"])
def test_what_is_missing_is_told_with_file_and_key(toy: Lexicon, ask: str) -> None:
    with pytest.raises(LexiconError, match=r"de\.toml has no \w+ cues\.when"):
        getattr(toy, ask)("cues.when")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    file.write_text("[cues")
    with pytest.raises(LexiconError, match=r"xx\.toml cannot be read"):
        read_lexicon(file)


def test_every_language_has_the_same_tables() -> None:
    first, *others = (_keys(one.data) for one in lexicons())
    assert len(first) > 3
    for one in others:
        assert one == first, FOLDER


def _keys(data: Mapping[str, object], table: str = "") -> set[str]:
    """The keys of lists, strings and tables; not what is in a table of values or of names: that is a language's own."""
    own = table in ("names.said.", "names.spellings.") or not any(
        isinstance(one, dict | list | str) for one in data.values()
    )
    found = {table} if own else set()
    for name, value in data.items() if not own else ():
        found |= _keys(value, f"{table}{name}.") if isinstance(value, dict) else {f"{table}{name}"}
    return found
