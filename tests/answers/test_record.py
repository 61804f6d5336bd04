"""Questions that the letters' own records answer."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.answers.record_question import record_question
from kamerbrief.records.answers import Answer, Turn
from kamerbrief.records.letters import Filters

SIGNED = (
    "Kamerstuk 27 925, nr. 504 is ondertekend door F.C.G.M. Timmermans, Minister van Buitenlandse Zaken en "
    "J.A. Hennis-Plasschaert, Minister van Defensie."
)
NAMED = "Kamerstuk 27 925, nr. 504"


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, sample: Path, data: Path) -> Iterator[Kamerbrief]:
    names = ("housing-may", "housing-november", "youth-care-1", "youth-care-2", "senate-paper", "date-0")
    more = [
        data / "letters" / "kamerbrief-draagmoederschap-2011.pdf",
        data / "letters" / "kst-29515-496.pdf",
        data / "answers-to-members" / "ah-tk-20232024-2129.pdf",
    ]
    with Kamerbrief(tmp_path_factory.mktemp("letters")) as kb:
        for path in (sample, *more, *(data / "cases" / f"{name}.txt" for name in names)):
            kb.add(path)
        yield kb


def said(answer: Answer) -> str:
    return " ".join(one.text for one in answer.sentences)


def proves(answer: Answer) -> set[tuple[str, str | None, str]]:
    return {(one.letter, one.field, one.quote) for sentence in answer.sentences for one in sentence.citations}


@pytest.mark.parametrize(
    "question", ["Wie heeft de brief ondertekend?", "Door wie is de brief getekend?", "Van wie is deze brief?"]
)
def test_the_only_letter_tells_who_signed_it(kb: Kamerbrief, question: str) -> None:
    answer = kb.ask(question)
    assert [one.text for one in answer.sentences] == [SIGNED]
    assert proves(answer) == {
        ("kst-27925-504", "signatories", "F.C.G.M. Timmermans, Minister van Buitenlandse Zaken"),
        ("kst-27925-504", "signatories", "J.A. Hennis-Plasschaert, Minister van Defensie"),
    }
    citation = answer.sentences[0].citations[1]
    assert (citation.paragraph, citation.label) == (None, f"{NAMED}, 10 september 2014, ondertekenaar")
    assert citation.text == f"{answer.sentences[0].citations[0].quote}; {citation.quote}"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (f"Wie ondertekende {NAMED}?", SIGNED),
        ("Welke ministers hebben de brief van 10 september 2014 ondertekend?", SIGNED),
        ("Weet je wie de brief over Irak heeft ondertekend?", SIGNED),
        (f"Van wanneer is {NAMED}?", f"{NAMED} is van 10 september 2014."),
        ("Op welke datum is de brief van de minister van Defensie verstuurd?", f"{NAMED} is van 10 september 2014."),
        (
            f"Aan wie is {NAMED} gericht?",
            f"{NAMED} is gericht aan de Voorzitter van de Tweede Kamer der Staten-Generaal.",
        ),
        (
            "Bij welk dossier hoort Kamerstuk 29 515, nr. 496?",
            "Kamerstuk 29 515, nr. 496 hoort bij dossier 29 515, Aanpak regeldruk en administratieve lasten.",
        ),
        ("Welk nummer heeft de brief over Irak?", f"{NAMED} heeft nummer 504."),
        (
            "Wat is het kenmerk van de brief over draagmoederschap?",
            "Brief van 1 maart 2011, 5687928/11 heeft kenmerk 5687928/11.",
        ),
        (
            "Wie heeft de brief met kenmerk 5687928/11 geschreven?",
            "Brief van 1 maart 2011, 5687928/11 is ondertekend door F. Teeven, Staatssecretaris van Veiligheid en "
            "Justitie.",
        ),
        (
            "Wie heeft de Kamervragen over Jemen beantwoord?",
            "Aanhangsel van de Handelingen 2023–2024, nr. 2129 is beantwoord door Bruins Slot, Minister van BZ en "
            "Schreinemacher, Minister van Buitenlandse Handel en Ontwikkelingssamenwerking.",
        ),
        (f"Uit welk vergaderjaar komt {NAMED}?", f"{NAMED} is van het vergaderjaar 2013-2014."),
        (
            "Who signed the letter of 20 November 2024?",
            "Brief van 20 november 2024, Vervolg woningbouw was signed by H. de Groot, Minister van Binnenlandse Zaken "
            "en Koninkrijksrelaties.",
        ),
        (
            "Wie heeft brief 5687928/11 getekend?",
            "Brief van 1 maart 2011, 5687928/11 is ondertekend door F. Teeven, Staatssecretaris van Veiligheid en "
            "Justitie.",
        ),
        (
            "Naar wie ging de brief over Irak?",
            f"{NAMED} is gericht aan de Voorzitter van de Tweede Kamer der Staten-Generaal.",
        ),
        ("datum kamerstuk 27925 nr 504", f"{NAMED} is van 10 september 2014."),
        (
            "Van wanneer is de brief van de ministers Timmermans en Hennis-Plasschaert?",
            f"{NAMED} is van 10 september 2014.",
        ),
        (
            "Wie heeft de brief ‘Vervolg woningbouw’ ondertekend?",
            "Brief van 20 november 2024, Vervolg woningbouw is ondertekend door H. de Groot, Minister van Binnenlandse "
            "Zaken en Koninkrijksrelaties.",
        ),
        (
            "Wanneer kwam het antwoord op de vragen over Jemen?",
            "Aanhangsel van de Handelingen 2023–2024, nr. 2129 is van 28 juni 2024.",
        ),
        (
            "Waarover gaat de brief met kenmerk 5687928/11?",
            "Brief van 1 maart 2011, 5687928/11 heeft als onderwerp «Draagmoederschap».",
        ),
        ("Wie ondertekende de brief over de levering van helmen aan de Koerden in Irak?", SIGNED),
        (f"When was {NAMED} sent?", f"{NAMED} is dated 10 September 2014."),
    ],
)
def test_a_field_of_the_letter_that_is_meant(letters: Kamerbrief, question: str, answer: str) -> None:
    assert said(letters.ask(question)) == answer


def test_a_few_letters_are_told_of_one_by_one(letters: Kamerbrief) -> None:
    answer = letters.ask("Wie hebben de brieven over woningbouw ondertekend?")
    assert {one.citations[0].letter[:14] for one in answer.sentences} == {"brief-20240514", "brief-20241120"}


def test_many_letters_are_asked_to_be_told_apart(letters: Kamerbrief) -> None:
    answer = letters.ask("Wie heeft de brief ondertekend?")
    assert (answer.status, answer.message) == (
        "not_found",
        "Hier zijn 10 brieven. Noem in de vraag de brief die bedoeld is, met zijn nummer, datum of onderwerp.",
    )


def test_what_a_letter_does_not_tell_is_not_found(letters: Kamerbrief) -> None:
    answer = letters.ask(f"Wat is het kenmerk van {NAMED}?")
    assert (answer.status, answer.message) == ("not_found", f"In {NAMED} is geen kenmerk gevonden.")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Hoeveel brieven zijn er?", "Er zijn 10 brieven."),
        ("Hoeveel brieven gaan over woningbouw?", "Er zijn 2 brieven met «woningbouw» in onderwerp of tekst."),
        ("Zijn er brieven van de minister van Defensie?", "Er is 1 brief van de minister van Defensie."),
        (
            "Zijn er brieven van de minister van Buitenlandse Zaken en de minister van Defensie?",
            "Er is 1 brief van de minister van Buitenlandse Zaken en de minister van Defensie.",
        ),
        ("Hoeveel antwoorden op Kamervragen zijn er?", "Er is 1 brief met antwoorden op Kamervragen."),
        ("Welke brief heeft kenmerk 5687928/11?", "Er is 1 brief met kenmerk 5687928/11."),
        (
            "Welke brieven gaan over kogelwerende vesten?",
            "Er is 1 brief met «kogelwerende» en «vesten» bijeen in onderwerp of alinea.",
        ),
        ("Welke brief heeft nummer 504?", "Er is 1 brief met nummer 504."),
        ("Welke brief dateert van 14 mei 2024?", "Er is 1 brief met datum 14 mei 2024."),
        (
            "Welke brief is het meest recent?",
            "De laatste brief is Kamerstuk 29 515, nr. 496, van 28 januari 2025.",
        ),
        ("Zijn er brieven van Timmermans uit 2014?", "Er is 1 brief van Timmermans uit 2014."),
        (
            "Welke brieven heeft de minister van BZ gestuurd?",
            "Er zijn 2 brieven van de minister van BZ.",
        ),
        ("Hoeveel brieven staan er in dossier 31839?", "Er zijn 2 brieven in dossier 31839."),
        ("Hoeveel brieven aan de Eerste Kamer zijn er?", "Er is 1 brief aan de Eerste Kamer."),
        ("Hoeveel brieven zijn er van het ministerie van BZK?", "Er zijn 2 brieven van het ministerie van BZK."),
        (
            "Welke brieven over woningbouw zijn er van na 1 juni 2024?",
            "Er is 1 brief vanaf 2 juni 2024 met «woningbouw» in onderwerp of tekst.",
        ),
        (
            "De laatste brief over woningbouw",
            "De laatste brief met «woningbouw» in het onderwerp is Brief van 20 november 2024, Vervolg woningbouw, van "
            "20 november 2024.",
        ),
        ("Are there letters from the Minister of Defence?", "There is 1 letter from the Minister of Defence."),
        ("How many letters of 2024 are there?", "There are 7 letters dating from 2024."),
    ],
)
def test_letters_are_counted_and_listed(letters: Kamerbrief, question: str, first: str) -> None:
    answer = letters.ask(question)
    assert [one.text for one in answer.sentences[:1]] == [first], answer.refusals


def test_the_words_that_a_letter_mentions_are_quoted_where_they_stand(letters: Kamerbrief) -> None:
    answer = letters.ask("Welke brief gaat over kogelwerende vesten?")
    assert answer.sentences[1].text == f"{NAMED} noemt «kogelwerende» en «vesten» in de tekst."
    (citation,) = answer.sentences[1].citations
    assert (citation.paragraph, citation.field) == (9, None)
    assert "1.000 kogelwerende vesten" in citation.quote


def test_the_filters_that_are_given_hold(letters: Kamerbrief) -> None:
    late = Filters(since=datetime.date(2024, 6, 1))
    answer = letters.ask("Hoeveel brieven gaan over woningbouw?", filters=late)
    assert said(answer) == "Er is 1 brief met «woningbouw» in onderwerp of tekst binnen het filter."
    assert letters.ask(f"Wie heeft {NAMED} ondertekend?", filters=late).status == "not_found"


def test_that_there_is_none_is_said(letters: Kamerbrief) -> None:
    answer = letters.ask("Zijn er brieven van de minister van Financiën uit 2023?")
    assert answer.message == "Hier is geen brief van de minister van Financiën uit 2023."
    about = letters.ask("Hoeveel brieven gaan over zeevisserij?")
    assert about.message == "Hier is geen brief met «zeevisserij» in onderwerp of tekst."
    assert about.nearest


def test_a_conversation_tells_which_letter_is_meant(letters: Kamerbrief) -> None:
    turns: list[Turn] = []
    for question, told in (
        ("Hoeveel helmen heeft Nederland geleverd aan de Koerden?", "1.000 helmen"),
        ("En wie heeft de brief ondertekend?", SIGNED),
        ("En van wanneer is die?", f"{NAMED} is van 10 september 2014."),
        ("Zijn er brieven van de minister van Defensie?", "Er is 1 brief van de minister van Defensie."),
        ("En van de minister van Economische Zaken?", "Er is 1 brief van de minister van Economische Zaken."),
        ("Wie heeft hem ondertekend?", "Kamerstuk 29 515, nr. 496 is ondertekend door D.S. Beljaarts"),
    ):
        answer = said(letters.ask(question, turns=turns))
        assert told in answer
        turns.append(Turn(question=question, answer=answer))


@pytest.mark.parametrize(
    "question",
    [
        "Wie tekende het verdrag?",
        "Wie heeft de overeenkomst met Duitsland ondertekend?",
        "Wanneer werd de brief van de gemeente ontvangen?",
        "Wanneer is de brief aan de Europese Commissie gestuurd?",
        "Hoeveel brieven kreeg de minister van burgers over stikstof?",
        "Hoeveel brieven over stikstof krijgt de minister?",
        "Wat staat er in de brief van 14 mei 2024?",
        "In welke brief is toegelicht waarom het beleid is afgeschaft?",
        "Met welke brief zijn de vragen over de analyses beantwoord?",
        "Wat is het antwoord op de vragen over het beleid?",
        "Welk document over het programma geldt ook voor de bestelling van vliegtuigen?",
        "Wie heeft hem ondertekend?",
        "En het kenmerk?",
        "Wanneer start de bouw?",
        "Wie schreef het rapport?",
        "Hoeveel helmen heeft Nederland geleverd?",
    ],
)
def test_questions_about_what_letters_say_are_none(question: str) -> None:
    assert record_question(question, lambda _: True) is None


def test_a_letter_that_is_not_here_is_not_taken_for_another(letters: Kamerbrief) -> None:
    assert not any(
        field for _, field, _ in proves(letters.ask("Wie schreef de brief over de woningbouw in Duitsland?"))
    )


def test_what_may_be_another_thing_is_not_taken_for_the_letter(letters: Kamerbrief) -> None:
    turn = Turn(question="Wat staat er in het verdrag met Duitsland?", answer="Er staat dat …")
    answer = letters.ask("En wie heeft hem ondertekend?", turns=[turn])
    assert not any(field for _, field, _ in proves(answer))
