"""A letter becomes chunks: one paragraph as a rule, short ones of one section joined, long ones split at sentences."""

from collections.abc import Iterator
from itertools import groupby

from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.records.letters import Chunk, Letter, Paragraph, Section, Span

VERSION = "1"  # of these rules: a store that was chunked by others is rebuilt
MAX_TOKENS = 400  # cl100k_base; leaves room for the context within the 512 positions of E5
LONGEST_TOKEN = 128  # characters, of cl100k_base
TELLING = 8 * MAX_TOKENS  # characters: of Dutch, twice the budget
SHORT_TOKENS = 48  # a paragraph below this says too little alone: measured in docs/retrieval.md


def chunk(letter: Letter) -> list[Chunk]:
    """The chunks of a letter, in order, numbered from 1. Members' questions are no chunks: what a minister is asked is
    not what the minister says; nor are the labels of figures, which say nothing alone. Nor does an answer carry its
    question in front of it: see docs/retrieval.md."""
    sections = {section.number: section for section in letter.sections}
    found: list[Chunk] = []
    told = [paragraph for paragraph in letter.paragraphs if paragraph.kind != "figure"]
    for number, group in groupby(told, key=lambda paragraph: paragraph.section):
        if sections[number].kind == "question":
            continue
        context = context_of(letter, sections[number])
        for pieces in _joined(_split(list(group), lexicon_of(letter.language))):
            found.append(_chunk(len(found) + 1, number, pieces, context, letter))
    return found


def context_of(letter: Letter, section: Section) -> str:
    """What stands in front of a chunk when it is embedded: the letter's subject, and the section's heading."""
    subject = letter.title or letter.dossier_name
    return " — ".join(part for part in (subject, section.heading) if part)


def _split(paragraphs: list[Paragraph], lexicon: Lexicon) -> Iterator[tuple[list[Span], int, bool]]:
    """The paragraphs as pieces of at most MAX_TOKENS: the sentences of a piece, its tokens, and whether a whole one."""
    for paragraph in paragraphs:
        spans = [span for start, end in sentences(paragraph.text, lexicon) for span in _cut(paragraph, start, end)]
        tokens = count_tokens(paragraph.text)
        if tokens <= MAX_TOKENS:
            yield spans, tokens, True
            continue
        piece: list[Span] = []
        for span in spans:
            longer = [*piece, span]
            if piece and count_tokens(paragraph.text[longer[0].start : span.end]) > MAX_TOKENS:
                yield piece, count_tokens(paragraph.text[piece[0].start : piece[-1].end]), False
                longer = [span]
            piece = longer
        yield piece, count_tokens(paragraph.text[piece[0].start : piece[-1].end]), False


def _cut(paragraph: Paragraph, start: int, end: int) -> Iterator[Span]:
    """A sentence, cut at spaces where it alone is over the budget (endless enumerations, OCR without full stops)."""
    while not _fits(paragraph.text, start, end):
        stop = start + MAX_TOKENS  # a token is a character at least
        space = paragraph.text.rfind(" ", start + 1, stop)
        stop = space if space > 0 else stop
        yield Span(paragraph=paragraph.number, start=start, end=stop)
        start = stop + (paragraph.text[stop : stop + 1] == " ")
    yield Span(paragraph=paragraph.number, start=start, end=end)


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
        Span(paragraph=paragraph, start=group[0].start, end=group[-1].end)
        for paragraph, group in ((p, list(g)) for p, g in groupby(found, key=lambda span: span.paragraph))
    ]
    text = "\n".join(letter.paragraphs[s.paragraph - 1].text[s.start : s.end] for s in spans)
    return Chunk(
        number=number,
        section=section,
        spans=tuple(spans),
        sentences=tuple(found),
        context=context,
        text=text,
        tokens=count_tokens(text),
    )


def sentence_positions(chunk: Chunk) -> tuple[tuple[int, int], ...]:
    """Where each of the chunk's sentences stands in the chunk's own text: (start, end) in characters."""
    offsets, base = {}, 0
    for span in chunk.spans:
        offsets[span.paragraph] = base - span.start
        base += span.end - span.start + 1  # the line break
    return tuple((s.start + offsets[s.paragraph], s.end + offsets[s.paragraph]) for s in chunk.sentences)
