"""kamerbrief: questions to the letters that Dutch ministers send to parliament, answered with proof.

from kamerbrief import Kamerbrief

with Kamerbrief("letters") as kb:
    kb.add("kst-27925-504.txt")
    print(kb.ask("Hoeveel helmen heeft Nederland geleverd aan de Koerden?").sentences)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kamerbrief.library import Kamerbrief

__all__ = ["Kamerbrief"]


def __getattr__(name: str) -> Any:
    """Imports the library when it is first used, so that `kamerbrief --help` does not wait for it."""
    if name == "Kamerbrief":
        from kamerbrief.library import Kamerbrief

        return Kamerbrief
    raise AttributeError(f"module 'kamerbrief' has no attribute {name!r}")
