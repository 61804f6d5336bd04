"""Web pages: of the official publications, of rijksoverheid.nl, and the text of an e-mail.

A page becomes what word processors hold: paragraphs, tables and notes. What a reader of the page does not see, and what
the site sets around the text, is none of it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from kamerbrief.letters.counting import BULLET, printed
from kamerbrief.letters.html_tree import parse_html
from kamerbrief.letters.lines import Facts, Note, Reading
from kamerbrief.letters.linked_notes import LinkedNotes
from kamerbrief.letters.markup import one_line
from kamerbrief.letters.metadata_record import facts_within
from kamerbrief.letters.report import around_typed
from kamerbrief.letters.typed import Content, Document, Grid, Run, Typed, plain, reading_of

_GONE = frozenset((
    "script", "style", "template", "noscript", "head", "title", "button", "input", "select", "textarea", "datalist",
    "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map", "dialog", "rp", "rt", "progress", "meter",
))  # fmt: skip
"""What holds no text that is shown, or text that somebody is to fill in or to press."""
_AROUND = {
    "nav": "in the navigation",
    "navigation": "in the navigation",
    "search": "in the navigation",
    "inhoudsopgave": "in the table of contents",
    "banner": "in the head of the page",
    "kopregel": "in the head of the page",
    "footer": "in the foot of the page",
    "contentinfo": "in the foot of the page",
    "voetregel": "in the foot of the page",
    "aside": "beside the text",
    "complementary": "beside the text",
}
"""Tags, roles, and names of the official publications for what stands around the text."""
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "header", "hr", "legend", "li", "main", "p", "pre", "section", "summary",
))  # fmt: skip
_NUMBERS = ("dossiernummer", "stuknummer")
_TITLES = frozenset(("dossiertitel", "stuktitel", "kamervraagomschrijving_kop"))
"""The titles of an official paper, set as headings of the first level: its head, and no heading in the text."""
_UNSEEN = frozenset(("assistive", "note-close", "sr-only", "visually-hidden", "visuallyhidden"))
"""Classes by which the sites set text for those who cannot see, and the knob that closes a note."""
_HIDDEN = re.compile(r"\b(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_LABELS = frozenset(("ol", "lidnr"))
"""Classes of the numbers that the official publications print before items."""
_NO_SIGN = re.compile(r"\blist-style(?:-type)?\s*:\s*none\b", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")
_BOLD = ("b", "strong")
_ITALIC = ("i", "em", "cite", "dfn")


def read_html(data: bytes, name: str) -> Reading:
    """A letter on a web page. Raises LetterError where it is too large, too deep, or holds no text."""
    root, remarks = parse_html(data, name)
    record = root.find("head")
    page = _Page(root)
    document = page.document()
    document.facts = facts_within(record) if record is not None else Facts()
    reading = reading_of(document)
    reading.remarks += remarks
    reading.furniture += around_typed(page.around)
    return reading


class _Page:
    """What is on a page, in the order of its text. `around` is what was left out: where it stood, and its text."""

    def __init__(self, root: Element) -> None:
        self.around: list[tuple[str, str]] = []
        self._root = _text_of(root)
        self._official = self._root.get("id") == "broodtekst"
        self._linked = LinkedNotes(root)
        self._notes: dict[Element, Note] = {}
        self._content: list[Content] = []
        self._runs: list[Run] = []
        self._label = ""
        self._labelled: set[Element] = set()
        self._level: int | None = None

    def document(self) -> Document:
        content = self._within(self._root, Run(""))
        levels = sorted({one.level for one in content if isinstance(one, Typed) and one.level is not None})
        for one in content:
            if isinstance(one, Typed) and one.level is not None:
                one.level = levels.index(one.level) + 1
        return Document(content, list(self._notes.values()))

    def _within(self, element: Element, shown: Run) -> list[Content]:
        """The content of an element by itself: of a cell, a note, the page."""
        kept = self._content, self._runs, self._label, self._level
        self._content, self._runs, self._label, self._level = [], [], "", None
        self._children(element, shown)
        self._close()
        found = self._content
        self._content, self._runs, self._label, self._level = kept
        return found

    def _children(self, element: Element, shown: Run) -> None:
        self._say(element.text or "", shown, element.tag)
        for child in element:
            self._one(child, shown, top=element.tag == "body")
            self._say(child.tail or "", shown, element.tag)

    def _say(self, text: str, shown: Run, tag: str) -> None:
        lines = text.split("\n") if tag == "pre" else [text]
        said = "\n".join(map(one_line, lines))
        if said.strip(" ") or (said and self._runs):
            self._runs.append(replace(shown, text=said))

    def _close(self) -> None:
        """Ends the paragraph that is open."""
        if any(run.text.strip() or run.note is not None for run in self._runs):
            self._content.append(Typed(self._runs, self._label, self._level))
            self._label = ""
        self._runs = []

    def _one(self, element: Element, shown: Run, *, top: bool) -> None:
        tag, classes = element.tag, _classes(element)
        if tag in _GONE or element in self._linked.bodies or element in self._labelled:
            return
        if where := _around(element, top=top):
            text = one_line("".join(element.itertext())).strip()
            self.around += [(where, text)] if text else []
            return
        if _is_hidden(element):
            shown = replace(shown, hidden=True)
        if tag == "br":
            self._runs.append(replace(shown, text="\n"))
        elif (mark := self._linked.marks.get(element)) is not None:
            self._mark(element, mark, shown)
        elif tag == "table":
            self._close()
            self._table(element, shown)
        elif _HEADING.fullmatch(tag):
            self._heading(element, shown, int(tag[1]) if tag != "h1" or not _TITLES.intersection(classes) else None)
        elif tag in ("ol", "ul", "menu"):
            self._list(element, shown)
        elif tag in _BLOCKS or any(one in _NUMBERS for one in classes):
            self._close()
            self._children(element, shown)
            self._close()
        else:
            self._children(element, self._in_style(shown, tag))

    def _in_style(self, shown: Run, tag: str) -> Run:
        """A run with what a tag changes. Headings of the official publications have tags: what is bold is none."""
        if tag == "sup":
            return replace(shown, raised=True)
        if self._official:
            return shown
        bold, italic = shown.bold or tag in _BOLD, shown.italic or tag in _ITALIC
        return replace(shown, bold=bold, italic=italic, underlined=shown.underlined or tag == "u")

    def _mark(self, element: Element, mark: str, shown: Run) -> None:
        body = self._linked.body_of[element]
        if body not in self._notes:
            self._notes[body] = Note(mark, "")  # keeps its place among notes within it
            self._notes[body] = Note(mark, self._linked.without_mark(plain(self._within(body, Run("")))[0], mark))
        self._runs.append(replace(shown, text="", note=mark))

    def _heading(self, element: Element, shown: Run, level: int | None) -> None:
        self._close()
        self._level = level
        self._children(element, shown)
        self._close()
        self._level = None

    def _table(self, element: Element, shown: Run) -> None:
        for caption in element.iterfind("caption"):
            self._content += self._within(caption, shown)
        rows: list[list[list[Content]]] = []
        covered: dict[int, int] = {}
        for row in _rows(element):
            cells: list[list[Content]] = []
            for cell in row:
                if cell.tag in ("td", "th"):
                    self._covered(cells, covered)
                    covered[len(cells)] = _number(cell.get("rowspan"), 1) - 1
                    cells.append(self._within(cell, replace(shown, hidden=shown.hidden or _is_hidden(cell))))
            self._covered(cells, covered)
            rows.append(cells)
        self._content.append(Grid(rows))

    @staticmethod
    def _covered(cells: list[list[Content]], covered: dict[int, int]) -> None:
        """Puts an empty cell where one of a row above reaches down; a cell over several columns is one."""
        while covered.get(len(cells), 0) > 0:
            covered[len(cells)] -= 1
            cells.append([])

    def _list(self, element: Element, shown: Run) -> None:
        self._close()
        items = [child for child in element if child.tag == "li"]
        back = element.get("reversed") is not None
        number = _number(element.get("start"), len(items) if back else 1)
        unsigned = "expliciet" in (element.get("class") or "") or _NO_SIGN.search(element.get("style") or "")
        for child in element:
            if child.tag != "li":
                self._one(child, shown, top=False)
                continue
            number = _number(child.get("value"), number)
            said = next((one for one in child.iter("span") if not _LABELS.isdisjoint(_classes(one))), None)
            if said is not None:
                self._labelled.add(said)
                self._label = one_line("".join(said.itertext())).strip()
            elif unsigned:
                self._label = ""
            else:
                self._label = f"{printed(number, element.get('type', '1'))}." if element.tag == "ol" else BULLET
            self._one(child, shown, top=False)
            number += -1 if back else 1
        self._label = ""


def _text_of(root: Element) -> Element:
    """The part of a page that holds the text: where the site tells it, else all of it."""
    every = list(root.iter())
    for one in every:
        if one.get("id") == "broodtekst":
            return one
    for one in every:
        if one.tag == "main" or one.get("role") == "main":
            return one
    found = root.find("body")
    return root if found is None else found


def _around(element: Element, *, top: bool) -> str | None:
    """Where an element stands that is not of the text. A <header> is of the page only right under its <body>."""
    if top and element.tag == "header":
        return _AROUND["banner"]
    names = (element.tag, element.get("role") or "", element.get("id") or "")
    return next((_AROUND[one] for one in names if one in _AROUND), None)


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _is_hidden(element: Element) -> bool:
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None
    return hidden or not _UNSEEN.isdisjoint(_classes(element))


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of the tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and re.fullmatch(r"-?\d{1,6}", said.strip(), re.ASCII) else otherwise
