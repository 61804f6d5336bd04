"""Questions that the record of a letter answers: who signed it, of what date it is, how many there are of somebody or
about something.

What of the question tells which letters are meant (a paper, a sender, a time, a topic) is marked first, and what is
left must be, as a whole, one of the forms in which people ask for such a thing. So a question about what letters say
("wie tekende het verdrag?") is none.
"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from kamerbrief.answers.record_marks import Marked, Meant, Pointed, mark_all, with_topics
from kamerbrief.language.lexicon import Lexicon, lexicons
from kamerbrief.letters.senders import Sender
from kamerbrief.records.letters import FieldName

Lists = Literal["count", "which_ones", "exists"]
_LISTS: tuple[Lists, ...] = ("count", "which_ones", "exists")
_FIELDS: tuple[FieldName, ...] = (
    "signatories", "date", "addressee", "dossier", "number", "reference", "title", "ministries", "session_year",
)  # fmt: skip
_ABOUT = "about"  # what its subject tells, where it has one
TERSE = 2  # words of a topic
LONGEST = 300  # characters of a question that may be one


@dataclass(frozen=True)
class RecordQuestion:
    """What is asked for, of which letters, in which language: a field of each, or by `lists` which there are.
    `or_else` says that the letters' text may answer it as well."""

    field: FieldName | None
    lists: Lists | None
    of: Meant
    lexicon: Lexicon
    or_else: bool = False


def record_question(
    text: str, known: Callable[[Sender], bool], before: RecordQuestion | None = None, *, follows: bool = False
) -> RecordQuestion | None:
    """What of letters' records the question asks for; None where it asks for something else, or may.

    `known` tells whether somebody of this name signs letters here. A question that `follows` on others may leave out
    which letter it means; after one `before` it about records, all but that ("en van de minister van Defensie?").
    """
    if len(text) > LONGEST:
        return None
    for lexicon in lexicons():
        if found := _read(text, lexicon, before, persons=False, follows=follows):
            return found
        found = _read(text, lexicon, before, persons=True, follows=follows)
        if found and found.of.sender and known(found.of.sender):
            return found
    return None


def _read(
    text: str, lexicon: Lexicon, before: RecordQuestion | None, *, persons: bool, follows: bool
) -> RecordQuestion | None:
    forms = _forms(lexicon)
    marked = mark_all(text.strip(" ?.!"), lexicon, persons=persons)
    if not follows and not forms.letter.search(marked.text):
        return None
    for variant in (marked, *with_topics(marked)):
        if len(variant.meant.words) > TERSE and forms.bare.fullmatch(variant.text):
            continue
        if match := forms.asks.fullmatch(variant.text):
            left_out = not forms.letter.search(variant.text)
            if left_out and not follows:
                return None
            pointed: Pointed = "nothing" if left_out else "letter" if forms.pointed.search(variant.text) else ""
            return _asking(match, replace(variant.meant, pointed=pointed), lexicon)
    if follows:
        return _after(marked, before) or _pointing(marked, lexicon)
    return None


def _asking(match: re.Match[str], meant: Meant, lexicon: Lexicon) -> RecordQuestion:
    field = next((name for name in _FIELDS if match[name] is not None), "title" if match[_ABOUT] is not None else None)
    lists = next((name for name in _LISTS if match[name] is not None), None)
    return RecordQuestion(field, lists, meant, lexicon, or_else=match[_ABOUT] is not None)


def _after(marked: Marked, before: RecordQuestion | None) -> RecordQuestion | None:
    """The question before, of other letters: "en in 2023?"."""
    forms = _forms(marked.lexicon)
    for variant in (marked, *with_topics(marked)):
        if before and forms.only_marks.fullmatch(variant.text):
            told = {name: value for name, value in vars(variant.meant).items() if value}
            return replace(before, of=replace(before.of, **told))
    return None


def _pointing(marked: Marked, lexicon: Lexicon) -> RecordQuestion | None:
    """ "Wie heeft hem ondertekend?" asks of the letter that was spoken of."""
    forms = _forms(lexicon)
    for word in forms.pointing.finditer(marked.text):
        text = f"{marked.text[: word.start()]}¤n999{marked.text[word.end() :]}"
        if match := forms.asks.fullmatch(text):
            return _asking(match, replace(marked.meant, pointed="word"), lexicon)
    return None


class _Forms:
    """How a language asks for what records tell. `asks` has a group for each thing that may be asked for; it and `bare`
    are long, and made when a question first speaks of a letter: most never do."""

    def __init__(self, lexicon: Lexicon) -> None:
        def of(name: str) -> str:
            return rf"(?:{lexicon.any_of(f'questions.record.{name}')})"

        lead, end = rf"(?:{of('leading')},? )*(?:{of('polite')},? )?", rf"(?:,? {of('closing')})*"
        noun = rf"(?:{of('noun')}|{of('nouns')})"
        asks = "|".join(rf"(?P<{name}>{of(name)})" for name in (*_FIELDS, _ABOUT, *_LISTS))
        self._asks, self._bare = rf"{lead}(?:{asks}){end}", rf"{lead}{of('bare')}{end}"
        self.letter = _made(rf"\b{noun}\b|¤[nqr]\d")
        self.pointed = _made(rf"\b{of('pointing_the')} (?:¤p\d+ )?{noun}\b")
        self.pointing = _made(rf"\b{of('pointing')}\b")
        self.only_marks = _made(rf"{lead}(?:¤[dkostu]\d+ ?)+{end}")

    @cached_property
    def asks(self) -> re.Pattern[str]:
        return _made(self._asks)

    @cached_property
    def bare(self) -> re.Pattern[str]:
        return _made(self._bare)


_forms = functools.cache(_Forms)


def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
