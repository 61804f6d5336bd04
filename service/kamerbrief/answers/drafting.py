"""The step of an answer that writes: what a language model drafts, where there is one, then what was read."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

from kamerbrief.answers.chat_writer import ChatWriter
from kamerbrief.answers.extractive import Proposal
from kamerbrief.answers.means import Means
from kamerbrief.answers.question import Question
from kamerbrief.answers.question_parts import Searched
from kamerbrief.models.spending import Usage
from kamerbrief.models.writing import Written
from kamerbrief.proof.sources import Sources
from kamerbrief.records.answers import DraftSentence, WriterName
from kamerbrief.stopwatch import Stopwatch


@dataclass(frozen=True)
class Proposed:
    """A drafted sentence, who drafted it, and what it may rest on."""

    draft: DraftSentence
    writer: WriterName
    sources: Sources


def write(
    by: Means,
    model: ChatWriter | None,
    question: Question,
    searched: Searched,
    proposal: Proposal,
    usage: Usage,
    clock: Stopwatch,
) -> Generator[Proposed, None, Written]:
    """What the model drafts, then what was read in the letters. Raises ModelError where the model fails before its
    first sentence, and nothing stands in."""
    written = Written()
    if model and searched.hits:
        prepare = partial(by.prover.read_ahead, sources=searched.sources)
        with model.write(question, searched.sources, by.clock().date(), usage, prepare) as writing:
            for draft in clock.waits("model", writing):
                yield Proposed(draft, "model", searched.sources)
        written = writing.result
        if written.failure and not written.sentences and not by.stand_in:
            raise written.failure
    if not model or by.stand_in:
        for draft in proposal.draft.sentences:
            yield Proposed(draft, "extractive", searched.of_all_parts)
    return written
