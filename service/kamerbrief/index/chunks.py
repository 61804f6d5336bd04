"""A letter becomes chunks: one paragraph as a rule, short ones of one section joined, long ones split at sentences."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.papers import is_bare_reference
from kamerbrief.records.letters import Chunk, Footnote, Letter, LetterHead, Span, Unit, key_of

# Of these rules. A store that was chunked by others is rebuilt; one that differs behind the stop only lacks something,
# which `reindex` adds: before 1.1 that was notes.
VERSION = "1.1"
MAX_TOKENS = 400  # cl100k_base; leaves room for the context within the 512 positions of E5
LONGEST_TOKEN = 128  # characters, of cl100k_base
TELLING = 8 * MAX_TOKENS  # characters: of Dutch, twice the budget
BEFORE_NOTE = 150  # characters of the text before a note's mark, which say what it is about: see docs/retrieval.md
SHORT_TOKENS = 48  # a paragraph below this says too little alone: measured in docs/retrieval.md


def chunk(letter: Letter) -> list[Chunk]:
    """The chunks of a letter, in order, numbered from 1: those of the paragraphs, then those of the notes. Members'
    questions are no chunks, with their notes: what a minister is asked is not what the minister says; nor are the
    labels of figures, which say nothing alone. Nor does an answer carry its question in front of it: see
    docs/retrieval.md."""
    sections = {section.number: section for section in letter.sections}
    found: list[Chunk] = []
    told = [paragraph for paragraph in letter.paragraphs if paragraph.kind != "figure"]
    for number, group in groupby(told, key=lambda paragraph: paragraph.section):
        if sections[number].kind == "question":
            continue
        context = context_of(letter, sections[number].heading)
        for pieces in _joined(_split(list(group), lexicon_of(letter.language))):
            found.append(_chunk(len(found) + 1, number, pieces, context, letter))
    for note in _citable_notes(letter):
        section = sections[letter.paragraphs[note.paragraph - 1].section] if note.paragraph else letter.sections[0]
        if section.kind == "question":
            continue
        context = " — ".join(filter(None, [context_of(letter, section.heading), _words_before(letter, note)]))
        for pieces, _, _ in _split([note], lexicon_of(letter.language)):
            found.append(_chunk(len(found) + 1, section.number, pieces, context, letter))
    return found


def _words_before(letter: Letter, note: Footnote) -> str:
    """What a note is about: the words that its mark stands behind."""
    if note.paragraph is None or note.position is None:
        return ""
    before = letter.paragraphs[note.paragraph - 1].text[: note.position]
    return before if len(before) <= BEFORE_NOTE else before[-BEFORE_NOTE:].partition(" ")[2]


def _citable_notes(letter: Letter) -> Iterator[Footnote]:
    """The notes that a place and a mark name, of several with the same ones the first; but for bare references, which
    would stand among the hits of many a question and answer none: see docs/retrieval.md."""
    named = {key_of(letter.id, note): note for note in reversed(letter.footnotes)}
    yield from (
        note for note in letter.footnotes if named[key_of(letter.id, note)] is note and not is_bare_reference(note.text)
    )


def context_of(letter: LetterHead, heading: str | None) -> str:
    """What stands in front of a chunk when it is embedded: the letter's subject, and the section's heading."""
    subject = letter.title or letter.dossier_name
    return " — ".join(part for part in (subject, heading) if part)


def _split(units: Sequence[Unit], lexicon: Lexicon) -> Iterator[tuple[list[Span], int, bool]]:
    """The paragraphs or notes as pieces of at most MAX_TOKENS: the sentences of a piece, its tokens, and whether it
    is a whole one."""
    for unit in units:
        spans = [span for start, end in sentences(unit.text, lexicon) for span in _cut(unit, start, end)]
        tokens = count_tokens(unit.text)
        if tokens <= MAX_TOKENS:
            yield spans, tokens, True
            continue
        piece: list[Span] = []
        for span in spans:
            longer = [*piece, span]
            if piece and count_tokens(unit.text[longer[0].start : span.end]) > MAX_TOKENS:
                yield piece, count_tokens(unit.text[piece[0].start : piece[-1].end]), False
                longer = [span]
            piece = longer
        yield piece, count_tokens(unit.text[piece[0].start : piece[-1].end]), False


def _cut(unit: Unit, start: int, end: int) -> Iterator[Span]:
    """A sentence, cut at spaces where it alone is over the budget (endless enumerations, OCR without full stops)."""
    _, number, mark, _ = key_of("", unit)
    while not _fits(unit.text, start, end):
        stop = min(start + MAX_TOKENS, end)  # in most texts a token is a character at least
        while not _fits(unit.text, start, stop):  # and in some a character is up to four
            stop = start + (stop - start) // 2
        space = unit.text.rfind(" ", start + 1, stop)
        stop = space if space > 0 else stop
        yield Span(paragraph=number, footnote=mark, start=start, end=stop)
        start = stop + (unit.text[stop : stop + 1] == " ")
    yield Span(paragraph=number, footnote=mark, start=start, end=end)


def _fits(text: str, start: int, end: int) -> bool:
    """Whether a part of a text is within the budget. Of a long one only what tells is counted: a count for each cut of
    an endless sentence would take the square of its length."""
    if end - start > MAX_TOKENS * LONGEST_TOKEN:
        return False
    text = text[start:end]
    begin, space, _ = text[:TELLING].rpartition(" ")  # what stands before a space has as many tokens without the rest
    if len(text) > TELLING and space and count_tokens(begin) > MAX_TOKENS:
        return False
    return count_tokens(text) <= MAX_TOKENS


def _joined(pieces: Iterator[tuple[list[Span], int, bool]]) -> Iterator[list[Span]]:
    """Short whole paragraphs joined with what follows them, or with what stands before when nothing follows."""
    groups: list[tuple[list[Span], int]] = []
    open_for_more = False
    for spans, tokens, whole in pieces:
        fits = bool(groups) and groups[-1][1] + tokens <= MAX_TOKENS
        if whole and fits and (open_for_more or tokens < SHORT_TOKENS):
            before, size = groups.pop()
            groups.append((before + spans, size + tokens))
        else:
            groups.append((spans, tokens))
        open_for_more = whole and groups[-1][1] < SHORT_TOKENS
    yield from (spans for spans, _ in groups)


def _chunk(number: int, section: int, found: list[Span], context: str, letter: Letter) -> Chunk:
    spans = [
        Span(paragraph=key.paragraph, footnote=key.footnote, start=group[0].start, end=group[-1].end)
        for key, group in ((k, list(g)) for k, g in groupby(found, key=lambda span: span.key(letter.id)))
    ]
    text = "\n".join(_text_of(letter, span)[span.start : span.end] for span in spans)
    return Chunk(
        number=number,
        section=section,
        spans=tuple(spans),
        sentences=tuple(found),
        context=context,
        text=text,
        tokens=count_tokens(text),
    )


def _text_of(letter: Letter, span: Span) -> str:
    """The whole text of what a span is a stretch of."""
    if span.footnote is None and span.paragraph is not None:
        return letter.paragraphs[span.paragraph - 1].text
    return next(note.text for note in letter.footnotes if key_of(letter.id, note) == span.key(letter.id))


def sentence_positions(chunk: Chunk) -> tuple[tuple[int, int], ...]:
    """Where each of the chunk's sentences stands in the chunk's own text: (start, end) in characters."""
    offsets, base = {}, 0  # of one letter: a paragraph or note has one span in a chunk
    for span in chunk.spans:
        offsets[span.key("")] = base - span.start
        base += span.end - span.start + 1  # the line break
    return tuple((s.start + offsets[s.key("")], s.end + offsets[s.key("")]) for s in chunk.sentences)
