"""What a tool gives back over MCP, twice: as a record for programs, and as text for a model to read."""

from collections.abc import Mapping, Sequence
from typing import Literal

from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.letters.labels import recognised_label
from kamerbrief.letters.numbering import Numbering
from kamerbrief.presenting import marks, way_of
from kamerbrief.records.answers import Answer, Citation, Hit, Via
from kamerbrief.records.base import Record
from kamerbrief.records.references import LetterReferences, ShortHead


class Proof(Record):
    """A quote that proves a sentence: it stands in the paragraph letter for letter, or in the note of it that has the
    mark `footnote`, or in the field of the letter's record that has this name. Where that was `recognised` in a scan
    (OCR), the page itself may have other letters."""

    letter: str
    version: int
    paragraph: int | None
    footnote: str | None
    field: str | None
    label: str
    quote: str
    url: str | None
    recognised: bool


class Proven(Record):
    """A sentence of an answer, and what proves it."""

    text: str
    citations: tuple[Proof, ...]


class ProvenAnswer(Record):
    """An answer: proven sentences, or a message that nothing was found and the nearest paragraphs. With sentences, the
    message says which parts of the question they do not answer: `missing`. `asked` is the question that was answered:
    one that stands alone, where it followed on earlier ones."""

    id: str
    asked: str
    status: Literal["answered", "not_found"]
    message: str | None
    missing: tuple[str, ...]
    sentences: tuple[Proven, ...]
    nearest: tuple[Hit, ...]


class ShortHeads(Record):
    """Letters, newest first. `next` is the cursor of the page after this one."""

    letters: tuple[ShortHead, ...]
    next: str | None


def proven(answer: Answer) -> ProvenAnswer:
    """The answer in short."""
    return ProvenAnswer(
        id=answer.id,
        asked=answer.asked or answer.question,
        status=answer.status,
        message=answer.message,
        missing=answer.missing,
        sentences=tuple(
            Proven(text=sentence.text, citations=tuple(map(_proof, sentence.citations)))
            for sentence in answer.sentences
        ),
        nearest=answer.nearest,
    )


def answer_text(answer: Answer) -> str:
    """The sentences with marks ("[1]"), and the paragraphs that these stand for; or what was near."""
    if answer.status == "not_found":
        near = ["Nearest paragraphs:", hits_text(answer.nearest)] if answer.nearest else []
        return "\n\n".join([answer.message or "Not found.", *near])
    numbering = Numbering()
    sentences = [" ".join([one.text, *marks(numbering, one.citations)]) for one in answer.sentences]
    ways = {hit.letter: hit.via for hit in answer.hits}
    sources = (_source_text(number, found, ways) for number, found in enumerate(numbering.all(), 1))
    return "\n\n".join([" ".join(sentences), *filter(None, [answer.message]), "Sources:", *sources])


def hits_text(hits: Sequence[Hit]) -> str:
    """Each with its letter and its paragraphs, as the tools take them."""
    return "\n\n".join(f"{number}. {_hit_head(hit)}\n{hit.text}" for number, hit in enumerate(hits, 1))


def _hit_head(hit: Hit) -> str:
    recognised = recognised_label(lexicon_of(None)) if hit.recognised else ""
    return f"{hit.label} ({_named(hit.letter, hit.paragraphs, hit.footnote)}){recognised}{_led(hit.via)}"


def heads_text(heads: ShortHeads) -> str:
    """A line a letter, and how to get more."""
    lines = list(map(_head_line, heads.letters))
    more = [f"\nThere are more, with the cursor {heads.next}."] if heads.next else []
    return "\n".join(lines + more) or "No letters."


def references_text(found: LetterReferences) -> str:
    """A line a paper that is named, with its address or that it is among the letters; and a line a letter that names
    this one."""
    named, attached_to = (
        [
            "; ".join(filter(None, [f"- {one.text}", one.paper, one.id, "among the letters" if one.here else one.url]))
            for one in found.refers_to
            if (one.kind == "attached") == attached
        ]
        for attached in (False, True)
    )
    naming = list(map(_head_line, found.referred_by)) or ["nothing here"]
    lines = ["Refers to:", *(named or ["nothing"]), "", "Referred to by:", *naming]
    more = {
        "Attached to:": attached_to,
        "Attachments:": list(map(_head_line, found.attachments)),
        "Replaced by:": list(map(_head_line, found.replaced_by)),
        "Withdrawn by:": list(map(_head_line, found.withdrawn_by)),
    }
    for title, by in more.items():
        lines += ["", title, *by] if by else []
    return "\n".join(lines)


def _head_line(one: ShortHead) -> str:
    return "; ".join(
        filter(None, [f"- {one.id}", one.paper, str(one.date or ""), one.title or one.label, ", ".join(one.ministries)])
    )


def _named(letter: str, paragraphs: Sequence[int], footnote: str | None) -> str:
    """A letter, its paragraphs and the note, as the tools take and show them."""
    numbers = ", ".join(map(str, paragraphs))
    parts = (f"letter {letter}", numbers and f"paragraph {numbers}", "" if footnote is None else f"note {footnote}")
    return ", ".join(filter(None, parts))


def _led(via: Via | None) -> str:
    return f", {way_of(via)}" if via else ""


def _proof(citation: Citation) -> Proof:
    return Proof(**citation.model_dump(include=set(Proof.model_fields)))


def _source_text(number: int, citations: Sequence[Citation], ways: Mapping[str, Via | None]) -> str:
    """One paragraph, with what was quoted from it."""
    one = citations[0]
    paragraphs = () if one.paragraph is None else (one.paragraph,)
    told = "" if one.field is None else f", its record: {one.field}"
    named = _named(one.letter, paragraphs, one.footnote)
    where = f"[{number}] {one.label} ({named}{told}){_led(ways.get(one.letter))}"
    quotes = dict.fromkeys(f"    “{citation.quote}”" for citation in citations)
    return "\n".join([where, *([f"    {one.url}"] if one.url else []), *quotes])
