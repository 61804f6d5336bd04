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
    """What became of one letter: an outcome, or a problem."""

    source: str
    added: Added | None = None
    problem: Problem | None = None


class Uploads(Record):
    """What became of each letter, in the order of their files; of a ZIP or an e-mail there may be several."""

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
    """Text, PDF, Word, OpenDocument, HTML or the official XML, e-mails or ZIPs of them, as multipart/form-data. A
    letter can be asked about when this returns."""
    state = state_of(request)
    most = state.settings.max_upload_files
    if len(files) > most:
        place = Location(pointer="/files")
        raise invalid([Fault(in_="body", location=place, code="too_many", detail=f"files: at most {most} at once")])
    by_file = [await in_thread(added_from, state, file, file.filename or "letter") for file in files]
    uploads = [one for of_file in by_file for one in of_file]
    if all(one.problem for one in uploads):
        raise _refused(by_file)
    status = 207 if any(one.problem for one in uploads) else 200
    new = next((one.added for one in uploads if one.added and one.added.outcome == "new"), None)
    if new and status == 200:
        return json_response(Uploads(files=tuple(uploads)), 201, {"Location": f"/v1/letters/{new.letter}"})
    return json_response(Uploads(files=tuple(uploads)), status)


def added_from(state: State, file: UploadFile, name: str) -> list[Upload]:
    """What became of each letter of a file."""
    return [_upload(outcome, name) for outcome in state.kb.add_all([file.file.read()], name=name)]


def _upload(outcome: Added | LetterError, name: str) -> Upload:
    if isinstance(outcome, LetterError):
        return Upload(source=outcome.source or name, problem=problem_of(outcome).problem)
    return Upload(source=outcome.source, added=outcome)


def _refused(by_file: list[list[Upload]]) -> Exception:
    """The problem of files that are all no letters."""
    found = [(at, one.problem) for at, of_file in enumerate(by_file) for one in of_file if one.problem]
    faults = [
        Fault(in_="body", location=Location(pointer=f"/files/{at}"), code=one.code, detail=one.detail)
        for at, one in found
    ]
    error = invalid(faults)
    first = found[0][1]
    status = first.status if len(found) == 1 else 400
    error.problem = error.problem.model_copy(update={"status": status, "title": first.title})
    return error
