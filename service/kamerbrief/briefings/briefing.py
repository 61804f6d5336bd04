"""A briefing out of letters of a store."""

import datetime
import uuid
from collections.abc import Generator, Sequence

from kamerbrief.answers.selection import who_wrote
from kamerbrief.briefings.choose.composing import (
    MOST_KEY,
    Told,
    all_of,
    changes,
    choose,
    choose_again,
    lines,
    log_odds,
    rooms,
    tell_on,
)
from kamerbrief.briefings.choose.letters import Chosen
from kamerbrief.briefings.find.notes import Notes, Point, take_notes
from kamerbrief.briefings.find.statements import statements
from kamerbrief.briefings.model import BriefingModel, Session
from kamerbrief.letters.labels import label
from kamerbrief.records.briefings import (
    LISTS,
    BriefedLetter,
    Briefing,
    BriefingLength,
    Change,
    Commitment,
    Event,
    Failure,
    Line,
    Progress,
)
from kamerbrief.records.letters import LetterHead
from kamerbrief.stopwatch import Stopwatch
from kamerbrief.store.generation import Generation

CHANGES = 5
PARTS = {  # in the order in which they take their points, each with the notes it takes them of
    "decided": "decided",
    "open_points": "open",
    "actors": "actors",
    "commitments": "promised",
    "figures": "figures",
    "timeline": "events",
}


def brief(
    store: Generation, chosen: Chosen, length: BriefingLength, subject: str, model: BriefingModel | None = None
) -> Generator[Progress | Briefing, None, None]:
    """Each letter as it is read, then the briefing. With a model that writes first; what it does not tell, and where it
    fails, the letters tell in their own words.

    Raises ModelError where the model fails and nothing stands in.
    """
    clock, notes, removed = Stopwatch(), list[Notes](), list[Failure]()
    session = Session(model) if model else None
    for done, head in enumerate(chosen.heads, start=1):
        with clock("notes"):
            letter = store.catalog.letter(head.id)
            if letter is None:
                removed.append(Failure(letter=head.id, reason="removed"))
            else:
                of_letter = statements(letter, store.catalog.chunks_of(head.id))
                notes.append(take_notes(letter, of_letter))
                if session:
                    session.note(letter, of_letter, notes[-1])
        tokens = session.usage.total if session else 0
        yield Progress(letter=head.id, done=done, letters=len(chosen.heads), tokens=tokens)
    told = subject or _subject(chosen.heads)
    with clock("key points"):
        key = session.key_points(notes, told) if session else []
    with clock("compose"):
        parts, shown = _compose(notes, length, key)
        changed: list[Change] = list(changes(notes, CHANGES)) if len(notes) > 1 else []
    gone = {one.letter for one in removed}
    yield Briefing(
        id=uuid.uuid4().hex,
        made_at=datetime.datetime.now(datetime.UTC),
        subject=told,
        dossiers=tuple(dict.fromkeys(head.dossier for head in chosen.heads if head.dossier)),
        length=length,
        letters=tuple(_briefed(head, chosen.why) for head in chosen.heads if head.id not in gone),
        left_out=chosen.left_out,
        changes=tuple(changed),
        shown=shown,
        failures=(*removed, *(session.failures if session else ())),
        writer=who_wrote({line.writer for lines in parts.values() for line in lines}, "extractive"),
        milliseconds=clock.milliseconds,
        **(session.said() if session else {}),
        **parts,  # type: ignore[arg-type]
    )


def _compose(
    notes: Sequence[Notes], length: BriefingLength, written: Sequence[Point]
) -> tuple[dict[str, tuple[Line, ...]], dict[str, tuple[int, ...]]]:
    """The lines of each part, and the places of those that are shown of the lists. What room a part does not need goes
    to the next; what all leave, to tell the key points on, and then to lines of the lists that are told elsewhere.
    `written` are the key points of a model, which the letters' own may outdo: a weak model's say little."""
    room, told = rooms(length, sum(one.words for one in notes)), Told()
    key = [*written, *all_of(notes, "key")]
    worth = [log_odds(one.worth.key) for one in key]
    points = [key[i] for i in choose(key, worth, room["in_short"], told, MOST_KEY, each=True)]
    found: dict[str, tuple[list[Point], list[float], list[int]]] = {}
    left = max(0, room["in_short"] - sum(one.words for one in points))
    for part, kind in PARTS.items():
        of_kind = sorted(all_of(notes, kind), key=_date)
        worth = [_weight(part, one) for one in of_kind]
        places = choose(of_kind, worth, room[part] + left, told)
        left += room[part] - sum(of_kind[i].words for i in places)
        found[part] = of_kind, worth, places
    longer = tell_on(points, left, told)
    left -= sum(one.words for one in longer) - sum(one.words for one in points)
    parts, shown = {"in_short": tuple(one.line for one in longer)}, dict[str, tuple[int, ...]]()
    for part, (of_kind, worth, places) in found.items():
        if part in LISTS:
            shown[part] = tuple(choose_again(of_kind, worth, left, places))
            left -= sum(of_kind[i].words for i in {*shown[part]} - {*places})
            places = list(range(len(of_kind)))
        parts[part] = lines(of_kind, places)
    return parts, shown


def _weight(part: str, point: Point) -> float:
    """What a point is worth in a part, in log odds."""
    worth, line = point.worth, point.line
    weight = log_odds(worth.key)
    if part == "decided":
        weight += log_odds(worth.decision)
    elif part == "open_points":
        weight += log_odds(worth.open)
    elif isinstance(line, Commitment):
        weight += log_odds(worth.promise) + (line.deadline is not None)
    return weight


def _date(point: Point) -> str:
    return point.line.date if isinstance(point.line, Event) else ""


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
