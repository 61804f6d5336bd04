"""Measures the answers on the golden set, as a client of the library.

    python -m eval.answers [--split dev|test] [--data ../shared/data] [--pages 0]

Per answerable question: is a gold paragraph cited, are all vital nuggets in the text, which share of the cited
paragraphs is gold. Per unanswerable kind: how many were answered all the same. Refusals as in a retrieval of the
unanswerable: precision, recall, F1. Questions over letters that are not here are skipped, and counted.
"""

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import fmean

from eval.cases import DATA, SETS, Case, askable, documents, gold_paragraphs, load, read_documents
from kamerbrief.library import Kamerbrief
from kamerbrief.records import Answer, Letter


@dataclass(frozen=True)
class Judged:
    """An answer beside its case; shares are 0 to 1 and only of answered answerable cases more than 0."""

    case: Case
    answered: bool
    gold_cited: float
    nuggets: float
    precision: float
    verbatim: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--pages", type=int, default=0, help="sgd pages beside the letters, as distractors")
    options = parser.parse_args()
    letters = read_documents(options.data)
    golden = [case for case in load(SETS / "golden.jsonl") if case.split == options.split]
    cases = askable(golden, letters)
    with tempfile.TemporaryDirectory() as folder, Kamerbrief(folder) as kb:
        for outcome in kb.add_all([*documents(options.data), *_pages(options.data, options.pages)]):
            if isinstance(outcome, Exception):
                print(outcome)
        judged = [judge(case, kb.ask(case.question), letters) for case in cases]
    skipped = len(golden) - len(cases)
    print(f"golden/{options.split}: {len(judged)} questions, {skipped} skipped for want of their letters\n")
    print(table(judged))


def judge(case: Case, answer: Answer, letters: Mapping[str, Letter]) -> Judged:
    """Compares an answer with what is known of it."""
    gold = gold_paragraphs(case, letters)
    cited = [(c.letter, c.paragraph) for sentence in answer.sentences for c in sentence.citations]
    text = " ".join(sentence.text for sentence in answer.sentences)
    vital = [nugget.within(text) for nugget in case.nuggets if nugget.vital]
    texts = {letter.id: letter for letter in letters.values()}
    return Judged(
        case=case,
        answered=answer.status == "answered",
        gold_cited=float(any(one in gold for one in cited)),
        nuggets=float(bool(vital) and all(vital) and bool(cited)),
        precision=fmean(one in gold for one in cited) if cited else 0.0,
        verbatim=all(
            c.letter not in texts or c.quote in texts[c.letter].paragraphs[c.paragraph - 1].text
            for sentence in answer.sentences
            for c in sentence.citations
        ),
    )


def table(judged: Sequence[Judged]) -> str:
    """The figures as a Markdown table."""
    good = [one for one in judged if one.case.answerable]
    said = [one for one in good if one.answered]
    bad = [one for one in judged if not one.case.answerable]
    refused = [one for one in judged if not one.answered]
    rightly = sum(not one.case.answerable for one in refused)
    precision, recall = rightly / max(len(refused), 1), rightly / max(len(bad), 1)
    rows = [
        ("answerable questions answered", _share([one.answered for one in good])),
        ("gold paragraph cited, of all answerable", _share([one.gold_cited == 1 for one in good])),
        ("gold paragraph cited, of the answered", _share([one.gold_cited == 1 for one in said])),
        ("all vital facts, of all answerable", _share([one.nuggets == 1 for one in good])),
        ("all vital facts, of the answered", _share([one.nuggets == 1 for one in said])),
        ("citation precision, of the answered", f"{fmean([one.precision for one in said] or [0.0]):.2f}"),
        ("quotes letter for letter", _share([one.verbatim for one in judged])),
    ]
    for kind in ("far", "near", "premise"):
        rows.append(
            (
                f"unanswerable ({kind}) refused",
                _share([not b.answered for b in bad if b.case.unanswerable_kind == kind]),
            )
        )
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    rows.append(("refusals: precision, recall, F1", f"{precision:.2f}, {recall:.2f}, {f1:.2f}"))
    return "\n".join(["| measure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _share(values: Sequence[bool]) -> str:
    return f"{fmean(values):.2f} ({sum(values)} of {len(values)})" if values else "none"


def _pages(data: Path, count: int) -> Iterator[bytes]:
    path = data / "sgd" / "pages.jsonl.gz"
    if count and path.exists():
        with gzip.open(path, "rt") as lines:
            yield from (json.loads(line)["text"].encode() for line in islice(lines, count))


if __name__ == "__main__":
    main()
