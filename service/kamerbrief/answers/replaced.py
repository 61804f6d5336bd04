"""That what is told rests on letters in whose place others came, or that were taken back."""

from collections.abc import Iterable

from kamerbrief.language.lexicon import Lexicon
from kamerbrief.letters.labels import label
from kamerbrief.records.answers import Sentence
from kamerbrief.records.letters import Filters
from kamerbrief.store.generation import Generation


def replaced(store: Generation, sentences: Iterable[Sentence], lexicon: Lexicon) -> str:
    """A sentence for each such letter and the one that came for it; "" where there is none."""
    return " ".join(replaced_letters(store, {one.letter for said in sentences for one in said.citations}, lexicon))


def replaced_letters(store: Generation, ids: Iterable[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The same for each of these letters."""
    papers = set(ids)
    found = store.catalog.links.of(sorted(papers))
    links = [one for one in found if one.kind in ("replaces", "withdraws") and one.paper in papers]
    named = tuple({one.letter for one in links} | {one.paper for one in links})
    heads = {head.id: head for head in store.catalog.heads(Filters(letters=named))} if links else {}
    order = {id_: place for place, id_ in enumerate(heads)}
    return tuple(
        lexicon.text(f"questions.{one.kind}").format(which=label(heads[one.paper]), by=label(heads[one.letter]))
        for one in sorted((one for one in links if one.letter in heads), key=lambda one: order[one.letter])
        if one.paper in heads
    )
