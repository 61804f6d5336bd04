"""A letter that comes again with another text: the text of before stays, and what was said on it points at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.briefings.forms.writing import write_form
from kamerbrief.errors import UnknownLetterError
from kamerbrief.http.mcp.results import answer_text
from kamerbrief.records.letters import Added, Filters
from kamerbrief.settings import load
from kamerbrief.wiring import restore
from tests.conftest import SAMPLE

LETTER = "kst-27925-504"
QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"
FIRST = SAMPLE.read_bytes()
SECOND = FIRST.replace(b"1.000 helmen", b"2.000 helmen")


@pytest.fixture(scope="module")
def versioned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kamerbrief]:
    """The sample letter in two versions, asked after in both. Nothing changes it."""
    with Kamerbrief(tmp_path_factory.mktemp("versions")) as kb:
        assert kb.add(FIRST, name="een.txt").outcome == "new"
        kb.ask(QUESTION)
        added = kb.add(SECOND, name="twee.txt")
        assert (added.outcome, added.version) == ("changed", 2)
        kb.ask(QUESTION)
        yield kb


def told(kb: Kamerbrief) -> list[tuple[int, str, str]]:
    """What each version of the letter is: its number, its digest, and its ninth paragraph."""
    letters = [kb.letter(LETTER, one.number) for one in kb.versions(LETTER)]
    return [(one.version, one.text_sha256, one.paragraphs[8].text) for one in letters]


def test_each_version_is_there_and_the_last_one_is_the_letter(versioned: Kamerbrief) -> None:
    first, second = told(versioned)
    assert (first[0], second[0]) == (1, 2)
    assert "1.000 helmen" in first[2]
    assert "2.000 helmen" in second[2]
    assert versioned.letter(LETTER) == versioned.letter(LETTER, 2)
    assert [head.version for head in versioned.letters()] == [2]
    dates = [one.added_at for one in versioned.versions(LETTER)]
    assert dates == sorted(dates)


def test_only_the_last_version_is_found(versioned: Kamerbrief) -> None:
    texts = " ".join(hit.text for hit in versioned.search("helmen geleverd", k=50))
    assert "2.000 helmen" in texts
    assert "1.000 helmen" not in texts
    status = versioned.status()
    assert (status.letters, status.paragraphs, status.whole) == (1, 9, True)
    assert status.chunks == status.vectors == status.words


def test_an_answer_points_at_the_version_that_it_was_given_on(versioned: Kamerbrief) -> None:
    later, earlier = ({one for said in answer.sentences for one in said.citations} for answer in versioned.answers(9))
    assert {one.version for one in earlier} == {1}
    assert {one.version for one in later} == {2}
    assert {one.label for one in later} == {"Kamerstuk 27 925, nr. 504, versie 2, 10 september 2014, alinea 9"}


def test_a_text_that_it_had_before_is_no_new_version(versioned: Kamerbrief) -> None:
    again = [one for one in versioned.add_all([FIRST, SECOND], name="weer.txt") if isinstance(one, Added)]
    assert [(one.outcome, one.version) for one in again] == [("same", 1), ("same", 2)]
    assert versioned.letter(LETTER).version == 2


def test_a_version_that_is_not_there_is_told(versioned: Kamerbrief) -> None:
    with pytest.raises(UnknownLetterError, match="has no version 3: it has 1 to 2"):
        versioned.letter(LETTER, 3)
    with pytest.raises(UnknownLetterError, match="no letter 'kst-1-1'"):
        versioned.versions("kst-1-1")


def test_versions_come_along_wherever_the_letter_goes(versioned: Kamerbrief, tmp_path: Path) -> None:
    """Into an export and what it is added to, twice; into a backup; through an index made anew."""
    lines, again, packed = tmp_path / "brieven.jsonl", tmp_path / "weer.jsonl", tmp_path / "brieven.zip"
    assert versioned.export(lines) == 1
    assert versioned.backup(packed) == 1
    with Kamerbrief(tmp_path / "exported") as kb:
        outcomes = [one.outcome for _ in range(2) for one in kb.add_all([lines]) if isinstance(one, Added)]
        assert outcomes == ["new", "changed", "same", "same"]
        kb.export(again)
        assert told(kb) == told(versioned)
    assert again.read_bytes() == lines.read_bytes()
    assert restore(load(data_dir=tmp_path / "restored"), packed, overwrite=False) == 1
    with Kamerbrief(tmp_path / "restored") as kb:
        assert kb.versions(LETTER) == versioned.versions(LETTER)
        kb.reindex()
        assert kb.versions(LETTER) == versioned.versions(LETTER)
        assert told(kb) == told(versioned)
        assert kb.status().whole
        kb.remove([LETTER])
        with pytest.raises(UnknownLetterError):
            kb.letter(LETTER, 1)


def test_what_an_answer_cites_is_found_again_in_the_text_of_now(tmp_path: Path) -> None:
    """Where a paragraph came before it, where its words changed, and once the letter is gone."""
    added = (
        b"Ook dit staat nu in deze brief, die voor de tweede maal wordt gezonden omdat\nin de eerste iets ontbrak.\n\n"
    )
    more = FIRST.replace(b"De inspanningen van de Verenigde", added + b"De inspanningen van de Verenigde")
    later = more.replace(b"1.000 helmen", b"2.000 helmen")
    with Kamerbrief(tmp_path) as kb:
        kb.add(FIRST, name="een.txt")
        answer = kb.ask(QUESTION).id
        assert kb.since(answer) == ()
        for text, became in ((more, (9, 10, "same", True)), (later, (9, 10, "changed", False))):
            kb.add(text, name="later.txt")
            assert {(one.paragraph, one.place, one.change, one.stands) for one in kb.since(answer)} == {became}
        changed = [one for one in kb.changes(LETTER, 1, 3).compared if one.change in ("new", "changed")]
        assert [(one.before, one.after) for one in changed] == [(None, 2), (9, 10)]
        kb.remove([LETTER])
        assert {(one.now, one.change, one.place) for one in kb.since(answer)} == {(None, "gone", None)}


def test_an_answer_that_rests_on_a_replaced_letter_says_so(tmp_path: Path) -> None:
    later = b"""Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 5 oktober 2014

Deze brief vervangt de brief van 10 september 2014 (Kamerstuk 27 925, nr. 504). Over geld volgt later bericht."""
    with Kamerbrief(tmp_path) as kb:
        kb.add(FIRST, name="een.txt")
        assert kb.ask(QUESTION).message is None
        newer = kb.add(later, name="later.txt")
        assert kb.ask(QUESTION).message == f"Kamerstuk 27 925, nr. 504 is vervangen door {newer.label}."
        assert [one.id for one in kb.references(LETTER).replaced_by] == [newer.letter]
        assert [(one.id, one.kind, one.here) for one in kb.references(newer.letter).refers_to] == [
            (LETTER, "replaces", True)
        ]
        recorded = kb.ask("Wie heeft Kamerstuk 27 925, nr. 504 ondertekend?")
        assert recorded.message == kb.brief([LETTER]).replaced[0] == kb.ask(QUESTION).message
        assert recorded.message in write_form(kb.brief([LETTER]), "md").decode()
        assert kb.brief([newer.letter]).replaced == ()
        only = Filters(letters=(newer.letter,))
        assert kb.ask(QUESTION, filters=only).status == "not_found"
        followed = kb.ask(QUESTION, filters=only, follow=True)
        assert {one.letter for said in followed.sentences for one in said.citations} == {LETTER}
        assert {hit.via.letter for hit in followed.hits if hit.via} == {newer.letter}
        assert kb.answer(followed.id).follow
        assert f"(letter {LETTER}, paragraph 9), named in {newer.label}" in answer_text(followed)
