"""Persons and organisations that a sentence names."""

import re
from collections.abc import Iterator

_PERSON = re.compile(
    r"\b(?P<part>(?:de )?(?:demissionair )?(?:minister-president|minister|staatssecretaris|president|premier|"
    r"ambassadeur|"
    r"commissaris|voorzitter|secretaris-generaal|gezant|deltacommissaris|hoogleraar|directeur|heer|mevrouw|professor)"
    r"(?: van [A-Z][\w-]+(?: [A-Z][\w-]+| en [A-Z][\w-]+){0,3})?) "
    r"(?P<name>(?:[A-Z]\.\s?)*[A-Z][\w’-]+(?:[ -](?:al-|el-)?(?:[A-Z][\w’-]+|van|de|der|den|ten|ter|von)){0,4})"
)
_BODY = re.compile(
    r"\b(?P<name>[A-Z][\w’-]+(?: (?:van|voor|en|de|het|der|den|in|"
    r"[A-Z][\w’-]+)){0,6} \((?P<short>[A-Z][A-Za-z&-]{1,10})\))"
)
_OPENING = re.compile(
    r"^(?:(?:Aan|Bij|Binnen|Daarnaast|Door|In|Met|Na|Naast|Namens|Om|Onder|Ook|Op|Over|Sinds|Tussen|Uit|Van|"
    r"Volgens|Voor|Zo) )?(?:(?:[Dd]e|[Hh]et|[Ee]en) )?(?=[A-Z])"
)
_NO_PART = re.compile(r"^(?:de )?(?:heer|mevrouw)$")


def actors(text: str) -> Iterator[tuple[str, str | None]]:
    """Persons with what they are called, and bodies with their short names."""
    for match in _PERSON.finditer(text):
        part = match["part"].removeprefix("de ")
        yield match["name"], None if _NO_PART.match(part) else part
    for match in _BODY.finditer(text):
        yield _OPENING.sub("", match["name"]), None
