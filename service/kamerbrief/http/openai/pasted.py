"""The question in a message that a chat program wrapped in context, orders and examples.

Programs paste what they found themselves around what their user asked. None of that is evidence here, nor asked for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from kamerbrief.answers.question import MAX_CHARACTERS

_NAMES = r"(?:question|query|vraag)"
_ASKED = re.compile(rf"<((?:user[_-]?)?{_NAMES}|user[_-]?input)>", re.IGNORECASE)
# a tag but those of words within a sentence
_TAG = re.compile(r"<(?!(?:a|b|i|u|p|em|strong|span|code|su[bp])\b)([a-z][\w-]{0,40})(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG_END = re.compile(r"</([a-z][\w-]{0,40})>", re.IGNORECASE)
_FENCE = re.compile(r"^(-{5,}|={5,}|`{3}|\"{3})[^\n]*$", re.MULTILINE)
_FENCE_END = re.compile(r"^(-{5,}|={5,}|`{3}|\"{3})[ \t]*$", re.MULTILINE)
_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL
_LABEL = re.compile(
    rf"^(?:[^\n:]{{0,30}}\b{_NAMES}(?: is(?: as follows)?)?\W{{0,3}}:\**|\#+[^\n:]{{0,30}}\b{_NAMES}[ \t]*$)\s*"
    r"(.+?)(?=\n\s*\n|\n[^\n:]{0,30}\b(?:answer|antwoord|context)\b[^\n:]{0,10}:|\Z)",
    _FLAGS,
)
_CONTEXT = re.compile(r"^[^\n:]{0,80}\bcontext\b[^\n:]{0,10}:", _FLAGS)
_PARTINGS = (r"\n\s*\n", r"\n", r"(?<=[.!?])\s+")


def question_in(message: str) -> str:
    """What is asked in a message. One of a single line, that is not too long for a question, is that itself; and so is
    one in which nothing looks pasted."""
    if "\n" not in message.strip() and len(message) <= MAX_CHARACTERS:
        return message
    asked = [message[start:end] for _, start, end, _ in _blocks(_ASKED, _TAG_END, message)]
    if asked:
        return asked[-1]
    bare = _without(_FENCE, _FENCE_END, _without(_TAG, _TAG_END, message))
    if labelled := _labelled(bare):
        return labelled
    if bare == message and len(message) <= MAX_CHARACTERS and not _CONTEXT.search(message):
        return message
    return _asked_last(bare) or message


def _blocks(opening: re.Pattern[str], ending: re.Pattern[str], text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where each block begins, where its inside does, where that ends, and where the block does: from a mark that opens
    to the next one of that name that ends it. Those within another are passed over."""
    ends: dict[str, list[tuple[int, int]]] = {}
    for one in ending.finditer(text):
        ends.setdefault(one[1].lower(), []).append(one.span())
    done = 0
    for one in opening.finditer(text):
        of_name = ends.get(one[1].lower(), [])
        at = bisect_left(of_name, (one.end(), 0))
        if one.start() >= done and at < len(of_name):
            end, done = of_name[at]
            yield one.start(), one.end(), end, done


def _without(opening: re.Pattern[str], ending: re.Pattern[str], text: str) -> str:
    """The text without its blocks."""
    kept, at = [], 0
    for start, _, _, end in _blocks(opening, ending, text):
        kept.append(text[at:start])
        at = end
    return "\n\n".join([*kept, text[at:]])


def _labelled(text: str) -> str | None:
    """What stands behind the last "Question:", or before the context where that comes after it."""
    context = _CONTEXT.search(text)
    before = list(_LABEL.finditer(text, 0, context.start())) if context else []
    found = before or list(_LABEL.finditer(text))
    return found[-1][1] if found else None


def _asked_last(text: str) -> str:
    """The last paragraph that ends with a question mark, or else the last: as much of it as may be asked."""
    for parting in _PARTINGS:
        parts = [part.strip() for part in re.split(parting, text) if part.strip()]
        asking = [part for part in parts if part.endswith("?")]
        text = (asking or parts or [""])[-1]
        if len(text) <= MAX_CHARACTERS:
            break
    return text
