"""Citations, per sentence as in ALCE (Gao et al. 2023): is each sentence supported, and is no citation idle.

Support is told twice: against the gold paragraphs, and by `verify`. Numbers and names are looked for by a rule that
shares nothing with `verify`, so that a hole in one shows in the other.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean

from eval.metrics.base import Asked, Measure, Metric, Proves, mean
from eval.sets.cases import Case, Entry, gold_keys
from kamerbrief.letters.fields import field_of
from kamerbrief.records.answers import Citation, Sentence
from kamerbrief.records.letters import Key, Letter, Unit, key_of


@dataclass(frozen=True)
class CitationRecall:
    """The share of sentences of which a citation is a gold paragraph."""

    name: str = "citation recall"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.answer or not asked.case.answerable:
            return None
        gold = gold_keys(asked.case, asked.letters)
        return fmean(any(key in gold for key in _keys(sentence)) for sentence in asked.answer.sentences)


@dataclass(frozen=True)
class CitationPrecision:
    """The share of citations that are gold paragraphs."""

    name: str = "citation precision"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.answer or not asked.case.answerable:
            return None
        gold = gold_keys(asked.case, asked.letters)
        return fmean(key in gold for sentence in asked.answer.sentences for key in _keys(sentence))


@dataclass(frozen=True)
class ProvenRecall:
    """The share of sentences that `verify` lets out with the paragraphs they cite."""

    name: str = "citation recall by verify"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.answer or not asked.proves:
            return None
        return fmean(asked.proves(sentence.text, _keys(sentence)) for sentence in asked.answer.sentences)


@dataclass(frozen=True)
class ProvenPrecision:
    """The share of citations that are not idle by `verify`: one proves its sentence alone, or the others do not
    prove it without it. Citations of a sentence that is not proven are all idle."""

    name: str = "citation precision by verify"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.answer or not asked.proves:
            return None
        return fmean(useful for sentence in asked.answer.sentences for useful in _useful(asked.proves, sentence))


def _useful(proves: Proves, sentence: Sentence) -> Iterator[bool]:
    keys = _keys(sentence)
    proven = proves(sentence.text, keys)
    for key in keys:
        others = [other for other in keys if other != key]
        yield proven and (not others or proves(sentence.text, [key]) or not proves(sentence.text, others))


@dataclass(frozen=True)
class QuotesVerbatim:
    """The share of quotes that stand letter for letter, at their place, in the paragraph of the letter as read here.

    Of a letter that is not of the corpus (a distractor) the paragraph is the one the citation carries.
    """

    name: str = "quotes letter for letter"

    def __call__(self, asked: Asked[Entry]) -> float | None:
        if not asked.answer:
            return None
        cited = [citation for sentence in asked.answer.sentences for citation in sentence.citations]
        return fmean(stands(citation, asked.letters) for citation in cited)


def stands(citation: Citation, letters: Mapping[str, Letter]) -> bool:
    """Whether the quote stands at its place in the paragraph of the letter, if that is one of these."""
    letter = next((letter for letter in letters.values() if letter.id == citation.letter), None)
    if letter is None:
        return citation.text[citation.start : citation.end] == citation.quote
    field = field_of(letter, citation.field) if citation.field else None
    units: tuple[Unit, ...] = (*letter.paragraphs, *letter.footnotes, *([field] if field else []))
    texts = [unit.text for unit in units if key_of(letter.id, unit) == citation.key]
    return any(text[citation.start : citation.end] == citation.quote for text in texts)


@dataclass(frozen=True)
class Invented:
    """How many numbers and names of the answer occur nowhere in the paragraphs that their sentence cites.

    Numbers are runs of digits without their separators; names are words with a capital that do not begin the sentence.
    The label of the letter (date, paper) and the question count as said, too.
    """

    name: str = "invented numbers and names"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.answer:
            return None
        return float(sum(len(list(invented(s, asked.answer.question))) for s in asked.answer.sentences))


def invented(sentence: Sentence, question: str) -> Iterator[str]:
    """The numbers and names of a sentence that its citations lack."""
    sources = " ".join(f"{citation.text} {citation.label}" for citation in sentence.citations) + f" {question}"
    numbers, words = set(_numbers(sources)), set(_words(sources))
    yield from (number for number in _numbers(sentence.text) if number not in numbers)
    for match in re.finditer(r"(?<=[\w,;)] )[A-ZÀ-Ý][\w’'-]+", sentence.text):
        yield from (word for word in _words(match.group()) if word not in words)


def _numbers(text: str) -> list[str]:
    return [re.sub(r"[.,]", "", number).lstrip("0") or "0" for number in re.findall(r"\d+(?:[.,]\d+)*", text)]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c)))


def _keys(sentence: Sentence) -> list[Key]:
    return list(dict.fromkeys(citation.key for citation in sentence.citations))


METRICS: tuple[Metric[Case], ...] = (
    CitationRecall(),
    CitationPrecision(),
    ProvenRecall(),
    ProvenPrecision(),
    QuotesVerbatim(),
    Invented(),
)
MEASURES: tuple[Measure, ...] = (
    *(mean(metric.name) for metric in METRICS[:4]),
    mean("quotes letter for letter", exact=True),
    mean("invented numbers and names", up=False, exact=True),
)
