"""What a language model may do over MCP, without MCP: tools, each a function of the service's state.

The docstrings of the tools are what models are told about them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from kamerbrief.http.asking import Asking
from kamerbrief.http.filtering import filters_in
from kamerbrief.http.mcp.arguments import (
    Arguments,
    AskArguments,
    LetterArguments,
    ListArguments,
    ParagraphArguments,
    SearchArguments,
)
from kamerbrief.http.mcp.results import (
    ProvenAnswer,
    ShortHeads,
    answer_text,
    heads_text,
    hits_text,
    proven,
    references_text,
)
from kamerbrief.http.paging import place_of
from kamerbrief.http.problems import problem
from kamerbrief.http.resources.letters import ParagraphDetail, paragraph_of
from kamerbrief.http.resources.search import Hits
from kamerbrief.http.state import State
from kamerbrief.http.threads import in_thread
from kamerbrief.letters.labels import in_short
from kamerbrief.library import Kamerbrief
from kamerbrief.records.answers import Turn
from kamerbrief.records.base import Record
from kamerbrief.records.references import LetterReferences


async def ask(state: State, key: str, asked: AskArguments) -> tuple[str, ProvenAnswer]:
    """Answers a question from the letters. Every sentence of the answer is proven: it comes with the paragraphs that it
    rests on, quoted letter for letter. What the letters do not hold is "not_found", with the nearest paragraphs. Take
    this first, with one question at a time. It may need a minute."""
    turns = [Turn(question=question) for question in asked.earlier_questions]
    filters, k, follow = filters_in(asked), asked.k, asked.follow
    answer = await Asking(state, key, asked.question, filters=filters, k=k, turns=turns, follow=follow).answer()
    return answer_text(answer), proven(answer)


async def search_letters(state: State, _: str, asked: SearchArguments) -> tuple[str, Hits]:
    """Finds the paragraphs nearest to a question or to words, best first, and makes no answer of them. To read around a
    subject, or where `ask` found nothing. A paragraph that is near need not hold the answer."""
    filters, k, follow = filters_in(asked), asked.k, asked.follow
    found = await in_thread(lambda: state.kb.search(asked.query, filters=filters, k=k, follow=follow))
    return hits_text(found) if found else "Nothing found.", Hits(hits=tuple(found))


async def get_paragraph(state: State, _: str, asked: ParagraphArguments) -> tuple[str, ParagraphDetail]:
    """Reads one paragraph of a letter whole, with its notes and the paragraphs before and after it: the surroundings of
    a quote or hit."""
    found = paragraph_of(await in_thread(state.kb.letter, asked.letter), asked.number)
    around = [f"[{one.number}] {one.text}" for one in (found.before, found.paragraph, found.after) if one]
    notes = [f"[note {one.mark}] {one.text}" for one in found.footnotes]
    return "\n\n".join(filter(None, [found.label, found.url, found.heading, *around, *notes])), found


async def get_references(state: State, _: str, asked: LetterArguments) -> tuple[str, LetterReferences]:
    """Tells which papers a letter refers to, and which of the letters refer to it: the motion that it is about, the
    questions that it answers, earlier and later letters. The other tools take the ids of those that are among the
    letters."""
    found = await in_thread(state.kb.references, asked.letter)
    return references_text(found), found


async def list_letters(state: State, _: str, asked: ListArguments) -> tuple[str, ShortHeads]:
    """Lists the letters, newest first: id, date, title and ministries. The other tools take the ids. A letter can be
    read whole as the resource kamerbrief://letters/ID."""
    found = await in_thread(_page, state.kb, asked)
    return heads_text(found), found


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
        Tool("Ask the letters", ask, AskArguments, ProvenAnswer),
        Tool("Search in the letters", search_letters, SearchArguments, Hits),
        Tool("Read a paragraph", get_paragraph, ParagraphArguments, ParagraphDetail),
        Tool("Read what refers to what", get_references, LetterArguments, LetterReferences),
        Tool("List the letters", list_letters, ListArguments, ShortHeads),
    )
}


def _page(kb: Kamerbrief, asked: ListArguments) -> ShortHeads:
    last = kb.letter(asked.cursor) if asked.cursor else None
    after = place_of(last) if last else None
    found = kb.page(filters_in(asked), asked.limit + 1, after=after, order="-date")
    page = found[: asked.limit]
    return ShortHeads(letters=tuple(map(in_short, page)), next=page[-1].id if len(found) > len(page) else None)
