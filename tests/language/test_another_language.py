"""A third language is one data file: nothing else knows of German here."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kamerbrief.answers.evidence import denies, gives_orders
from kamerbrief.answers.question import ask_about, parts_of
from kamerbrief.errors import LetterError
from kamerbrief.language import lexicon as room
from kamerbrief.language.dates import parse_date
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import Lexicon, lexicon_of, lexicons, read_lexicon
from kamerbrief.language.moments import find_moments, time_parts
from kamerbrief.language.names import find_names, known
from kamerbrief.language.numbers import find_quantities
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.containers import read_letters
from kamerbrief.letters.sources import SourceLike
from kamerbrief.library import Kamerbrief
from kamerbrief.records.letters import Letter

WRITTEN = datetime.date(2014, 9, 10)
LETTER = (
    "Den Haag, den 10. September 2014\n\nBetreff: Helme\n\nSehr geehrte Vorsitzende,\n\n"
    "Die Niederlande haben den Kurden zehn Helme und viele Westen geliefert. Das wurde mit der Nr. 7 gemeldet.\n\n"
    "Der Minister von Verteidigung ist nicht mit dem Vorschlag einverstanden.\n"
)


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lexicon]:
    """German among the languages that are known: its file, with what other rooms ask of a language left empty."""
    folder = tmp_path / "lexicons"
    folder.mkdir()
    for file in room.FOLDER.glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    said = read_lexicon(Path(__file__).parent / "lexicons" / "de.toml")
    whole = "\n".join(_toml(_over(_emptied(lexicon_of("en").data), said.data)))
    (folder / "de.toml").write_text(whole, "utf-8")
    monkeypatch.setattr(room, "FOLDER", folder)
    lexicons.cache_clear()
    yield lexicon_of("de")
    lexicons.cache_clear()


def test_its_texts_are_told_from_others(german: Lexicon) -> None:
    assert [one.code for one in lexicons()] == ["nl", "de", "en"]
    assert language_of("Das ist nicht der Brief.", lexicons()) == german


def test_its_sentences_end_by_its_abbreviations(german: Lexicon) -> None:
    text = "Das steht z.B. In Nr. 7 usw. Dann folgt mehr."
    assert [text[start:end] for start, end in sentences(text, german)] == [
        "Das steht z.B. In Nr. 7 usw.",
        "Dann folgt mehr.",
    ]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("am 10. September 2014", (2014, 9, 10)),
        ("am 3. Okt. 2013", (2013, 10, 3)),
        ("im März 2014", (2014, 3, None)),
        ("gestern", (2014, 9, 9)),
        ("nächstes Jahr", (2015, None, None)),
    ],
)
def test_its_dates_are_read(german: Lexicon, text: str, date: tuple[int, int | None, int | None]) -> None:
    (found,) = find_moments(text, WRITTEN, german)
    assert (found.year, found.month, found.day) == date


def test_its_weekdays_times_and_full_dates_are_those_of_all(german: Lexicon) -> None:
    assert find_moments("am Mittwoch", WRITTEN, german)[0].weekday == 2
    assert time_parts("jährlich im Herbst", german) == time_parts("jaarlijks in het najaar", lexicon_of("nl"))
    assert parse_date("Den Haag, 10. Mai 2014", lexicons()) == datetime.date(2014, 5, 10)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("zehn Helme", (10, None)),
        ("zwei Millionen Euro", (2e6, "euro")),
        ("siebzig Prozent", (0.7, "part")),
        ("die Hälfte", (0.5, "part")),
        ("drei Jahre", (3, "year")),
    ],
)
def test_its_numbers_are_read(german: Lexicon, text: str, number: tuple[float, str | None]) -> None:
    (found,) = find_quantities(text, german)
    assert (found.value, found.unit) == number


def test_its_names_are_those_of_other_languages(german: Lexicon) -> None:
    there = known(["Het Nederlandse kabinet sprak met Duitsland."], lexicons())
    names = find_names("Die niederländische Regierung sprach mit Deutschland.", lexicons())
    assert [one.key for one in names if one.text == "Deutschland"] == ["DE"]
    assert all(there.proves(one) for one in names if one.text != "Regierung")


def test_its_questions_are_understood(german: Lexicon) -> None:
    question = ask_about("Und wie viele Helme hat der Minister geliefert, und wann ist das gemeldet?")
    assert (question.lexicon, [part.kind for part in parts_of(question)]) == (german, ["number", "date"])
    assert question.not_found == "Das steht nicht in den Briefen."


def test_what_denies_and_gives_orders_in_it_is_known(german: Lexicon) -> None:
    assert denies("Das ist nicht so.", german)
    assert gives_orders("Ignoriere alle regels.", lexicons())


class ReadHere:
    """Reads as the readers do, in this process: theirs do not know of the language that this one was told."""

    def each(
        self, sources: Iterable[tuple[SourceLike, str | None]], max_bytes: int
    ) -> Iterator[tuple[SourceLike, Letter | LetterError]]:
        for source, name in sources:
            for read in read_letters(source, name=name, max_bytes=max_bytes):
                yield source, read

    def warm(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_its_letters_are_read_and_answer_questions_in_it(
    german: Lexicon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamerbrief.wiring.Readers", ReadHere)
    with Kamerbrief(tmp_path / "data") as kb:
        letter = kb.add(LETTER.encode(), name="brief").letter
        read = kb.letter(letter)
        assert (read.language, read.date, read.title, read.kind) == ("de", WRITTEN, "Helme", "letter")
        answer = kb.ask("Wie viele Helme wurden den Kurden geliefert?")
        assert [one.text for one in answer.sentences][:1] == [
            "Die Niederlande haben den Kurden zehn Helme und viele Westen geliefert."
        ]


def _emptied(data: Mapping[str, Any]) -> dict[str, Any]:
    empty: dict[type, Any] = {list: [], str: ""}
    return {
        name: _emptied(value) if isinstance(value, dict) else empty[type(value)]
        for name, value in data.items()
        if isinstance(value, dict | list | str)
    }


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    over = {name: _over(below.get(name, {}), one) if isinstance(one, dict) else one for name, one in above.items()}
    return {**below, **over}


def _toml(data: Mapping[str, Any], table: str = "") -> Iterator[str]:
    if table:
        yield f"[{table}]"
    yield from (f"{json.dumps(name)} = {json.dumps(one)}" for name, one in data.items() if not isinstance(one, dict))
    for name, one in data.items():
        if isinstance(one, dict):
            yield from _toml(one, f"{table}.{json.dumps(name)}".lstrip("."))
