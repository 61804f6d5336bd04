"""The official XML: <officiele-publicatie> with <kamerstuk> or <kamervragen>, and the metadata record beside it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from kamerbrief.errors import UnknownFormatError
from kamerbrief.language.dates import parse_date
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.letterhead import facts_of_head
from kamerbrief.letters.lines import Block, BlockKind, Facts, Marks, Note, Reading
from kamerbrief.letters.markup import one_line, parse_xml
from kamerbrief.letters.metadata_record import facts_beside, facts_within
from kamerbrief.letters.papers import OFFICIAL_ID, dossier_number
from kamerbrief.letters.text import check_length
from kamerbrief.letters.typed import RAISED, runs_into

MAX_BYTES = 10_000_000
"""Half of it is text, of which 5 MB are some 1,500 pages."""
_HEADINGS = ("titel", "tussenkop", "kop", "subtitel")
_SKIPPED = ("metadata", "noot", "meta-data", "voetref", "plaatje", "illustratie")
_APART = frozenset((
    "al", "al-groep", "entry", "functie", "label", "li", "li.nr", "lijst", "noot.al", "noot.li", "noot.lijst", "nr",
    "row", "subtitel", "titel",
))  # fmt: skip
"""What is printed apart from what stands before it, whether white space is between the tags or none."""
_CHAMBERS = {"1": "ek", "2": "tk"}


def read_publication(data: bytes, name: str, path: Path | None = None) -> Reading:
    """A publication in XML; of `path`, records in the places where the official repository keeps them are used.

    Raises TooLargeError, UnsafeXmlError (a DTD, entities, absurd depth), BrokenSourceError or UnknownFormatError.
    """
    check_length(data, name, MAX_BYTES)
    root = parse_xml(data, name)
    if root.tag != "officiele-publicatie" or not any(child.tag in ("kamerstuk", "kamervragen") for child in root):
        raise UnknownFormatError(
            f"{name} is XML but no official publication of a kamerstuk or kamervragen",
            "give the XML, PDF or text of a letter",
        )
    facts = facts_beside(path) if path else Facts()
    record = root.find("metadata")
    facts.take(facts_within(record) if record is not None else Facts())
    facts.take(Facts(id=_record_id(root)))
    for raised in root.iter("sup"):
        raised.text = (raised.text or "").translate(RAISED)
    walk = _Walk()
    for child in root:
        if child.tag == "kamervragen":
            facts.take(_questions_facts(child))
            walk.questions(child)
        elif child.tag == "kamerstuk":
            facts.take(_paper_facts(child))
            walk.paper(child)
    return Reading(_whole(walk.blocks), walk.notes, facts)


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a sentence that stands in several paragraphs put together."""
    groups: list[list[Block]] = []
    for block in blocks:
        before = groups[-1][-1] if groups else None
        if before and block.kind == "text" and before.kind in ("text", "item") and runs_into(before.text, block.text):
            groups[-1].append(block)
        else:
            groups.append([block])
    return [_joined(group) if len(group) > 1 else group[0] for group in groups]


def _joined(blocks: Sequence[Block]) -> Block:
    marks, length = [], 0
    for block in blocks:
        marks += [(mark, length + at) for mark, at in block.marks]
        length += len(block.text) + 1
    text = " ".join(block.text for block in blocks)
    return replace(blocks[0], text=text, lines=(text,), marks=tuple(marks))


def plain(element: Element) -> str:
    """The text of an element in one line, notes left out."""
    return one_line("".join(_pieces(element))).strip()


def _pieces(element: Element) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        pieces.append(" " if child.tag in _APART else "")
        pieces += _pieces(child) if child.tag not in _SKIPPED else []
        pieces.append(child.tail or "")
    return pieces


class _Walk:
    """Blocks in the order of the document."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Note] = []

    def questions(self, root: Element) -> None:
        for child in root:
            if child.tag in ("vraag", "antwoord", "mededeling") or child.tag.startswith(("vraag", "antwoord")):
                self._answering(child)
            elif child.tag == "noot":
                self._note(child)
            elif not child.tag.startswith("kamervraag"):
                self._content(child, 1)

    def paper(self, root: Element) -> None:
        for child in root:
            if child.tag == "stuk":
                for part in child:
                    if part.tag not in ("stuknr", "titel", "datumtekst"):
                        self._content(part, 1)

    def _answering(self, element: Element) -> None:
        number = element.find("nr")
        if number is None:
            number = element.find("titel")
        if number is not None and plain(number):
            self._add("heading", number, 1)
        elif element.tag == "mededeling":
            self.blocks.append(Block("heading", "Mededeling"))
        for child in element:
            if child is not number:
                self._content(child, 1)

    def _content(self, element: Element, level: int) -> None:
        tag = element.tag
        if tag in ("al", "vraag-al", "tekst-al"):
            self._add("text", element, level)
        elif tag in _HEADINGS:
            self._add("heading", element, level)
        elif tag == "lijst":
            self._list(element, level)
        elif tag in ("table", "tabel"):
            self._table(element)
        elif tag == "noot":
            self._note(element)
        elif tag == "ondertekening":
            self._signed(element)
        elif tag not in (*_SKIPPED, "nr"):
            if not len(element) and plain(element):
                self._add("text", element, level)
            deeper = level + 1 if element.find("kop") is not None else level
            for child in element:
                self._content(child, deeper)

    def _list(self, element: Element, level: int) -> None:
        for item in element.findall("li"):
            number = item.find("li.nr")
            mark = plain(number) if number is not None else "•"
            first = True
            for child in item:
                if child is number:
                    continue
                if child.tag == "al":
                    self._add("item" if first else "text", child, level, f"{mark} " if first else "")
                    first = False
                else:
                    self._content(child, level)

    def _signed(self, element: Element) -> None:
        """Who signed: offices and names, each a line; a loose text where it has no parts."""
        for part in element if len(element) else (element,):
            self._add("text", part, 1)

    def _table(self, element: Element) -> None:
        """A row a line; a cell that one of a row above reaches into is empty, one over several columns is one."""
        for title in element.findall("title"):
            self._add("text", title, 1)
        text, marks = "", []
        reaching: dict[int, int] = {}
        for row in (row for row in element.iter() if row.tag in ("row", "tr")):
            cells = _covered(row, reaching)
            told = [self._text(cell) if cell is not None else ("", ()) for cell in cells]
            if not any(of_cell for of_cell, _ in told):
                continue
            for number, (of_cell, marked) in enumerate(told):
                text += " | " if number else "\n" if text else ""
                start = len(text)  # told within the list, `text` would be copied with each cell
                marks += [(mark, start + at) for mark, at in marked]
                text += of_cell
        if text:
            self.blocks.append(Block("table", text, marks=tuple(marks)))

    def _add(self, kind: BlockKind, element: Element, level: int, before: str = "") -> None:
        text, marks = self._text(element, before)
        if text:
            self.blocks.append(Block(kind, text, (text,), None, level, marks))

    def _text(self, element: Element, before: str = "") -> tuple[str, Marks]:
        """The text of an element in one line, and where the marks of notes stand in it."""
        text, marks = before, []
        for piece in self._with_notes(element):
            if isinstance(piece, str):
                text += piece.lstrip() if not text or text.endswith(" ") else piece
            else:
                marks.append((piece.mark, len(text) - text.endswith(" ")))
        return text.strip(), tuple(marks)

    def _with_notes(self, element: Element) -> list[str | Note]:
        pieces: list[str | Note] = [one_line(element.text or "")]
        for child in element:
            if child.tag == "noot":
                pieces.append(self._note(child))
            elif child.tag not in _SKIPPED:
                pieces += [" " if child.tag in _APART else "", *self._with_notes(child)]
            pieces.append(one_line(child.tail or ""))
        return pieces

    def _note(self, element: Element) -> Note:
        number = element.find("noot.nr")
        mark = plain(number) if number is not None else element.get("nr", str(len(self.notes) + 1))
        body = [plain(child) for child in element if child is not number]
        note = Note(mark, " ".join(part for part in body if part))
        self.notes.append(note)
        return note


def _covered(row: Element, reaching: dict[int, int]) -> list[Element | None]:
    """The cells of a row, with None where one of a row above reaches into it. `reaching` says into how many rows more
    the cell in a column reaches, and is brought on by a row."""
    cells: list[Element | None] = []
    for cell in [*row, None]:
        while reaching.get(len(cells), 0) > 0:
            reaching[len(cells)] -= 1
            cells.append(None)
        if cell is not None:
            more = cell.get("morerows") or ""
            reaching[len(cells)] = int(more) if more.isdecimal() and len(more) < 6 else 0
            cells.append(cell)
    return cells


def _record_id(root: Element) -> str | None:
    for meta in root.iter("meta"):
        match = re.search(rf"/({OFFICIAL_ID})/", meta.get("content") or "")
        if match:
            return match[1]
    return None


def _session(root: Element) -> str | None:
    for line in root.iter("tekstregel"):
        if line.get("inhoud") == "vergaderjaar":
            match = re.search(r"(\d{4})\s*[-–]\s*(\d{4})", plain(line))
            return f"{match[1]}-{match[2]}" if match else None
    return None


def _text_of(root: Element, path: str) -> str | None:
    found = root.find(path)
    return plain(found) or None if found is not None else None


def _paper_facts(root: Element) -> Facts:
    number = root.find("stuk/stuknr/ondernummer")
    dossier = _text_of(root, "dossier/dossiernummer/dossiernr")
    chapter = _text_of(root, "dossier/dossiernummer/begrotingshoofdstuk")
    council = _text_of(root, "dossier/dossiernummer/raadnr")
    suffix = chapter or (f"-{council}" if council else "")
    dated = root.find("stuk//datum")
    printed = facts_of_head([Block("text", _text_of(root, "stuk/stuknr") or "")])
    known = dossier is not None and re.match(r"\d{2}\s?\d{3}", dossier)
    return Facts(
        dossier=dossier_number(f"{dossier} {suffix}".strip()) if known and dossier else None,
        dossier_name=_text_of(root, "dossier/titel"),
        number=_text_of(root, "stuk/stuknr/ondernummer") or printed.number,
        reprint=printed.reprint,
        chamber=_CHAMBERS.get(number.get("kamer", "")) if number is not None else None,
        session_year=_session(root),
        caption=_text_of(root, "stuk/titel"),
        date=parse_date(dated.get("isodatum") or plain(dated), lexicons()) if dated is not None else None,
    )


def _questions_facts(root: Element) -> Facts:
    heads = [Block("text", plain(child)) for child in root if child.tag == "kamervraagomschrijving"]
    facts = Facts(
        number=_text_of(root, "kamervraagnummer"),
        session_year=_session(root),
        title=_text_of(root, "kamervraagomschrijving/kamervraagonderwerp"),
        caption="Aanhangsel van de Handelingen",
    )
    facts.take(facts_of_head(heads))
    return facts
