"""A model's reply becomes draft sentences: read with care, while it grows, and never more of it than is of use."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from kamerbrief.records.answers import DraftSentence

MOST_SENTENCES = 10
MOST_LABELS = 6
MOST_CHARACTERS = 1000
_LABEL = re.compile(r"(?<![\d.])\d{1,4}\.\d{1,4}(?![\d.]*\d)")


@dataclass(frozen=True)
class Parsed:
    """The complete sentences of a reply so far, each once; the labels of the one that is being written; and whether
    more is of no use: there are too many, or the model has begun to repeat itself."""

    sentences: tuple[DraftSentence, ...] = ()
    growing: tuple[str, ...] = ()
    enough: bool = False


def parse_draft(text: str, *, whole: bool) -> Parsed | None:
    """Reads a reply `{"sentences": [{"sources": ["2.3"], "text": "…"}]}` as far as it has come; None when it is none.

    A reply may stand in a Markdown fence or among prose. `whole` says that no more will come; what the token limit cut
    off then keeps its complete sentences.
    """
    body = text[text.find("{") :] if "{" in text else ""
    closed = body[: body.rfind("}") + 1]
    ended = _json(closed) is not None  # whatever prose comes behind it
    if whole and closed:
        body = closed
    if not body:
        return None if whole else Parsed()
    reply = _json(body, partial=True)
    items = reply.get("sentences", None if whole else []) if isinstance(reply, dict) else None
    if not isinstance(items, list):
        return None
    growing: tuple[str, ...] = ()
    # The last item is complete where the reply is, and between two sentences or after them all.
    so_far = body.rstrip().removesuffix(",")
    if items and not ended and _json(so_far + "]}") is None and _json(so_far + "}") is None:
        growing = _labels(items.pop())
    read = [sentence for item in items[: MOST_SENTENCES + 1] if (sentence := _sentence(item))]
    once: dict[str, DraftSentence] = {}
    for sentence in read:
        once.setdefault(sentence.text, sentence)
    return Parsed(
        sentences=tuple(once.values())[:MOST_SENTENCES],
        growing=growing,
        enough=len(once) < len(read) or len(items) >= MOST_SENTENCES,
    )


def parse_field(text: str, name: str) -> str:
    """The text of one field of a reply; "" where it has none."""
    reply = _json(text[text.find("{") : text.rfind("}") + 1])
    value = reply.get(name) if isinstance(reply, dict) else None
    return value if isinstance(value, str) else ""


def _json(text: str, *, partial: bool = False) -> Any:
    try:
        return from_json(text, allow_partial=partial)
    except (ValueError, TypeError):  # TypeError: half a surrogate pair
        return None


def _sentence(item: Any) -> DraftSentence | None:
    text = item.get("text") if isinstance(item, dict) else None
    if not isinstance(text, str) or not text.strip():
        return None
    shown = "".join(character if character.isprintable() else " " for character in text)
    kind = str(item.get("kind", ""))[:MOST_CHARACTERS]
    return DraftSentence(text=" ".join(shown.split())[:MOST_CHARACTERS], labels=_labels(item), kind=kind)


def _labels(item: Any) -> tuple[str, ...]:
    """The labels in whatever form a model gives them: "2.3", "[2.3]", "2.3, 2.4", 2.3."""
    given = item.get("sources") if isinstance(item, dict) else None
    given = given if isinstance(given, list) else [given]
    found = [label for one in given[: 2 * MOST_LABELS] for label in _LABEL.findall(str(one)[:MOST_CHARACTERS])]
    return tuple(dict.fromkeys(found))[:MOST_LABELS]
