"""Which letters a conversation was about, for a question that leaves that to it: "En wie heeft hem ondertekend?"."""

from collections.abc import Callable, Sequence

from kamerbrief.answers.naming import narrow
from kamerbrief.answers.question import ask_about
from kamerbrief.answers.record_letters import chosen, fitting
from kamerbrief.answers.record_marks import Pointed
from kamerbrief.answers.record_question import RecordQuestion
from kamerbrief.errors import QuestionError
from kamerbrief.language.lexicon import lexicon_of, lexicons
from kamerbrief.language.moments import find_periods
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.labels import label
from kamerbrief.letters.papers import find_papers
from kamerbrief.records.answers import Hit, Turn
from kamerbrief.records.letters import Filters
from kamerbrief.store.generation import Generation

FEW = 5  # letters that are told of one by one

Find = Callable[[str], Sequence[Hit]]


def spoken_of(
    store: Generation,
    turns: Sequence[Turn],
    before: Sequence[RecordQuestion | None],
    by: Pointed,
    filters: Filters,
    find: Find,
) -> tuple[str, ...]:
    """The ids of the letters that the turns (one at least) were about in the end, a few; none where that is not sure.
    `before` is what each of their questions asked of records, if it did; `find` gives the best hits for a text."""
    for turn, asked in zip(reversed(turns), reversed(before), strict=True):
        ids = _told(store, turn, filters)
        if not ids and asked and not asked.of.left_open:
            ids = [one.head.id for one in chosen(fitting(store, asked.of, filters), asked.of)]
        if not ids and not asked:
            ids = _named(store, turn, filters)
        if not ids and not asked and by != "nothing" and (by == "letter" or not _speaks_of_others(turn.question)):
            ids = _answering(turn, find)
        if ids or not asked:
            return tuple(ids) if len(ids) <= FEW else ()
    return ()


def _told(store: Generation, turn: Turn, filters: Filters) -> list[str]:
    """The letters that the answer names."""
    papers = tuple(one.id for *_, found in find_papers(turn.answer) for one in found if one.id)
    heads = store.catalog.heads(filters.model_copy(update={"letters": papers})) if papers else []
    for moment in find_periods(turn.answer, lexicon_of(None)):
        if moment.day:
            since, until = moment.span
            heads += store.catalog.heads(filters.model_copy(update={"since": since, "until": until}))
    return list(dict.fromkeys(head.id for head in heads if label(head) in turn.answer))


def _named(store: Generation, turn: Turn, filters: Filters) -> list[str]:
    """The letters that the question names."""
    try:
        named = narrow(store.catalog, ask_about(turn.question), filters)
    except QuestionError:
        return []
    found = not named.missing and named.filters != filters
    return [head.id for head in store.catalog.heads(named.filters)] if found else []


def _speaks_of_others(text: str) -> bool:
    """Whether a text speaks of other things that people sign: a treaty, a motion."""
    return any(one.pattern("questions.record.signable").search(text) for one in lexicons())


def _answering(turn: Turn, find: Find) -> list[str]:
    """The letters that the answer quotes; where it quotes none, that of the best hit for the question."""
    hits = find(turn.question)
    said = [turn.answer[start:end] for start, end in sentences(turn.answer, lexicon_of(None))]
    quoted = [hit.letter for hit in hits if any(one in hit.text for one in said)]
    return list(dict.fromkeys(quoted or [hit.letter for hit in hits[:1]]))
