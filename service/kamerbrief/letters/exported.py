"""Letters as `kamerbrief export` writes them: JSON Lines, each line a letter as it was read once. Nothing of them is
read anew, so that they are the same letter for letter; what a line says is checked as if a stranger had written it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from kamerbrief.errors import BrokenSourceError, LetterError, TooLargeError
from kamerbrief.letters.papers import is_id
from kamerbrief.records.digest import as_read
from kamerbrief.records.letters import Letter

_BEGIN = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


def is_exported(data: bytes) -> bool:
    """Whether bytes begin as JSON Lines do."""
    return _BEGIN.match(data) is not None


def letters_of_file(path: Path, name: str, max_bytes: int) -> Iterator[Letter | LetterError]:
    """As `letters_of`, of a file that lies somewhere."""
    with path.open("rb") as file:
        yield from letters_of(file, name, max_bytes)


def letters_of(file: BinaryIO, name: str, max_bytes: int) -> Iterator[Letter | LetterError]:
    """The letter of each line, or why it is none; a line may have so many bytes, the file any number. Where the first
    line is none, neither is what follows."""
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            if len(line) > max_bytes:
                raise TooLargeError(f"{name}, line {number} has more than {max_bytes / 1e6:.0f} MB", "raise the limit")
            yield letter_of(line, f"{name}, line {number}")
        except LetterError as error:
            yield error
            if number == 1:
                return
        while len(line) > max_bytes and not line.endswith(b"\n"):
            line = file.readline(max_bytes + 1)


def letter_of(line: bytes, name: str) -> Letter:
    """The letter of one line, once all that it says of itself is checked. Raises BrokenSourceError."""
    try:
        letter = Letter.model_validate_json(line.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, fault["loc"])) or "the line"
        said = f"{where}: {fault['msg'][:200]}"
        raise BrokenSourceError(f"{name} is no letter ({said})", "export it anew with `kamerbrief export`") from None
    if not is_id(letter.id):
        raise BrokenSourceError(f"{name} has an id that no letter can have", "export it anew with `kamerbrief export`")
    if not as_read(letter):
        raise BrokenSourceError(f"{name}: {letter.id} does not have the text that was read", "its checksum is another")
    return letter
