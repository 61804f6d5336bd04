"""A number out of a table is told of the column and the row that it stands in, as far as the sentence names any."""

import re
from collections.abc import Iterable

from kamerbrief.language.numbers import Quantity
from kamerbrief.letters.table_rows import rows_of
from kamerbrief.proof.cues import Languages
from kamerbrief.proof.retelling import Broken, Retelling, Retold, quantities_of

_Words = frozenset[str]


def out_of_place(retelling: Retelling) -> Broken | None:
    """The first number that a table gives, but in no column and row that the claim names."""
    if not retelling.quantities:
        return None
    tables = [one for one in retelling.paragraphs if "\n" in one.text]
    said = _words(retelling.claim)
    for number in retelling.quantities if tables else ():
        places = [fits for table in tables for fits in _fitting(number, table, said)]
        if places and not any(places) and not _stands_elsewhere(number, retelling):
            return Broken("column", (number.start, number.end))
    return None


def _fitting(number: Quantity, table: Retold, said: _Words) -> list[bool]:
    """For each cell that holds the number, whether the claim may speak of its column and row."""
    rows = [row for row in rows_of(table.text).values() if row.cells]
    columns = _named({name for row in rows for name, _ in row.cells}, said)
    labels = _named({row.label for row in rows}, said)
    return [
        (not columns or name in columns) and (not labels or row.label in labels)
        for row in rows
        for name, cell in row.cells
        if _holds(cell, number, table.languages)
    ]


def _named(names: set[str], said: _Words) -> set[str]:
    """The names of which all that tells them from the others is said."""
    shared = frozenset.intersection(*map(_words, names)) if names else frozenset()
    return {name for name in names if (own := _words(name) - shared) and own <= said}


def _stands_elsewhere(number: Quantity, retelling: Retelling) -> bool:
    texts: Iterable[tuple[str, Languages]] = [
        *(one for one in retelling.told if "\n" not in one[0]),
        *retelling.granted,
    ]
    return any(_holds(text, number, languages) for text, languages in texts)


def _holds(text: str, number: Quantity, languages: Languages) -> bool:
    return any(number.proven_by(other) for other in quantities_of(text, languages))


def _words(text: str) -> _Words:
    return frozenset(re.findall(r"\w+", text.lower()))
