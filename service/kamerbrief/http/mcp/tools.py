"""What a language model may do over MCP, without MCP: tools and resources, each a function of the service's state.

A tool gives its result twice: as text for a model to read, and as a record for programs. The docstrings of the tools
are what models are told about them.
"""

import datetime
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kamerbrief.http.filtering import filters_in
from kamerbrief.http.problems import problem
from kamerbrief.http.resources.letters import ParagraphDetail, paragraph_of
from kamerbrief.http.resources.questions import LONGEST
from kamerbrief.http.resources.search import Hits
from kamerbrief.http.state import State
from kamerbrief.http.work import answer_of, answering, in_thread
from kamerbrief.letters.labels import label
from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Answer, Citation, Hit, Turn
from kamerbrief.records.base import Record
from kamerbrief.records.letters import Filters, HeadFilters, Letter, LetterHead

LETTERS = "kamerbrief://letters"  # the resource that lists them; each is under it, by its id
LetterId = Annotated[str, Field(min_length=1, max_length=100, description="The letter's id, as kst-27925-504.")]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Arguments(Record):
    """Of a tool. An unknown one is an error, lest a filter is passed over for its name."""

    model_config = ConfigDict(alias_generator=None)


class Which(HeadFilters, Arguments):
    """Which letters."""


class Among(Which):
    """In which letters to look, and how far."""

    letters: list[LetterId] = Field(default=[], max_length=100, description=Filters.model_fields["letters"].description)
    k: int = Field(default=10, ge=1, le=100, description="How many paragraphs to look at.")


class AskArguments(Among):
    """A question, and the letters to answer it from."""

    question: Words = Field(description="One question, in Dutch or English.")
    earlier_questions: list[Words] = Field(
        default=[], max_length=20, description="The questions that this one follows on, oldest first."
    )


class SearchArguments(Among):
    """What to look for, and in which letters."""

    query: Words = Field(description="What to look for: a question, or words of a letter.")


class ParagraphArguments(Arguments):
    """A paragraph of a letter."""

    letter: LetterId
    number: int = Field(ge=1, le=1_000_000, description="The paragraph's number, as citations and hits name it.")


class ListArguments(Which):
    """Which letters, and how many at a time."""

    limit: int = Field(default=50, ge=1, le=200, description="How many letters.")
    cursor: LetterId | None = Field(default=None, description="`next` of the page before.")


class Proof(Record):
    """A quote that proves a sentence: it stands in the paragraph letter for letter."""

    letter: str
    paragraph: int
    label: str
    quote: str
    url: str | None


class Proven(Record):
    """A sentence of an answer, and what proves it."""

    text: str
    citations: tuple[Proof, ...]


class Reply(Record):
    """An answer: proven sentences, or a message that nothing was found and the nearest paragraphs. `asked` is the
    question that was answered: one that stands alone, where it followed on earlier ones."""

    id: str
    asked: str
    status: Literal["answered", "not_found"]
    message: str | None
    sentences: tuple[Proven, ...]
    nearest: tuple[Hit, ...]


class ShortHead(Record):
    """A letter in short."""

    id: str
    label: str
    date: datetime.date | None
    title: str | None
    ministries: tuple[str, ...]


class ShortHeads(Record):
    """Letters, newest first. `next` is the cursor of the page after this one."""

    letters: tuple[ShortHead, ...]
    next: str | None


async def ask(state: State, key: str, asked: AskArguments) -> tuple[str, Reply]:
    """Answers a question from the letters. Every sentence of the answer is proven: it comes with the paragraphs that it
    rests on, quoted letter for letter. What the letters do not hold is "not_found", with the nearest paragraphs. Take
    this first, with one question at a time. It may need a minute."""
    turns = [Turn(question=question) for question in asked.earlier_questions]
    answer = await answer_of(answering(state, key, asked.question, filters=filters_in(asked), k=asked.k, turns=turns))
    reply = Reply(
        id=answer.id,
        asked=answer.asked or answer.question,
        status=answer.status,
        message=answer.message,
        sentences=tuple(
            Proven(text=sentence.text, citations=tuple(map(_proof, sentence.citations)))
            for sentence in answer.sentences
        ),
        nearest=answer.nearest,
    )
    return _answer_text(answer), reply


async def search_letters(state: State, _: str, asked: SearchArguments) -> tuple[str, Hits]:
    """Finds the paragraphs nearest to a question or to words, best first, and makes no answer of them. To read around a
    subject, or where `ask` found nothing. A paragraph that is near need not hold the answer."""
    found = await in_thread(lambda: state.kb.search(asked.query, filters=filters_in(asked), k=asked.k))
    return _hits_text(found) if found else "Nothing found.", Hits(hits=tuple(found))


async def get_paragraph(state: State, _: str, asked: ParagraphArguments) -> tuple[str, ParagraphDetail]:
    """Reads one paragraph of a letter whole, with the ones before and after it: the surroundings of a quote or hit."""
    found = paragraph_of(await in_thread(state.kb.letter, asked.letter), asked.number)
    around = [f"[{one.number}] {one.text}" for one in (found.before, found.paragraph, found.after) if one]
    return "\n\n".join(filter(None, [found.label, found.url, found.heading, *around])), found


async def list_letters(state: State, _: str, asked: ListArguments) -> tuple[str, ShortHeads]:
    """Lists the letters, newest first: id, date, title and ministries. The other tools take the ids. A letter can be
    read whole as the resource kamerbrief://letters/ID."""
    found = await in_thread(_page, state.kb, asked)
    lines = [
        "; ".join(filter(None, [f"- {one.id}", str(one.date or ""), one.title or one.label, ", ".join(one.ministries)]))
        for one in found.letters
    ]
    more = [f"\nThere are more, with the cursor {found.next}."] if found.next else []
    return "\n".join(lines + more) or "No letters.", found


@dataclass(frozen=True)
class Tool:
    """What a model may call, for the holder of a key. Its name and its description are those of the function."""

    title: str
    work: Callable[[State, str, Any], Awaitable[tuple[str, BaseModel]]]
    arguments: type[Arguments]
    result: type[Record]

    @property
    def name(self) -> str:
        return self.work.__name__

    @property
    def description(self) -> str:
        return " ".join((self.work.__doc__ or "").split())

    async def call(self, state: State, key: str, given: dict[str, Any]) -> tuple[str, BaseModel]:
        """Its result, as text and as a record. Raises ProblemError for arguments that it does not take."""
        try:
            arguments = self.arguments.model_validate(given)
        except ValidationError as error:
            faults = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False))
            raise problem(400, "The arguments are not valid", "; ".join(faults)) from None
        return await self.work(state, key, arguments)


TOOLS = {
    tool.name: tool
    for tool in (
        Tool("Ask the letters", ask, AskArguments, Reply),
        Tool("Search in the letters", search_letters, SearchArguments, Hits),
        Tool("Read a paragraph", get_paragraph, ParagraphArguments, ParagraphDetail),
        Tool("List the letters", list_letters, ListArguments, ShortHeads),
    )
}


def read_resource(kb: Kamerbrief, uri: str) -> tuple[str, str]:
    """The media type and the text of a resource: the list of letters, or a letter. Raises ProblemError,
    UnknownLetterError."""
    if uri == LETTERS:
        heads = ShortHeads(letters=tuple(map(_short, reversed(kb.letters()))), next=None)
        return "application/json", heads.model_dump_json(by_alias=True)
    if not uri.startswith(f"{LETTERS}/"):
        raise problem(404, "There is no such resource", f"no resource {uri!r}: {LETTERS} lists the letters")
    letter = kb.letter(unquote(uri.removeprefix(f"{LETTERS}/")))
    return "text/markdown", "\n\n".join(_letter_lines(letter))


def _page(kb: Kamerbrief, asked: ListArguments) -> ShortHeads:
    last = kb.letter(asked.cursor) if asked.cursor else None
    after = (last.date.isoformat() if last.date else "", last.id) if last else None
    found = kb.page(filters_in(asked), asked.limit + 1, after=after, newest_first=True)
    page = found[: asked.limit]
    return ShortHeads(letters=tuple(map(_short, page)), next=page[-1].id if len(found) > len(page) else None)


def _short(head: LetterHead) -> ShortHead:
    title = head.title or head.dossier_name
    return ShortHead(id=head.id, label=label(head), date=head.date, title=title, ministries=head.ministries)


def _proof(citation: Citation) -> Proof:
    return Proof(**citation.model_dump(include=set(Proof.model_fields)))


def _answer_text(answer: Answer) -> str:
    """The sentences with marks ("[1]"), and the paragraphs that these stand for; or what was near."""
    if answer.status == "not_found":
        near = ["The nearest paragraphs:", _hits_text(answer.nearest)] if answer.nearest else []
        return "\n\n".join([answer.message or "Not found.", *near])
    cited: dict[tuple[str, int], list[Citation]] = {}
    sentences = []
    for sentence in answer.sentences:
        places = dict.fromkeys((one.letter, one.paragraph) for one in sentence.citations)
        for one in sentence.citations:
            cited.setdefault((one.letter, one.paragraph), []).append(one)
        sentences.append(" ".join([sentence.text, *(f"[{list(cited).index(place) + 1}]" for place in places)]))
    sources = (_source_text(number, found) for number, found in enumerate(cited.values(), 1))
    return "\n\n".join([" ".join(sentences), "Sources:", *sources])


def _source_text(number: int, citations: Sequence[Citation]) -> str:
    """One paragraph, with what was quoted from it."""
    one = citations[0]
    where = f"[{number}] {one.label} (letter {one.letter}, paragraph {one.paragraph})"
    quotes = dict.fromkeys(f"    “{citation.quote}”" for citation in citations)
    return "\n".join([where, *([f"    {one.url}"] if one.url else []), *quotes])


def _hits_text(hits: Sequence[Hit]) -> str:
    return "\n\n".join(
        f"{number}. {hit.label} (letter {hit.letter}, paragraph {', '.join(map(str, hit.paragraphs))})\n{hit.text}"
        for number, hit in enumerate(hits, 1)
    )


def _letter_lines(letter: Letter) -> Iterator[str]:
    """The whole letter in Markdown, its paragraphs numbered as citations number them."""
    yield f"# {label(letter)}"
    yield from filter(None, [letter.title, letter.date and str(letter.date)])
    section = 0
    for one in letter.paragraphs:
        heading = letter.sections[one.section - 1].heading
        if one.section != section and heading:
            yield f"## {heading}"
        section = one.section
        yield f"[{one.number}] {one.text}"
    for note in letter.footnotes:
        yield f"Note {note.mark}: {note.text}"
