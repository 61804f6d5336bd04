"""A ZIP from outside, read with bounds: office documents are ZIPs of XML, and letters come together in one.

Nothing is ever written to disk. A name that points out of the archive is refused all the same: whoever packed it meant
harm, and so the rest of it is not trusted either.
"""

import io
import re
import zipfile
import zlib

from kamerbrief.errors import BrokenSourceError, EncryptedError, TooLargeError, UnsafeArchiveError
from kamerbrief.language.characters import readable

MAX_MEMBERS = 1_000
MAX_UNPACKED = 500_000_000
"""Bytes of all members together."""
MAX_RATIO = 200
"""Bytes unpacked for one that is packed. XML of office programs shrinks to a tenth, at most to a fortieth; a bomb to a
thousandth."""
_SMALL = 1_000_000
"""Bytes unpacked that do no harm, however small they were packed."""
_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
"""What the standard library raises for a damaged ZIP, or one packed in a way that it does not know."""


class Archive:
    """The members of a ZIP by their names, in its order; folders are left out.

    Raises BrokenSourceError, TooLargeError (too many, too large, packed too well) or UnsafeArchiveError (a name that
    points out of it, or one that is there twice).
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
            members = self._file.infolist()
        except _DAMAGE as error:
            raise BrokenSourceError(f"{name} is a damaged ZIP", "download it again") from error
        files = [one for one in members if not one.filename.endswith("/")]  # `is_dir` fails where the name is empty
        self._members = {shown(one.filename).replace("\\", "/"): one for one in files}
        self._check(members, len(data))
        if len(self._members) < len(files):
            raise UnsafeArchiveError(f"{name} holds two files of one name", "pack the letters anew")

    def names(self) -> list[str]:
        return list(self._members)

    def read(self, member: str, max_bytes: int) -> bytes:
        """The bytes of a member, of at most `max_bytes`; KeyError where there is none of that name.

        Raises TooLargeError, EncryptedError or BrokenSourceError.
        """
        info = self._members[member]
        where = f"{self._name}/{member}"
        if info.file_size > max_bytes:
            raise TooLargeError(
                f"{where} is {info.file_size / 1e6:.0f} MB, the limit is {max_bytes / 1e6:.0f} MB",
                "split the document or raise the limit",
            )
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedError(f"{where} is behind a password", "unpack it and add the letters in it")
        try:
            with self._file.open(info) as file:
                return file.read(max_bytes + 1)
        except _DAMAGE as error:
            raise BrokenSourceError(f"{where} is damaged", "download the ZIP again") from error

    def _check(self, members: list[zipfile.ZipInfo], packed: int) -> None:
        """The sizes are those that the ZIP tells; of a member that holds more, no more is read."""
        unpacked = sum(one.file_size for one in members)
        hint = "unpack it and add the letters in it"
        if len(members) > MAX_MEMBERS:
            raise TooLargeError(f"{self._name} holds {len(members)} files, the limit is {MAX_MEMBERS}", hint)
        if unpacked > MAX_UNPACKED:
            told = f"{unpacked / 1e6:.0f} MB unpacked, the limit is {MAX_UNPACKED / 1e6:.0f} MB"
            raise TooLargeError(f"{self._name} is {told}", hint)
        if unpacked > max(_SMALL, MAX_RATIO * packed):
            told = f"{unpacked // packed} times as large when it is unpacked, the limit is {MAX_RATIO} times"
            raise TooLargeError(f"{self._name} gets {told}", "take it from the source again, or unpack it yourself")
        for one in self._members:
            check_inner(self._name, one)


def check_inner(name: str, inner: str) -> None:
    """Raises UnsafeArchiveError for a file in what is called `name` whose own name points out of it."""
    if inner.startswith("/") or re.match(r"[A-Za-z]:", inner) or ".." in inner.replace("\\", "/").split("/"):
        raise UnsafeArchiveError(
            f"{name} holds a file {inner!r}, whose name points out of it", "do not trust it; pack the letters anew"
        )


def shown(name: str) -> str:
    """A name in one line, without what cannot be seen or would turn the line around."""
    return "".join(character if character.isprintable() else "?" for character in readable(name))
