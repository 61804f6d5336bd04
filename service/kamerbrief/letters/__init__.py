"""A file becomes a Letter. The files in the order of the data:

sources         file, bytes or stream; the format told from the content
apart           letters read in processes of their own, child; what these say to each other, frames
reading         the way through: source, reader, letter
containers      the letters in a ZIP or an e-mail (mail)
text            plain text        ┐
pdf, rows       words of a PDF    │
layout          pages to lines    ├ one reader a format, all giving lines.Reading
odt             OpenDocument      │ typed: what word processors and pages hold, in one form; counting: numbers of lists
docx            Word, docx_styles │ archive: a ZIP, with bounds; markup: XML, without what can harm
html, html_tree web pages         │ linked_notes: notes that links lead to
publication     official XML      ┘ with metadata_record, the record beside it
margins         where a ministry's margin column begins; left_margins the same left of the text
shapes          what is drawn on a page beside its text; drawings tell which of it is a figure, figures take its words
notes           the notes under the text
characters      text that can be cited: composed, nothing invisible
furniture       what is printed around the text
flow            lines to headings, paragraphs, items and tables
hyphens         words broken at line ends
letterhead      the head, told apart and read
offices         ministers, ministries, signatures
papers          dossiers, ids, references to other papers
questions       "Vraag 1", "Antwoord 3, 4 en 5"
dates           Dutch dates
exported        letters that were read once, as `kamerbrief export` writes them
report          what was taken for something else than text, and by which signs
assemble        sections, numbers, notes, facts and the id: the Letter
sentences       sentence boundaries in a paragraph
labels          what people call a letter and a paragraph
"""
