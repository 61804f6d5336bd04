"""The first step of an answer: what is asked, and all checked that can be before a model server is bothered with it."""

from collections.abc import Sequence

from kamerbrief.answers.question import Question, ask_about
from kamerbrief.errors import QuestionError
from kamerbrief.index.letters import check_known
from kamerbrief.language.characters import is_text
from kamerbrief.records.answers import Turn
from kamerbrief.records.letters import Filters
from kamerbrief.store.store import Store


def understand(store: Store, question: str, filters: Filters, turns: Sequence[Turn] = ()) -> Question:
    """The question understood. Raises QuestionError, UnknownLetterError (in the filters), StoreModelError."""
    _check_text(question, "the question")
    asked = ask_about(question)
    store.check_model()
    check_known(store, filters.letters)
    for turn in turns:
        _check_text(turn.question + turn.answer, "an earlier turn")
    return asked


def _check_text(given: str, what: str) -> None:
    if not is_text(given):
        raise QuestionError(f"{what} holds bytes that are no text", "write it in UTF-8")
