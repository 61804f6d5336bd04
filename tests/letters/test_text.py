"""Plain text: wrapped, one paragraph a line, with furniture in the middle."""

import datetime

from kamerbrief.letters.reading import read_letter

PROSE = "De inspanningen van de bondgenoten hebben er toe geleid dat de opmars is gestuit. " * 3


def _texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_letter(text.encode()).paragraphs]


def test_a_sentence_over_a_page_break_is_one_paragraph() -> None:
    text = (
        "De minister heeft vandaag aan de Kamer laten weten dat het kabinet de inzet\n"
        "\n"
        "Tweede Kamer, vergaderjaar 2013–2014, 27 925, nr. 504 3\n"
        "\f\n"
        "van de missie verlengt tot het einde van het volgende jaar en daarna verder\n"
        "beziet wat er nodig is.\n"
    )

    assert _texts(text) == [
        "De minister heeft vandaag aan de Kamer laten weten dat het kabinet de inzet van de missie verlengt tot het"
        " einde van het volgende jaar en daarna verder beziet wat er nodig is."
    ]


def test_a_form_feed_is_a_page_break() -> None:
    text = "De minister heeft aan de Kamer laten weten dat het kabinet de inzet\n\n\fvan de missie verlengt tot 2015.\n"

    assert _texts(text) == [
        "De minister heeft aan de Kamer laten weten dat het kabinet de inzet van de missie verlengt tot 2015."
    ]


def test_an_answer_belongs_to_the_question_before_it() -> None:
    asked = "Vraag 1\n\nIs dit zo?\n\nAntwoord 1\n\nJa, dat is zo.\n\n"

    letter = read_letter(f"{asked}{asked.replace('Antwoord 1', 'Antwoord')}".encode())

    assert [section.answers for section in letter.sections] == [None, 1, None, 3]


def test_a_long_line_is_a_paragraph_by_itself() -> None:
    assert _texts(f"{PROSE.strip()}\n{PROSE.strip()}\n") == [PROSE.strip()] * 2


def test_a_long_line_that_breaks_off_goes_on() -> None:
    start = PROSE.strip().removesuffix(".")

    assert _texts(f"{start}\nen dat is goed.\n{PROSE.strip()}\n") == [f"{start} en dat is goed.", PROSE.strip()]


def test_soft_hyphens_inside_a_line_go() -> None:
    assert _texts(f"De bekrachtigings\u00adoorkonden zijn er. {PROSE.strip()}\n")[0].startswith(
        "De bekrachtigingsoorkonden zijn er."
    )


def test_items_keep_their_marks() -> None:
    text = "De landen zijn de volgende:\n\n- Australië en\n  Canada;\n- Denemarken;\n1. Polen;\n2. Turkije.\n"

    letter = read_letter(text.encode())

    assert [(p.kind, p.text) for p in letter.paragraphs] == [
        ("text", "De landen zijn de volgende:"),
        ("item", "- Australië en Canada;"),
        ("item", "- Denemarken;"),
        ("item", "1. Polen;"),
        ("item", "2. Turkije."),
    ]


def test_a_note_under_the_text_hangs_on_its_mark() -> None:
    letter = read_letter(f"{PROSE.strip()} Zie de bijlage.1\n1 Ter inzage gelegd bij de bibliotheek.\n".encode())

    [note] = letter.footnotes
    assert (note.mark, note.text, note.paragraph) == ("1", "Ter inzage gelegd bij de bibliotheek.", 1)
    assert letter.paragraphs[0].text.endswith("Zie de bijlage.")
    assert note.position == len(letter.paragraphs[0].text)


def test_a_number_without_a_mark_is_no_note() -> None:
    assert len(_texts(f"De uitstoot van CO2 daalt met 20 m2. {PROSE.strip()}\n2 Deze regel is van een lijst.\n")) == 2


def test_an_english_letter_is_english() -> None:
    letter = read_letter(b"The government has decided to support the coalition in the fight, and it is on its way.\n")

    assert letter.language == "en"


def test_the_head_of_an_english_letter_is_read() -> None:
    head = "To the Speaker of the House of Representatives\n\nThe Hague, 3 March 2024\n\nSubject: Helmets for Erbil\n\n"
    said = "Dear Speaker,\n\nThe government has decided to deliver the helmets, and they are on their way to Erbil.\n\n"
    letter = read_letter(f"{head}Our reference\nBZ-2024/17\n\n{said}Yours sincerely,\n".encode())

    assert (letter.title, letter.reference, letter.kind) == ("Helmets for Erbil", "BZ-2024/17", "letter")
    assert letter.date == datetime.date(2024, 3, 3)
    assert letter.addressee == "the Speaker of the House of Representatives"
    assert len(letter.paragraphs) == 1


def test_names_have_no_language() -> None:
    assert read_letter(b"Jansen, Pietersen, Klaassen, Willemsen, Hendriksen, Gerritsen.\n").language is None
