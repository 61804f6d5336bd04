"""A briefing out of letters of a store: each is read and searched, a model may note and write, lines are chosen."""

import datetime
import uuid
from collections.abc import Generator, Sequence
from itertools import islice

from kamerbrief.answers.replaced import replaced_letters
from kamerbrief.answers.selection import who_wrote
from kamerbrief.briefings.choose.changes import MOST_CHANGES, changes
from kamerbrief.briefings.choose.composing import compose
from kamerbrief.briefings.choose.letters import Chosen
from kamerbrief.briefings.find.points import Findings, find_points
from kamerbrief.briefings.find.statements import statements
from kamerbrief.briefings.model import BriefingModel, Session
from kamerbrief.briefings.parts import FINDERS
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.letters.labels import label
from kamerbrief.records.briefings import (
    BriefedLetter,
    Briefing,
    BriefingLength,
    Failure,
    Progress,
)
from kamerbrief.records.letters import LetterHead
from kamerbrief.stopwatch import Stopwatch
from kamerbrief.store.generation import Generation


def make(
    store: Generation, chosen: Chosen, length: BriefingLength, about: str, model: BriefingModel | None = None
) -> Generator[Progress, None, Briefing]:
    """Each letter as it is read, and the briefing. With a model that writes first; what it does not tell, and where it
    fails, the letters tell in their own words.

    Raises ModelError where the model fails and nothing stands in.
    """
    clock, findings, removed = Stopwatch(), list[Findings](), list[Failure]()
    session = Session(model) if model else None
    for done, head in enumerate(chosen.heads, start=1):
        with clock("notes"):
            found = _read(store, head, session)
        if found:
            findings.append(found)
        else:
            removed.append(Failure(letter=head.id, reason="removed"))
        tokens = session.usage.total if session else 0
        yield Progress(letter=head.id, done=done, letters=len(chosen.heads), tokens=tokens)
    subject = about or _subject(chosen.heads)
    with clock("key points"):
        written = session.key_points(findings, subject) if session else []
    with clock("compose"):
        lines, shown = compose(findings, length, written)
        changed = tuple(islice(changes(findings), MOST_CHANGES))
    gone = {one.letter for one in removed}
    return Briefing(
        id=uuid.uuid4().hex,
        made_at=datetime.datetime.now(datetime.UTC),
        subject=subject,
        dossiers=tuple(dict.fromkeys(head.dossier for head in chosen.heads if head.dossier)),
        length=length,
        letters=tuple(_briefed(head, chosen.why) for head in chosen.heads if head.id not in gone),
        left_out=chosen.left_out,
        replaced=replaced_letters(store, (head.id for head in chosen.heads), lexicon_of(None)),
        changes=changed,
        shown=shown,
        failures=(*removed, *(session.failures if session else ())),
        writer=who_wrote({line.writer for of_part in lines.values() for line in of_part}, "extractive"),
        milliseconds=clock.milliseconds,
        **(session.said() if session else {}),
        **lines,  # type: ignore[arg-type]
    )


def _read(store: Generation, head: LetterHead, session: Session | None) -> Findings | None:
    """What a letter has for the briefing, with a model's notes among it; None where it was removed meanwhile."""
    letter = store.catalog.letter(head.id)
    if letter is None:
        return None
    of_letter = statements(letter, store.catalog.chunks_of(head.id))
    found = find_points(letter, of_letter, FINDERS)
    if session:
        session.note(letter, of_letter, found)
    return found


def _briefed(head: LetterHead, why: dict[str, str]) -> BriefedLetter:
    senders = tuple(one.office or one.name for one in head.signatories) or head.ministries
    return BriefedLetter(
        letter=head.id, label=label(head), title=head.title, date=head.date, senders=senders, why=why.get(head.id)
    )


def _subject(heads: Sequence[LetterHead]) -> str:
    if len(heads) == 1:
        return heads[0].title or heads[0].dossier_name or label(heads[0])
    names = {head.dossier_name or head.title or "" for head in heads}
    shared = names.pop() if len(names) == 1 else ""
    return shared or f"{len(heads)} brieven"
