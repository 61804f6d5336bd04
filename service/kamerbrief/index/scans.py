"""Scans that come to be added: the text of their pages is recognised, and they are read again.

What reads files does not do so itself: that takes seconds a page, and a program that is no part of this.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from kamerbrief.errors import LetterError, NoTextError
from kamerbrief.letters.apart import Readers
from kamerbrief.letters.metadata_record import record_beside
from kamerbrief.letters.recognition import recognised
from kamerbrief.letters.sources import RawSource, SourceLike, open_source
from kamerbrief.records.letters import Letter

Read = Letter | LetterError
_PDF, _HEAD = b"%PDF-", 1024


class Scans:
    """Reads scans with the text that is recognised in them, a file in so many seconds; with 0, none is."""

    def __init__(self, readers: Readers, seconds: float, max_bytes: int) -> None:
        self._readers = readers
        self._seconds = seconds
        self._max_bytes = max_bytes

    def with_text(self, source: SourceLike, name: str | None, outcome: Read) -> Read:
        """What was read of a source, by this name where it has one; of a PDF with pages that are pictures, what is read
        once these are recognised. Where they cannot be, the letter without them, which says why, or NoTextError."""
        pages = _pictures(outcome)
        if pages is None or not self._seconds or (raw := self._again(source, name)) is None:
            return outcome
        try:
            text = recognised(raw.data, raw.name, pages, self._seconds)
        except NoTextError as error:
            return _warned(outcome, error.hint) if isinstance(outcome, Letter) else error
        return self._of(raw, text)

    def _again(self, source: SourceLike, name: str | None) -> RawSource | None:
        """The bytes of a source that was read once; None for a stream that has none left, and for what is no PDF but
        holds some."""
        try:
            if isinstance(source, str | os.PathLike):
                with Path(source).open("rb") as file:
                    if _PDF not in file.read(_HEAD):  # exported letters may be of any size
                        return None
            elif not isinstance(source, bytes):
                source.seek(0)
            raw = open_source(source, name=name, max_bytes=self._max_bytes)
        except (OSError, LetterError):
            return None
        return raw if raw.format == "pdf" else None

    def _of(self, raw: RawSource, text: bytes) -> Read:
        """What is read of the recognised text. It lies beside the metadata record that the scan lies beside."""
        with tempfile.TemporaryDirectory(prefix="kamerbrief-") as folder:
            path = Path(folder) / (raw.path.name if raw.path else "scan.pdf")
            path.write_bytes(text)
            if raw.path and (record := record_beside(raw.path)) is not None:
                path.with_name("metadata.xml").write_bytes(record)
            ((_, read),) = self._readers.each([(path, raw.name)], max(self._max_bytes, len(text)))
        if not isinstance(read, Letter):
            return read
        digest = hashlib.sha256(raw.data).hexdigest()
        return _from(read, sha256=digest, size=len(raw.data))


def _pictures(outcome: Read) -> tuple[int, ...] | None:
    """The pages that are pictures, none of them named where all are; None where none is."""
    if isinstance(outcome, LetterError):
        return () if isinstance(outcome, NoTextError) else None
    return tuple(one.page for one in outcome.report if one.kind == "picture" and one.page) or None


def _warned(letter: Letter, hint: str) -> Letter:
    return _from(letter, warnings=(*letter.source.warnings, f"to have it recognised: {hint}"))


def _from(letter: Letter, **source: object) -> Letter:
    return letter.model_copy(update={"source": letter.source.model_copy(update=source)})
