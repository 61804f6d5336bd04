"""The steps of an answer that look for one: narrow, search and read; and which of two meanings a question has."""

from dataclasses import dataclass

from kamerbrief.answers.extractive import ExtractiveWriter, Proposal
from kamerbrief.answers.follow_ups import Followed
from kamerbrief.answers.means import Asked, Means
from kamerbrief.answers.naming import Named, narrow
from kamerbrief.answers.question import Question
from kamerbrief.answers.question_parts import Searched, aim, read, search
from kamerbrief.records.answers import Draft
from kamerbrief.stopwatch import Stopwatch
from kamerbrief.store.generation import Generation

ABOUT = 0.05  # of confidence: what differs less is no difference


@dataclass(frozen=True)
class Looked:
    """What is asked and where, what was found, and what that says."""

    named: Named
    searched: Searched
    proposal: Proposal


def look(by: Means, followed: Followed, asked: Asked, clock: Stopwatch) -> Looked:
    """What the letters say to the question. One that may stand alone or lean on the one before it ("En wie leidt …?")
    is asked alone where that is answered about as surely."""
    with by.store.reading() as store:
        looked = _look(by, store, followed.question, asked, clock)
        if not followed.alone:
            return looked
        alone = _look(by, store, followed.alone, asked, clock)
    return alone if alone.proposal.draft.sentences and surer(alone, looked) else looked


def surer(alone: Looked, leaning: Looked) -> bool:
    """Whether a question is answered alone about as surely as with the one before it."""
    return alone.proposal.confidence >= leaning.proposal.confidence - ABOUT


def _look(by: Means, store: Generation, question: Question, asked: Asked, clock: Stopwatch) -> Looked:
    named = narrow(store.catalog, question, asked.filters)
    with clock("embed"):
        aims = aim(named.question, by.embedder)
    with clock("search"):
        searched = search(store, aims, by.search, named.filters, asked.k, follow=asked.follow)
    with clock("write"):
        writer = ExtractiveWriter(by.reader, by.threshold, named=named.filters != asked.filters)
        proposal = Proposal(Draft(), 0.0) if named.missing else read(searched, writer, store.words.rarity)
    return Looked(named, searched, proposal)
