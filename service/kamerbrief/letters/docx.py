"""Word files: the text as its last reader is to see it, with tracked changes taken, its notes, lists, tables, headers.

Read as XML, for what matters here (notes, numbers of lists, tracked changes, text boxes) python-docx does not tell.
"""

import posixpath
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from kamerbrief.errors import BrokenSourceError
from kamerbrief.language.characters import readable
from kamerbrief.letters.archive import Archive
from kamerbrief.letters.counting import printed
from kamerbrief.letters.docx_styles import FORMS, Lists, Styles
from kamerbrief.letters.lines import Note, Reading
from kamerbrief.letters.markup import one_line, parse_xml, within
from kamerbrief.letters.typed import Content, Document, Grid, Run, Typed, bounded, plain, reading_of

MAX_PART = 20_000_000
"""Bytes of one XML part: about 1 MB of text, which is 300 pages; of that much XML, memory stays under 1 GB."""

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
PREFIXES = {
    **dict.fromkeys(_WORD, "w"),
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
}
_GONE = (
    "w_del", "w_moveFrom", "w_instrText", "w_delText", "w_delInstrText", "mc_Fallback", "w_rPr", "w_pPr", "w_sdtPr",
)  # fmt: skip
"""What was deleted or moved elsewhere, codes of fields, what older programs show in place of a drawing, and styles."""
_NOTES = {"w_footnoteReference": "w_footnote", "w_endnoteReference": "w_endnote"}
_SIGNS = {"w_tab": "\t", "w_ptab": "\t", "w_br": "\n", "w_cr": "\n", "w_noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> Reading:
    """A letter in Word. Raises LetterError where it is damaged, too large, behind a password or holds a DTD."""
    return reading_of(_Reader(_Package(data, name)).document())


class _Package:
    """The XML parts of a Word file, found by what they are to its main part: names may be any."""

    def __init__(self, data: bytes, name: str) -> None:
        self._archive = Archive(data, name)
        self._members = set(self._archive.names())
        self._name = name
        self._main = next((path for kind, path in self._related("") if kind == "officeDocument"), "word/document.xml")
        if self._main not in self._members:
            raise BrokenSourceError(f"{name} is a Word file without a text", "save it again, or as PDF")
        self._parts = self._related(self._main)

    def main(self) -> Element:
        return self._part(self._main)

    def all(self, kind: str) -> list[Element]:
        """The parts of a kind ("footnotes", "header"), in their order; those that are named and not there left out."""
        paths = dict.fromkeys(path for one, path in self._parts if one == kind and path in self._members)
        return [self._part(path) for path in paths]

    def _part(self, path: str) -> Element:
        root = parse_xml(self._archive.read(path, MAX_PART), self._name, PREFIXES)
        bounded([root], ("w_p",), self._name)
        return root

    def _related(self, path: str) -> list[tuple[str, str]]:
        folder, file = posixpath.split(path)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self._members:
            return []
        root = self._part(relations)
        found = [(one.get("Type", "").rsplit("/", 1)[-1], one.get("Target", "")) for one in root]
        return [(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")) for kind, target in found]


class _Reader:
    """What is in a Word file, in the order of its text."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._styles = Styles(package.all("styles"))
        self._lists = Lists(package.all("numbering"), self._styles)
        self._notes = {
            (kind, one.get("w_id")): one
            for kind in _NOTES.values()
            for part in package.all(f"{kind.removeprefix('w_')}s")
            for one in part.iter(kind)
        }
        self._forms = {kind: _form_of(kind, package.all("settings")) for kind in _NOTES.values()}
        self._counted = dict.fromkeys(_NOTES.values(), 0)
        self._fields: list[bool] = []
        self._waiting: list[Run] = []
        self._found = Document()

    def document(self) -> Document:
        found = self._found
        for kind in ("header", "footer"):
            for part in self._package.all(kind):
                found.beside += [(f"in the {kind}", one) for one in self._content(part)]
        found.content = self._content(self._package.main())
        return found

    def _content(self, element: Element) -> list[Content]:
        content: list[Content] = []
        for child in element:
            if child.tag == "w_p":
                content += self._paragraph(child)
            elif child.tag == "w_tbl":
                content += self._table(child)
            elif child.tag not in _GONE:
                content += self._content(child)
        return content

    def _table(self, table: Element) -> list[Content]:
        rows = [row for row in within(table, "w_tr", (*_GONE, "w_tc")) if row.find("w_trPr/w_del") is None]
        grid = Grid([[self._cell(cell) for cell in within(row, "w_tc", _GONE)] for row in rows])
        place = table.find("w_tblPr/w_tblpPr")
        return self._placed([grid], on_page=place is not None and place.get("w_vertAnchor") == "page")

    def _cell(self, cell: Element) -> list[Content]:
        merged = cell.find("w_tcPr/w_vMerge")
        goes_on = merged is not None and merged.get("w_val") != "restart"
        return [] if goes_on else self._content(cell)

    def _placed(self, content: list[Content], *, on_page: bool) -> list[Content]:
        """What stands in the text. What has a place on the page of its own is no part of it: a letterhead, a margin."""
        if not on_page:
            return content
        self._found.beside += [("in a frame on the page", one) for one in content]
        return []

    def _paragraph(self, element: Element) -> list[Content]:
        self._fields = [False] * len(self._fields)  # a code that ends nowhere must not hide the rest of the letter
        own = element.find("w_pPr")
        style = self._styles.of(own)
        boxes: list[Content] = []
        typed = Typed([*self._waiting, *self._runs(element, style, boxes)], level=self._styles.heading(own))
        self._waiting = []
        if own is not None and own.find("w_rPr/w_del") is not None:
            self._waiting = typed.runs  # its end was deleted: the next paragraph goes on from here
            return boxes
        if any(run.text.strip() for run in typed.runs):
            typed.label = self._lists.label(own)
        if self._styles.name(style).startswith("toc "):
            self._found.beside.append(("in the table of contents", typed))
            return boxes
        frame = own.find("w_framePr") if own is not None else None
        return self._placed([typed], on_page=frame is not None and frame.get("w_vAnchor") == "page") + boxes

    def _runs(self, element: Element, style: str, boxes: list[Content], *, on_page: bool = False) -> list[Run]:
        """The runs in an element; the text boxes in it are put into `boxes`."""
        runs: list[Run] = []
        for child in element:
            if child.tag == "w_r":
                runs += self._run(child, style, boxes)
            elif child.tag == "w_txbxContent":
                boxes += self._placed(self._content(child), on_page=on_page)
            elif child.tag == "m_t":
                runs.append(Run(one_line(child.text or "")))
            elif child.tag not in _GONE:
                runs += self._runs(child, style, boxes, on_page=on_page or _is_on_page(child))
        return runs

    def _run(self, element: Element, style: str, boxes: list[Content]) -> list[Run]:
        shown = self._styles.shown(element, style)
        texts: list[Run] = []
        for child in element:
            if child.tag == "w_fldChar":
                self._field(child.get("w_fldCharType"))
            elif child.tag in _NOTES and not shown.hidden:
                if child.get("w_customMarkFollows") in ("1", "true", "on"):
                    mark = "".join(one.text or "" for one in element.iter("w_t")).strip()
                    return [Run("", note=self._note(child, mark))]
                texts.append(Run("", note=self._note(child)))
            elif child.tag in ("w_drawing", "w_pict", "w_object", "mc_AlternateContent"):
                texts += self._runs(child, style, boxes)
            elif not any(self._fields):
                texts.append(replace(shown, text=_text_of(child)))
        return [run for run in texts if run.text or run.note is not None]

    def _field(self, kind: str | None) -> None:
        """A field is its code, then what it shows; either may hold fields. What `_fields` holds is True in a code."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, reference: Element, mark: str = "") -> str:
        """The mark of a note; the note is kept."""
        kind = _NOTES[reference.tag]
        if not mark:
            self._counted[kind] += 1
            mark = printed(self._counted[kind], self._forms[kind])
        body = self._notes.get((kind, reference.get("w_id")))
        self._found.notes.append(Note(mark, plain(self._content(body))[0] if body is not None else ""))
        return mark


def _text_of(element: Element) -> str:
    if element.tag == "w_t":
        return one_line(element.text or "")
    if element.tag == "w_sym":
        code = re.fullmatch(r"[0-9A-Fa-f]{1,4}", element.get("w_char", ""))
        return readable(chr(int(code[0], 16))) if code else ""
    return _SIGNS.get(element.tag, "")


def _is_on_page(element: Element) -> bool:
    """Whether a drawing has its place on the page, and not beside the text that it belongs to."""
    if element.tag == "wp_anchor":
        place = element.find("wp_positionV")
        return place is not None and place.get("relativeFrom") == "page"
    return element.tag.startswith("v_") and "mso-position-vertical-relative:page" in element.get("style", "")


def _form_of(kind: str, settings: list[Element]) -> str:
    """How notes are numbered, where the file does not say otherwise: endnotes by i, ii, iii."""
    said = next((one.get("w_val", "") for part in settings for one in part.iterfind(f"{kind}Pr/w_numFmt")), "")
    return FORMS.get(said, "1" if kind == "w_footnote" else "i")
