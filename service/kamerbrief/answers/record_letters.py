"""Which letters a question about their records means."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.answers.record_marks import Meant
from kamerbrief.language.mentions import all_in
from kamerbrief.language.terms import stem_of
from kamerbrief.letters.fields import has_reference, has_subject, is_in_dossier, is_sent_to
from kamerbrief.letters.labels import letter_attached_to
from kamerbrief.letters.senders import Sender
from kamerbrief.records.letters import Chunk, Filters, LetterHead
from kamerbrief.store.generation import Generation
from kamerbrief.store.stored import Passage

_BATCH = 50  # letters whose paragraphs are read at once


@dataclass(frozen=True)
class Fit:
    """A letter that is meant. Where it is by what it is about, `subject` says that its subject mentions all of that;
    else `passage` mentions what the subject does not."""

    head: LetterHead
    subject: bool = False
    passage: Passage | None = None


def fitting(store: Generation, of: Meant, filters: Filters) -> list[Fit]:
    """The letters that are meant, of those that pass the filters, the newest first."""
    within = _within(filters, of)
    if within is None:
        return []
    found = _about(store, of.words, within) if of.words else [Fit(head) for head in store.catalog.heads(within)]
    fits = [one for one in found if _told(one.head, of)]
    if of.sender:
        exact = [one for one in fits if of.sender.sent(one.head, exactly=True)]
        fits = exact or [one for one in fits if of.sender.sent(one.head)]
    return sorted(fits, key=lambda one: (one.head.date or datetime.date.min, one.head.id), reverse=True)


def chosen(fits: Sequence[Fit], of: Meant) -> list[Fit]:
    """Those of the letters that are meant above others: the last or the first, where that is asked for (all that are of
    its day), of those about something the ones whose subject that is."""
    best = [one for one in fits if one.subject] or list(fits)
    return outermost(best, of) if of.pick else best


def outermost(fits: Sequence[Fit], of: Meant) -> list[Fit]:
    """All of the last day, or of the first."""
    days = [one.head.date for one in fits if one.head.date]
    day = max(days, default=None) if of.pick == "last" else min(days, default=None)
    return [one for one in fits if day and one.head.date == day]


def signs_here(store: Generation, filters: Filters, person: Sender) -> bool:
    """Whether somebody of this name signed a letter."""
    return any(person.sent(head) for head in store.catalog.heads(filters))


def _within(filters: Filters, of: Meant) -> Filters | None:
    """The filters, and what of the meant letters can be asked of the catalog; None where none can pass both."""
    ids = [one for one in of.papers if not filters.letters or one in filters.letters]
    since = max(filter(None, (of.since, filters.since)), default=None)
    until = min(filter(None, (of.until, filters.until)), default=None)
    if (of.papers and not ids) or (since and until and since > until):
        return None
    return filters.model_copy(update={"letters": tuple(ids) or filters.letters, "since": since, "until": until})


def _told(head: LetterHead, of: Meant) -> bool:
    """Whether the record says of the letter what the catalog was not asked. An attachment is no letter."""
    return (
        letter_attached_to(head) is None
        and (not of.answers or head.kind == "answers")
        and (not of.dossier or is_in_dossier(head, of.dossier))
        and (not of.number or head.number == of.number)
        and (not of.reference or has_reference(head, of.reference))
        and (not of.chamber or is_sent_to(head, of.chamber))
    )


def _about(store: Generation, words: Sequence[str], within: Filters) -> list[Fit]:
    """The letters that mention all the words: in the subject, or in that and one paragraph with its heading."""
    places: dict[int, tuple[int, int, None]] = {}
    holding = store.words.holding([stem_of(word) for word in words])
    for row, chunk in store.catalog.texts(store.catalog.visible_chunk_ids() if holding is None else holding, within):
        if row not in places and (number := _paragraph(chunk, words)):
            places[row] = row, number, None
    fits, rows = [], list(places.values())
    for start in range(0, len(rows), _BATCH):
        for passage in store.catalog.passages_at(set(rows[start : start + _BATCH])).values():
            subject = has_subject(passage.head, words)
            fits.append(Fit(passage.head, subject, None if subject else passage))
    return fits


def _paragraph(chunk: Chunk, words: Sequence[str]) -> int | None:
    """The first paragraph of the chunk that mentions, together with what stands over it, all the words."""
    at = 0
    for span in chunk.spans:
        text = chunk.text[at : at + span.end - span.start]
        if span.footnote is None and all_in(words, [chunk.context, text]):
            return span.paragraph
        at += len(text) + 1
    return None
