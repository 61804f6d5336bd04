import pytest

from kamerbrief.letters.questions import question_head


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Vraag 1", ("question", (1,))),
        ("Vraag 3, 4 en 5", ("question", (3, 4, 5))),
        ("Vragen 1 t/m 3", ("question", (1, 2, 3))),
        ("Antwoord 7, 8, 9 10 en 11", ("answer", (7, 8, 9, 10, 11))),
        ("Antwoord op vraag 2:", ("answer", (2,))),
        ("Antwoord", ("answer", ())),
        ("Vraag", None),
        ("antwoord", None),
        ("Vraag 1 gaat over helmen", None),
        ("Antwoorden op vragen over 2024 volgen", None),
    ],
)
def test_heads_of_questions_and_answers(text: str, head: tuple[str, tuple[int, ...]] | None) -> None:
    assert question_head(text) == head
