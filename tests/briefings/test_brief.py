"""Briefings of real letters: every line stands in its paragraph, nothing twice, and what was asked for."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.errors import FilterError, UnknownLetterError
from kamerbrief.proof.sources import passage_of
from kamerbrief.records.briefings import Briefing, Line
from kamerbrief.records.letters import Filters
from tests.cli.test_cli import Run, runner

LETTER = "kst-27925-504"
PARTS = ("in_short", "decided", "commitments", "figures", "timeline", "actors", "open_points")


def lines(briefing: Briefing) -> Iterator[Line]:
    for part in PARTS:
        yield from getattr(briefing, part)
    for change in briefing.changes:
        yield from (change.earlier, change.later)


def test_every_line_stands_letter_for_letter_in_its_paragraph(kb: Kamerbrief) -> None:
    briefing = kb.brief([LETTER])
    letter = kb.letter(LETTER)
    assert 3 <= len(briefing.in_short) <= 7
    assert briefing.timeline
    assert len(list(lines(briefing))) > 10
    for line in lines(briefing):
        (citation,) = line.citations
        text = passage_of(letter, citation.paragraph).unit.text
        assert line.text == citation.quote == text[citation.start : citation.end]


def test_figures_and_dates_are_those_of_the_letter(kb: Kamerbrief) -> None:
    briefing = kb.brief([LETTER], length="long")
    assert {"1.000", "70 procent", "30 procent"} <= {figure.number for figure in briefing.figures}
    assert "2014-09-04" in [event.date for event in briefing.timeline]
    assert [event.date for event in briefing.timeline] == sorted(event.date for event in briefing.timeline)


def shown_words(briefing: Briefing) -> int:
    parts = {part: getattr(briefing, part) for part in PARTS}
    told = [parts[part][i] for part in parts for i in briefing.shown.get(part, range(len(parts[part])))]
    return sum(len(line.text.split()) for line in told)


def test_a_shorter_briefing_has_fewer_words(kb: Kamerbrief) -> None:
    short, normal = kb.brief([LETTER], length="short"), kb.brief([LETTER])
    letter = sum(len(paragraph.text.split()) for paragraph in kb.letter(LETTER).paragraphs)
    assert 100 < shown_words(short) < shown_words(normal) < letter


def test_a_topic_chooses_letters_and_says_why(kb: Kamerbrief) -> None:
    briefing = kb.brief(about="helmen voor de Koerden")
    (letter,) = briefing.letters
    assert letter.letter == LETTER
    assert letter.why is not None
    assert letter.why.startswith("alinea 9:")
    assert briefing.subject == "helmen voor de Koerden"


def test_letters_that_are_not_there_are_told(kb: Kamerbrief) -> None:
    with pytest.raises(UnknownLetterError):
        kb.brief(["kst-1-1"])
    with pytest.raises(FilterError, match="no letters are named"):
        kb.brief()
    with pytest.raises(FilterError, match="no letter fits"):
        kb.brief(filters=Filters(dossier="1"))


def test_a_letter_of_one_paragraph_is_briefed_too(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        added = kb.add(b"Den Haag, 3 maart 2021\n\nHet kabinet heeft besloten 12 scholen te bouwen.", name="kort.txt")
        briefing = kb.brief([added.letter])
    assert [line.text for line in lines(briefing) if "12 scholen" in line.text]


def test_members_questions_are_nobodys_promise(data: Path, tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        added = kb.add(next((data / "answers-to-members").glob("*1771*")))
        letter = kb.letter(added.letter)
        briefing = kb.brief([added.letter])
    questions = {section.number for section in letter.sections if section.kind == "question"}
    asked = {paragraph.number for paragraph in letter.paragraphs if paragraph.section in questions}
    assert not asked & {line.citations[0].paragraph for line in lines(briefing)}


@pytest.fixture
def run(kb: Kamerbrief) -> Run:
    """The command line, on the folder of the library."""
    return runner(kb.settings.data_dir)


@pytest.mark.parametrize("form", ["md", "html", "docx", "json"])
def test_the_command_writes_every_form_whole(run: Run, tmp_path: Path, form: str) -> None:
    output = tmp_path / f"briefing.{form}"
    run("brief", LETTER, "-o", output)
    assert output.stat().st_size > 1000
    assert not list(tmp_path.glob("*.part"))


def test_what_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    assert "## In het kort" in run("brief", LETTER).stdout
    assert "cannot be written" in run("brief", LETTER, "-o", tmp_path / "nowhere" / "x.md", code=1).stderr
    assert "cannot be written" in run("brief", LETTER, "-o", tmp_path, code=1).stderr
    assert "name a file with -o" in run("brief", LETTER, "--format", "docx", code=2).stderr
    assert "is not known" in run("brief", LETTER, "--length", "endless", code=2).stderr
    assert "no letters are named" in run("brief", code=2).stderr


def test_a_topic_that_no_letter_holds_is_told_with_the_nearest(kb: Kamerbrief) -> None:
    with pytest.raises(FilterError, match=r"no letter speaks of 'pannenkoeken'.* kst-27925-504, alinea"):
        kb.brief(about="pannenkoeken")


def test_no_part_quotes_the_same_words_twice(data: Path, tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        for path in ("letters/kst-29515-496.pdf", "answers-to-members/ah-tk-20232024-1314.pdf"):
            kb.add(data / path)
        briefing = kb.brief(filters=Filters(since=datetime.date(2000, 1, 1)))
    for part in ("in_short", "decided", "open_points"):
        cited = [citation for line in getattr(briefing, part) for citation in line.citations]
        quoted = [(one.letter, one.paragraph, at) for one in cited for at in range(one.start, one.end)]
        assert len(quoted) == len(set(quoted)), part


def test_two_letters_that_count_otherwise_are_both_told(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        for month, count in (("maart", 12), ("april", 14), ("mei", 14)):
            text = f"Den Haag, 3 {month} 2021\n\nHet kabinet heeft besloten dat er {count} scholen gebouwd worden."
            kb.add(text.encode(), name=f"{month}.txt")
        briefing = kb.brief(filters=Filters(since=datetime.date(2000, 1, 1)))
    assert briefing.subject == "3 brieven"  # none of them has one
    counted = [word for line in briefing.in_short for word in line.text.split() if word.isdigit()]
    assert sorted(counted) == ["12", "14"]


def test_what_a_later_letter_counts_anew_has_changed_and_what_it_repeats_has_not(tmp_path: Path, sample: Path) -> None:
    text = sample.read_text()
    assert "goederen inmiddels" in " ".join(text.split())  # a word of change, in every one of them
    with Kamerbrief(tmp_path) as kb:
        for number, helmets in ((504, "1.000"), (505, "1.000"), (506, "2.500")):
            later = text.replace("nr. 504", f"nr. {number}").replace("1.000 helmen", f"{helmets} helmen")
            kb.add(later.encode(), name=f"{number}.txt")
        same = kb.brief(["kst-27925-504", "kst-27925-505"])
        (change,) = kb.brief(filters=Filters(dossier="27925")).changes
    assert same.changes == ()
    assert "1.000 helmen" in change.earlier.text
    assert "2.500 helmen" in change.later.text
    assert change.later.citations[0].letter == "kst-27925-506"


@pytest.mark.slow
def test_every_letter_is_heard_beside_a_long_one(data: Path, tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        for path in ("letters/kamerbrief-water-en-bodem-2022.pdf", "letters/kst-29515-496.pdf"):
            kb.add(data / path)
        kb.add(b"Den Haag, 3 maart 2021\n\nHet kabinet heeft besloten 12 scholen te bouwen.", name="kort.txt")
        briefing = kb.brief(filters=Filters(since=datetime.date(2000, 1, 1)))
    heard = {citation.letter for line in briefing.in_short for citation in line.citations}
    assert heard == {letter.letter for letter in briefing.letters}


def test_an_organisation_is_named_without_the_words_before_it(tmp_path: Path) -> None:
    text = "Den Haag, 3 maart 2021\n\nVoor de Raad van State (RvS) en het Centraal Planbureau (CPB) is dat van belang."
    with Kamerbrief(tmp_path) as kb:
        briefing = kb.brief([kb.add(text.encode(), name="kort.txt").letter])
    assert [actor.name for actor in briefing.actors] == ["Raad van State (RvS)", "Centraal Planbureau (CPB)"]
