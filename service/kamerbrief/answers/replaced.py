"""That an answer rests on a letter in whose place another one came, or that was taken back."""

from collections.abc import Iterable

from kamerbrief.language.lexicon import Lexicon
from kamerbrief.letters.labels import label
from kamerbrief.records.answers import Sentence
from kamerbrief.records.letters import Filters
from kamerbrief.store.store import Store


def replaced(store: Store, sentences: Iterable[Sentence], lexicon: Lexicon) -> str:
    """A sentence for each such letter and the one that came for it; "" where there is none."""
    ids = {one.letter for sentence in sentences for one in sentence.citations}
    with store.reading() as now:
        found = now.catalog.versions.replacing(tuple(ids)) if ids else []
        older = {head.id: head for head in now.catalog.heads(Filters(letters=tuple(ids)))} if found else {}
    return " ".join(
        lexicon.text(f"questions.{kind}").format(which=label(older[paper]), by=label(head))
        for paper, kind, head in found
        if paper in older
    )
