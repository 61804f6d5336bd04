"""A reading becomes a Letter: head and signatures off, sections and numbers on, notes tied, facts together, an id."""

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kamerbrief.errors import EmptySourceError, TooLargeError
from kamerbrief.language.detection import clear_language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.labels import paper_label
from kamerbrief.letters.letterhead import facts_of_head, split_head, without_addressee
from kamerbrief.letters.lines import Block, Facts, Reading
from kamerbrief.letters.offices import ministry_of, split_signatures
from kamerbrief.letters.papers import find_references, is_id
from kamerbrief.letters.questions import question_head
from kamerbrief.letters.replacing import replaced_papers
from kamerbrief.letters.report import report_of
from kamerbrief.letters.wording import wording
from kamerbrief.records.digest import text_digest
from kamerbrief.records.letters import (
    Footnote,
    Letter,
    LetterKind,
    Paragraph,
    Reference,
    Section,
    Signatory,
    Source,
)

MAX_PARAGRAPHS = 20_000
MAX_CHARS = 5_000_000
"""What comes after reading is cut off by no limit of time. The longest kamerstukken, of some 500 pages, have less than
half of either."""
_TITLES = 3  # first blocks, of which one may be the name of a motion that was taken for text


def assemble(reading: Reading, source: Source) -> Letter:
    """The letter that a reading holds. Raises EmptySourceError where it holds no paragraph, TooLargeError where it
    holds too many."""
    head, rest = split_head(reading.blocks)
    body, _, names = split_signatures(rest)
    body, addressee = without_addressee(body)
    sections, paragraphs, marks = _number(body, reading)
    if not paragraphs:
        raise EmptySourceError(f"{source.name} holds no paragraph", "give a file with the text of a letter")
    if len(paragraphs) > MAX_PARAGRAPHS or sum(len(one.text) for one in paragraphs) > MAX_CHARS:
        most = f"the limits are {MAX_PARAGRAPHS:,} paragraphs and {MAX_CHARS:,} characters"
        raise TooLargeError(f"{source.name} is too long to be one letter: {most}", "split the document")
    facts = replace(reading.facts)
    facts.take(Facts(signatories=names))
    facts.take(Facts(ministries=_ministries(facts.signatories)))
    facts.take(facts_of_head(head))
    facts.take(Facts(addressee=addressee))
    notes = _tie(reading, marks, paragraphs)
    digest = text_digest(sections, paragraphs, notes)
    above, texts = [block.text for block in head], [paragraph.text for paragraph in paragraphs]
    called = [facts.title or "", facts.caption or "", *above, *(block.text for block in body[:_TITLES])]
    kind = _kind(sections, facts, head)
    found = clear_language_of(" ".join(texts), lexicons())
    identity = _id(facts, _hash(f"{facts.title or ''}\n{facts.addressee or ''}\n{digest}".lower()))
    return Letter(
        id=identity,
        kind=kind,
        paper="motion" if kind == "other" and any(map(wording(lexicons()).motion.match, called)) else None,
        title=facts.title,
        date=facts.date,
        dossier=facts.dossier,
        dossier_name=facts.dossier_name,
        number=facts.number,
        session_year=facts.session_year,
        reprint=facts.reprint,
        ministries=facts.ministries,
        reference=facts.reference,
        signatories=tuple(Signatory(name=name, office=office) for name, office in facts.signatories),
        addressee=facts.addressee,
        references=_references(
            facts,
            [*above, *(section.heading or "" for section in sections), *texts, *(note.text for note in notes)],
            replaced_papers(called, texts, facts.dossier, facts.date),
            identity,
        ),
        language=facts.language or (found.code if found else None),
        sections=tuple(sections),
        paragraphs=tuple(paragraphs),
        footnotes=tuple(notes),
        report=report_of(reading, paragraphs, notes, marked=source.format not in ("text", "pdf")),
        source=source,
        text_sha256=digest,
    )


def _number(
    blocks: Sequence[Block], reading: Reading
) -> tuple[list[Section], list[Paragraph], list[tuple[str, int, int]]]:
    """Sections and paragraphs with their numbers; and every mark as (mark, paragraph, position)."""
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    marks: list[tuple[str, int, int]] = []
    asked: dict[int, Section] = {}
    for block in blocks:
        if block.kind == "heading":
            sections.append(_section(block, len(sections) + 1, asked))
            continue
        if not sections:
            sections.append(Section(number=1))
        number = len(paragraphs) + 1
        paragraphs.append(
            Paragraph(
                number=number,
                section=len(sections),
                text=block.text,
                kind=block.kind,
                page=block.page,
                recognised=reading.is_recognised(block.page, block.until),
            )
        )
        marks += [(mark, number, position) for mark, position in block.marks]
    return sections, paragraphs, marks


def _section(block: Block, number: int, asked: dict[int, Section]) -> Section:
    """The section under a heading. `asked` holds the sections of questions by the numbers of those, and gains them."""
    head = question_head(block.text)
    if head is None:
        return Section(number=number, heading=block.text, level=block.level)
    if head.kind == "question":
        question = Section(number=number, heading=block.text, kind="question", numbers=head.numbers)
        for asked_number in head.numbers:
            asked.pop(asked_number, None)
            asked[asked_number] = question
        return question
    latest = next(reversed(asked.values()), None)
    numbers = head.numbers or (latest.numbers if latest else ())
    answered = min((asked[n].number for n in numbers if n in asked), default=None)
    return Section(number=number, heading=block.text, kind="answer", numbers=numbers, answers=answered)


def _tie(reading: Reading, marks: Sequence[tuple[str, int, int]], paragraphs: Sequence[Paragraph]) -> list[Footnote]:
    """Each note with the first mark of its own that no note has yet."""
    waiting: defaultdict[str, deque[tuple[int, int]]] = defaultdict(deque)
    for mark, paragraph, position in marks:
        waiting[mark].append((paragraph, position))
    tied = []
    for note in reading.notes:
        place: dict[str, int] = {}
        if waiting[note.mark]:
            number, position = waiting[note.mark].popleft()
            place = {"paragraph": number, "position": min(position, len(paragraphs[number - 1].text))}
        tied.append(Footnote(mark=note.mark, text=note.text, recognised=reading.is_recognised(note.page), **place))
    return tied


def _kind(sections: Sequence[Section], facts: Facts, head: Sequence[Block]) -> LetterKind:
    if facts.attached_to:
        return "other"
    if any(section.kind == "question" for section in sections):
        return "answers"
    caption = (facts.caption or "").upper()
    if caption.startswith("BRIEF"):
        return "letter"
    if caption.startswith("AANHANGSEL"):
        return "answers"
    if caption and not (facts.addressee and any(office for _, office in facts.signatories)):
        return "other"
    salutation = wording(lexicons()).salutation
    return "letter" if facts.addressee or any(salutation.match(block.text) for block in head) else "other"


def _references(facts: Facts, texts: Sequence[str], replaced: Iterable[Reference], own: str) -> tuple[Reference, ...]:
    """The papers that are named, in the head too ("Zie ook Aanhangsel Handelingen, …"), but for the letter itself;
    first the one to which it is an attachment, those that it replaces, and those that its record tells of."""
    letter = facts.attached_to
    attached = [Reference(text=paper_label(letter) or letter, id=letter, kind="attached")] if letter else []
    known = dict[object, Reference]()
    for one in (*attached, *replaced, *facts.references):
        known.setdefault(one.id or one.date or one.text, one)
    named = (one for one in find_references(texts, facts.dossier) if one.id is None or one.id not in known)
    return tuple(one for one in (*known.values(), *named) if one.id != own)


def _ministries(signatories: Sequence[tuple[str, str | None]]) -> tuple[str, ...]:
    found = (ministry_of(office) for _, office in signatories if office)
    return tuple(dict.fromkeys(name for name in found if name))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _id(facts: Facts, digest: str) -> str:
    official = _official_id(facts)
    if official and is_id(official):
        return official
    return f"brief-{facts.date:%Y%m%d}-{digest[:8]}" if facts.date else f"brief-00000000-{digest[:8]}"


def _official_id(facts: Facts) -> str | None:
    if facts.id:
        return facts.id
    if facts.session_year and facts.number and facts.chamber and (facts.caption or "").startswith("Aanhangsel"):
        return f"ah-{facts.chamber}-{facts.session_year.replace('-', '')}-{facts.number}"
    if facts.dossier and facts.number:
        return f"kst-{facts.dossier}-{facts.number}"
    return None
