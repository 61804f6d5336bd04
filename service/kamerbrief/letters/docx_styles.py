"""How paragraphs of a Word file look by their styles, and what its lists print in front of them."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kamerbrief.letters.counting import bullet, filled, printed
from kamerbrief.letters.typed import Run

FORMS = {
    "decimal": "1", "decimalZero": "01", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
}  # fmt: skip
"""Word's names for the forms of numbers."""
_OFF = ("0", "false", "off", "none")
_LEVELS = 9
_MOST_STYLES = 50
"""Styles that one may be based on, one on the other; Word itself allows 10."""


class Styles:
    """The styles of a file."""

    def __init__(self, parts: Sequence[Element]) -> None:
        found = [one for part in parts for one in part.iter("w.style")]
        self._styles = {one.get("w.styleId", ""): one for one in found}
        self._default = next(
            (one.get("w.styleId", "") for one in found
             if one.get("w.type") == "paragraph" and one.get("w.default") in ("1", "true", "on")), ""
        )  # fmt: skip
        self._ever = functools.cache(self._on_by_style)

    def of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        return _value(paragraph.find("w.pPr"), "w.pStyle") or self._default

    def name(self, style: str) -> str:
        """The name of a style, in small letters: "heading 1", "toc 2", in a file of any language."""
        return _value(self._styles.get(style), "w.name").lower()

    def heading(self, paragraph: Element) -> int | None:
        """The level of a heading, 1 to 9."""
        for properties in self.properties(paragraph):
            if level := _value(properties, "w.outlineLvl"):
                return int(level) + 1 if level in tuple("012345678") else None
        return None

    def properties(self, paragraph: Element) -> list[Element]:
        """What is said of a paragraph by itself, by its style, by the style that it is based on …"""
        said = [paragraph, *self._chain(self.of(paragraph))]
        return [found for one in said if (found := one.find("w.pPr")) is not None]

    def shown(self, run: Element, style: str) -> Run:
        """An empty run that looks as this one does, in a paragraph of a style."""
        own = run.find("w.rPr")
        return Run(
            "",
            bold=self._is_on("w.b", own, style),
            italic=self._is_on("w.i", own, style),
            underlined=self._is_on("w.u", own, style),
            raised=_value(own, "w.vertAlign") == "superscript",
            hidden=self._is_on("w.vanish", own, style),
        )

    def _is_on(self, tag: str, own: Element | None, style: str) -> bool:
        said = own.find(tag) if own is not None else None
        if said is not None:
            return said.get("w.val") not in _OFF
        by_style = self._ever(_value(own, "w.rStyle"), tag)
        return bool(self._ever(style, tag) if by_style is None else by_style)

    def _on_by_style(self, style: str, tag: str) -> bool | None:
        for one in self._chain(style):
            own = one.find(f"w.rPr/{tag}")
            if own is not None:
                return own.get("w.val") not in _OFF
        return None

    def _chain(self, style: str) -> list[Element]:
        chain: list[Element] = []
        while style in self._styles and len(chain) < _MOST_STYLES:
            chain.append(self._styles[style])
            style = _value(chain[-1], "w.basedOn")
        return chain


@dataclass
class _Level:
    form: str = "1"
    pattern: str = ""
    start: int = 1
    font: str = ""


@dataclass
class _List:
    """A list: its levels, and its count, which it shares with others that are of one kind."""

    kind: str
    levels: dict[int, _Level] = field(default_factory=dict)
    begins: dict[int, int] = field(default_factory=dict)
    """Where this list begins anew at a number of its own, by level."""


class Lists:
    """What the lists of a file print, counted on from paragraph to paragraph."""

    def __init__(self, parts: Sequence[Element], styles: Styles) -> None:
        self._styles = styles
        kinds = {one.get("w.abstractNumId", ""): one for part in parts for one in part.iter("w.abstractNum")}
        self._lists = {one.get("w.numId", ""): _list(one, kinds) for part in parts for one in part.iter("w.num")}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """What stands in front of the paragraph; "" of one in no list. Ask once for each paragraph, in their order."""
        number, depth = self._place(paragraph)
        one = self._lists.get(number)
        if one is None or depth not in one.levels:
            return ""
        level = one.levels[depth]
        if level.form == "bullet":
            return bullet(level.pattern, level.font)
        counts = self._count(number, one, depth)
        if level.form == "none":
            return level.pattern if "%" not in level.pattern else ""
        numbers = [printed(counts[at], one.levels[at].form) if at in one.levels else "" for at in range(depth + 1)]
        return filled(level.pattern, numbers).strip()

    def _count(self, number: str, one: _List, depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(one.kind, {})
        anew = depth in one.begins and (number, depth) not in self._begun
        self._begun.add((number, depth))
        for above in range(depth):
            counts.setdefault(above, one.levels[above].start if above in one.levels else 1)
        if anew:
            counts[depth] = one.begins[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else one.levels[depth].start
        for below in range(depth + 1, _LEVELS):
            counts.pop(below, None)
        return counts

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list that a paragraph is in, by itself or by its style, and at which level of it."""
        depth = ""
        for properties in self._styles.properties(paragraph):
            said = properties.find("w.numPr")
            if said is None:
                continue
            depth = depth or _value(said, "w.ilvl")
            if number := _value(said, "w.numId"):
                return number, int(depth) if depth in tuple("012345678") else 0
        return "", 0


def _list(number: Element, kinds: dict[str, Element]) -> _List:
    kind = _value(number, "w.abstractNumId")
    made = _List(kind)
    if kind in kinds:
        made.levels = {_at(one): _level(one) for one in kinds[kind].iter("w.lvl")}
    for changed in number.iter("w.lvlOverride"):
        made.levels |= {_at(one): _level(one) for one in changed.iter("w.lvl")}
        if (begins := _value(changed, "w.startOverride")).isdecimal():
            made.begins[_at(changed)] = int(begins)
    return made


def _at(level: Element) -> int:
    at = level.get("w.ilvl", "")
    return int(at) if at in tuple("012345678") else 0


def _level(level: Element) -> _Level:
    form = _value(level, "w.numFmt") or "decimal"
    fonts = level.find("w.rPr/w.rFonts")
    start = _value(level, "w.start")
    return _Level(
        form=FORMS.get(form, form),
        pattern=_value(level, "w.lvlText"),
        start=int(start) if start.isdecimal() else 1,
        font=fonts.get("w.ascii", "") if fonts is not None else "",
    )


def _value(element: Element | None, tag: str) -> str:
    found = element.find(tag) if element is not None else None
    return found.get("w.val", "") if found is not None else ""
