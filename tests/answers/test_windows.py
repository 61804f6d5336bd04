"""What is read of a paragraph: whole sentences around the best one, as many as find room."""

from collections import defaultdict

import numpy as np
import pytest

from kamerbrief.answers.windows import WINDOWS, Window, windows_of
from kamerbrief.library import Kamerbrief
from kamerbrief.proof.sources import SourceSentence, cut
from kamerbrief.records.letters import Key
from kamerbrief.store.stored import Passage


def cut_up(kb: Kamerbrief, *texts: str) -> tuple[list[SourceSentence], dict[Key, tuple[int, ...]]]:
    """Paragraphs of the sample letter with these texts: their sentences, and the places of each paragraph's."""
    letter = kb.letter("kst-27925-504")
    units = [letter.paragraphs[0].model_copy(update={"text": text, "number": i}) for i, text in enumerate(texts, 1)]
    sentences = list(cut([Passage(head=letter, heading="Wapens", unit=unit) for unit in units]).sentences)
    places: dict[Key, tuple[int, ...]] = defaultdict(tuple)
    for place, one in enumerate(sentences):
        places[one.key] += (place,)
    return sentences, places


def windows(kb: Kamerbrief, scores: list[float], *texts: str) -> list[Window]:
    sentences, places = cut_up(kb, *texts)
    return windows_of(sentences, places, np.array(scores))


READ, WINDOW, LAST = len(WINDOWS), WINDOWS[0], WINDOWS[-1]
LONG = f"Dit is een lange zin {'die maar doorgaat ' * 8}en dan toch eindigt."


def test_a_short_paragraph_is_read_whole_in_its_context(kb: Kamerbrief) -> None:
    (window,) = windows(kb, [0.1, 0.9], "De schepen varen uit. De vissers wonen in Den Helder.")
    assert window.text == "De schepen varen uit. De vissers wonen in Den Helder."
    assert window.places == (0, 1)
    assert window.context == "Wapens"


@pytest.mark.parametrize(("scores", "places"), [([0, 1, 2, 3], (2, 3)), ([3, 2, 1, 0], (0, 1)), ([1, 3, 0, 2], (0, 1))])
def test_of_a_long_one_the_best_sentence_with_the_better_neighbours(
    kb: Kamerbrief, scores: list[float], places: tuple[int, ...]
) -> None:
    texts = [f"Zin nummer {number} {'gaat over vissers ' * 9}en houdt dan op." for number in range(4)]
    assert all(WINDOW / 3 < len(text) < WINDOW / 2 for text in texts)
    (window,) = windows(kb, scores, " ".join(texts))
    assert window.places == places
    assert len(window.text) <= WINDOW


def test_a_sentence_that_is_longer_than_a_window_is_read_alone_and_whole(kb: Kamerbrief) -> None:
    (window,) = windows(kb, [0, 1, 0], f"Kort. {LONG * 3} Ook kort.".replace("..", "."))
    assert len(window.text) > WINDOW
    assert LONG[:40] in window.text


def test_the_best_paragraphs_are_read_best_first(kb: Kamerbrief) -> None:
    texts = [f"Alinea {number} van de brief." for number in range(READ + 2)]
    found = windows(kb, [float(number) for number in range(READ + 2)], *texts)
    assert [one.places[0] for one in found] == list(range(READ + 1, 1, -1))


def test_of_the_last_one_less_is_read(kb: Kamerbrief) -> None:
    texts = [
        f"Zin {number} {'van de brief ' * 10}is uit. Dit is een tweede {'zin ' * 30}daarvan." for number in range(READ)
    ]
    *_, before, last = windows(kb, [0.0] * 2 * READ, *texts)
    assert len(last.text) <= LAST < len(before.text) <= WINDOW
