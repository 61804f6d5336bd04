"""What a program can read over MCP, without MCP: the list of letters, and each letter whole."""

from collections.abc import Iterator
from urllib.parse import unquote

from kamerbrief.http.mcp.results import ShortHeads
from kamerbrief.http.problems import problem
from kamerbrief.letters.labels import in_short, label
from kamerbrief.library import Kamerbrief
from kamerbrief.presenting import footnote_text, read_through
from kamerbrief.records.letters import Letter

LETTERS = "kamerbrief://letters"  # the resource that lists them; each is under it, by its id


def read_resource(kb: Kamerbrief, uri: str) -> tuple[str, str]:
    """The media type and the text of a resource: the list of letters, or a letter. Raises ProblemError,
    UnknownLetterError."""
    if uri == LETTERS:
        heads = ShortHeads(letters=tuple(map(in_short, reversed(kb.letters()))), next=None)
        return "application/json", heads.model_dump_json(by_alias=True)
    if not uri.startswith(f"{LETTERS}/"):
        raise problem(404, "There is no such resource", f"no resource {uri!r}: {LETTERS} lists the letters")
    letter = kb.letter(unquote(uri.removeprefix(f"{LETTERS}/")))
    return "text/markdown", "\n\n".join(_lines_of(letter))


def _lines_of(letter: Letter) -> Iterator[str]:
    """The whole letter in Markdown, its paragraphs numbered as citations number them."""
    yield f"# {label(letter)}"
    yield from filter(None, [letter.title, letter.date and str(letter.date)])
    for headings, one in read_through(letter):
        yield from (f"## {heading}" for heading in headings)
        yield f"[{one.number}] {one.text}"
    for note in letter.footnotes:
        yield f"Note {note.mark}: {footnote_text(note)}"
