"""What is said in a conversation and asks nothing of the letters: thanks and greetings, which get no quotes."""

import functools
import re
from collections.abc import Iterator

from kamerbrief.answers.question import Question, ask_about
from kamerbrief.language.lexicon import Lexicon, lexicons

_KINDS = ("asked_who", "thanks", "bye", "greeting", "praise")
"""What is said; of several the first is replied to."""


def small_talk(question: Question) -> str | None:
    """What to reply to a text that is thanks, a greeting and the like as a whole; None where it asks something."""
    for lexicon in lexicons():
        if _only_talk(lexicon).fullmatch(question.text):
            return next(_replies(question.text, lexicon))
    return None


def without_opening(question: Question) -> Question:
    """The question without the thanks and greetings that it opens with: "Dank je. En hoeveel vesten?"."""
    for lexicon in lexicons():
        rest = _opening(lexicon).sub("", question.text)
        if rest != question.text and re.search(r"\w", rest):
            return ask_about(rest[0].upper() + rest[1:])
    return question


def _replies(text: str, lexicon: Lexicon) -> Iterator[str]:
    for kind in _KINDS:
        if lexicon.pattern(f"questions.talk.{kind}").search(text):
            yield lexicon.text(f"questions.talk.reply_{kind.removeprefix('asked_')}")


@functools.cache
def _only_talk(lexicon: Lexicon) -> re.Pattern[str]:
    said = "|".join(lexicon.any_of(f"questions.talk.{kind}") for kind in _KINDS)
    return re.compile(rf"\W*(?:\b(?:{said})\b\W*)+", re.IGNORECASE)


@functools.cache
def _opening(lexicon: Lexicon) -> re.Pattern[str]:
    said = "|".join(lexicon.any_of(f"questions.talk.{kind}") for kind in ("thanks", "greeting", "praise"))
    return re.compile(rf"^(?:(?:{said})\s*[,.!;:]+\s*)+", re.IGNORECASE)
