"""OpenDocument texts, as LibreOffice and the official repository write them.

Read as XML with bounds: odfpy reads them too, and every other OpenDocument, into objects of its own (see
docs/dependencies.md).
"""

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from kamerbrief.errors import BrokenSourceError, EncryptedError
from kamerbrief.letters.archive import Archive
from kamerbrief.letters.counting import BULLET, bullet, printed
from kamerbrief.letters.lines import Note, Reading
from kamerbrief.letters.markup import one_line, parse_xml, within
from kamerbrief.letters.metadata_record import facts_within
from kamerbrief.letters.typed import Content, Document, Grid, Run, Typed, bounded, plain, reading_of

MAX_PART = 20_000_000
"""Bytes of one XML part: about 1 MB of text, which is 300 pages."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    **{f"{_OASIS}{name}:1.0": name for name in ("office", "style", "text", "table", "meta")},
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    f"{_OASIS}svg-compatible:1.0": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_GONE = (
    "text_tracked-changes", "office_annotation", "text_hidden-text", "text_hidden-paragraph", "svg_title", "svg_desc",
    "text_ruby-text", "office_forms", "text_note-citation", "text_sequence-decls", "text_variable-decls",
    "text_user-field-decls", "draw_object", "draw_object-ole",
)  # fmt: skip
"""What was deleted, comments, what is hidden, and what tells of text without being any."""
_SIGNS = {"text_tab": "\t", "text_line-break": "\n", "text_s": " "}
_CELLS = ("table_table-cell", "table_covered-table-cell")
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_MOST_STYLES = 50


def read_odt(data: bytes, name: str) -> Reading:
    """A letter in OpenDocument. Raises LetterError where it is damaged, too large, behind a password or holds a DTD."""
    archive = Archive(data, name)
    members = set(archive.names())
    if "content.xml" not in members:
        raise BrokenSourceError(f"{name} is an OpenDocument without a text", "save it again, or as PDF")
    if "META-INF/manifest.xml" in members and b"encryption-data" in archive.read("META-INF/manifest.xml", MAX_PART):
        raise EncryptedError(f"{name} is behind a password", "save it without one")
    parts: dict[str, Element] = {
        part: parse_xml(archive.read(part, MAX_PART), name, _PREFIXES)
        for part in ("content.xml", "styles.xml", "meta.xml")
        if part in members
    }
    bounded(parts.values(), ("text_p", "text_h"), name)
    return reading_of(_Reader(parts).document())


@dataclass
class _Level:
    form: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    """How many levels its number shows: 2 in "3.1"."""
    sign: str = ""
    """Of a list without numbers."""


@dataclass
class _List:
    """A list that is being read: its levels, how far each has counted, and what waits to be put before a paragraph."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)

    def next(self, start: str | None) -> str:
        """Counts one further at the level of now, and gives what that prints."""
        depth = len(self.counts)
        level = self.levels.get(depth, _Level(sign=BULLET))
        self.counts[-1] = _number(start) if start else self.counts[-1] + 1
        if level.sign:
            return level.sign
        if not level.form:
            return ""
        first = max(1, depth - level.shown + 1)
        forms = [self.levels.get(at, level).form or "1" for at in range(first, depth + 1)]
        numbers = [printed(self.counts[at - 1], form) for at, form in zip(range(first, depth + 1), forms, strict=True)]
        return f"{level.before}{'.'.join(numbers)}{level.after}".strip()


class _Reader:
    """What is in an OpenDocument, in the order of its text."""

    def __init__(self, parts: dict[str, Element]) -> None:
        self._parts = parts
        roots = [parts[part] for part in ("styles.xml", "content.xml") if part in parts]
        self._styles = {
            (one.get("style_family"), one.get("style_name")): one for root in roots for one in root.iter("style_style")
        }
        self._lists = {one.get("style_name"): _levels(one) for root in roots for one in root.iter("text_list-style")}
        outlines = [_levels(one) for root in roots for one in root.iter("text_outline-style")]
        self._outline = _List(outlines[0] if outlines else {})
        self._ended: dict[str, tuple[int, ...]] = {}
        self._found = Document()

    def document(self) -> Document:
        found = self._found
        if "meta.xml" in self._parts:
            found.facts = facts_within(self._parts["meta.xml"])
        if "styles.xml" in self._parts:
            for page in self._parts["styles.xml"].iter("style_master-page"):
                for part in page:
                    where = "in the header" if "header" in part.tag else "in the footer"
                    found.beside += [(where, one) for one in self._content(part)]
        body = self._parts["content.xml"].find("office_body/office_text")
        found.content = self._content(body) if body is not None else []
        return found

    def _content(self, element: Element) -> list[Content]:
        content: list[Content] = []
        for child in element:
            if child.tag in ("text_p", "text_h"):
                content += self._paragraph(child)
            elif child.tag == "text_list":
                content += self._list(child)
            elif child.tag == "table_table":
                content.append(Grid([self._row(row) for row in within(child, "table_table-row", _CELLS)]))
            elif child.tag == "text_table-of-content":
                self._found.beside += [("in the table of contents", one) for one in self._content(child)]
            elif child.tag.startswith("draw_"):
                content += self._drawn(child)
            elif child.tag not in _GONE and child.get("text_display") != "none":
                content += self._content(child)
        return content

    def _drawn(self, element: Element) -> list[Content]:
        """What a frame or a shape holds. What has a place on the page of its own is no part of the text."""
        content = self._content(element)
        if element.get("text_anchor-type") != "page":
            return content
        self._found.beside += [("in a frame on the page", one) for one in content]
        return []

    def _row(self, row: Element) -> list[list[Content]]:
        """Its cells; one that a cell above covers is empty, of those that a cell beside covers there are none."""
        cells: list[list[Content]] = []
        covered = 0
        for cell in row:
            if cell.tag == "table_table-cell":
                cells.append(self._content(cell))
                covered = _number(cell.get("table_number-columns-spanned")) - 1
            elif cell.tag == "table_covered-table-cell":
                cells += [[]] if covered < 1 else []
                covered -= 1
        return cells

    def _list(self, element: Element, outer: _List | None = None) -> list[Content]:
        style = element.get("text_style-name")
        one = outer or _List()
        one.levels = self._lists.get(style) or one.levels
        before = self._ended.get(element.get("text_continue-list") or f"style {style}")
        continued = element.get("text_continue-numbering") == "true" or element.get("text_continue-list")
        depth = len(one.counts)
        level = one.levels.get(depth + 1, _Level())
        one.counts.append(before[depth] if continued and before and depth < len(before) else level.start - 1)
        content: list[Content] = []
        for item in element:
            content += self._item(item, one)
        ended = tuple(one.counts)
        self._ended[f"style {style}"] = self._ended[element.get(_ID, "")] = ended
        one.counts.pop()
        return content

    def _item(self, item: Element, one: _List) -> list[Content]:
        content: list[Content] = []
        labelled = item.tag == "text_list-header"
        for child in item:
            if child.tag == "text_list":
                content += self._list(child, one)
            elif child.tag in ("text_p", "text_h"):
                label = "" if labelled else one.next(item.get("text_start-value"))
                labelled = True
                content += self._paragraph(child, label)
        return content

    def _paragraph(self, element: Element, label: str | None = None) -> list[Content]:
        """A paragraph and the frames in it. `label` is what its list prints; None where it is in none."""
        boxes: list[Content] = []
        level = element.get("text_outline-level", "1") if element.tag == "text_h" else ""
        depth = min(int(level), 10) if level.isdecimal() else None
        if label is None:
            label = self._outlined(depth) if depth and element.get("text_is-list-header") != "true" else ""
        shown = self._in_style(Run(""), "paragraph", element.get("text_style-name"))
        return [Typed(self._runs(element, shown, boxes), label, depth), *boxes]

    def _outlined(self, depth: int) -> str:
        """The number of a heading, where those of its level have one."""
        outline = self._outline
        if depth not in outline.levels:
            return ""
        if len(outline.counts) > depth:
            del outline.counts[depth:]
        while len(outline.counts) < depth:
            outline.counts.append(outline.levels.get(len(outline.counts) + 1, _Level()).start - 1)
        return outline.next(None)

    def _runs(self, element: Element, shown: Run, boxes: list[Content]) -> list[Run]:
        """The runs in an element; what the frames in it hold is put into `boxes`."""
        runs = [replace(shown, text=one_line(element.text or ""))]
        for child in element:
            if child.tag in _SIGNS:
                runs.append(replace(shown, text=_SIGNS[child.tag]))
            elif child.tag == "text_note":
                runs.append(Run("", note=self._note(child)))
            elif child.tag.startswith("draw_"):
                boxes += self._drawn(child)
            elif child.tag not in _GONE:
                name = child.get("text_style-name") if child.tag == "text_span" else None
                inner = self._in_style(shown, "text", name)
                runs += self._runs(child, inner, boxes)
            runs.append(replace(shown, text=one_line(child.tail or "")))
        return [run for run in runs if run.text or run.note is not None]

    def _note(self, element: Element) -> str:
        """The mark of a note; the note is kept."""
        citation, body = element.find("text_note-citation"), element.find("text_note-body")
        mark = one_line("".join(citation.itertext())).strip() if citation is not None else ""
        self._found.notes.append(Note(mark, plain(self._content(body))[0] if body is not None else ""))
        return mark

    def _in_style(self, shown: Run, family: str, name: str | None) -> Run:
        """A run with what a style changes."""
        chain: list[Element] = []
        while (style := self._styles.get((family, name))) is not None and len(chain) < _MOST_STYLES:
            chain.append(style)
            name = style.get("style_parent-style-name")
        for style in reversed(chain):
            for said in style.iterfind("style_text-properties"):
                shown = _styled(shown, said)
        return shown


def _styled(shown: Run, said: Element) -> Run:
    weight, slant = said.get("fo_font-weight"), said.get("fo_font-style")
    line, place = said.get("style_text-underline-style"), said.get("style_text-position")
    return replace(
        shown,
        bold=shown.bold if weight is None else weight in ("bold", "600", "700", "800", "900"),
        italic=shown.italic if slant is None else slant != "normal",
        underlined=shown.underlined if line is None else line != "none",
        raised=shown.raised if place is None else re.match(r"super|[1-9]", place) is not None,
        hidden=shown.hidden if (display := said.get("text_display")) is None else display == "none",
    )


def _levels(style: Element) -> dict[int, _Level]:
    return {
        int(level): _Level(
            form=one.get("style_num-format", ""),
            before=one.get("style_num-prefix", ""),
            after=one.get("style_num-suffix", ""),
            start=_number(one.get("text_start-value")),
            shown=_number(one.get("text_display-levels")),
            sign=bullet(one.get("text_bullet-char", BULLET)) if one.tag.endswith("bullet") else "",
        )
        for one in style
        if (level := one.get("text_level", "")).isdecimal()
    }


def _number(text: str | None) -> int:
    """A number as the file tells it, from 1 on; 1 where it tells none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1
