"""The pairs that the reader is trained on: those written by hand, beside public sets (public.py).

A question that a passage answers is shown too with the same passage without the sentence that does ("cut"): there is
nothing in the question that would tell. They are split by the batch of their writer, for whoever writes questions and
claims has a manner; and of the public sets is left out what holds a passage of a batch that is held out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from eval.checked import EvalError
from eval.fitting.reader import public
from eval.fitting.reader.passages import HERE, ReadPassage, WrittenClaim, WrittenQuestion, load_passages, load_rows
from eval.fitting.reader.public import LONGEST, Pair, Span
from eval.fitting.reader.swaps import swapped
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.sentences import sentences

HELD = frozenset({"r2", "r9", "r16", "r25", "w3"})
"""Batches that are held out: four of ../shared/data/reading, and one of the files beside this one."""

OWN = "own"
BEGINNING = 80  # characters of a passage that no other one begins with by chance
SWAPS = 3  # sentences of a passage of which the actors are swapped
CUT = "cut"  # how a passage without the sentence that answers fails to
SHORTEST = 60  # characters that are left of it


class Passage(NamedTuple):
    """A text with what stands before it, by a writer's batch."""

    context: str
    text: str
    batch: str


@dataclass(frozen=True)
class Pairs:
    """What is trained on, what is judged on, and the passages by id, held-out ones too."""

    train: list[Pair]
    held: list[Pair]
    passages: Mapping[str, Passage]


def build(data: Path, without: Iterable[str] = ()) -> Pairs:
    """All pairs: questions, the cut passages of those that are answered, claims. `without` names sources of pairs to
    leave out of training, or "own": those written for the project, whose passages are named beside this file. Raises
    EvalError for another name, or where a file is not as it was."""
    passages = all_passages(data)
    asked, claimed = list(_questions(data, passages)), list(_claims(data, passages))
    swaps = _swaps([*(one.text for one in passages.values()), *public.members_answers(data)])
    questions = [*asked, *public.answers(data)]
    found = [*questions, *claimed, *public.supports(data), *swaps]
    left_out = set(without)
    if unknown := left_out - {OWN, *(one.source for one in found)}:
        raise EvalError(f"{', '.join(sorted(unknown))}: no source of pairs, docs/reader.md lists them")
    kept = [
        one
        for one in found
        if one.batch not in HELD and one.source not in left_out and not (OWN in left_out and _is_own(one))
    ]
    seen = _holding([one.text[:BEGINNING] for one in passages.values() if one.batch in HELD], kept)
    train = [one for one in kept if one.told not in seen]
    held = [one for one in (*asked, *claimed) if one.batch in HELD]
    return Pairs(_with_cuts(train), _with_cuts(held), passages)


def _with_cuts(pairs: Sequence[Pair]) -> list[Pair]:
    """The questions, their cut passages, and the claims."""
    of_task = {task: [one for one in pairs if one.task == task] for task in ("answers", "supports")}
    cuts = [cut for one in of_task["answers"] if one.span and (cut := _cut(one, one.span))]
    return [*of_task["answers"], *cuts, *of_task["supports"]]


def _cut(pair: Pair, span: Span) -> Pair | None:
    """The question with the passage without the sentences that the answer stands in; None where too little is left, or
    it says the answer again."""
    start, end = span
    found = sentences(pair.told, lexicon_of("nl" if pair.source == "reading" else "en"))
    text = " ".join(pair.told[first:last] for first, last in found if last <= start or first >= end)
    if len(text) < SHORTEST or pair.told[start:end].lower() in text.lower():
        return None
    return replace(pair, told=text, right=False, span=None, kind=CUT)


def _is_own(pair: Pair) -> bool:
    """Whether it stands beside this file: the ids of ../shared/data/reading begin with "r"."""
    return pair.id[:1] not in ("", "r")


def _holding(beginnings: Sequence[str], pairs: Iterable[Pair]) -> set[str]:
    """The texts told in which one of these beginnings of passages stands."""
    texts = {one.told: " ".join(one.told.split()) for one in pairs}
    return {told for told, single in texts.items() if any(beginning in single for beginning in beginnings)}


def all_passages(data: Path) -> dict[str, Passage]:
    """The passages of ../shared/data/reading and of the files beside this one."""
    read = load_rows("passages.jsonl", ReadPassage, data / "reading")
    found = {at.id: Passage(at.context, at.text[:LONGEST], batch_of(at.id)) for at in read}
    batches: dict[str, str] = {}  # of who wrote the first questions over it, whoever wrote more
    for one in load_rows("questions.jsonl", WrittenQuestion):
        batches.setdefault(one.passage, batch_of(one.id))
    for name, own in load_passages(data).items():
        found[name] = Passage(own.context, own.text[:LONGEST], batches[name])
    return found


def batch_of(written: str) -> str:
    """The batch that the id of a passage, a question or a claim begins with."""
    return written.split("-", 1)[0]


def _questions(data: Path, passages: Mapping[str, Passage]) -> Iterator[Pair]:
    for file in (data / "reading" / "questions.jsonl", HERE / "questions.jsonl", HERE / "minimal.jsonl"):
        for one in load_rows(file.name, WrittenQuestion, file.parent):
            at = passages[one.passage]
            span = None if one.start is None else (one.start, one.start + len(one.answer))
            known = partial(Pair, batch=at.batch, kind=one.why or "", passage=one.passage, id=one.id)
            yield known(one.question, at.context, at.text, one.why is None, "reading", span=span)


def _claims(data: Path, passages: Mapping[str, Passage]) -> Iterator[Pair]:
    """The claims, and the true twins of the changed ones; the kind of both is the change."""
    for file in (data / "reading" / "claims.jsonl", HERE / "claims.jsonl", HERE / "twins.jsonl"):
        for one in load_rows(file.name, WrittenClaim, file.parent):
            at = passages[one.passage]
            known = partial(Pair, batch=at.batch, kind=one.change or "", passage=one.passage, id=one.id)
            yield known(one.text, "", at.text, one.change is None, "claims")
            if one.twin:
                yield known(one.twin, "", at.text, True, "twins")


def _swaps(texts: Iterable[str]) -> Iterator[Pair]:
    """Sentences of the passages with their actors swapped, and the same as they stand, each over itself."""
    seen = set()
    for text in texts:
        for sentence, other in swapped(text)[:SWAPS]:
            if sentence not in seen:
                seen.add(sentence)
                yield Pair(other, "", text, False, "swaps", kind="roles")
                yield Pair(sentence, "", text, True, "swaps")
