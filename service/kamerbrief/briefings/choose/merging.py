"""A model's notes of a letter among the letter's own lines: what the model told is not told again word for word."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kamerbrief.briefings.choose.worth import LABELS, Worth, weigh
from kamerbrief.briefings.find import cues
from kamerbrief.briefings.find.moments import coming, dates
from kamerbrief.briefings.find.notes import Notes, Point, own_vectors
from kamerbrief.briefings.find.statements import Statement
from kamerbrief.embedding.passages import unit
from kamerbrief.records.briefings import Commitment, Line, Note
from kamerbrief.records.letters import Letter

SAID = 0.9  # how likely a line is what the model takes it for,
AGREED = 0.2  # where it is at least so likely by its sources: weak models call anything a promise
PARTS = {"decision": "decided", "promise": "promised", "open": "open"}


def merge(notes: Notes, taken: Sequence[Note], of_letter: Sequence[Statement], *, alone: bool) -> None:
    """Puts what a model noted into the notes. `alone` leaves none of the letter's own key points, decisions, promises
    and open points beside it."""
    if alone:
        for points in (notes.key, notes.decided, notes.promised, notes.open):
            points.clear()
    if not taken:
        return
    places = {(one.paragraph.number, one.start): at for at, one in enumerate(of_letter)}
    worths, vectors = weigh(of_letter), own_vectors(of_letter)
    for note in taken:
        cited = [places[place] for one in note.citations if (place := (one.paragraph, one.start)) in places]
        if not cited:
            continue
        worth = _best([worths[at] for at in cited])
        part = PARTS.get(note.kind, "") if getattr(worth, note.kind) >= AGREED else ""
        if part:
            worth = replace(worth, **{note.kind: max(getattr(worth, note.kind), SAID)})
        source = of_letter[cited[0]]
        line = _line(note, source.letter) if part else Line(**_said(note))
        point = Point(line, source.key, source.section.number, worth, unit(vectors[cited].mean(axis=0)))
        notes.told.append(point)
        if part:
            told = {of_letter[at].key for at in cited}
            points = getattr(notes, part)
            points[:] = sorted([*(one for one in points if one.key not in told), point], key=lambda one: one.key)


def _best(worths: Sequence[Worth]) -> Worth:
    """What a line is worth that rests on these: the most of each."""
    return Worth(**{name: max(getattr(worth, name) for worth in worths) for name in LABELS})


def _line(note: Note, letter: Letter) -> Line:
    if note.kind != "promise":
        return Line(**_said(note))
    found = dates(note.text, letter.date)
    return Commitment(**_said(note), who=cues.who(note.text, letter.signatories), deadline=coming(found, letter.date))


def _said(note: Note) -> dict[str, Any]:
    return {"text": note.text, "citations": note.citations, "writer": note.writer}
