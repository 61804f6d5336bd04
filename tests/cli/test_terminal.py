"""How records look, on a terminal and on none."""

import re
from datetime import UTC, datetime

import pytest

from kamerbrief.cli.changes import show_changes
from kamerbrief.cli.terminal import count, printable, show_answer
from kamerbrief.http.mcp.results import answer_text
from kamerbrief.http.openai.completion import CitedText
from kamerbrief.http.openai.structured import as_known
from kamerbrief.records.answers import Answer, Citation, Focus, Sentence
from kamerbrief.records.letters import Filters
from kamerbrief.records.versions import Changes, Compared, Stretch

TEXT = "Er is hulp geboden. Nederland heeft 1.000 helmen geleverd. De goederen zijn er."
QUOTE = "Nederland heeft 1.000 helmen geleverd."
URL = "https://zoek.officielebekendmakingen.nl/kst-27925-504.html"


def answer(text: str = TEXT, quote: str = QUOTE) -> Answer:
    start = text.index(quote)
    citation = Citation(
        letter="kst-27925-504",
        paragraph=9,
        label="Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 9",
        heading="Levering van materiaal",
        url=URL,
        text=text,
        start=start,
        end=start + len(quote),
        quote=quote,
    )
    return Answer(
        id="1",
        asked_at=datetime(2014, 9, 11, tzinfo=UTC),
        question="Hoeveel helmen?",
        filters=Filters(),
        status="answered",
        sentences=(Sentence(text=quote, citations=(citation,)),),
        confidence=0.9,
        writer="extractive",
        embedder="e5",
    )


@pytest.fixture
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.usefixtures("_wide")
def test_where_there_is_no_colour_the_quote_stands_between_marks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answer(answer())
    assert capsys.readouterr().out.splitlines() == [
        f"{QUOTE} [1]",
        "",
        "[1] Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 9",
        "    Levering van materiaal",
        f"    {URL}",
        f"    {TEXT.replace(QUOTE, f'»{QUOTE}«')}",
    ]
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal …
    monkeypatch.setenv("NO_COLOR", "1")  # … whose user wants none
    show_answer(answer())
    assert f"»{QUOTE}«" in capsys.readouterr().out


@pytest.mark.usefixtures("_wide")
def test_in_colour_the_quote_is_marked_by_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    show_answer(answer())
    said = capsys.readouterr().out
    assert f"\x1b[30;43m{QUOTE}\x1b[0m" in said
    assert "»" not in said


@pytest.mark.usefixtures("_wide")
def test_the_words_that_answer_are_bold_and_the_text_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer()
    start = QUOTE.index("1.000 helmen")
    focus = Focus(start=start, end=start + len("1.000 helmen"))
    told = [one.model_copy(update={"focus": focus}) for one in found.sentences]
    focused = found.model_copy(update={"sentences": (*told, *found.sentences)})
    show_answer(focused)
    assert capsys.readouterr().out.startswith(f"{QUOTE} [1] {QUOTE} [1]\n")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    show_answer(focused)
    line = capsys.readouterr().out.splitlines()[0]
    assert re.findall(r"\x1b\[1m(.*?)\x1b\[0m", line) == ["1.000 helmen"]
    show_answer(found)
    assert f"\x1b[1m{QUOTE}\x1b[0m" in capsys.readouterr().out


def test_who_wrote_and_by_what_it_was_read_stand_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    read = answer().model_copy(update={"writer": "model", "model": "some-model", "reader": "0123456789ab"})
    show_answer(read)
    assert capsys.readouterr().out.endswith("\nWritten by some-model; read by 0123456789ab.\n")
    show_answer(read.model_copy(update={"model": None}))
    assert "0123456789ab" not in capsys.readouterr().out


def test_every_door_tells_which_part_has_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    part = answer().model_copy(
        update={"asked": "Hoeveel helmen?", "message": "Hierover staat niets: “Wat kost een brood?”"}
    )
    show_answer(part)
    text = CitedText("http://kamerbrief/")
    text.say(part.sentences[0])
    text.end(part, {})
    known = as_known(part, lambda one: one.url or "")["answer"]
    for shown in (capsys.readouterr().out, text.content, answer_text(part), known):
        before, _, after = shown.partition(part.message or "")
        assert QUOTE in before
        assert ("alinea 9" in after) == (shown != known)


@pytest.mark.usefixtures("_wide")
def test_a_narrow_terminal_wraps_the_text_and_not_the_link(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    show_answer(answer())
    lines = capsys.readouterr().out.splitlines()
    assert f"    {URL}" in lines
    assert all(len(line) <= 40 for line in lines if URL not in line)
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.usefixtures("_wide")
def test_a_letter_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer(TEXT.replace("hulp", "\x1b[2J\x9bhulp"), QUOTE))
    said = capsys.readouterr().out
    assert "\ufffd[2J\ufffdhulp" in said
    assert f"»{QUOTE}«" in said
    assert not set(said) & {"\x1b", "\x9b"}


def test_what_is_printable_keeps_its_places() -> None:
    text = "a\x00b\tc\nd\x7fé"
    assert printable(text) == "a\ufffdb\tc\nd\ufffdé"
    assert len(printable(text)) == len(text)


def test_one_letter_and_two_letters() -> None:
    assert [count(number, "letter") for number in (0, 1, 2)] == ["0 letters", "1 letter", "2 letters"]


def test_where_no_paragraph_kept_its_words_only_what_changed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    words = (Stretch(text="De dijken zijn ", change="same"), Stretch(text="hoog.", change="gone"))
    only = Compared(kind="paragraph", change="changed", before=1, after=1, words=words)
    show_changes(Changes(letter="kst-27625-3", earlier=1, later=2, compared=(only,)))
    assert capsys.readouterr().out == "kst-27625-3: from version 1 to version 2\n\n1 → 1  De dijken zijn [-hoog.-]\n"
