"""An answer as the page shows it: sentences with numbered marks, the sources under these numbers, what was left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.letters.numbering import Numbering
from kamerbrief.records.answers import Answer, Citation, Refusal, Sentence
from kamerbrief.web.places import cited_address


@dataclass(frozen=True)
class Source:
    """What is quoted from one paragraph or note, under its number. `use` counts the marks that lead to it."""

    number: int
    use: int
    citations: tuple[Citation, ...]

    @property
    def first(self) -> Citation:
        return self.citations[0]

    @property
    def address(self) -> str:
        return cited_address(self.citations)


@dataclass(frozen=True)
class Said:
    """A sentence, cut before and behind the very words that answer, and its marks."""

    before: str
    focus: str
    after: str
    marks: tuple[Source, ...]
    by_model: bool


class Telling:
    """Numbers the sources of an answer while its sentences come."""

    def __init__(self) -> None:
        self._numbering = Numbering()

    def say(self, sentence: Sentence) -> Said:
        marked: dict[int, list[Citation]] = {}
        for citation in sentence.citations:
            marked.setdefault(self._numbering.number(citation), []).append(citation)
        start, end = (sentence.focus.start, sentence.focus.end) if sentence.focus else (len(sentence.text),) * 2
        return Said(
            before=sentence.text[:start],
            focus=sentence.text[start:end],
            after=sentence.text[end:],
            marks=tuple(Source(n, self._numbering.uses(n), tuple(quoted)) for n, quoted in marked.items()),
            by_model=sentence.writer == "model",
        )

    def sources(self) -> list[Source]:
        """All that was cited until now, by number."""
        return [Source(n, len(quoted), tuple(_once(quoted))) for n, quoted in enumerate(self._numbering.all(), 1)]


@dataclass(frozen=True)
class Shown:
    """An answer of the log, whole; `after` are the ids of those before it in its thread."""

    answer: Answer
    after: tuple[str, ...]
    said: tuple[Said, ...]
    sources: tuple[Source, ...]


def show(answer: Answer, after: Sequence[str] = ()) -> Shown:
    telling = Telling()
    said = tuple(map(telling.say, answer.sentences))
    return Shown(answer, tuple(after), said, tuple(telling.sources()))


def rules_broken(refusals: Sequence[Refusal]) -> list[tuple[str, int]]:
    """Which rules stopped sentences, and how many each, the most first."""
    return Counter(one.rule for one in refusals).most_common()


def _once(citations: Sequence[Citation]) -> list[Citation]:
    """Each quote once, as it stands in the text."""
    return sorted({(one.start, one.end): one for one in citations}.values(), key=lambda one: one.start)
