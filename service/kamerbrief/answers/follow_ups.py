"""A question that follows on earlier ones ("En wie leidt die?") becomes one that stands alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kamerbrief.answers.question import MAX_CHARACTERS, Question, ask_about
from kamerbrief.answers.talk import small_talk
from kamerbrief.errors import ModelError, QuestionError
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.names import find_names, known
from kamerbrief.language.numbers import find_quantities
from kamerbrief.language.terms import term_set, terms
from kamerbrief.records.answers import Turn

TURNS = 4  # the last ones: what is older is rarely meant
SHORT = 3  # letters
OWN_WORDS = 2  # "Hoeveel vesten?" says too little alone


Reword = Callable[[Question, Sequence[Turn]], str]


@dataclass(frozen=True)
class Followed:
    """The question that is to be answered; `alone` is the same without the one before it, where it may as well be meant
    so. `failure` says why a model did not word it, and what is asked instead."""

    question: Question
    failure: str | None = None
    alone: Question | None = None


def follow_up(question: Question, turns: Sequence[Turn], reword: Reword | None) -> Followed:
    """The question with what it leaves out of the turns before it (one at least), by `reword`, a model, if given. One
    that leaves nothing out is asked as it is: mixed with another topic it would not be answered.

    A model may bring in no name and no number that the conversation does not hold, since a proof lets pass what the
    question names. Where it does, or fails, and where there is none, the question before stands behind this one.
    """
    turns = [turn for turn in turns[-TURNS:] if not _is_talk(turn.question)]
    if stands_alone(question) or not turns:
        return Followed(question)
    failure = None
    if reword:
        try:
            asked = ask_about(reword(question, turns))
            if asked != question and _faithful(asked, question, turns):
                return Followed(asked)
        except (ModelError, QuestionError) as error:
            failure = str(error)
    joined = len(question.text) + len(turns[-1].question) + len(" ()") <= MAX_CHARACTERS
    if failure:
        instead = "with the one before it" if joined else "as it stands"
        failure = f"the model did not reword the question, which is asked {instead}: {failure}"
    if not joined:
        return Followed(question, failure)
    return Followed(
        ask_about(question.text, turns[-1].question), failure, question if may_stand_alone(question) else None
    )


def _is_talk(text: str) -> bool:
    try:
        return small_talk(ask_about(text)) is not None
    except QuestionError:
        return True  # nothing is asked in it


def stands_alone(question: Question) -> bool:
    """Whether a question neither points to what was said before nor lacks words of its own."""
    opens = rf"\W*(?:{question.lexicon.any_of('questions.leaning.opening')})\b"
    return may_stand_alone(question) and not re.match(opens, question.text, re.IGNORECASE)


def may_stand_alone(question: Question) -> bool:
    """The same, but that it may open as one that goes on: "En wie leidt de regering van Irak?" """
    text, lexicon = question.text, question.lexicon
    if lexicon.pattern("questions.leaning.pointing").search(text):
        return False
    asking = lexicon.pattern("questions.leaning.asking")
    return len({stem for stem in terms(asking.sub(" ", text)) if not stem.startswith("#")}) >= OWN_WORDS


def _faithful(asked: Question, question: Question, turns: Sequence[Turn]) -> bool:
    """Whether the question is still in what is asked, and every name and number of that in the conversation.

    A weak model gives the question before back. Short words, such as the "die" and "daar" that are to be replaced, need
    not be kept.
    """
    kept = {stem for stem in term_set(question.text) if len(stem) > SHORT} <= term_set(asked.text)
    said = [question.text, *(text for turn in turns for text in (turn.question, turn.answer) if text)]
    names = known(said, lexicons())
    named = all(names.proves(name) for name in find_names(asked.text, lexicons()))
    numbers = [one for text in said for one in find_quantities(text, language_of(text, lexicons()))]
    asked_numbers = find_quantities(asked.text, asked.lexicon)
    return kept and named and all(any(one.proven_by(other) for other in numbers) for one in asked_numbers)
