"""Persons and organisations that a sentence names."""

import re
from collections.abc import Iterator

from kamerbrief.briefings.find.shapes import shaped
from kamerbrief.language.lexicon import Lexicon

_NAME = r"[A-Z][\w’-]+"
_PERSON = (
    r"\b(?P<part>(?:<the> )?(?:<acting> )?<title>(?: <of> [A-Z][\w-]+(?: [A-Z][\w-]+| <and> [A-Z][\w-]+){0,3})?) "
    rf"(?P<name>(?:[A-Z]\.\s?)*{_NAME}(?:[ -](?:al-|el-)?(?:{_NAME}|<inside_name>\b)){{0,4}})"
)
_BODY = rf"\b(?P<name>{_NAME}(?: (?:<inside_body>|{_NAME})){{0,6}} \([A-Z][A-Za-z&-]{{1,10}}\))"
_BEFORE = r"^(?:<before_name> )?(?:<article> )?(?=[A-Z])"  # "Voor de", where a sentence begins with a body


def actors(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str | None]]:
    """Persons with what they are called, and bodies with their short names."""
    for match in _shaped(lexicon, _PERSON).finditer(text):
        part = _shaped(lexicon, "^<the> ").sub("", match["part"])
        yield match["name"], None if part in lexicon.words("briefings.actors.no_part") else part
    for match in _shaped(lexicon, _BODY).finditer(text):
        yield _shaped(lexicon, _BEFORE).sub("", match["name"]), None


def _shaped(lexicon: Lexicon, shape: str) -> re.Pattern[str]:
    return shaped(lexicon, "briefings.actors", shape, 0)  # what begins with a capital is a name
