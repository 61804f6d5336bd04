"""Conversations: thanks and greetings, and whether a question follows on the one before it."""

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.answers.follow_ups import follow_up, stands_alone
from kamerbrief.answers.question import ask_about
from kamerbrief.answers.talk import small_talk, without_opening
from kamerbrief.records.answers import Turn

HELMETS = "Hoeveel helmen heeft Nederland geleverd?"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Dank je wel", "Graag gedaan."),
        ("Bedankt, dat was duidelijk", "Graag gedaan."),
        ("Oké, heel erg bedankt voor de hulp!", "Graag gedaan."),
        ("Goedemorgen", "Goedendag. Stel een vraag over de brieven."),
        ("Hallo!", "Goedendag. Stel een vraag over de brieven."),
        ("Tot ziens, en bedankt", None),
        ("thanks!", "Graag gedaan."),
        ("Thank you, that was very helpful.", "You are welcome."),
        ("Good morning", "Hello. Ask a question about the letters."),
        (HELMETS, None),
        ("Goedemorgen, hoeveel helmen heeft Nederland geleverd?", None),
        ("Wie ben je van plan te steunen?", None),
        ("Ja of nee: levert Nederland wapens?", None),
    ],
)
def test_thanks_and_greetings_are_replied_to(text: str, reply: str | None) -> None:
    assert small_talk(ask_about(text)) == reply


def test_who_it_is_goes_before_a_greeting() -> None:
    assert (small_talk(ask_about("Hallo, wie ben je?")) or "").startswith("Kamerbrief beantwoordt vragen")


def test_thanks_get_no_quotes(kb: Kamerbrief) -> None:
    answer = kb.ask("Bedankt, dat was duidelijk", turns=[Turn(question=HELMETS)])
    assert (answer.status, answer.message) == ("not_found", "Graag gedaan.")
    assert (answer.sentences, answer.nearest, answer.hits) == ((), (), ())
    assert kb.answer(answer.id) == answer


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Goedemorgen, hoeveel helmen heeft Nederland geleverd?", HELMETS),
        ("Dank je. En hoeveel vesten?", "En hoeveel vesten?"),
        ("Hi, how many helmets?", "How many helmets?"),
        ("Mooi weer?", "Mooi weer?"),
        (HELMETS, HELMETS),
    ],
)
def test_a_question_may_open_with_a_greeting(text: str, asked: str) -> None:
    assert without_opening(ask_about(text)).text == asked


@pytest.mark.parametrize(
    "text",
    [
        HELMETS,
        "Wat kost de missie?",
        "Wie leidt de regering van Irak?",
        "Levert Duitsland ook wapens?",
        "Klopt het dat Nederland wapens levert?",
        "Hoeveel kinderen wachten langer dan veertien weken?",
        "Wat schreef de minister in mei 2024?",
        "How many helmets did the Netherlands deliver?",
    ],
)
def test_a_question_with_words_of_its_own_stands_alone(text: str) -> None:
    assert stands_alone(ask_about(text))
    assert follow_up(ask_about(text), [Turn(question="Wat is draagmoederschap?")], None).question.text == text


@pytest.mark.parametrize(
    "text",
    [
        "En hoeveel vesten?",
        "Hoeveel vesten?",
        "Waarom?",
        "Waarom niet?",
        "Wanneer trad die aan?",
        "Wie heeft daarom gevraagd?",
        "Wat kost het?",
        "Geldt dat ook voor Almere?",
        "Wat vindt hij van de coalitie?",
        "Nee, ik bedoel de kogelwerende vesten",
        "Hoe zit het met starters in Almere?",
        "Who asked them for help?",
        "And the vests?",
    ],
)
def test_a_question_that_points_back_follows_on_the_one_before_it(text: str) -> None:
    assert not stands_alone(ask_about(text))
    joined = f"{text} ({HELMETS})"
    thanked = [Turn(question=HELMETS), Turn(question="Dank je wel")]
    assert follow_up(ask_about(text), thanked, None).question.text == joined


def test_a_question_that_goes_on_is_asked_alone_where_that_is_answered_as_surely(kb: Kamerbrief) -> None:
    before = [Turn(question="Wat voor internationale coalitie tegen IS werd aangekondigd?")]
    answer = kb.ask("En wie leidt de nieuwe regering van Irak?", turns=before)
    assert answer.asked == "En wie leidt de nieuwe regering van Irak?"
    assert "Haider al-Abadi" in answer.sentences[0].text
    assert kb.ask("En hoeveel vesten?", turns=[Turn(question=HELMETS)]).asked == f"En hoeveel vesten? ({HELMETS})"
