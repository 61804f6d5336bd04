"""A model's notes of a letter among the letter's own lines: what the model noted is not told again word for word."""

from collections.abc import Sequence

from kamerbrief.briefings.choose.worth import LABELS, Worth, weigh
from kamerbrief.briefings.find.points import Findings, Point, own_vectors
from kamerbrief.briefings.find.statements import Statement
from kamerbrief.briefings.parts import KEY, PARTS, Part, noted_line
from kamerbrief.embedding.passages import unit
from kamerbrief.records.briefings import Note

SAID = 0.9  # how likely a line is what the model takes it for,
AGREED = 0.2  # where it is at least so likely by its sources: weak models call anything a promise


def merge(
    findings: Findings,
    notes: Sequence[Note],
    of_letter: Sequence[Statement],
    parts: Sequence[Part] = PARTS,
    *,
    alone: bool,
) -> None:
    """Puts what a model noted of a letter among what was found in it. `alone` leaves nothing beside it in the parts
    that notes are made for."""
    if alone:
        for name in (part.name for part in parts if part.note):
            findings.points[name].clear()
    if not notes:
        return
    places = {(one.paragraph.number, one.start): at for at, one in enumerate(of_letter)}
    worths, vectors = weigh(of_letter), own_vectors(of_letter)
    for note in notes:
        cited = [places[place] for one in note.citations if (place := (one.paragraph, one.start)) in places]
        if not cited:
            continue
        worth = _best([worths[at] for at in cited])
        part = _part_for(note, worth, parts)
        if part is not None:
            worth = {**worth, note.kind: max(worth[note.kind], SAID)}
        source = of_letter[cited[0]]
        line = part.noted(note, source.letter) if part is not None else noted_line(note, source.letter)
        point = Point(line, source.key, source.section.number, worth, unit(vectors[cited].mean(axis=0)))
        findings.noted.append(point)
        if part is not None:
            told = {of_letter[at].key for at in cited}
            points = findings.points[part.name]
            points[:] = sorted([*(one for one in points if one.key not in told), point], key=lambda one: one.key)


def _part_for(note: Note, worth: Worth, parts: Sequence[Part]) -> Part | None:
    """The part that the note belongs in, where its sources do not speak against it. Key points are written over all
    notes, so that none is one by itself."""
    if note.kind == KEY.note or worth[note.kind] < AGREED:
        return None
    return next((part for part in parts if part.note == note.kind), None)


def _best(worths: Sequence[Worth]) -> Worth:
    """What a line is worth that rests on these: the most of each."""
    return {kind: max(worth[kind] for worth in worths) for kind in LABELS}
