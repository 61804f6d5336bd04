import numpy as np

from eval.fitting.worded import Worded
from kamerbrief.briefings.choose.worth import phrases, share


def test_phrases_are_words_neighbours_and_the_first_ones() -> None:
    assert phrases("Ik zal 12 dingen doen.") == {
        *("ik", "zal", "0", "dingen", "doen", "ik zal", "zal 0", "0 dingen", "dingen doen", "^ik", "^zal", "^0"),
    }
    assert phrases("") == frozenset()
    assert share(frozenset("abcd")) == 0.5


def test_what_is_said_in_right_sentences_alone_is_learnt() -> None:
    said = [phrases(text) for text in ("Ik zal dat doen.", "Dat is zo.", "Wij zullen zien.", "Er was niets.") * 10]
    target = np.array([1.0, 0.0, 1.0, 0.0] * 10)
    nothing = np.zeros((4, 1))
    fitted = Worded.fit(np.zeros((40, 1)), said, target, l2=30.0)
    right, wrong, also_right, none = fitted.log_odds(nothing, said[:4])
    assert min(right, also_right) > max(wrong, none)
    assert fitted.words["^zal"] > 0 > fitted.words["^was"]
