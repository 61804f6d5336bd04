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
        found = [one for part in parts for one in part.iter("w_style")]
        self._styles = {one.get("w_styleId", ""): one for one in found}
        self._default = next(
            (one.get("w_styleId", "") for one in found
             if one.get("w_type") == "paragraph" and one.get("w_default") in ("1", "true", "on")), ""
        )  # fmt: skip
        self._ever = functools.cache(self._on_by_style)
        self._said = functools.cache(self._said_by_style)

    def of(self, own: Element | None) -> str:
        """The id of a paragraph's style; `own` is what it says of itself."""
        return _value(own, "w_pStyle") or self._default

    def name(self, style: str) -> str:
        """The name of a style, in small letters: "heading 1", "toc 2", in a file of any language."""
        return _value(self._styles.get(style), "w_name").lower()

    def heading(self, own: Element | None) -> int | None:
        """The level of a heading, 1 to 9."""
        for properties in self.properties(own):
            if level := _value(properties, "w_outlineLvl"):
                return int(level) + 1 if level in tuple("012345678") else None
        return None

    def properties(self, own: Element | None) -> list[Element]:
        """What is said of a paragraph by itself, by its style, by the style that it is based on …"""
        said = self._said(self.of(own))
        return [own, *said] if own is not None else said

    def shown(self, run: Element, style: str) -> Run:
        """An empty run that looks as this one does, in a paragraph of a style."""
        own = run.find("w_rPr")
        return Run(
            "",
            bold=self._is_on("w_b", own, style),
            italic=self._is_on("w_i", own, style),
            underlined=self._is_on("w_u", own, style),
            raised=_value(own, "w_vertAlign") == "superscript",
            hidden=self._is_on("w_vanish", own, style),
        )

    def _is_on(self, tag: str, own: Element | None, style: str) -> bool:
        said = own.find(tag) if own is not None else None
        if said is not None:
            return said.get("w_val") not in _OFF
        by_style = self._ever(_value(own, "w_rStyle"), tag)
        return bool(self._ever(style, tag) if by_style is None else by_style)

    def _on_by_style(self, style: str, tag: str) -> bool | None:
        for one in self._chain(style):
            own = one.find(f"w_rPr/{tag}")
            if own is not None:
                return own.get("w_val") not in _OFF
        return None

    def _said_by_style(self, style: str) -> list[Element]:
        return [found for one in self._chain(style) if (found := one.find("w_pPr")) is not None]

    def _chain(self, style: str) -> list[Element]:
        chain: list[Element] = []
        while style in self._styles and len(chain) < _MOST_STYLES:
            chain.append(self._styles[style])
            style = _value(chain[-1], "w_basedOn")
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
        kinds = {one.get("w_abstractNumId", ""): one for part in parts for one in part.iter("w_abstractNum")}
        self._lists = {one.get("w_numId", ""): _list(one, kinds) for part in parts for one in part.iter("w_num")}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, own: Element | None) -> str:
        """What stands in front of a paragraph; "" of one in no list. Ask once for each paragraph, in their order."""
        number, depth = self._place(own)
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

    def _place(self, own: Element | None) -> tuple[str, int]:
        """The list that a paragraph is in, by itself or by its style, and at which level of it."""
        depth = ""
        for properties in self._styles.properties(own):
            said = properties.find("w_numPr")
            if said is None:
                continue
            depth = depth or _value(said, "w_ilvl")
            if number := _value(said, "w_numId"):
                return number, int(depth) if depth in tuple("012345678") else 0
        return "", 0


def _list(number: Element, kinds: dict[str, Element]) -> _List:
    kind = _value(number, "w_abstractNumId")
    made = _List(kind)
    if kind in kinds:
        made.levels = {_at(one): _level(one) for one in kinds[kind].iter("w_lvl")}
    for changed in number.iter("w_lvlOverride"):
        made.levels |= {_at(one): _level(one) for one in changed.iter("w_lvl")}
        if (begins := _value(changed, "w_startOverride")).isdecimal():
            made.begins[_at(changed)] = int(begins)
    return made


def _at(level: Element) -> int:
    at = level.get("w_ilvl", "")
    return int(at) if at in tuple("012345678") else 0


def _level(level: Element) -> _Level:
    form = _value(level, "w_numFmt") or "decimal"
    fonts = level.find("w_rPr/w_rFonts")
    start = _value(level, "w_start")
    return _Level(
        form=FORMS.get(form, form),
        pattern=_value(level, "w_lvlText"),
        start=int(start) if start.isdecimal() else 1,
        font=fonts.get("w_ascii", "") if fonts is not None else "",
    )


def _value(element: Element | None, tag: str) -> str:
    found = element.find(tag) if element is not None else None
    return found.get("w_val", "") if found is not None else ""
