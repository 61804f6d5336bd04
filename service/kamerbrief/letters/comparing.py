"""Two versions of a letter side by side: which paragraph became which, and which of its words changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from kamerbrief.records.letters import Letter
from kamerbrief.records.versions import ChangeKind, Changes, Compared, Stretch

_WORD = re.compile(r"\w+(?:[.,]\w+)*\s*|[^\w\s]\s*|\s+")
_ALIKE = 0.5  # share of the words of two texts that they must have in common, to be one that was changed
_MOST_PAIRS = 40_000  # a second; where more paragraphs changed in a row, they are taken for other ones
_MOST_WORDS = 3_000  # of two texts that are compared word by word

_Pair = tuple[int | None, int | None]
_Numbered = Sequence[tuple[int, str]]


def compare(earlier: Letter, later: Letter) -> Changes:
    """What became of a letter from one version to another one."""
    compared = [
        *_compared("paragraph", *([(one.number, one.text) for one in of.paragraphs] for of in (earlier, later))),
        *_compared("heading", _headings(earlier), _headings(later)),
        *_compared("note", _notes(earlier), _notes(later)),
    ]
    return Changes(letter=later.id, earlier=earlier.version, later=later.version, compared=tuple(compared))


def _headings(letter: Letter) -> _Numbered:
    return [(one.number, one.heading) for one in letter.sections if one.heading]


def _notes(letter: Letter) -> _Numbered:
    return [(number, f"{one.mark} {one.text}") for number, one in enumerate(letter.footnotes, 1)]


def _compared(kind: Literal["paragraph", "heading", "note"], old: _Numbered, new: _Numbered) -> Iterator[Compared]:
    before, after = [text for _, text in old], [text for _, text in new]
    pairs = list(_aligned(before, after))
    moved = _moved(pairs, before, after)
    for i, j in pairs:
        i = moved.get(j) if i is None and j is not None else i
        if j is None and i in moved.values():
            continue
        one, other = "" if i is None else before[i], "" if j is None else after[j]
        change: ChangeKind = "changed"
        if one == other:
            change = "moved" if j in moved else "same"
        elif i is None or j is None:
            change = "new" if i is None else "gone"
        words = () if one == other else tuple(_stretches(one, other))
        numbers = None if i is None else old[i][0], None if j is None else new[j][0]
        yield Compared(kind=kind, change=change, before=numbers[0], after=numbers[1], words=words)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[_Pair]:
    """The places in both of what is one text, or was one that changed, in order; None where it is in one alone."""
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield from zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            for one, other in _alike(old[i:i_end], new[j:j_end]):
                yield None if one is None else i + one, None if other is None else j + other


def _alike(old: Sequence[str], new: Sequence[str]) -> list[_Pair]:
    """The pairing, in order, by which the texts have most words in common."""
    if len(old) * len(new) > _MOST_PAIRS:
        return [*((i, None) for i in range(len(old))), *((None, j) for j in range(len(new)))]
    shares = [[_share(one, other) for other in map(_bag, new)] for one in map(_bag, old)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of the texts from these places on
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + shares[i][j] if shares[i][j] >= _ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found, i, j = list[_Pair](), 0, 0
    while i < len(old) or j < len(new):
        both = i < len(old) and j < len(new)
        if both and shares[i][j] >= _ALIKE and best[i][j] == best[i + 1][j + 1] + shares[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif j == len(new) or (both and best[i][j] == best[i + 1][j]):
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return found


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags of words."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _moved(pairs: Sequence[_Pair], old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Of what is new, by its place, the place of before of the same text."""
    gone = defaultdict[str, list[int]](list)
    for i, j in reversed(pairs):
        if i is not None and j is None:
            gone[old[i]].append(i)
    return {j: gone[new[j]].pop() for i, j in pairs if i is None and j is not None and gone[new[j]]}


def _stretches(old: str, new: str) -> Iterator[Stretch]:
    """The words of both, in order of reading: what is gone before what came for it."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not old or not new or len(before) + len(after) > _MOST_WORDS:
        if old:
            yield Stretch(text=old, change="gone")
        if new:
            yield Stretch(text=new, change="new")
        return
    for tag, i, i_end, j, j_end in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield Stretch(text="".join(after[j:j_end]), change="same")
            continue
        if i < i_end:
            yield Stretch(text="".join(before[i:i_end]), change="gone")
        if j < j_end:
            yield Stretch(text="".join(after[j:j_end]), change="new")
