import pytest

from kamerbrief.answers.question import ask_about, parts_of
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


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Wie leidt de regering van Irak, en hoeveel helmen leverde Nederland?",
            ["Wie leidt de regering van Irak?", "Hoeveel helmen leverde Nederland?"],
        ),
        (
            "Who leads the Iraqi government and since which year has it been in office?",
            ["Who leads the Iraqi government?", "Since which year has it been in office?"],
        ),
        (
            "Wil Nederland meedoen in de coalitie, en staat al vast met wat?",
            ["Wil Nederland meedoen in de coalitie?", "Staat al vast met wat?"],
        ),
        ("Hoeveel helmen en vesten leverde Nederland?", ["Hoeveel helmen en vesten leverde Nederland?"]),
        ("Wie kwam er, en waarom?", ["Wie kwam er, en waarom?"]),
        ("Wie leidt die regering, en waarom?", ["Wie leidt die regering?", "Waarom? (Wie leidt die regering?)"]),
        (
            "Wie leidt de regering? Hoeveel helmen zijn er geleverd? Graag met datum.",
            ["Wie leidt de regering?", "Hoeveel helmen zijn er geleverd? Graag met datum."],
        ),
        (
            "Wie leidt de nieuwe regering, hoeveel helmen zijn er geleverd en wat kost dat?",
            [
                "Wie leidt de nieuwe regering?",
                "Hoeveel helmen zijn er geleverd?",
                "Wat kost dat? (Hoeveel helmen zijn er geleverd?)",
            ],
        ),
        (
            "Wat doet het kabinet, wanneer de gemeenten niets doen?",
            ["Wat doet het kabinet, wanneer de gemeenten niets doen?"],
        ),
        ("Wie leidt de nieuwe Iraakse regering?", ["Wie leidt de nieuwe Iraakse regering?"]),
    ],
)
def test_a_question_of_several_parts_is_parted(text: str, parts: list[str]) -> None:
    assert [part.text for part in parts_of(ask_about(text))] == parts


def test_parts_lean_on_the_question_before_and_are_none_of_its_own() -> None:
    followed = ask_about(
        "En wie leidt de regering, en sinds wanneer?", "Levert Nederland helmen, en hoeveel zijn dat er?"
    )
    assert [part.text for part in parts_of(followed)] == [
        "En wie leidt de regering? (Levert Nederland helmen, en hoeveel zijn dat er?)",
        "Sinds wanneer? (En wie leidt de regering? (Levert Nederland helmen, en hoeveel zijn dat er?))",
    ]
    assert [part.own for part in parts_of(followed)] == ["En wie leidt de regering?", "Sinds wanneer?"]


def test_a_part_is_asked_in_the_language_of_the_whole_for_a_thing_of_its_own() -> None:
    first, second = parts_of(ask_about("Who leads the Iraqi government, and when did al-Abadi visit Den Haag?"))
    assert (first.kind, second.kind) == ("person", "date")
    assert first.language == second.language == "en"


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("Hoe vraag ik zorgtoeslag aan?", True),
        ("Mijn paspoort is gestolen, wat nu?", True),
        ("Gaat het morgen regenen in Utrecht?", True),
        ("How do I renew my passport?", True),
        ("Kun je mij vertellen hoeveel helmen er zijn geleverd?", False),
        ("Ik wil graag weten wie de regering leidt.", False),
        ("Could you tell me how many helmets there are?", False),
        ("Hoe vraagt een gemeente subsidie aan?", False),
    ],
)
def test_who_asks_for_himself_is_known(text: str, personal: bool) -> None:
    assert ask_about(text).personal == personal


def test_parts_are_asked_by_the_same_person() -> None:
    parts = parts_of(ask_about("Hoe vraag ik huurtoeslag aan, en hoe lang duurt dat?"))
    assert [part.personal for part in parts] == [True, True]
