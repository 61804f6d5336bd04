"""Letters one reference away from others."""

from collections.abc import Iterable

from kamerbrief.letters.labels import label
from kamerbrief.records.answers import Via
from kamerbrief.records.letters import Filters
from kamerbrief.store.catalog import Catalog


def led_to(catalog: Catalog, letters: Iterable[str]) -> dict[str, Via]:
    """The letters that these refer to, and those that refer to these, each with the first of these that led to it."""
    begun = dict.fromkeys(letters)
    links = catalog.links.of(list(begun))
    ways = [(one.letter, "refers_to", one.paper) for one in links]
    ways += [(one.paper, "referred_by", one.letter) for one in links]
    near = tuple({there for here, _, there in ways if here in begun and there not in begun})
    if not near:
        return {}
    heads = {head.id: head for head in catalog.heads(Filters(letters=(*begun, *near)))}
    order = {id_: place for place, id_ in enumerate(begun)}
    found = dict[str, Via]()
    for here, way, there in sorted((one for one in ways if one[0] in order), key=lambda one: order[one[0]]):
        if there in heads and here in heads and there not in begun:
            found.setdefault(there, Via(letter=here, label=label(heads[here]), way=way))  # type: ignore[arg-type]
    return found
