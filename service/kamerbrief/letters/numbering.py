"""The numbers [1], [2] … under which whatever shows citations lists its sources."""

from collections.abc import Callable, Hashable, Sequence

from kamerbrief.records.answers import Citation


def by_unit(citation: Citation) -> Hashable:
    """One number for all that is quoted from a paragraph, or from a note."""
    return citation.key


def by_quote(citation: Citation) -> Hashable:
    """A number for each quote of a paragraph or note."""
    return citation.key, citation.quote


class Numbering:
    """Numbers sources from 1 on, in the order in which they are first cited. `source` tells which source a citation
    is of: those with the same one share a number."""

    def __init__(self, source: Callable[[Citation], Hashable] = by_unit) -> None:
        self._source = source
        self._numbers: dict[Hashable, int] = {}
        self._citations: list[list[Citation]] = []

    def number(self, citation: Citation) -> int:
        """The number of the citation's source; the citation is counted as one more use of it."""
        number = self._numbers.setdefault(self._source(citation), len(self._numbers) + 1)
        if number > len(self._citations):
            self._citations.append([])
        self._citations[number - 1].append(citation)
        return number

    def uses(self, number: int) -> int:
        """How often the source with this number was cited until now."""
        return len(self._citations[number - 1])

    def all(self) -> Sequence[Sequence[Citation]]:
        """The citations of each source, in the order of the numbers."""
        return self._citations
