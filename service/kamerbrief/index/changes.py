"""What became of letters, and of what answers cite of them, since they have another text."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache

from kamerbrief.errors import UnknownLetterError
from kamerbrief.index.letters import letter_of, versions_of
from kamerbrief.letters.comparing import compare
from kamerbrief.records.answers import Answer, Citation
from kamerbrief.records.letters import Letter
from kamerbrief.records.versions import Changes, Since
from kamerbrief.store.store import Store


def changes_of(store: Store, letter_id: str, earlier: int | None = None, later: int | None = None) -> Changes:
    """What became of a letter from one version to another: else to the last one, and from the one before that. Raises
    UnknownLetterError."""
    numbers = [one.number for one in versions_of(store, letter_id)]
    last = later or numbers[-1]
    before = numbers[: numbers.index(last)] if last in numbers else numbers
    return compare(letter_of(store, letter_id, earlier or (before or [last])[-1]), letter_of(store, letter_id, last))


def since(store: Store, answer: Answer) -> tuple[Since, ...]:
    """What became of the paragraphs and notes that the answer cites, each quote once; of letters that have another text
    now, or were removed."""
    cited = dict.fromkeys(one for sentence in answer.sentences for one in sentence.citations if one.field is None)
    now = dict[str, Letter | None]()
    for one in cited:
        if one.letter not in now:
            with store.reading() as reading:
                now[one.letter] = reading.catalog.letter(one.letter)
    changes = cache(lambda letter, version: _compared(store, letter, version))
    return tuple(
        found
        for one in cited
        if (found := _since(one, now[one.letter], changes)).now != one.version or found.change != "same"
    )


def _compared(store: Store, letter_id: str, version: int) -> Changes | None:
    """None where the letter was removed since, and added anew."""
    with suppress(UnknownLetterError):
        return changes_of(store, letter_id, version)
    return None


def _since(one: Citation, letter: Letter | None, changes: Callable[[str, int], Changes | None]) -> Since:
    named = {name: getattr(one, name) for name in ("letter", "version", "paragraph", "footnote", "quote")}
    gone = Since(**named, now=None, change="gone", place=None, stands=False)
    if letter is None:
        return gone
    gone = gone.model_copy(update={"now": letter.version})
    if one.footnote is None:
        places: list[int | None] = [unit.number for unit in letter.paragraphs if unit.text == one.text]
    else:
        places = [n.paragraph for n in letter.footnotes if (n.mark, n.text) == (one.footnote, one.text)]
    if places:
        place = one.paragraph if one.paragraph in places else places[0]
        return gone.model_copy(update={"change": "same", "place": place, "stands": True})
    told = changes(one.letter, one.version) if one.footnote is None else None
    for became in told.compared if told else ():
        if (became.kind, became.before) == ("paragraph", one.paragraph) and became.after is not None:
            stands = one.quote in letter.paragraphs[became.after - 1].text
            return gone.model_copy(update={"change": "changed", "place": became.after, "stands": stands})
    return gone
