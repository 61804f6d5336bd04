"""What is asked: the language of a question, and the kind of thing an answer must hold."""

import functools
import re
from dataclasses import dataclass
from typing import Literal

from kamerbrief.errors import QuestionError
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import Lexicon, lexicons

MAX_CHARACTERS = 2000
SHORTEST_PART = 4  # words; "en waarom?" asks nothing without what stands before it

Kind = Literal["number", "amount", "date", "person", "place", "which", "reason", "definition", "yes/no", "open"]
_TRIED: tuple[Kind, ...] = ("amount", "number", "date", "reason", "person", "place", "which", "definition", "open")


@dataclass(frozen=True)
class Question:
    """A question: its text, trimmed; the language that it is in; the kind of thing an answer must hold."""

    text: str
    lexicon: Lexicon
    kind: Kind

    @property
    def not_found(self) -> str:
        """What is said when the letters do not hold the answer."""
        return self.lexicon.text("questions.not_found")

    @property
    def language(self) -> str:
        """The two letters of its language."""
        return self.lexicon.code


def ask_about(text: str) -> Question:
    """Understands a question. Raises QuestionError when it is empty or longer than MAX_CHARACTERS."""
    text = " ".join(text.replace("\0", " ").split())
    if not re.search(r"\w", text):
        raise QuestionError("the question is empty", "ask something, in Dutch or English")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(f"the question has {len(text):,} characters", f"ask it in at most {MAX_CHARACTERS:,}")
    lexicon = language_of(text, lexicons())
    return Question(text=text, lexicon=lexicon, kind=_kind(text, lexicon))


def parts_of(question: Question) -> tuple[Question, ...]:
    """The questions that a question is made of: "Wie leidt de regering, en wie vroeg om wapens?" asks two things.

    It is parted at the one conjunction after which a question of its own begins. What is left of that by leaving out
    ("en welk bij de tweede?") stays a part: whoever looks for it has the whole question beside it.
    """
    found = list(_conjunction(question.lexicon).finditer(question.text))
    if len(found) != 1:
        return (question,)
    halves = question.text[: found[0].start()], question.text[found[0].end() :]
    if min(len(half.split()) for half in halves) < SHORTEST_PART:
        return (question,)
    texts = f"{halves[0].rstrip(' ,')}?", halves[1][0].upper() + halves[1][1:]
    return tuple(Question(text, question.lexicon, _kind(text, question.lexicon)) for text in texts)


def _kind(text: str, lexicon: Lexicon) -> Kind:
    start = text.lower().lstrip("\"'«“‘( ")
    for kind, pattern in _kinds(lexicon):
        if pattern.match(start):
            return kind
    return "yes/no" if text.endswith("?") else "open"


@functools.cache
def _kinds(lexicon: Lexicon) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The kinds in the order in which they are tried on the start of a question. A preposition may stand in front
    ("Met hoeveel …"), but no verb: "Klopt het dat niemand weet wie …" asks yes or no."""
    before = rf"(?:(?:{lexicon.any_of('questions.leading')}) )?{_preposition(lexicon)}"
    return tuple((kind, re.compile(rf"{before}(?:{lexicon.any_of(f'questions.kinds.{kind}')})")) for kind in _TRIED)


@functools.cache
def _conjunction(lexicon: Lexicon) -> re.Pattern[str]:
    """What stands between two questions: after it one begins with a word or a verb that asks."""
    word, verb = (lexicon.any_of(f"questions.asking_{what}") for what in ("words", "verbs"))
    return re.compile(
        rf",? (?:{lexicon.any_of('questions.conjunctions')}) (?={_preposition(lexicon)}(?:{word})\b)"
        rf"|, (?:{lexicon.any_of('questions.and')}) (?=(?:{verb})\b)",
        re.IGNORECASE,
    )


def _preposition(lexicon: Lexicon) -> str:
    return rf"(?:(?:{lexicon.any_of('questions.prepositions')}) )?"
