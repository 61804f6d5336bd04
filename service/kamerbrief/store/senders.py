"""By which names those who signed a letter are found."""

from collections.abc import Iterable

from kamerbrief.language.characters import plain
from kamerbrief.language.persons import first_and_last, surnames
from kamerbrief.records.letters import Signatory


def called(name: str) -> tuple[str, str]:
    """The surname, and the first letter of the first name, "" where none is told; in plain small letters."""
    first, last = first_and_last(plain(name))
    return last, first[:1]


def senders_of(signatories: Iterable[Signatory]) -> list[dict[str, str]]:
    """The rows of those who signed."""
    found = {(one, initial) for last, initial in (called(each.name) for each in signatories) for one in surnames(last)}
    return [{"surname": surname, "initial": initial} for surname, initial in sorted(found) if surname]
