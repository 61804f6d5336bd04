"""Answers to members' questions, put together of the pairs of question and answer in ../shared/data/training.

That file has lost which pairs are of one document. The sets promises and changes tell it: they name a document by the
rows (from 0) of its pairs, in the order of the original ("members-1026-56"). A date before them
("members-20220208-1613") makes it a letter of that day, which is as near to the true one as its words tell.
"""

import gzip
import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

PAIRS = "training/members-questions.jsonl.gz"
NAMED = "members-"
_MARK = re.compile(r"\s*\[\d+ ?\]")  # of a note that the file does not have


def answers(data: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The documents of these names, as text; none where the pairs are absent."""
    path = data / PAIRS
    if not path.exists():
        return {}
    with gzip.open(path, "rt") as lines:
        pairs = [json.loads(line) for line in lines]
    return {name: _document(name.removeprefix(NAMED).split("-"), pairs) for name in names}


def _document(named: Sequence[str], pairs: Sequence[dict[str, str]]) -> bytes:
    dated = len(named[0]) == len("20220208")
    head = f"Den Haag, {datetime.strptime(named[0], '%Y%m%d'):%d-%m-%Y}\n\n" if dated else ""
    parts = [
        f"Vraag {number}\n{pair['question']}\n\nAntwoord {number}\n{pair['answer']}"
        for number, pair in enumerate((pairs[int(row)] for row in named[dated:]), start=1)
    ]
    return _MARK.sub("", head + "\n\n".join(parts)).encode()
