"""Whether what is said of letters' records is what these hold.

Such a sentence has one of the forms of `records.said`. What stands in its slots is read again and held against the
records: a letter against its label, a value against the field as it is printed, a number by counting, what tells the
counted letters apart ("van de minister van Defensie", "uit 2024") against every one of them, and that one is the last
against the dates of all.
"""

import datetime
import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import Lexicon, lexicons
from kamerbrief.language.mentions import all_in
from kamerbrief.language.moments import find_periods
from kamerbrief.letters.fields import has_reference, has_subject, is_in_dossier, is_sent_to
from kamerbrief.letters.labels import label
from kamerbrief.letters.senders import sender_of
from kamerbrief.proof.retelling import Broken
from kamerbrief.proof.sources import Sources, SourceSentence
from kamerbrief.records.letters import LetterHead

NOT_RECORDED = "not-recorded"
_FIELD = {"answered": "signatories", "dated": "title"}  # of the forms that are not named after theirs


def unrecorded(text: str, named: Sequence[SourceSentence], sources: Sources) -> Broken | None:
    """What breaks a sentence about records. `named` are the sources that it cites; the letters of all sources are those
    that it counts, or of which one is the last."""
    told = _Told(named, sources.sentences)
    for lexicon in lexicons():
        for form, pattern in _said(lexicon).items():
            match = pattern.fullmatch(text)
            if match and told.proves(form, {slot: said for slot, said in match.groupdict().items() if said}, lexicon):
                return None
    return Broken(NOT_RECORDED)


class _Told:
    """The sources that a sentence cites, and all there are."""

    def __init__(self, named: Sequence[SourceSentence], sources: Sequence[SourceSentence]) -> None:
        self._named, self._sources = named, sources
        self._cited, self._all = _heads(named), _heads(sources)

    def proves(self, form: str, slots: Mapping[str, str], lexicon: Lexicon) -> bool:
        """Whether all is true that the slots of a form say."""
        if form in {"last", "first"} and not self._is_outermost(form):
            return False
        return all(self._proves(form, slot, said, lexicon) for slot, said in slots.items())

    def _proves(self, form: str, slot: str, said: str, lexicon: Lexicon) -> bool:
        if slot == "letter":
            return [label(head) for head in self._cited] == [said]
        if slot == "value":
            values = [one.text for one in self._named if one.key.field == _FIELD.get(form, form)]
            return lexicon.text("records.joins.values").join(values) == said
        if slot == "date":
            return [format_date(head.date, lexicon) for head in self._cited if head.date] == [said]
        if slot in {"number", "shown"}:
            return int(said) == len(self._all if slot == "number" else self._cited)
        if form == "mention":
            return all_in(_words(said), [one.passage.unit.text for one in self._named])
        return all(self._tells(head, slot, said, lexicon) for head in self._all)

    def _tells(self, head: LetterHead, slot: str, said: str, lexicon: Lexicon) -> bool:
        """Whether this of `records.which` is true of a letter."""
        if slot in {"period", "day", "since", "until"}:
            return head.date is not None and _is_in(head.date, slot, said, lexicon)
        if slot in {"first_chamber", "second_chamber"}:
            return is_sent_to(head, slot)
        if slot == "answers":
            return head.kind == "answers"
        if slot == "sender":
            return sender_of(said, lexicon).sent(head)
        if slot == "dossier":
            return is_in_dossier(head, said)
        if slot == "paper":
            return head.number == said
        if slot == "reference":
            return has_reference(head, said)
        return has_subject(head, _words(said)) or (slot != "subject" and all_in(_words(said), self._texts(head)))

    def _texts(self, head: LetterHead) -> list[str]:
        """What is here of a letter: its subject, and the sources that are of it, with their headings."""
        here = [one.passage for one in self._sources if one.passage.head.id == head.id]
        texts = [head.title, head.dossier_name, *(text for one in here for text in (one.heading, one.unit.text))]
        return [text for text in texts if text]

    def _is_outermost(self, form: str) -> bool:
        dates = [head.date for head in self._all if head.date]
        outermost = max(dates, default=None) if form == "last" else min(dates, default=None)
        return [head.date for head in self._cited] == [outermost]


def _heads(sources: Iterable[SourceSentence]) -> list[LetterHead]:
    """Their letters, each once."""
    return list({one.passage.head.id: one.passage.head for one in sources}.values())


def _is_in(date: datetime.date, slot: str, said: str, lexicon: Lexicon) -> bool:
    moments = find_periods(said, lexicon)
    if len(moments) != 1:
        return False
    since, until = moments[0].span
    return (slot == "until" or date >= since) and (slot == "since" or date <= until)


def _words(said: str) -> tuple[str, ...]:
    return tuple(re.findall(r"«([^»]+)»", said))


@functools.cache
def _said(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """The forms, each with a group for a slot, and one for each thing that may tell letters apart."""
    apart = "".join(
        f"(?P<{name}>{re.escape(text)})?" if "{" not in text else f"(?:{_pattern(text, name)})?"
        for name, text in lexicon.table("records.which").items()
    )
    apart += f"(?:{re.escape(lexicon.text('records.joins.filters'))})?"
    said = lexicon.table("records.said").items()
    return {form: re.compile(_pattern(text, "").replace("(?P<which>.+?)", apart)) for form, text in said}


def _pattern(text: str, name: str) -> str:
    """The text with a group for each slot; `name` is that of its only one."""
    return re.sub(r"\\\{(\w+)\\\}", lambda slot: f"(?P<{name or slot[1]}>.+?)", re.escape(text))
