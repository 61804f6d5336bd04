"""Persons and organisations that a sentence names."""

import functools
import re
from collections.abc import Iterator

from kamerbrief.language.lexicon import Lexicon

_NAME = r"[A-Z][\w’-]+"


@functools.cache
def _person(lexicon: Lexicon) -> re.Pattern[str]:
    """ "de minister van Financiën J. de Vries": what somebody is, and the name."""
    the, acting, title, of, and_, inside = (
        lexicon.any_of(f"briefings.actors.{name}") for name in ("the", "acting", "title", "of", "and", "inside_name")
    )
    return re.compile(
        rf"\b(?P<part>(?:(?:{the}) )?(?:(?:{acting}) )?(?:{title})"
        rf"(?: (?:{of}) [A-Z][\w-]+(?: [A-Z][\w-]+| (?:{and_}) [A-Z][\w-]+){{0,3}})?) "
        rf"(?P<name>(?:[A-Z]\.\s?)*{_NAME}(?:[ -](?:al-|el-)?(?:{_NAME}|{inside})){{0,4}})"
    )


@functools.cache
def _body(lexicon: Lexicon) -> re.Pattern[str]:
    """ "Centraal Planbureau (CPB)"."""
    inside = lexicon.any_of("briefings.actors.inside_body")
    return re.compile(rf"\b(?P<name>{_NAME}(?: (?:{inside}|{_NAME})){{0,6}} \([A-Z][A-Za-z&-]{{1,10}}\))")


@functools.cache
def _opening(lexicon: Lexicon) -> re.Pattern[str]:
    """The words before a name with which a sentence begins ("Voor de")."""
    first, article = (lexicon.any_of(f"briefings.actors.{name}") for name in ("before_name", "article"))
    return re.compile(rf"^(?:(?:{first}) )?(?:(?:{article}) )?(?=[A-Z])")


def actors(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str | None]]:
    """Persons with what they are called, and bodies with their short names."""
    the = re.compile(rf"^(?:{lexicon.any_of('briefings.actors.the')}) ")
    for match in _person(lexicon).finditer(text):
        part = the.sub("", match["part"])
        yield match["name"], None if part in lexicon.words("briefings.actors.no_part") else part
    for match in _body(lexicon).finditer(text):
        yield _opening(lexicon).sub("", match["name"]), None
