"""Adding letters: files in, and what became of each."""

from typing import Annotated

from fastapi import APIRouter, File, Request, Response, UploadFile

from kamerbrief.errors import LetterError
from kamerbrief.http.access import Editor
from kamerbrief.http.problems import Fault, Location, Problem, invalid, problem_of
from kamerbrief.http.responses import json_response
from kamerbrief.http.state import State, state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.records.base import Record
from kamerbrief.records.letters import Added

router = APIRouter(prefix="/letters", tags=["letters"])


class Upload(Record):
    """What became of one file: an outcome, or a problem."""

    source: str
    added: Added | None = None
    problem: Problem | None = None


class Uploads(Record):
    """What became of each file, in their order."""

    files: tuple[Upload, ...]


@router.post(
    "",
    summary="Add letters",
    status_code=201,
    response_model=Uploads,
    responses={200: {"model": Uploads, "description": "All were there already, or replaced an older text."},
               207: {"model": Uploads, "description": "Some were added, and some are no letters."}},
)  # fmt: skip
async def add_letters(request: Request, files: Annotated[list[UploadFile], File()], _: Editor) -> Response:
    """Text, PDF, Word, OpenDocument or the official XML, as multipart/form-data. A letter can be asked about when this
    returns."""
    state = state_of(request)
    most = state.settings.max_upload_files
    if len(files) > most:
        place = Location(pointer="/files")
        raise invalid([Fault(in_="body", location=place, code="too_many", detail=f"files: at most {most} at once")])
    uploads = [await in_thread(_added, state, file, file.filename or "letter") for file in files]
    if all(one.problem for one in uploads):
        raise _refused(uploads)
    status = 207 if any(one.problem for one in uploads) else 200
    new = next((one.added for one in uploads if one.added and one.added.outcome == "new"), None)
    if new and status == 200:
        return json_response(Uploads(files=tuple(uploads)), 201, {"Location": f"/v1/letters/{new.letter}"})
    return json_response(Uploads(files=tuple(uploads)), status)


def _added(state: State, file: UploadFile, name: str) -> Upload:
    try:
        return Upload(source=name, added=state.kb.add(file.file.read(), name=name))
    except LetterError as error:
        return Upload(source=name, problem=problem_of(error).problem)


def _refused(uploads: list[Upload]) -> Exception:
    """The problem of files that are all no letters."""
    found = [one.problem for one in uploads if one.problem]
    faults = [
        Fault(in_="body", location=Location(pointer=f"/files/{at}"), code=one.code, detail=one.detail)
        for at, one in enumerate(found)
    ]
    error = invalid(faults)
    status = found[0].status if len(found) == 1 else 400
    error.problem = error.problem.model_copy(update={"status": status, "title": found[0].title})
    return error
