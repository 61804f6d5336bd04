"""The letters of a store by their ids, or the error that names the one that is not there."""

from collections.abc import Iterable

from kamerbrief.errors import UnknownLetterError
from kamerbrief.records.letters import Letter
from kamerbrief.store.store import Store


def letter_of(store: Store, letter_id: str) -> Letter:
    """The letter with this id. Raises UnknownLetterError."""
    with store.reading() as now:
        letter = now.catalog.letter(letter_id)
    if letter is None:
        raise _unknown(letter_id)
    return letter


def check_known(store: Store, ids: Iterable[str]) -> None:
    """Raises UnknownLetterError for the first id of which there is no letter."""
    with store.reading() as now:
        for letter_id in ids:
            if now.catalog.digest_of(letter_id) is None:
                raise _unknown(letter_id)


def _unknown(letter_id: str) -> UnknownLetterError:
    return UnknownLetterError(f"no letter {letter_id!r}", "`kamerbrief letters` lists them")
