"""The step of an answer that looks into the letters' own records, for a question that these answer.

Which letters are meant is told by the question, by the filters, and in a conversation by what was said before. Where
too many may be meant, that is said instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from kamerbrief.answers.means import Asked, Means
from kamerbrief.answers.question import Question
from kamerbrief.answers.question_parts import aim
from kamerbrief.answers.record_letters import Fit, chosen, fitting, outermost, signs_here
from kamerbrief.answers.record_marks import Meant
from kamerbrief.answers.record_question import TERSE, RecordQuestion, record_question
from kamerbrief.answers.record_saying import SHOWN, Saying, Speaker
from kamerbrief.answers.record_turns import FEW, spoken_of
from kamerbrief.answers.telling import NEAREST
from kamerbrief.language.mentions import all_in
from kamerbrief.records.answers import Hit
from kamerbrief.records.letters import FieldName, Filters
from kamerbrief.store.generation import Generation

_BEST = 5  # hits that tell which letter is meant


@dataclass(frozen=True)
class Recorded:
    """What the records say to a question: sentences that are to be proven, or a message why there are none."""

    says: tuple[Saying, ...] = ()
    message: str = ""
    nearest: tuple[Hit, ...] = ()


def from_records(by: Means, store: Generation, asked: Asked, own: Question) -> Recorded | None:
    """What the letters' records say to the question; None where it is not about them, or may not be. `own` is the
    question without what opens it."""
    known = cache(partial(signs_here, store, asked.filters))
    before: list[RecordQuestion | None] = []
    for turn in asked.turns:
        before.append(record_question(turn.question, known, before[-1] if before else None, follows=bool(before)))
    found = record_question(own.text, known, before[-1] if before else None, follows=bool(before))
    if found is None:
        return None
    of = found.of
    if before and found.field and (of.pointed or of.left_open):
        find = partial(_hits, by, store, asked)
        ids = spoken_of(store, asked.turns, before, of.pointed or "letter", asked.filters, find)
        if not ids and of.pointed in {"word", "nothing"}:
            return None
        found = replace(found, of=replace(of, papers=ids, pointed="")) if ids else found
    elif of.pointed in {"word", "nothing"}:
        return None
    fits = fitting(store, found.of, asked.filters)
    if found.field and found.of.words and not fits:
        likely = _likely(store, found.of, _hits(by, store, asked, own.text))
        meant = replace(found.of, words=(), papers=likely)
        fits = fitting(store, meant, asked.filters) if likely else []
    speaker = Speaker(found.lexicon, found.of, filtered=asked.filters != Filters())
    if found.field:
        return _told(found, found.field, fits, speaker)
    if fits:
        return _listed(found, fits, speaker)
    # What letters are about they may put in other words, and answer all the same.
    if found.of.words and found.lists == "which_ones":
        return None
    near = _hits(by, store, asked, own.text)[:NEAREST] if found.of.words else ()
    return Recorded(message=speaker.missing("none", which=speaker.which()), nearest=tuple(near))


def _hits(by: Means, store: Generation, asked: Asked, text: str) -> Sequence[Hit]:
    one = aim(Question(text, asked.question.lexicon, "open"), by.embedder)[0]
    return by.search.hits(store, text, one.vector, asked.filters, asked.k)


def _likely(store: Generation, of: Meant, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The letter that is asked about in words that stand apart in it: it mentions all of them, a few at least, and most
    of the best hits are of it."""
    best = [hit.letter for hit in hits[:_BEST]]
    id_ = max(best, key=best.count, default="")
    letter = store.catalog.letter(id_) if best.count(id_) > _BEST // 2 else None
    if letter is None or (letter.kind == "answers" and not of.answers):
        return ()
    texts = [text for text in (letter.title, letter.dossier_name, *(one.text for one in letter.paragraphs)) if text]
    return (letter.id,) if len(of.words) > TERSE and all_in(of.words, texts) else ()


def _told(asked: RecordQuestion, name: FieldName, fits: Sequence[Fit], speaker: Speaker) -> Recorded | None:
    """A field of each letter that is meant; None where no letter is, which may be named otherwise. A letter "about"
    something is no answer to members that only mentions it."""
    of = asked.of
    fits = [one for one in fits if not of.words or of.answers or one.subject or one.head.kind != "answers"]
    meant = chosen(fits, of)
    if not meant:
        return None
    if len(meant) > FEW:
        return Recorded(message=speaker.missing("name_it", number=str(len(meant)), which=speaker.which()))
    says = [(one, speaker.field(one.head, name)) for one in meant]
    if asked.or_else and not all(said for _, said in says):
        return None
    missing = [speaker.no_field(one.head, name) for one, said in says if said is None]
    return Recorded(tuple(said for _, said in says if said), " ".join(missing))


def _listed(asked: RecordQuestion, fits: Sequence[Fit], speaker: Speaker) -> Recorded | None:
    """How many letters there are, at least one, and which; None where none has the date that is asked about."""
    if asked.of.pick:
        return Recorded(tuple(_picked(asked, fits, speaker))) if chosen(fits, asked.of) else None
    subject = [one for one in fits if one.subject]
    says = [speaker.count(fits)]
    if subject and len(subject) < len(fits):
        says.append(speaker.count(subject, subject=True))
    if asked.lists != "count":
        listed = [*subject, *(one for one in fits if not one.subject)]
        says += [speaker.line(one) for one in listed[: SHOWN if asked.lists == "which_ones" else FEW]]
    return Recorded(tuple(says))


def _picked(asked: RecordQuestion, fits: Sequence[Fit], speaker: Speaker) -> Iterator[Saying]:
    """The last letter or the first, of those whose subject it is; and where another one only mentions it, that too."""
    subject = [one for one in fits if one.subject]
    said: list[Fit] = []
    for among in filter(None, (subject, list(fits))):
        for one in outermost(among, asked.of)[:FEW]:
            if one not in said:
                said.append(one)
                yield speaker.pick(one, among, subject=among is subject)
    yield from filter(None, (speaker.field(one.head, "title") for one in said))
