"""The library as a program uses it."""

import datetime
import io
import os
from pathlib import Path

import pytest

from kamerbrief import errors
from kamerbrief.library import Kamerbrief
from kamerbrief.proof.sources import passage_of
from kamerbrief.records.answers import Refusal, Sentence
from kamerbrief.records.letters import Added, Filters
from kamerbrief.settings import Settings
from tests.letters.packing import zip_of

QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"


def test_a_path_bytes_and_a_stream_are_one_letter(tmp_path: Path, sample: Path) -> None:
    content = sample.read_bytes()
    with Kamerbrief(tmp_path) as kb:
        added = kb.add(str(sample))
        assert (added.letter, added.outcome, added.source) == ("kst-27925-504", "new", sample.name)
        assert (added.label, added.paragraphs) == ("Kamerstuk 27 925, nr. 504", 9)
        assert kb.add(content, name="letter").outcome == "same"
        assert kb.add(io.BytesIO(content)).outcome == "same"
        assert kb.add(content.replace(b"1.000 helmen", b"2.000 helmen")).outcome == "changed"
        assert "2.000 helmen" in kb.letter("kst-27925-504").paragraphs[8].text
        assert [head.id for head in kb.letters()] == ["kst-27925-504"]


def test_what_was_added_is_there_for_the_next_process(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
        before = kb.letter("kst-27925-504"), kb.search(QUESTION)
    with Kamerbrief(tmp_path) as kb:
        assert (kb.letter("kst-27925-504"), kb.search(QUESTION)) == before
        assert kb.status().whole


def test_many_sources_give_an_outcome_each_in_order(tmp_path: Path, sample: Path) -> None:
    content = sample.read_bytes()
    sources = [content.replace(b"nr. 504", b"nr. %d" % number) for number in range(600, 620)]
    with Kamerbrief(tmp_path) as kb:
        outcomes = list(kb.add_all([*sources, b"", *sources[:2]]))
        letters = [one.letter for one in outcomes if isinstance(one, Added)]
        assert letters == [f"kst-27925-{number}" for number in [*range(600, 620), 600, 601]]
        assert isinstance(outcomes[20], errors.EmptySourceError)
        status = kb.status()
    assert (status.letters, status.paragraphs) == (20, 180)
    assert status.chunks == status.vectors == status.words


def test_of_a_zip_all_letters_are_added_and_each_outcome_comes_with_its_source(tmp_path: Path, sample: Path) -> None:
    packed = zip_of(
        {"a.txt": sample.read_bytes(), "b.txt": sample.read_bytes().replace(b"nr. 504", b"nr. 505"), "c": b""}
    )
    with Kamerbrief(tmp_path) as kb:
        outcomes = list(kb.add_each([packed, sample], name="x"))
        assert [source is packed for source, _ in outcomes] == [True, True, True, False]
        assert [getattr(one, "outcome", type(one).__name__) for _, one in outcomes] == [
            "new",
            "new",
            "EmptySourceError",
            "same",
        ]
        assert kb.add(packed).letter == "kst-27925-504"


def test_an_answer_is_proven_and_kept(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
        answer = kb.ask(QUESTION, k=4)
        assert answer.status == "answered"
        for citation in (citation for sentence in answer.sentences for citation in sentence.citations):
            paragraph = passage_of(kb.letter(citation.letter), citation.paragraph).unit.text
            assert paragraph == citation.text
            assert paragraph[citation.start : citation.end] == citation.quote
        assert len(answer.hits) == 4
        assert answer.hits == tuple(kb.search(QUESTION, k=4))
        assert kb.status().answers == 1
        assert kb.ask("Wat is de hoofdstad van Peru?").nearest
        assert kb.status().answers == 2


def test_a_sentence_is_checked_against_paragraphs_of_the_store(kb: Kamerbrief) -> None:
    proven = kb.check("Nederland heeft duizend helmen geleverd.", [("kst-27925-504", 8), ("kst-27925-504", 9)])
    assert isinstance(proven, Sentence)
    assert [citation.paragraph for citation in proven.citations] == [9]
    assert isinstance(kb.check("Nederland heeft duizend helmen geleverd.", [("kst-27925-504", 4)]), Refusal)
    with pytest.raises(errors.UnknownLetterError):
        kb.check("Nederland heeft duizend helmen geleverd.", [("kst-1-1", 1)])
    with pytest.raises(errors.ParagraphError, match="has no paragraph 10: it has 1 to 9"):
        kb.check("Nederland heeft duizend helmen geleverd.", [("kst-27925-504", 10)])


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(dossier="27925"), True),
        (Filters(dossier="27926"), False),
        (Filters(since=datetime.date(2014, 9, 10), until=datetime.date(2014, 9, 10)), True),
        (Filters(since=datetime.date(2014, 9, 11)), False),
        (Filters(until=datetime.date(2014, 9, 9)), False),
        (Filters(kind="letter", ministry="Defensie"), True),
        (Filters(kind="answers"), False),
        (Filters(ministry="Def"), False),
        (Filters(person="Hennis-Plasschaert"), True),
        (Filters(person="Jeanine Hennis"), True),
        (Filters(person="Kamp"), False),
        (Filters(letters=("kst-27925-504",)), True),
    ],
)
def test_a_filter_holds_for_letters_hits_and_answers(kb: Kamerbrief, filters: Filters, passes: bool) -> None:
    assert bool(kb.letters(filters)) == passes
    assert bool(kb.search("helmen", filters=filters)) == passes
    answer = kb.ask(QUESTION, filters=filters)
    assert bool(answer.hits) == passes
    if not passes:
        assert (answer.status, answer.nearest) == ("not_found", ())


def test_removing_is_all_or_nothing(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
        with pytest.raises(errors.UnknownLetterError, match="'kst-1-1'"):
            kb.remove(["kst-27925-504", "kst-1-1"])
        assert kb.status().letters == 1
        kb.remove(["kst-27925-504"])
        assert kb.search("helmen") == []
        with pytest.raises(errors.UnknownLetterError):
            kb.letter("kst-27925-504")


def test_another_model_is_refused_before_a_server_is_asked(tmp_path: Path, sample: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
    nobody = "http://127.0.0.1:9/v1"  # the discard port: were it asked, it would be a ModelUnavailableError
    with Kamerbrief(tmp_path, settings=Settings(embedding_model="other", embedding_base_url=nobody)) as kb:
        assert kb.letter("kst-27925-504").paragraphs
        for use in (kb.search, kb.ask, kb.add):
            with pytest.raises(errors.StoreModelError, match="kamerbrief reindex"):
                use(str(sample))


def test_bytes_that_are_no_text(kb: Kamerbrief, tmp_path: Path, sample: Path) -> None:
    with pytest.raises(errors.QuestionError, match="UTF-8"):
        kb.ask("caf\udce9 helmen?")
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(sample.read_bytes())
    assert kb.add(path).source == "caf?.txt"
