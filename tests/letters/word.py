"""Made Word files: the sample letter as its writers would have it in Word, and what python-docx has no call for."""

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph


def word_file() -> WordFile:
    """An empty one; its default template has the styles of lists, headings and tables."""
    return Document()


def saved(document: WordFile) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def raw(paragraph: Paragraph, xml: str) -> None:
    """Puts XML of Word at the end of a paragraph; `w:` is known in it."""
    wrapped = parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")
    for child in list(wrapped):
        paragraph.paragraph_format.element.append(child)


def deleted(text: str) -> str:
    """Text that somebody deleted while changes were tracked."""
    return f'<w:del w:id="1" w:author="x"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    """Text that somebody put in while changes were tracked."""
    return f'<w:ins w:id="2" w:author="x"><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:ins>'


def note_mark(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def with_notes(document: WordFile, texts: Sequence[str], kind: str = "footnote") -> None:
    """Adds the part with the notes, which python-docx does not make; they are numbered from 1 on."""
    notes = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}</w:t>'
        f"</w:r></w:p></w:{kind}>"
        for number, text in enumerate(texts, 1)
    )
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    content = f"<w:{kind}s {nsdecls('w')}>{separator}{notes}</w:{kind}s>"
    types = {"footnote": CONTENT_TYPE.WML_FOOTNOTES, "endnote": CONTENT_TYPE.WML_ENDNOTES}
    relations = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
    package = document.part.package
    part = Part(PackURI(f"/word/{kind}s.xml"), types[kind], content.encode(), package)
    document.part.relate_to(part, relations[kind])
