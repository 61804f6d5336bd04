"""What networks are judged on beside held-out batches, all of it by other writers: the project's own sets."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from eval.fitting.answers import Trial, all_trials
from eval.fitting.reader.items import Item
from eval.fitting.reader.public import Pair
from eval.fitting.reader.states import States, Text
from eval.paths import SETS
from eval.sets.cases import Claim, Split, load, load_golden
from eval.sets.corpus import read_documents
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.index.chunks import context_of
from kamerbrief.records.letters import Key


class Hit(NamedTuple):
    """A paragraph that the search found."""

    text: Text
    gold: bool


@dataclass(frozen=True)
class Put:
    """A question of a set (`of`: golden/dev or calibration) that was put to all letters, and what was found; `why` it
    has no answer in them, None where it has one."""

    of: str
    question: Text
    why: str | None
    hits: Sequence[Hit]

    def items(self, states: States) -> Iterator[Item]:
        asked = states.place(self.question)
        return (Item(asked, states.place(hit.text), hit.gold, "answers", self.of) for hit in self.hits)

    def texts(self) -> Iterator[Text]:
        yield self.question
        yield from (hit.text for hit in self.hits)


def put_questions(data: Path) -> list[Put]:
    """The questions of calibration and of golden/dev, each part of one by itself. Takes a minute or two, for
    the letters are added and searched anew."""
    golden = {case.id for case in load_golden().cases}
    with tempfile.TemporaryDirectory() as folder:
        trials = [one for one in all_trials(data, Path(folder), E5Embedder()) if one.among_all]
    return [_put(one, "golden/dev" if one.case.id in golden else "calibration") for one in trials]


def _put(trial: Trial, of: str) -> Put:
    hits: dict[Key, Hit] = {}
    for sentence, gold in zip(trial.evidence.sentences, trial.gold.tolist(), strict=True):
        passage = sentence.passage
        text = Text(passage.unit.text, context_of(passage.head, passage.heading))
        hits.setdefault(sentence.key, Hit(text, bool(gold)))
    return Put(of, Text(trial.evidence.question.text), trial.case.unanswerable_kind, list(hits.values()))


def cited_claims(data: Path) -> dict[str, list[Pair]]:
    """The claims of the dev half of unfaithful and those of the set claims, over the paragraphs that they cite."""
    letters = read_documents(data)
    found = {}
    splits: dict[str, Split | None] = {"unfaithful": "dev", "claims": None}
    for name, split in splits.items():
        claims = load(SETS / f"{name}.jsonl", Claim).askable(letters, split)
        found[name] = [
            Pair(
                claim.text,
                "",
                "\n".join(letters[at.letter].paragraphs[at.paragraph - 1].text for at in claim.sources),
                claim.change is None,
                name,
                kind=claim.change or "",
            )
            for claim in claims
        ]
    return found
