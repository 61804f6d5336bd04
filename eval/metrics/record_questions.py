"""Questions about the record of letters: is the value told, and the letter cited; are look-alikes answered as such."""

from dataclasses import dataclass
from statistics import fmean

from eval.metrics.base import Asked, Measure, Metric, mean
from eval.sets.cases import gold_keys
from eval.sets.questions import RecordQuestion
from kamerbrief.records.answers import Answer, Citation

LOOK_ALIKE, ABSENT = "look-alike", "absent"


def _cited(answer: Answer) -> list[Citation]:
    return [citation for sentence in answer.sentences for citation in sentence.citations]


def _wanted(asked: Asked[RecordQuestion]) -> bool:
    """Whether it asks about the record, which holds an answer."""
    return asked.outcome.answer is not None and asked.case.kind not in (LOOK_ALIKE, ABSENT)


@dataclass(frozen=True)
class ValueTold:
    """Whether each of the values is told, in an accepted spelling."""

    name: str = "record: value told"

    def __call__(self, asked: Asked[RecordQuestion]) -> float | None:
        return float(all(value.within(asked.text) for value in asked.case.values)) if _wanted(asked) else None


@dataclass(frozen=True)
class LetterCited:
    """Whether each of the letters is cited."""

    name: str = "record: letter cited"

    def __call__(self, asked: Asked[RecordQuestion]) -> float | None:
        answer = asked.outcome.answer
        if answer is None or not _wanted(asked):
            return None
        wanted = {asked.letters[stem].id for stem in asked.case.cites}
        return float(wanted <= {citation.letter for citation in _cited(answer)})


@dataclass(frozen=True)
class Right:
    """Whether the values are told and the letters are cited."""

    name: str = "record: right"

    def __call__(self, asked: Asked[RecordQuestion]) -> float | None:
        told, cited = ValueTold()(asked), LetterCited()(asked)
        return None if told is None or cited is None else told * cited


@dataclass(frozen=True)
class OtherLetters:
    """The share of the citations of an answer that are of other letters than those that are asked for."""

    name: str = "record: other letters cited"

    def __call__(self, asked: Asked[RecordQuestion]) -> float | None:
        if not asked.answer or not _wanted(asked):
            return None
        wanted = {asked.letters[stem].id for stem in asked.case.cites}
        return fmean(citation.letter not in wanted for citation in _cited(asked.answer))


@dataclass(frozen=True)
class FieldCited:
    """Whether the field of the record is cited, where one field alone will do."""

    name: str = "record: field cited"

    def __call__(self, asked: Asked[RecordQuestion]) -> float | None:
        answer = asked.outcome.answer
        if answer is None or not _wanted(asked) or asked.case.field is None:
            return None
        return float(any(citation.field == asked.case.field for citation in _cited(answer)))


@dataclass(frozen=True)
class Refused:
    """Whether what has no answer is refused: of what is absent from the record, or of look-alikes."""

    kind: str

    @property
    def name(self) -> str:
        return f"{self.kind}: refused"

    def __call__(self, asked: Asked[RecordQuestion]) -> float | None:
        if asked.outcome.answer is None or asked.case.kind != self.kind or asked.case.gold:
            return None
        return float(not asked.outcome.answer.sentences)


@dataclass(frozen=True)
class LookAlikeCited:
    """Whether a look-alike that has an answer gets one with a gold paragraph."""

    name: str = "look-alike: gold cited"

    def __call__(self, asked: Asked[RecordQuestion]) -> float | None:
        answer = asked.outcome.answer
        if answer is None or asked.case.kind != LOOK_ALIKE or not asked.case.gold:
            return None
        gold = gold_keys(asked.case, asked.letters)
        return float(any(one.key in gold for one in _cited(answer)))


@dataclass(frozen=True)
class LookAlikeFromRecord:
    """Whether a look-alike is answered from the record all the same."""

    name: str = "look-alike: told from the record"

    def __call__(self, asked: Asked[RecordQuestion]) -> float | None:
        answer = asked.outcome.answer
        if answer is None or asked.case.kind != LOOK_ALIKE:
            return None
        return float(any(citation.field is not None for citation in _cited(answer)))


METRICS: tuple[Metric[RecordQuestion], ...] = (
    Right(),
    ValueTold(),
    LetterCited(),
    FieldCited(),
    OtherLetters(),
    Refused(ABSENT),
    LookAlikeCited(),
    Refused(LOOK_ALIKE),
    LookAlikeFromRecord(),
)
MEASURES: tuple[Measure, ...] = (
    *(mean(metric.name) for metric in METRICS[:4]),
    mean("record: other letters cited", up=False),
    mean("absent: refused"),
    mean("look-alike: gold cited"),
    mean("look-alike: refused"),
    mean("look-alike: told from the record", up=False, exact=True),
)
