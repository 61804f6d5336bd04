"""Which letters a briefing is of."""

from kamerbrief.briefings.choose.letters import MOST, by_filters, by_topic
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.answers import Hit, Scores
from kamerbrief.records.letters import LetterHead
from tests.conftest import SAMPLE

HEAD = read_letter(SAMPLE)


def heads(count: int) -> list[LetterHead]:
    return [HEAD.model_copy(update={"id": f"kst-27925-{number}"}) for number in range(1000, 1000 + count)]


def test_of_a_large_dossier_the_newest_are_taken_and_the_others_counted() -> None:
    chosen = by_filters(heads(5000))
    assert [head.id for head in chosen.heads] == [head.id for head in heads(5000)[-MOST:]]
    assert chosen.left_out == 5000 - MOST
    assert by_filters(heads(MOST)).left_out == 0


def test_a_letter_that_came_after_the_search_began_is_passed_over() -> None:
    hit = Hit(
        letter="kst-1-1",
        label="Kamerstuk 1, nr. 1",
        date=None,
        heading=None,
        paragraphs=(1,),
        text="Helmen.",
        scores=Scores(fused=0.95, dense=0.9, sentence=0.9, lexical=0.5),
    )
    known = hit.model_copy(update={"letter": "kst-27925-1000"})
    chosen = by_topic("helmen", {head.id: head for head in heads(1)}, [hit, known])
    assert [head.id for head in chosen.heads] == ["kst-27925-1000"]
