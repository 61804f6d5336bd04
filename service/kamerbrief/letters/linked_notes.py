"""The notes of a web page: told by the links from their marks in the text, whichever names the site gives them."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kamerbrief.letters.markup import one_line
from kamerbrief.letters.typed import RAISED

_MARK = re.compile(r"[\[(]?(?P<mark>\d{1,4}|\*{1,4}|[a-z])[\])]?")
_BLOCKS = ("div", "li", "p", "dd", "tr", "td", "section", "aside", "blockquote")
_ITEMS = ("li", "dd")
"""Notes in a list are numbered by it: their own text has no mark."""
_BACK = re.compile(r"\s*[↩↑⬆^\ufe0e]+\s*$")


class LinkedNotes:
    """`marks` are the links that are marks of notes, with what they print; `body_of` gives the note of each, `bodies`
    are all notes.

    A link is a mark where it prints a number, a letter or stars, and leads to a place further on in the page whose
    text begins with the same; or to an item of a list.
    """

    def __init__(self, root: Element) -> None:
        self._parents = {child: parent for parent in root.iter() for child in parent}
        place = {element: number for number, element in enumerate(root.iter())}
        named = {name: one for one in reversed(place) for name in (one.get("name"), one.get("id")) if name}
        found: list[tuple[Element, str, Element]] = []
        for link in root.iter("a"):
            printed = _MARK.fullmatch(_text(link).strip())
            target = named.get((link.get("href") or "").removeprefix("#")) if printed else None
            if printed and target is not None and place[target] > place[link]:
                found.append((link, printed["mark"], target))
        self.marks: dict[Element, str] = {}
        self.body_of: dict[Element, Element] = {}
        around = {one for link, _, _ in found for one in self._up(link)}
        targets = Counter(one for target in {target for _, _, target in found} for one in self._up(target))
        for link, mark, target in found:
            body = self._body(target, around, targets)
            if body is not None and (body.tag in _ITEMS or _begins(_text(body), mark)):
                self.marks[link], self.body_of[link] = mark, body
        self.bodies = set(self.body_of.values())

    def without_mark(self, text: str, mark: str) -> str:
        """The text of a note without its mark in front, and without the arrow that leads back."""
        return _BACK.sub("", re.sub(_start(mark), "", text, count=1)).strip()

    def _up(self, element: Element) -> Iterator[Element]:
        """The element and all it stands in."""
        one: Element | None = element
        while one is not None:
            yield one
            one = self._parents.get(one)

    def _body(self, target: Element, around: set[Element], targets: Counter[Element]) -> Element | None:
        """The largest block around the target that holds no other note and no mark in the text."""
        body = None
        for one in self._up(target):
            if one in around or targets[one] > 1:
                break
            body = one if one.tag in _BLOCKS else body
        return body


def _text(element: Element) -> str:
    """The text of an element, without the knob that closes a note on the official publications' pages."""
    pieces = [element.text or ""]
    for child in element:
        if "note-close" not in (child.get("class") or ""):
            pieces.append(f" {_text(child)} " if child.tag in _BLOCKS else _text(child))
        pieces.append(child.tail or "")
    return one_line("".join(pieces))


def _start(mark: str) -> str:
    raised = mark.translate(RAISED)
    return rf"^\s*[\[(]?(?:{re.escape(mark)}|{re.escape(raised)})(?!\w)[\])]?[.:]?\s*"


def _begins(text: str, mark: str) -> bool:
    return re.match(_start(mark), text) is not None
