"""A web page that leads to a letter: pages of rijksoverheid.nl tell of one, and link its file."""

from urllib.parse import urljoin, urlsplit

from kamerbrief.errors import LetterError, UnusableError
from kamerbrief.letters.html_tree import parse_html
from kamerbrief.sources.source import File, Form

_ENDINGS: dict[str, Form] = {".pdf": "pdf", ".docx": "docx", ".xml": "xml", "/pdf": "pdf", "/file": "pdf"}
"""Of the path of a link; the last two are how open.overheid.nl names its files, which are PDF."""


def file_linked(page: bytes, address: str) -> File | None:
    """The first file that is linked on the page at an address; None where there is none. Raises UnusableError for what
    is no page."""
    try:
        root, _ = parse_html(page, address)
    except LetterError as error:
        raise UnusableError(f"{address} is no page that can be read", str(error)) from error
    for link in root.iter("a"):
        target = urljoin(address, link.get("href", ""))
        path = urlsplit(target).path.lower()
        for ending, form in _ENDINGS.items():
            if path.endswith(ending):
                return File(form, target)
    return None
