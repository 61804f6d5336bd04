"""A briefing out of letters of a store, without a language model."""

import datetime
import uuid
from collections.abc import Generator, Sequence

from kamerbrief.briefing_records import (
    LISTS,
    BriefedLetter,
    Briefing,
    BriefingLength,
    Change,
    Commitment,
    Event,
    Line,
    Progress,
)
from kamerbrief.briefings.choosing import Chosen
from kamerbrief.briefings.composing import MOST_KEY, Told, all_of, changes, choose, choose_list, lines, log_odds, rooms
from kamerbrief.briefings.notes import Notes, Point, take_notes
from kamerbrief.briefings.statements import statements
from kamerbrief.index.store import Store
from kamerbrief.letters.labels import label
from kamerbrief.records import LetterHead
from kamerbrief.stopwatch import Stopwatch

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
    store: Store, chosen: Chosen, length: BriefingLength, subject: str
) -> Generator[Progress | Briefing, None, None]:
    """Each letter as it is read, then the briefing. A letter that is removed meanwhile is named in `failures`."""
    clock, failures, notes = Stopwatch(), dict[str, str](), list[Notes]()
    for done, head in enumerate(chosen.heads, start=1):
        with clock("notes"):
            letter = store.catalog.letter(head.id)
            if letter is None:
                failures[head.id] = "removed while the briefing was made"
            else:
                notes.append(take_notes(letter, statements(letter, store.catalog.chunks_of(head.id))))
        yield Progress(letter=head.id, done=done, letters=len(chosen.heads))
    with clock("compose"):
        parts, shown = _compose(notes, length)
        changed: list[Change] = list(changes(notes, CHANGES)) if len(notes) > 1 else []
    dossiers = dict.fromkeys(head.dossier for head in chosen.heads if head.dossier)
    yield Briefing(
        id=uuid.uuid4().hex,
        made_at=datetime.datetime.now(datetime.UTC),
        subject=subject or _subject(chosen.heads),
        dossiers=tuple(dossiers),
        length=length,
        letters=tuple(_briefed(head, chosen.why) for head in chosen.heads if head.id not in failures),
        left_out=chosen.left_out,
        changes=tuple(changed),
        shown=shown,
        failures=failures,
        milliseconds=clock.milliseconds,
        **parts,  # type: ignore[arg-type]
    )


def _compose(
    notes: Sequence[Notes], length: BriefingLength
) -> tuple[dict[str, tuple[Line, ...]], dict[str, tuple[int, ...]]]:
    """The lines of each part, and the places of those that are shown of the lists. What room a part does not need goes
    to the next."""
    room, told = rooms(length, sum(one.words for one in notes)), Told()
    key = all_of(notes, "key")
    in_short = choose(key, [log_odds(one.worth.key) for one in key], room["in_short"], told, MOST_KEY)
    parts, shown = {"in_short": lines(key, in_short)}, dict[str, tuple[int, ...]]()
    left = room["in_short"] - sum(key[i].words for i in in_short)
    for part, kind in PARTS.items():
        points = all_of(notes, kind)
        if kind == "events":
            points.sort(key=_date)
        take = choose_list if part in LISTS else choose
        places = take(points, [_weight(part, one) for one in points], room[part] + left, told)
        left += room[part] - sum(points[i].words for i in places)
        if part in LISTS:
            shown[part] = tuple(places)
            places = list(range(len(points)))
        parts[part] = lines(points, places)
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
    names = dict.fromkeys(head.dossier_name or head.title or "" for head in heads)
    return next((name for name in names if name), "") if len(names) == 1 else f"{len(heads)} brieven"
