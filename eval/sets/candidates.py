"""What readers of a service said of its answers, as candidates for cases: each is a case once somebody has judged it.

The question stands as it was asked, the paragraphs that were cited stand as gold. Which of them prove the answer, what
its facts are and whether it can be answered at all is for people to say.
"""

import hashlib
from collections.abc import Iterator

from eval.sets.cases import Gold
from kamerbrief.answers.question import ask_about
from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Answer, Feedback
from kamerbrief.records.base import Record


class Candidate(Record):
    """A line to judge: the fields of a case as far as they are known, and what the reader said."""

    id: str
    language: str
    question: str
    letters: tuple[str, ...]
    gold: tuple[Gold, ...]
    answer: str
    verdict: str
    comment: str


def candidates(kb: Kamerbrief) -> Iterator[Candidate]:
    """A candidate for each feedback on an answer whose question the log holds, the oldest answer first."""
    for answer, feedback in kb.feedback():
        if answer.question:
            yield _candidate(answer, feedback)


def _candidate(answer: Answer, feedback: Feedback) -> Candidate:
    cited = [citation for sentence in answer.sentences for citation in sentence.citations]
    gold = [
        Gold(
            letter=one.letter,
            paragraph=one.paragraph,
            footnote=one.footnote,
            sha256=hashlib.sha256(one.text.encode()).hexdigest()[:8],
            start=one.start,
            end=one.end,
        )
        for one in cited
        if one.paragraph is not None
    ]
    return Candidate(
        id=f"f-{feedback.id[:8]}",
        language=ask_about(answer.question).language,
        question=answer.asked,
        letters=tuple(dict.fromkeys(one.letter for one in cited)),
        gold=tuple(gold),
        answer=" ".join(sentence.text for sentence in answer.sentences),
        verdict=feedback.verdict,
        comment=feedback.text,
    )
