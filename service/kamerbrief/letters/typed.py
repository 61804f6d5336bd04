"""What word processors hold, in whichever format: paragraphs as they were typed, tables, notes, and what is printed
around the text. The readers of the formats give these, and here they become blocks.

In a printed letter a paragraph must be told from its lines; here the file tells it. What it does not tell is what
people do by hand: a heading in bold, a list with typed numbers, two paragraphs parted by line breaks, a letterhead in a
table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from xml.etree.ElementTree import Element

from kamerbrief.errors import TooLargeError
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.end_notes import split_end_notes
from kamerbrief.letters.flow import is_item, starts_item, without_raised
from kamerbrief.letters.furniture import facts_of_furniture, facts_of_margin, is_furniture
from kamerbrief.letters.headings import MAX_HEADING, is_heading
from kamerbrief.letters.letterhead import DOSSIER_LINE, facts_of_head, is_head, is_prose, stands_alone
from kamerbrief.letters.lines import Block, Facts, Line, Marks, Note, Reading, Remark
from kamerbrief.letters.offices import is_signature, office_of
from kamerbrief.letters.questions import question_head
from kamerbrief.letters.report import around_typed
from kamerbrief.letters.wording import wording

_ENDED = re.compile(r"[.?!:;…][\"'”’»)\]]*$")
MAX_TYPED = 100_000
"""Paragraphs of a part, those in cells too. The longest kamerstukken, of 500 pages, have a tenth; so many take 5 s."""
_TABS = re.compile(r" *\t[\t ]*")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TITLE = 400
"""Characters of the line in bold above the first question, which names who asked and what about."""
_TAIL = 100  # characters in front of the mark of a note, of which the last may be white
_SHORT = 80
"""Characters: a line that ends before is broken by hand, and a question that long is no heading."""


@dataclass
class Run:
    """A stretch of text in one style. A tab is "\\t" in it, a line break "\\n"; all other white space is single."""

    text: str
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    raised: bool = False
    hidden: bool = False
    note: str | None = None
    """The mark of a note, which stands here; there is no text then."""
    shown: bool = True
    """False of the label of a list, whose style is that of the list."""


@dataclass
class Typed:
    """A paragraph. `label` is what its list prints in front of it, `level` that of a heading by its style."""

    runs: list[Run] = field(default_factory=list)
    label: str = ""
    level: int | None = None


@dataclass
class Grid:
    """A table: of each row its cells, of each cell its paragraphs and tables."""

    rows: "list[list[list[Content]]]" = field(default_factory=list)


Content = Typed | Grid


@dataclass
class Document:
    """A file of a word processor. `beside` is what is printed around the text, and where ("in the header")."""

    content: list[Content] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    beside: list[tuple[str, Content]] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)


def bounded(roots: Iterable[Element], tags: Sequence[str], name: str) -> None:
    """Raises TooLargeError where the parts of a file have more paragraphs than are read."""
    if sum(1 for root in roots for tag in tags for _ in root.iter(tag)) > MAX_TYPED:
        raise TooLargeError(f"{name} has more than {MAX_TYPED:,} paragraphs and cells", "split the document")


def reading_of(document: Document) -> Reading:
    """The blocks of a document, with what its text, its headers and its frames say about it."""
    around = [(where, block) for where, one in document.beside for block in _blocks([one])]
    blocks = [block for _, block in around if not is_furniture(block.text)]
    facts = document.facts
    facts.take(facts_of_furniture([block.text for _, block in around]))
    facts.take(facts_of_margin([_margin_line(block) for block in blocks]))
    facts.take(facts_of_head(blocks))
    hidden = [Remark(None, "hidden", text) for text in map(_hidden, _paragraphs(document.content)) if text]
    furniture = around_typed([(where, block.text) for where, block in around])
    text, notes = split_end_notes(_blocks(document.content))
    return Reading(text, [*document.notes, *notes], facts, furniture, hidden)


def plain(content: Sequence[Content]) -> tuple[str, Marks]:
    """All of it in one line, and where the marks of notes stand in that: a cell, or a note."""
    return _joined([line for paragraph in _paragraphs(content) for line in _lines(paragraph)])


def _hidden(paragraph: Typed) -> str:
    return "".join(run.text for run in paragraph.runs if run.hidden).strip()


def _paragraphs(content: Sequence[Content]) -> Iterator[Typed]:
    for one in content:
        if isinstance(one, Grid):
            yield from (paragraph for row in one.rows for cell in row for paragraph in _paragraphs(cell))
        else:
            yield one


@dataclass
class _Line:
    """A line of a paragraph, as tabs in a head and line breaks part it."""

    text: str
    marks: Marks
    bold: bool
    styled: bool


def _lines(paragraph: Typed) -> list[_Line]:
    rows: list[list[Run]] = [[Run(f"{paragraph.label} ", shown=False)] if paragraph.label else []]
    for run in (run for run in paragraph.runs if not run.hidden):
        if "\n" not in run.text:
            rows[-1].append(run)
            continue
        first, *more = run.text.split("\n")
        rows[-1].append(replace(run, text=first))
        rows += [[replace(run, text=one, note=None)] for one in more]
    return [line for row in rows for line in _apart(_line(row))]


def _line(runs: Sequence[Run]) -> _Line:
    text = ""
    marks: list[tuple[str, int]] = []
    for run in runs:
        if run.note is not None:
            tail = text[-_TAIL:]
            marks.append((run.note, len(text) - len(tail) + len(tail.rstrip())))
        piece = _TABS.sub("\t", run.text.translate(RAISED) if run.raised else run.text)
        text += piece.lstrip(" ") if text.endswith((" ", "\t")) or not text else piece
    end = len(text := text.rstrip())
    text, placed = without_raised(text, tuple((mark, min(at, end)) for mark, at in marks))
    words = [run for run in runs if run.shown and run.text.strip()]
    bold = bool(words) and all(run.bold for run in words)
    styled = bold or (bool(words) and (all(run.italic for run in words) or all(run.underlined for run in words)))
    return _Line(text, placed, bold, styled)


def _apart(line: _Line) -> list[_Line]:
    """The parts of a line between its tabs, where one of them says that it is a line of a head by itself."""
    parts = [part.strip() for part in line.text.split("\t")]
    if len(parts) > 1 and any(stands_alone(part) or DOSSIER_LINE.match(part) for part in parts):
        return [replace(line, text=part, marks=()) for part in parts if part]
    return [replace(line, text=line.text.replace("\t", " "))]


def _blocks(content: Sequence[Content]) -> list[Block]:
    blocks: list[Block] = []
    asked: bool | None = None  # not yet, in a question, or behind one
    titled = in_text = False
    for one in _whole(content):
        if isinstance(one, Grid):
            blocks += _table(one, in_head=not in_text)
            titled = False
            continue
        for lines in _parted(_lines(one)):
            block = _block(lines, one, asked=bool(asked))
            head = question_head(block.text)
            if head and titled and asked is None:
                blocks[-1] = replace(blocks[-1], kind="heading")
            titled = all(line.styled for line in lines) and len(block.text) <= _TITLE
            asked = head.kind == "question" if head else asked and one.level is None
            in_text = in_text or is_prose(block)
            blocks.append(block)
    return blocks


def _whole(content: Sequence[Content]) -> list[Content]:
    """The paragraphs, of which some people type each line as one."""
    whole: list[Content] = []
    for before, one in zip([None, *content], content, strict=False):
        last = whole[-1] if whole else None
        if isinstance(one, Typed) and isinstance(before, Typed) and isinstance(last, Typed) and _runs_into(before, one):
            last.runs += [Run(" "), *one.runs]
        else:
            whole.append(replace(one, runs=list(one.runs)) if isinstance(one, Typed) else one)
    return whole


def _runs_into(before: Typed, one: Typed) -> bool:
    if one.label or one.level is not None or before.level is not None:
        return False
    starts = next((run.text.lstrip() for run in one.runs if run.text.strip()), "")
    return starts[:1].islower() and runs_into(plain([before])[0], plain([one])[0])


def runs_into(above: str, below: str) -> bool:
    """Whether the sentence of a paragraph goes on in the next one: a small letter follows a letter, in long lines."""
    goes_on = above[-1:].isalpha() and below[:1].islower() and not starts_item(below)
    return goes_on and max(len(above), len(below)) > _SHORT


def _parted(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The paragraphs that somebody parted by line breaks."""
    parts: list[list[_Line]] = [[]]
    for line in lines:
        if not line.text or (parts[-1] and _begins(parts[-1][-1], line)):
            parts.append([])
        if line.text:
            parts[-1].append(line)
    return [part for part in parts if part]


def _begins(before: _Line, line: _Line) -> bool:
    """Whether a line behind a line break is another paragraph, and no more of the one before."""
    if stands_alone(before.text) or stands_alone(line.text) or starts_item(line.text) or before.styled != line.styled:
        return True
    goes_on = wording(lexicons()).goes_on
    if line.text[:1].islower() or before.text.endswith((",", "-")) or goes_on.search(before.text):
        return False
    return bool(_ENDED.search(before.text)) or len(before.text) < _SHORT


def _block(lines: Sequence[_Line], typed: Typed, *, asked: bool) -> Block:
    """A paragraph as a block. `asked` says that it stands below the head of a question, whose text is often bold."""
    text, marks = _joined(lines)
    printed = tuple(line.text for line in lines)
    bold, styled = all(line.bold for line in lines), all(line.styled for line in lines)
    asks = text.endswith("?") and (starts_item(text) or len(text) > _SHORT)
    if typed.level is not None and len(text) <= MAX_HEADING and any(map(str.isalpha, text)):
        return Block("heading", text, printed, None, typed.level, marks)
    if question_head(text) or (styled and not asked and not asks and is_heading(text, (), styled)):
        return Block("heading", text, printed, None, 1 if bold else 2, marks)
    item = bool(typed.label and text.startswith(typed.label)) or is_item(text)
    return Block("item" if item else "text", text, printed, None, 1, marks)


def _joined(lines: Sequence[_Line]) -> tuple[str, Marks]:
    text = ""
    marks: list[tuple[str, int]] = []
    for line in lines:
        text += " " if text and line.text else ""
        start = len(text)  # told within the list, `text` would be copied with each line
        marks += [(mark, start + at) for mark, at in line.marks]
        text += line.text
    return text, tuple(marks)


def _table(grid: Grid, *, in_head: bool) -> list[Block]:
    """A table as one block, a row a line; what is a table only to stand side by side, as the blocks in its cells."""
    rows = [[plain(cell) for cell in row] for row in grid.rows]
    rows = [row for row in rows if any(text for text, _ in row)]
    if all(sum(bool(text) for text, _ in row) < 2 for row in rows):
        return _blocks([paragraph for row in grid.rows for cell in row for paragraph in cell])
    if any(_signs(text) for row in rows for text, _ in row):
        columns = zip_longest(*grid.rows, fillvalue=[])
        return _blocks([paragraph for column in columns for cell in column for paragraph in cell])
    if in_head and any(is_head(Block("text", " ".join(text for text, _ in row))) for row in rows):
        return [block for row in grid.rows for block in _head_row(row)]
    text, marks, printed = "", [], []
    for row in rows:
        text += "\n" if text else ""
        for number, (cell, of_cell) in enumerate(row):
            text += " | " if number else ""
            start = len(text)  # told within the list, `text` would be copied with each cell
            marks += [(mark, start + at) for mark, at in of_cell]
            text += cell
        printed.append(" ".join(cell for cell, _ in row if cell))
    return [Block("table", text, tuple(printed), None, 1, tuple(marks))]


def _head_row(row: list[list[Content]]) -> list[Block]:
    """A row of a letterhead: a label and its value are one line, what says by itself what it is another one."""
    texts = [text for text, _ in map(plain, row) if text]
    if len(texts) > 1 and not any(map(stands_alone, texts)):
        return [Block("text", " ".join(texts))]
    return _blocks([paragraph for cell in row for paragraph in cell])


def _signs(text: str) -> bool:
    return len(text) < _SHORT and (is_signature(text) or (text.endswith(",") and office_of(text) is not None))


def _margin_line(block: Block) -> Line:
    return Line(block.text, 0.0, 0.0, 0.0, bold=block.kind == "heading")
