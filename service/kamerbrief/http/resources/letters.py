"""Letters: listing, reading and removing them."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from kamerbrief.http.access import Editor, Reader
from kamerbrief.http.filtering import FilterQuery, filters_in
from kamerbrief.http.paging import cursor_of, place_in
from kamerbrief.http.responses import tagged_response
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.letters.labels import label, official_url, unit_label
from kamerbrief.presenting import notes_of
from kamerbrief.proof.sources import passage_of
from kamerbrief.records.base import Record
from kamerbrief.records.letters import Footnote, Letter, LetterHead, Paragraph, Section, Taken
from kamerbrief.records.references import LetterReferences
from kamerbrief.records.versions import Changes, Version
from kamerbrief.store.listing import Order

router = APIRouter(prefix="/letters", tags=["letters"])
LetterId = Annotated[
    str, Path(alias="letterId", pattern="^[A-Za-z0-9().-]{1,100}$", description="The letter's id, as kst-27925-504.")
]
VersionNumber = Annotated[
    int | None,
    Query(alias="version", ge=1, le=1_000_000, description="As this version has it, and not as it is now."),
]
Number = Annotated[int, Path(ge=1, le=1_000_000, description="The paragraph's number, as citations name it.")]


class ChangesQuery(Record):
    """Which versions of a letter are compared."""

    earlier: int | None = Field(
        default=None, alias="from", ge=1, le=1_000_000, description="From this version; else from the one before `to`."
    )
    later: int | None = Field(
        default=None, alias="to", ge=1, le=1_000_000, description="To this version; else to the last."
    )


class LettersQuery(FilterQuery):
    """Which letters, in which order, and which of them on this page."""

    q: str = Field(default="", max_length=200, description="Words that stand in the id, subject or senders of each.")
    sort: Order = Field(default="-date", description="By date or dossier; with - the newest, or the last, first.")
    limit: int = Field(default=50, ge=1, le=200, description="How many letters on a page.")
    cursor: str | None = Field(default=None, max_length=200, description="`next` of the page before.")


class Letters(Record):
    """A page of letters. `next` is the cursor of the page after this one."""

    letters: tuple[LetterHead, ...]
    next: str | None


class LetterDetail(LetterHead):
    """What is known of a letter, but for its paragraphs, of which this is how many there are."""

    label: str
    url: str | None
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    report: tuple[Taken, ...]
    paragraphs: int


class Paragraphs(Record):
    """The whole text of a letter."""

    paragraphs: tuple[Paragraph, ...]


class Versions(Record):
    """The texts that a letter has had, oldest first; the last is that of now."""

    versions: tuple[Version, ...]


class ParagraphDetail(Record):
    """One paragraph with its notes, and the paragraphs before and after it."""

    letter: str
    version: int
    label: str
    url: str | None
    heading: str | None
    before: Paragraph | None
    paragraph: Paragraph
    after: Paragraph | None
    footnotes: tuple[Footnote, ...]


@router.get("", summary="List the letters", response_model=Letters)
async def list_letters(request: Request, asked: Annotated[LettersQuery, Query()], _: Reader) -> Response:
    """A page of the letters, without their texts. The header `Link` names the page after it."""
    kb, after = state_of(request).kb, place_in(asked.cursor) if asked.cursor else None
    filters = filters_in(asked)
    found = await in_thread(lambda: kb.page(filters, asked.limit + 1, asked.q, after=after, order=asked.sort))
    more = cursor_of(found[asked.limit - 1]) if len(found) > asked.limit else None
    headers = {}
    if more:
        query = asked.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"cursor"}) | {"cursor": more}
        headers["Link"] = f'</v1/letters?{urlencode(query)}>; rel="next"'
    return tagged_response(request, Letters(letters=tuple(found[: asked.limit]), next=more), headers)


@router.get("/{letterId}", summary="Read what is known of a letter", response_model=LetterDetail)
async def read_letter(request: Request, letter_id: LetterId, _: Reader, version: VersionNumber = None) -> Response:
    """The letter without its text."""
    found = await in_thread(state_of(request).kb.letter, letter_id, version)
    head = {name: getattr(found, name) for name in LetterHead.model_fields}
    detail = LetterDetail(
        **head,
        label=label(found),
        url=official_url(found),
        sections=found.sections,
        footnotes=found.footnotes,
        report=found.report,
        paragraphs=len(found.paragraphs),
    )
    return tagged_response(request, detail)


@router.get("/{letterId}/references", summary="Read what refers to what", response_model=LetterReferences)
async def read_references(request: Request, letter_id: LetterId, _: Reader, version: VersionNumber = None) -> Response:
    """The papers that the letter refers to, and the letters that refer to it."""
    return tagged_response(request, await in_thread(state_of(request).kb.references, letter_id, version))


@router.get("/{letterId}/versions", summary="List the versions of a letter", response_model=Versions)
async def list_versions(request: Request, letter_id: LetterId, _: Reader) -> Response:
    """Each text that was added under its id: `version=2` reads the second."""
    return tagged_response(request, Versions(versions=tuple(await in_thread(state_of(request).kb.versions, letter_id))))


@router.get("/{letterId}/changes", summary="Compare two versions of a letter", response_model=Changes)
async def read_changes(
    request: Request, letter_id: LetterId, asked: Annotated[ChangesQuery, Query()], _: Reader
) -> Response:
    """Which paragraph became which, and which words of it changed."""
    found = await in_thread(state_of(request).kb.changes, letter_id, asked.earlier, asked.later)
    return tagged_response(request, found)


@router.get("/{letterId}/paragraphs", summary="Read a letter", response_model=Paragraphs)
async def read_paragraphs(request: Request, letter_id: LetterId, _: Reader, version: VersionNumber = None) -> Response:
    """All its paragraphs."""
    found = await in_thread(state_of(request).kb.letter, letter_id, version)
    return tagged_response(request, Paragraphs(paragraphs=found.paragraphs))


@router.get("/{letterId}/paragraphs/{number}", summary="Read a paragraph", response_model=ParagraphDetail)
async def read_paragraph(
    request: Request, letter_id: LetterId, number: Number, _: Reader, version: VersionNumber = None
) -> Response:
    """The paragraph with the ones before and after it."""
    found = await in_thread(state_of(request).kb.letter, letter_id, version)
    return tagged_response(request, paragraph_of(found, number))


@router.delete("/{letterId}", summary="Remove a letter", status_code=204)
async def remove_letter(request: Request, letter_id: LetterId, _: Editor) -> Response:
    """Nothing of it is left, nor of its earlier versions. Answers of the log that cite it stay."""
    await in_thread(state_of(request).kb.remove, [letter_id])
    return Response(status_code=204)


def paragraph_of(letter: Letter, number: int) -> ParagraphDetail:
    """Raises ParagraphError."""
    found = passage_of(letter, number)
    return ParagraphDetail(
        letter=letter.id,
        version=letter.version,
        label=unit_label(letter, found.key, recognised=found.unit.recognised),
        url=official_url(letter),
        heading=found.heading,
        before=letter.paragraphs[number - 2] if number > 1 else None,
        paragraph=letter.paragraphs[number - 1],
        after=letter.paragraphs[number] if number < len(letter.paragraphs) else None,
        footnotes=notes_of(letter, number),
    )
