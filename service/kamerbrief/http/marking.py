"""Words of a letter as an address names them: "9:0-12" are the first twelve characters of paragraph 9, "9n3:0-12" those
of the note with the mark 3 in it."""

import re
from collections.abc import Iterable

from kamerbrief.records.letters import Span

MARK = r"(\d{1,7})?(?:n([^:]{1,20}))?:(\d{1,7})-(\d{1,7})"
MOST = 200


def marks_in(texts: Iterable[str]) -> list[Span]:
    """The words that are named; what cannot be read is passed over."""
    found = []
    for match in filter(None, (re.fullmatch(MARK, text) for text in texts)):
        paragraph, footnote, start, end = match.groups()
        if int(start) < int(end) and (footnote or int(paragraph or 0)):
            number = int(paragraph) if paragraph and int(paragraph) else None
            found.append(Span(paragraph=number, footnote=footnote, start=int(start), end=int(end)))
    return found
