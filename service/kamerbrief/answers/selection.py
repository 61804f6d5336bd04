"""The step of an answer that proves, and how a model's proven sentences and the extractive writer's go together.

What is proven may still not answer the question: a weak model says true things of another paragraph, or cites at
random. What the extractive writer makes of the paragraphs tells which of them may hold the answer. Chosen on the dev
half of the golden set: docs/models.md.
"""

from collections.abc import Sequence, Set
from typing import Literal

from kamerbrief.answers.drafting import Proposed
from kamerbrief.answers.evidence import has_form, things
from kamerbrief.answers.extractive import Proposal
from kamerbrief.answers.question import Question
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.terms import term_set
from kamerbrief.proof.dated import parted
from kamerbrief.proof.prover import Prover
from kamerbrief.records.answers import Refusal, Sentence, WriterName
from kamerbrief.records.letters import Key

OFF_TOPIC = "off-topic"
LIKELY = 0.1
"""Where the extractive writer answers, a model's sentence must rest on a paragraph that is at least so probable."""
SURE = 0.5
"""Where it finds no answer, on one that is so much more probable than the others together."""


def prove(
    prover: Prover, proposed: Proposed, question: Question, proposal: Proposal, said: Sequence[Sentence]
) -> Sentence | Refusal | None:
    """The sentence, proven, or the rule that stops it; None where a model has told it already. A model's must speak of
    what was asked, too."""
    judged = prover.prove(proposed.draft, proposed.sources, question=question.text)
    if isinstance(judged, Refusal):
        return judged
    if proposed.writer == "extractive":
        return None if is_told(judged, [one for one in said if one.writer == "model"]) else judged
    if not fits(judged, question, proposal):
        return Refusal(text=judged.text, rule=OFF_TOPIC)
    return judged.model_copy(update={"writer": "model"})


def fits(sentence: Sentence, question: Question, proposal: Proposal) -> bool:
    """Whether a model's proven sentence speaks of what was asked.

    Where the extractive writer finds no answer, the model must also cite rightly of itself, and a thing of the kind
    that is asked for (a number, a date, a name).
    """
    share = max(proposal.shares.get(one.key, 0.0) for one in sentence.citations)
    if proposal.draft.sentences:
        return share >= LIKELY
    held = not has_form(question.kind) or _holds(sentence, question)
    return share >= SURE and held and not any(one.moved for one in sentence.citations)


def _holds(sentence: Sentence, question: Question) -> bool:
    """Whether what it rests on holds a thing of the kind that is asked for."""
    quotes = [one.quote for one in sentence.citations]
    return any(things(question.kind, quote, language_of(quote, lexicons()), question.text) for quote in quotes)


def missing_parts(parts: Sequence[Question], proposal: Proposal, said: Sequence[Sentence]) -> tuple[str, ...]:
    """The parts of a question that none of the sentences answers, as they were asked. A model's sentence answers the
    part that it fits; so does any that holds a thing of the kind asked for, out of the paragraph that fits best. One
    that leans on another ("en sinds wanneer?") gets sentences of that one too, and must get such a thing in them."""
    if not said or len(parts) < 2:
        return ()
    asking = zip(parts, proposal.parts, strict=True)
    return tuple(part.own for part, one in asking if not any(_answers(sentence, part, one) for sentence in said))


def _answers(sentence: Sentence, part: Question, proposal: Proposal) -> bool:
    if part.behind and has_form(part.kind) and not _holds(sentence, part):
        return False
    if any(sentence.text == draft.text for draft in proposal.draft.sentences):
        return True
    told = bool(proposal.draft.sentences) or has_form(part.kind)
    return told and fits(sentence, part, proposal)


def is_told(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether sentences that were said rest on what this one rests on and leave none of its words out: a sentence may
    be true of its source and yet lack what was asked for."""
    places = _places(sentence)
    retelling = [one.text for one in said if places & _places(one)]
    dated = parted(sentence.text)
    return term_set(sentence.text[dated.end if dated else 0 :]) <= term_set(" ".join(retelling))


def who_wrote(writers: Set[WriterName], otherwise: WriterName) -> Literal["model", "extractive", "both"]:
    """Whose the sentences are; of none, what to say then."""
    return "both" if len(writers) > 1 else next(iter(writers), otherwise)


def _places(sentence: Sentence) -> set[tuple[Key, int]]:
    return {(one.key, one.start) for one in sentence.citations}
