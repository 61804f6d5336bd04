"""What these programs share: what they are given, and how they tell what came of it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

URL, KEY, FOLDER, PROGRAM = sys.argv[1:5]
OPENAI = f"{URL.rstrip('/')}/openai/v1"
MCP = f"{URL.rstrip('/')}/mcp"
QUESTION = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"
FOUND = "1.000 helmen"
LETTER = "kst-27925-504"


class Trying:
    """What of a package works, is refused as it is to be, or is broken."""

    def __init__(self, package: str, client: str = "") -> None:
        self.client, self.version = client or package, version(package)
        self.done: list[str] = []
        self.refusals: dict[str, str] = {}
        self.broken: dict[str, str] = {}

    @contextmanager
    def works(self, what: str) -> Iterator[None]:
        """Something that is to work."""
        try:
            yield
        except Exception as error:
            self.broken[what] = _line(error)
        else:
            self.done.append(what)

    @contextmanager
    def refused(self, what: str, because: str) -> Iterator[None]:
        """Something that is to be refused, with this in the message."""
        try:
            yield
        except Exception as error:
            if because in _line(error):
                self.refusals[what] = because
            else:
                self.broken[what] = _line(error)
        else:
            self.broken[what] = "was not refused"

    def tell(self) -> None:
        told = {"client": self.client, "version": self.version, "works": self.done}
        print(json.dumps({**told, "refused": self.refusals, "broken": self.broken}, ensure_ascii=False))


def _line(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]
