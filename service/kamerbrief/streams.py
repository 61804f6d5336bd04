"""Work that gives one thing after the other, and in the end one that is of another kind."""

from collections.abc import Generator, Iterator
from typing import Generic, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Stream(Generic[Item, Result]):
    """Iterate over its items as they come, in one thread at a time; after them it has its `result`.

    It is made of a generator that yields the items and returns the result. Nothing is done before the first item is
    asked for. Closing it, or leaving its `with` block, stops the work.
    """

    def __init__(self, work: Generator[Item, None, Result]) -> None:
        self._results: list[Result] = []  # one, once it is there
        self._items = _run(work, self._results)

    def __iter__(self) -> Iterator[Item]:
        return self

    def __next__(self) -> Item:
        return next(self._items)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stops. What was not yet read is lost."""
        self._items.close()

    @property
    def result(self) -> Result:
        """What the work came to. Raises ValueError while there are items to come, and where it was closed or failed
        before its end."""
        if not self._results:
            raise ValueError("this was not run to its end, and has no result: iterate on, or call `finish`")
        return self._results[0]

    def finish(self) -> Result:
        """The result, after all items that are still to come."""
        with self:
            for _ in self:
                pass
        return self.result


# The generator must not know its stream: who forgets that stops the work.


def _run(work: Generator[Item, None, Result], results: list[Result]) -> Generator[Item, None, None]:
    results.append((yield from work))
