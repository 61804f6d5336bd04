"""Pairs out of the public sets of ../shared/data/training, which its README lists with sources and licences.

None of their texts is kept here. Where a set has several questions over one article, another paragraph of it is told
too, as one that does not answer: the topic alone is not to be learnt.
"""

import csv
import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

Task = Literal["answers", "supports"]

Span = tuple[int, int]
"""Of what is told: characters from and to, the end exclusive; once tokens are known, the first and the last one."""

ANSWERING = frozenset({"reading", "members", "squad", "xquad", "clapnq"})
"""The sources that ask questions; the others make claims."""

LONGEST = 3000  # characters of a text that are read
PUBLIC = 1500  # of one of a public set
QUESTION = 600
SUMMARISED = 2500  # characters of a document; longer ones are left out, for what was changed may lie beyond
KEPT_NLI = 0.4  # of the pairs of Breaking NLI, which are much alike


@dataclass(frozen=True)
class Pair:
    """Two texts, and whether (`right`) the second one, `told`, answers or supports the first, `asked`.

    `span` are the characters of `told` that answer, where that is known. `kind` is how it fails to answer, or what was
    changed in a claim, also of its true twin; "" where nothing was. `batch` and `passage` are of what was written by
    hand, as is `id`, which a changed claim and its twin share.
    """

    asked: str
    context: str
    told: str
    right: bool
    source: str
    batch: str = ""
    kind: str = ""
    span: Span | None = None
    passage: str = ""
    id: str = ""

    @property
    def task(self) -> Task:
        """What is judged: whether the second text answers the first, or supports it."""
        return "answers" if self.source in ANSWERING else "supports"


def answers(data: Path) -> list[Pair]:
    """Questions with texts that answer them or do not. Raises OSError where a set is absent."""
    folder = data / "training"
    return [*_members(folder), *_squad(folder), *_xquad(folder), *_clapnq(folder)]


def supports(data: Path) -> list[Pair]:
    """Sentences with texts that support them or do not. Raises OSError where a set is absent."""
    folder = data / "training"
    entailed = [*_sick(folder), *_counterfactual(folder), *_breaking(folder)]
    return [*entailed, *_fever(folder), *_fooled(folder), *_summaries(folder)]


def members_answers(data: Path) -> list[str]:
    """The answers to written questions of members of parliament."""
    return [row["answer"][:LONGEST] for row in _lines(data / "training" / "members-questions.jsonl.gz")]


def _members(folder: Path) -> Iterator[Pair]:
    """Real questions with the real answers, with answers nearby, of the same document as a rule, and with any other."""
    chance, rows = random.Random(1), _lines(folder / "members-questions.jsonl.gz")
    for place, row in enumerate(rows):
        near = [place + chance.choice((-2, -1, 1, 2)) for _ in range(2)]
        others = [rows[at] for at in (*near, chance.randrange(len(rows))) if 0 <= at < len(rows)]
        yield Pair(row["question"][:QUESTION], "", row["answer"][:PUBLIC], True, "members")
        for other in others:
            if other["answer"] != row["answer"]:
                yield Pair(row["question"][:QUESTION], "", other["answer"][:PUBLIC], False, "members")


def _squad(folder: Path) -> Iterator[Pair]:
    chance = random.Random(2)
    for article in _whole(folder / "squad2-half.json.gz")["data"]:
        texts = [paragraph["context"][:PUBLIC] for paragraph in article["paragraphs"]]
        for text, paragraph in zip(texts, article["paragraphs"], strict=True):
            for one in paragraph["qas"]:
                if one["is_impossible"]:
                    yield Pair(one["question"], article["title"], text, False, "squad", kind="absent")
                    continue
                yield from _asked("squad", one["question"], article["title"], text, one["answers"][0])
                yield from _elsewhere("squad", one["question"], article["title"], text, chance.choice(texts))


def _xquad(folder: Path) -> Iterator[Pair]:
    """Questions in one language about texts in another."""
    chance = random.Random(3)
    sets = {code: _whole(folder / f"xquad-{code}.json.gz")["data"] for code in ("de", "en", "es")}
    for at, article in enumerate(sets["en"]):
        for row, paragraph in enumerate(article["paragraphs"]):
            for number in range(len(paragraph["qas"])):
                asking, telling = chance.choice(("de", "en", "es")), chance.choice(("de", "en"))
                question = sets[asking][at]["paragraphs"][row]["qas"][number]["question"]
                told = sets[telling][at]["paragraphs"]
                text, answer = told[row]["context"][:PUBLIC], told[row]["qas"][number]["answers"][0]
                yield from _asked("xquad", question, "", text, answer)
                yield from _elsewhere("xquad", question, "", text, chance.choice(told)["context"][:PUBLIC])


def _asked(source: str, question: str, context: str, text: str, answer: dict[str, Any]) -> Iterator[Pair]:
    """The question with the text that answers it, where the answer stands in as much of it as is read."""
    start, end = answer["answer_start"], answer["answer_start"] + len(answer["text"])
    if end <= len(text):
        yield Pair(question, context, text, True, source, span=(start, end))


def _elsewhere(source: str, question: str, context: str, text: str, other: str) -> Iterator[Pair]:
    if other != text:
        yield Pair(question, context, other, False, source)


def _clapnq(folder: Path) -> Iterator[Pair]:
    for row in _lines(folder / "clapnq.jsonl.gz"):
        passage, output = row["passages"][0], row["output"]
        right = bool(output and output[0]["answer"])
        yield Pair(
            row["input"], passage["title"], passage["text"][:PUBLIC], right, "clapnq", kind="" if right else "absent"
        )


def _sick(folder: Path) -> Iterator[Pair]:
    for row in _table(folder / "sick-nl.tsv.gz"):
        yield Pair(row["sentence_B"], "", row["sentence_A"], row["entailment_AB"] == "A_entails_B", "sick")


def _counterfactual(folder: Path) -> Iterator[Pair]:
    for row in _table(folder / "cad-nli.tsv.gz"):
        if row["sentence1"] and row["sentence2"]:
            yield Pair(row["sentence2"], "", row["sentence1"], row["gold_label"] == "entailment", "counterfactual")


def _breaking(folder: Path) -> Iterator[Pair]:
    chance = random.Random(4)
    rows = ZipFile(folder / "breaking-nli.zip").read("data/dataset.jsonl").decode().splitlines()
    for row in map(json.loads, rows):
        if row["gold_label"] != "neutral" and chance.random() < KEPT_NLI:
            yield Pair(row["sentence2"], "", row["sentence1"], row["gold_label"] == "entailment", "breaking")


def _fever(folder: Path) -> Iterator[Pair]:
    for row in _lines(folder / "fever-symmetric.jsonl.gz"):
        yield Pair(row["claim"], "", row["evidence"], row["label"] == "SUPPORTS", "fever")


def _fooled(folder: Path) -> Iterator[Pair]:
    for row in _lines(folder / "fool-me-twice.jsonl.gz"):
        evidence = " ".join(one["text"] for one in row["gold_evidence"])[:PUBLIC]
        yield Pair(row["text"], "", evidence, row["label"] == "SUPPORTS", "fooled")


def _summaries(folder: Path) -> Iterator[Pair]:
    for row in _lines(folder / "summedits.jsonl.gz"):
        if row["doc"] and len(row["doc"]) < SUMMARISED:
            yield Pair(row["summary"], "", row["doc"], bool(int(row["label"])), "summaries")


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _whole(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return found


def _table(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")
