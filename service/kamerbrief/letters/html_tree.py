"""Web pages from outside, parsed as loosely as they are written, with bounds: into the tree of the standard library.

lxml reads the tags, and docs/dependencies.md says why it is lxml. Its own tree takes quadratic time for many
attributes, and cuts a page that is too deep without a word.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, TreeBuilder

from lxml import etree

from kamerbrief.errors import BrokenSourceError, TooLargeError, UnsafeXmlError
from kamerbrief.language.characters import readable
from kamerbrief.letters.lines import Remark
from kamerbrief.letters.markup import MAX_DEPTH
from kamerbrief.letters.text import decode, mended

MAX_BYTES = 5_000_000
"""About 10,000 paragraphs of prose, which take 4 seconds; the real pages at hand have less than 20,000 bytes."""

_CHARSET = re.compile(rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = 4096  # bytes within which a page says its encoding


def parse_html(data: bytes, name: str) -> tuple[Element, list[Remark]]:
    """The root of a page, its text as it can be cited, and what had to be mended.

    Raises LetterError where it is too large, too deep or no text.
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(
            f"{name} is {len(data) / 1e6:.0f} MB, the limit is {MAX_BYTES / 1e6:.0f} MB", "give its PDF"
        )
    source, remarks = mended(decode(data, name, _declared(data)))
    parser = etree.HTMLParser(target=_Tree(), encoding="utf-8")
    try:
        root: Element | None = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except RecursionError as error:
        raise UnsafeXmlError(f"{name} is nested more than {MAX_DEPTH} deep", "take it from the source again") from error
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise BrokenSourceError(f"{name} is a damaged web page", "save it again, or as PDF") from error
    if root is None:
        raise BrokenSourceError(f"{name} is a web page without text", "save it again, or as PDF")
    for element in root.iter():
        element.text, element.tail = readable(element.text or ""), readable(element.tail or "")
    return root, remarks


def _declared(data: bytes) -> str | None:
    said = _CHARSET.search(data[:_DECLARED])
    return said[1].decode().lower() if said else None


class _Tree(TreeBuilder):
    """A tree of bounded depth. What stands after the end of a page is in it, as browsers have it. Raises RecursionError
    beyond."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []

    def start(self, tag: str, attrs: Mapping[str, str]) -> Element:
        if len(self._open) == MAX_DEPTH:
            raise RecursionError
        self._open.append(super().start(tag, dict(attrs)))
        return self._open[-1]

    def end(self, tag: str) -> Element:
        if tag in ("html", "body"):
            return self._open[-1]
        return super().end(self._open.pop().tag)

    def close(self) -> Element:
        while self._open:
            super().end(self._open.pop().tag)
        return super().close()
