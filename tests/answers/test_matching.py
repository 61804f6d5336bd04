"""How words of a question are met: by vectors that can be read off, and by the real model."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from kamerbrief.answers.matching import Match, match
from kamerbrief.answers.question import ask_about
from kamerbrief.answers.windows import read_windows, windows_of
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import TokenStates
from kamerbrief.embedding.reader import Judgement, PairReader, Reading, TogetherReader
from kamerbrief.library import Kamerbrief
from kamerbrief.proof.sources import SourceSentence, cut
from kamerbrief.records.letters import Key
from kamerbrief.store.stored import Passage

AXES = {"vissers": 0, "fishermen": 0, "wonen": 1, "marokko": 2, "schepen": 3}


class _Words:
    """A token a word; words of the same axis mean the same, other words mean nothing in particular."""

    hash = "words"

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> Reading:
        told = [_states(text) for _, text in passages]
        judged = [Judgement(0, 0, 0)] * len(told)
        return Reading(_states(question), told, judged)


def _states(text: str) -> TokenStates:
    words = text.replace("?", "").replace(".", "").lower().split()
    vectors = np.array([np.eye(5)[AXES.get(word, 4)] for word in words], np.float32)
    return TokenStates(vectors, [text.lower().index(word) for word in words], vectors.mean(axis=0), vectors)


def _sentences(kb: Kamerbrief, *texts: str) -> list[SourceSentence]:
    """Each in a paragraph of its own."""
    letter = kb.letter("kst-27925-504")
    head = letter.model_copy(update={"title": "Vissers", "dossier_name": None})
    paragraphs = [letter.paragraphs[0].model_copy(update={"text": text, "number": i}) for i, text in enumerate(texts)]
    return list(cut([Passage(head=head, heading=None, unit=paragraph) for paragraph in paragraphs]).sentences)


def _match(question: str, sentences: list[SourceSentence], rarity: Mapping[str, float], by: TogetherReader) -> Match:
    places: dict[Key, tuple[int, ...]] = defaultdict(tuple)
    for place, one in enumerate(sentences):
        places[one.key] += (place,)
    windows = windows_of(sentences, places, -np.arange(len(sentences), dtype=float))
    reading = by.read(question, [(one.context, one.text) for one in windows])
    return match(ask_about(question), reading.asked, read_windows(windows, reading), rarity)


def test_a_word_is_met_by_what_means_the_same_in_the_sentence_but_not_in_its_subject(kb: Kamerbrief) -> None:
    sentences = _sentences(kb, "Fishermen varen.", "Schepen varen.")
    found = _match("Waar wonen vissers?", sentences, {"visser": 3.0, "woon": 1.0}, _Words())
    wonen, vissers = 0, 1
    assert found.weights.tolist() == [1.0, 3.0]
    assert found.met[0, vissers] > 0.9
    assert found.met[1, vissers] < 0.5
    assert found.met[0, wonen] < 0.5
    assert found.total([0]) > found.total([1])
    assert found.total([0, 1]) >= found.total([0])


def test_a_question_of_stop_words_alone_is_held_against_the_sentence_all_the_same(kb: Kamerbrief) -> None:
    found = _match("Wie is het?", _sentences(kb, "Fishermen varen."), {}, _Words())
    assert found.met.shape == (1, 3)
    assert found.weights.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("question", ["Waar wonen de vissers?", "Where do the fishermen live?"])
def test_the_real_model_meets_words_across_languages(kb: Kamerbrief, question: str) -> None:
    sentences = _sentences(kb, "De vissersgezinnen zijn gehuisvest in Den Helder.", "De wapens komen uit Duitsland.")
    rarity = {"visser": 4.0, "woon": 3.0, "fisherm": 5.0, "live": 5.0}
    found = _match(question, sentences, rarity, PairReader(E5Embedder()))
    assert found.total([0]) > found.total([1]) + 0.1


def test_a_question_may_end_with_the_mark_of_a_footnote(kb: Kamerbrief) -> None:
    question = "Klopt het dat de vissers in Den Helder wonen, gerelateerd aan drugscriminaliteit?[1]"
    found = _match(question, _sentences(kb, "De vissers wonen in Den Helder."), {}, PairReader(E5Embedder()))
    assert np.isfinite(found.met).all()
