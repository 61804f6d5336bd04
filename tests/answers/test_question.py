import pytest

from kamerbrief.answers.question import ask_about
from kamerbrief.errors import QuestionError


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hoeveel helmen heeft Nederland geleverd aan de Koerden?", "number"),
        ("Met hoeveel vliegtuigen worden de wapens gebracht?", "number"),
        ("How many helmets were delivered?", "number"),
        ("Wat kost de missie?", "amount"),
        ("Hoeveel euro is er beschikbaar?", "amount"),
        ("How much money does the plan take?", "amount"),
        ("Wanneer komt de brief?", "date"),
        ("Tot welk jaar loopt de subsidie?", "date"),
        ("Op welke twee dagen is erom gevraagd?", "date"),
        ("Wie leidt de nieuwe Iraakse regering?", "person"),
        ("Door wie is het onderzoek gedaan?", "person"),
        ("In welk land ligt Erbil?", "place"),
        ("Waarom levert Nederland geen wapens?", "reason"),
        ("Why does the cabinet support it?", "reason"),
        ("Welke landen zijn als eerste benaderd voor de coalitie?", "which"),
        ("Wat betekent meerlaagsveiligheid?", "definition"),
        ("Waarmee helpt Nederland?", "open"),
        ("Levert Nederland zelf wapens?", "yes/no"),
        ("Klopt het dat niemand weet wie er komt?", "yes/no"),
        ("Is the advance on Erbil halted?", "yes/no"),
    ],
)
def test_it_knows_what_is_asked_for(text: str, kind: str) -> None:
    assert ask_about(text).kind == kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hoeveel helmen heeft Nederland geleverd?", "nl"),
        ("How many helmets did the Netherlands deliver?", "en"),
        ("What does Haider al-Abadi lead?", "en"),
        ("Erbil?", "nl"),
    ],
)
def test_it_knows_the_language(text: str, language: str) -> None:
    assert ask_about(text).language == language


def test_the_refusal_is_in_the_language_of_the_question() -> None:
    assert ask_about("Wat kost de missie?").not_found == "Dit staat niet in de brieven."
    assert ask_about("What does the mission cost?").not_found == "The letters do not say this."


@pytest.mark.parametrize("text", ["", "  \n ", "?!", "\0"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        ask_about(text)


def test_an_endless_question_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionError, match="20,000 characters"):
        ask_about("a" * 20_000)


def test_white_space_and_zero_bytes_do_not_matter() -> None:
    assert ask_about(" Wat\nkost\0 de  missie? ").text == "Wat kost de missie?"
