"""XML from outside, parsed without what can harm: no DTD, no entities, no absurd depth; its text as it can be cited."""

import re
from collections.abc import Container, Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kamerbrief.errors import BrokenSourceError, UnsafeXmlError
from kamerbrief.language.characters import readable

MAX_DEPTH = 200
"""Deeper nesting is an attack, not a letter; real publications stay under 20, a drawing in a Word file under 60."""


def parse_xml(data: bytes, name: str, prefixes: Mapping[str, str] | None = None) -> Element:
    """The root of a document. With `prefixes`, by namespace, names become short: "w_p" for "{http://…/main}p". No
    "w.p": for a name with a point in it, `find` of an element takes ten times as long.

    Raises UnsafeXmlError (a DTD, entities, absurd depth) or BrokenSourceError.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnsafeXmlError(
            f"{name} holds a DTD or entities, which are not read", "take the file from the source again"
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise BrokenSourceError(f"{name} is damaged XML", "download it again") from error
    for element in root.iter():
        element.text, element.tail = readable(element.text or ""), readable(element.tail or "")
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return _shortened(root, prefixes) if prefixes else root
    raise UnsafeXmlError(f"{name} is nested more than {MAX_DEPTH} deep", "take the file from the source again")


def one_line(text: str) -> str:
    """White space as one reads it: how an XML file is broken into lines says nothing."""
    return re.sub(r"\s+", " ", text)


def within(element: Element, tag: str, stop: Container[str]) -> Iterator[Element]:
    """The elements of this name, in order; not those in an element of a name in `stop`."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in stop:
            yield from within(child, tag, stop)


def _shortened(root: Element, prefixes: Mapping[str, str]) -> Element:
    known: dict[str, str] = {}

    def short(name: str) -> str:
        if name not in known:
            space, _, own = name.rpartition("}")
            prefix = prefixes.get(space.removeprefix("{"))
            known[name] = f"{prefix}_{own}" if prefix else name
        return known[name]

    for element in root.iter():
        element.tag = short(element.tag)
        element.attrib = {short(key): value for key, value in element.attrib.items()}
    return root
