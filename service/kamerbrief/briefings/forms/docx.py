"""A briefing as a Word document.

python-docx cannot write footnotes, so the sources stand numbered at the end: each mark is a link to its source inside
the document, and each source has links back to its marks.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kamerbrief.briefings.forms.layout import Block, lay_out
from kamerbrief.briefings.forms.marking import Row, Said, Source
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.records.briefings import Briefing

_LANGUAGE = "nl-NL"  # of the letters' words, which most of it is
_LONGEST_TITLE = 255  # in the file's properties
_PAGE, _MARGIN = (21.0, 29.7), 2.2  # A4, in cm
_NARROW, _WIDE = 20, 70  # columns share the page by the letters of their longest text, between these
_BLUE = RGBColor(0x15, 0x42, 0x73)


def to_docx(briefing: Briefing, lexicon: Lexicon | None = None) -> bytes:
    """The whole briefing. The same briefing gives the same bytes."""
    page = lay_out(briefing, lexicon)
    writer = _Writer(briefing, page.title)
    for name, value in page.facts:
        writer.fact(name, value)
    writer.fact(page.words["letters"], "")
    writer.list(page.letters)
    for remark in page.remarks:
        writer.paragraph(remark)
    for block in page.blocks:
        writer.block(block)
    writer.sources(page.words["sources"], page.sources)
    return writer.save()


class _Writer:
    """The document as far as it is written."""

    def __init__(self, briefing: Briefing, title: str) -> None:
        self._made_at = briefing.made_at.replace(tzinfo=None)
        self._bookmarks = count(1)
        self._document = Document()
        properties = self._document.core_properties
        properties.title = title[:_LONGEST_TITLE]
        properties.language = _LANGUAGE
        properties.author = properties.last_modified_by = "kamerbrief"
        properties.comments = ""
        properties.created = properties.modified = self._made_at
        for language in self._document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), _LANGUAGE)
        section = self._document.sections[0]
        section.page_width, section.page_height = map(Cm, _PAGE)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
        self._document.add_heading(title, level=0)

    def fact(self, name: str, value: str) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Cm(0)
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(value)

    def paragraph(self, text: str) -> None:
        self._document.add_paragraph(text)

    def list(self, rows: Sequence[Row]) -> None:
        for line, *known in rows:
            paragraph = self._document.add_paragraph(style="List Bullet")
            self._say(paragraph, line)
            for said in known:
                paragraph.add_run().add_break()
                paragraph.add_run(said.text).italic = True

    def block(self, block: Block) -> None:
        self._document.add_heading(block.heading, level=1)
        if block.columns:
            self._table(block)
        else:
            self.list(block.rows)
        if block.rest:
            self.paragraph(block.rest)

    def sources(self, heading: str, sources: Sequence[Source]) -> None:
        if sources:
            self._document.add_heading(heading, level=1)
        for source in sources:
            paragraph = self._document.add_paragraph()
            with self._bookmark(paragraph, f"bron_{source.number}"):
                paragraph.add_run(f"[{source.number}]")
            paragraph.add_run(" ")
            label = paragraph.add_run(source.label)
            if source.url:
                label.font.underline = True
                place = self._document.part.relate_to(source.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                _link(label, qn("r:id"), place)
            paragraph.add_run(f": “{source.quote}”")
            for use in range(1, source.uses + 1):
                paragraph.add_run(" ")
                _link(paragraph.add_run("↩"), qn("w:anchor"), f"regel_{source.number}_{use}")

    def save(self) -> bytes:
        """Packed again, since python-docx writes the time of packing into it."""
        packed, result = io.BytesIO(), io.BytesIO()
        self._document.save(packed)
        with ZipFile(packed) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = ZipInfo(name, self._made_at.timetuple()[:6])
                target.writestr(entry, source.read(name), ZIP_DEFLATED)
        return result.getvalue()

    def _table(self, block: Block) -> None:
        table = self._document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        heads = table.rows[0]
        heads._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # on each page that the table reaches
        for cell, name in zip(heads.cells, block.columns, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
        for row in block.rows:
            cells = table.add_row()
            cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, said in zip(cells.cells, row, strict=True):
                self._say(cell.paragraphs[0], said)
        letters = [max(len(row[place].text) for row in block.rows) for place in range(len(block.columns))]
        shares = [min(max(longest, _NARROW), _WIDE) for longest in letters]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm((_PAGE[0] - 2 * _MARGIN) * share / sum(shares))
            for cell in column.cells:
                cell.width = column.width

    def _say(self, paragraph: Paragraph, said: Said) -> None:
        paragraph.add_run(said.text)
        for mark in said.marks:
            with self._bookmark(paragraph, f"regel_{mark.source}_{mark.use}"):
                run = paragraph.add_run(f"[{mark.source}]")
                run.font.superscript = True
                _link(run, qn("w:anchor"), f"bron_{mark.source}")

    @contextmanager
    def _bookmark(self, paragraph: Paragraph, name: str) -> Iterator[None]:
        """A place that links can name: what is added to the paragraph meanwhile."""
        number = str(next(self._bookmarks))
        start = OxmlElement("w:bookmarkStart", {qn("w:id"): number, qn("w:name"): name})
        paragraph._p.append(start)
        yield
        paragraph._p.append(OxmlElement("w:bookmarkEnd", {qn("w:id"): number}))


def _link(run: Run, kind: str, to: str) -> None:
    """Makes a link of the run where it stands, to a bookmark or to an address of the document."""
    run.font.color.rgb = _BLUE
    link = OxmlElement("w:hyperlink", {kind: to})
    run._r.addprevious(link)
    link.append(run._r)
