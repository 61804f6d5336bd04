"""How well letters are read, against truths made by hand.

A paragraph that was read is right when it begins with the first and ends with the last words of a paragraph of the
truth, in the truth's order. Footnotes need the same mark and the same paragraph besides. A heading is right when its
whole text is. Metadata: the share of all fields that are right, and a field that the document does not fill must be
empty. Kinds (text, item, table) are judged on the paragraphs that are right. Text is compared with its white space
made single spaces, everything else to the letter.
"""

import fnmatch
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from eval.sets.truths import Metadata, TrueFootnote, TrueParagraph, Truth
from kamerbrief.records.letters import Footnote, Letter, Paragraph

F = TypeVar("F")
T = TypeVar("T")


class Counts(NamedTuple):
    """How many were found, how many there are, and how many of them are right."""

    found: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


class Score(NamedTuple):
    """The counts of one document, or of all. Metadata and kinds: as many found as true, so precision is the share."""

    paragraphs: Counts
    kinds: Counts
    headings: Counts
    footnotes: Counts
    metadata: Counts


class Judgement(NamedTuple):
    score: Score
    mismatches: tuple[str, ...]


def judge(truth: Truth, letter: Letter) -> Judgement:
    """The letter as it was read against the truth. A mismatch is a line: what is meant, then what was read or said."""
    paragraphs = align(letter.paragraphs, truth.paragraphs, _same_paragraph)
    number = {found + 1: true + 1 for found, true in paragraphs}
    headings = [s.heading for s in letter.sections if s.heading is not None]
    same_heading = align(headings, truth.headings, lambda found, true: _plain(found) == true)
    footnotes = align(
        letter.footnotes,
        truth.footnotes,
        lambda found, true: (
            found.mark == true.mark
            and _ends(found.text, true.first, true.last)
            and number.get(found.paragraph or 0) == true.paragraph
        ),
    )
    kinds = [(letter.paragraphs[found], truth.paragraphs[true]) for found, true in paragraphs]
    wrong_kinds = [f"kind of {_brief(f.text)}: read {f.kind}, is {t.kind}" for f, t in kinds if f.kind != t.kind]
    wrong_fields = list(_wrong_fields(truth.metadata, letter))
    fields = len(Metadata.model_fields)
    score = Score(
        Counts(len(letter.paragraphs), len(truth.paragraphs), len(paragraphs)),
        Counts(len(kinds), len(kinds), len(kinds) - len(wrong_kinds)),
        Counts(len(headings), len(truth.headings), len(same_heading)),
        Counts(len(letter.footnotes), len(truth.footnotes), len(footnotes)),
        Counts(fields, fields, fields - len(wrong_fields)),
    )
    mismatches = [
        *_unmatched("paragraph", letter.paragraphs, truth.paragraphs, paragraphs),
        *wrong_kinds,
        *_unmatched("heading", headings, truth.headings, same_heading),
        *_unmatched("footnote", letter.footnotes, truth.footnotes, footnotes),
        *wrong_fields,
    ]
    return Judgement(score, tuple(mismatches))


def total(scores: Iterable[Score]) -> Score:
    """The counts of all documents added up."""
    return Score(*(Counts(*map(sum, zip(*column, strict=True))) for column in zip(*scores, strict=True)))


def align(found: Sequence[F], true: Sequence[T], same: Callable[[F, T], bool]) -> list[tuple[int, int]]:
    """The longest list of index pairs that are the same and rise in both (longest common subsequence)."""
    best = [[0] * (len(true) + 1) for _ in range(len(found) + 1)]
    for i in reversed(range(len(found))):
        for j in reversed(range(len(true))):
            if same(found[i], true[j]):
                best[i][j] = best[i + 1][j + 1] + 1
            else:
                best[i][j] = max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(found) and j < len(true):
        if same(found[i], true[j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _same_paragraph(found: Paragraph, true: TrueParagraph) -> bool:
    return _ends(found.text, true.first, true.last)


def _ends(text: str, first: str, last: str) -> bool:
    plain = _plain(text)
    return plain.startswith(first) and plain.endswith(last)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _wrong_fields(true: Metadata, letter: Letter) -> Iterable[str]:
    for field in Metadata.model_fields:
        meant, said = getattr(true, field), getattr(letter, field)
        if field == "references":  # a paper may be named many times: once each, in any order
            meant, said = set(meant), {_plain(reference.text) for reference in said}
        if not (fnmatch.fnmatchcase(said, meant) if field == "id" else said == meant):
            yield f"{field}: read {said!r}, is {meant!r}"


def _unmatched(what: str, found: Sequence[F], true: Sequence[T], pairs: list[tuple[int, int]]) -> Iterable[str]:
    right_found, right_true = {i for i, _ in pairs}, {j for _, j in pairs}
    yield from (f"{what} {i + 1} read wrongly: {_show(x)}" for i, x in enumerate(found) if i not in right_found)
    yield from (f"{what} {j + 1} of the truth missed: {_show(x)}" for j, x in enumerate(true) if j not in right_true)


def _show(thing: object) -> str:
    match thing:
        case Paragraph():
            return _brief(thing.text)
        case Footnote():
            return f"[{thing.mark}] {_brief(thing.text)} at paragraph {thing.paragraph}"
        case TrueParagraph():
            return f"«{thing.first} … {thing.last}»"
        case TrueFootnote():
            return f"[{thing.mark}] «{thing.first} … {thing.last}» at paragraph {thing.paragraph}"
    return f"«{thing}»"


def _brief(text: str) -> str:
    plain = _plain(text)
    return f"«{plain}»" if len(plain) <= 90 else f"«{plain[:40]} … {plain[-45:]}»"


def table(scores: dict[str, Score]) -> str:
    """Lines for people: a document a row, with precision, recall and how many there are; shares for the last two."""
    width = max(map(len, scores))
    head = f"{'':{width}}  {'paragraphs':>17} {'headings':>17} {'footnotes':>17} {'kinds':>6} {'metadata':>8}"
    units = f"{'':{width}} " + f"{'P':>7}{'R':>6}{'n':>5}" * 3
    rows = [
        f"{name:{width}} "
        + "".join(f"{c.precision:7.3f}{c.recall:6.3f}{c.true:5}" for c in (s.paragraphs, s.headings, s.footnotes))
        + f" {s.kinds.precision:6.3f} {s.metadata.precision:8.3f}"
        for name, s in scores.items()
    ]
    return "\n".join([head, units, *rows])
