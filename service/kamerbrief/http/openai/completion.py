"""What a chat program gets: an answer as text with marks, a list of sources and annotations, in OpenAI's objects."""

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi.sse import format_sse_event

from kamerbrief.answers.question import ask_about
from kamerbrief.letters.numbering import Numbering
from kamerbrief.presenting import place_of
from kamerbrief.records.answers import Answer, Citation, Sentence


class CitedText:
    """The text of an answer with its annotations, as they grow. `base` is the address of the service."""

    def __init__(self, base: str) -> None:
        self.content = ""
        self.annotations: list[dict[str, Any]] = []
        self._base = base
        self._numbering = Numbering()

    def say(self, sentence: Sentence) -> str:
        """What a sentence adds to the text: itself, and a mark for each paragraph that it cites."""
        before = len(self.content)
        self.content += f"{' ' if before else ''}{sentence.text} "
        places: dict[str, int] = {}
        for citation in sentence.citations:
            mark = f"[{self._numbering.number(citation)}]"
            if mark not in places:
                places[mark] = len(self.content)
                self.content += mark
            start = places[mark]
            self.annotations.append(_annotation(citation, self.address(citation), start, start + len(mark)))
        return self.content[before:]

    def end(self, answer: Answer, official: Mapping[str, str | None]) -> str:
        """What comes after the sentences: the sources; or that there is no answer, and what is nearest to one.
        `official` holds the addresses of the letters of that."""
        before = len(self.content)
        if answer.status == "answered":
            self.content += f"\n\n{answer.message}" if answer.message else ""
            head = "questions.sources"
            cited = (citations[0] for citations in self._numbering.all())
            lines = [f"[{number}] {one.label} — {self.address(one)}" for number, one in enumerate(cited, 1)]
        else:
            self.content += answer.message or ""
            head = "questions.nearest"
            lines = [
                f"- {place_of(hit)} — {official.get(hit.letter) or self._here(*hit.keys[0][:2])}"
                for hit in answer.nearest
            ]
        if lines:
            self.content += "\n".join(["\n", ask_about(answer.asked).lexicon.text(head), *lines])
        return self.content[before:]

    def address(self, citation: Citation) -> str:
        """Where a citation can be read."""
        return citation.url or self._here(citation.letter, citation.paragraph)

    def be(self, whole: str) -> str:
        """The text, where it is not said sentence by sentence."""
        self.content = whole
        return whole

    def _here(self, letter: str, paragraph: int | None) -> str:
        whole = f"{self._base}v1/letters/{quote(letter)}"  # which tells its notes
        return whole if paragraph is None else f"{whole}/paragraphs/{paragraph}"


def _annotation(citation: Citation, url: str, start: int, end: int) -> dict[str, Any]:
    """A citation at its mark, as OpenAI tells of pages of the web, and whole beside that."""
    page = {"start_index": start, "end_index": end, "url": url, "title": citation.label}
    return {"type": "url_citation", "url_citation": page, "citation": citation.model_dump(mode="json", by_alias=True)}


class Completion:
    """An answer as OpenAI's objects: one whole, or in chunks."""

    def __init__(self, answer_id: str, model: str, tool: str | None) -> None:
        """Where there is a tool, the answer is what it is called with."""
        self._head = {"id": f"chatcmpl-{answer_id}", "created": int(time.time()), "model": model}
        self._call = {"id": f"call_{answer_id}", "type": "function"} if tool else None
        self._tool = tool
        self.finish_reason = "tool_calls" if tool else "stop"

    def whole(self, text: CitedText, answer: Answer) -> dict[str, Any]:
        message = {"role": "assistant", "refusal": None, **self.said(text.content, text)}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": self.finish_reason}
        return {**self._head, "object": "chat.completion", "choices": [choice], "usage": usage(answer)}

    def said(self, content: str, text: CitedText, **of_call: int) -> dict[str, Any]:
        """A message's content with all annotations, or the call of the tool with it."""
        if not self._call:
            return {"content": content, "annotations": text.annotations}
        call = {**of_call, **self._call, "function": {"name": self._tool, "arguments": content}}
        return {"content": None, "tool_calls": [call]}

    def chunk(self, delta: dict[str, Any], finish_reason: str | None = None) -> bytes:
        return self.event([{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}])

    def event(self, choices: list[dict[str, Any]], **more: Any) -> bytes:
        data = {**self._head, "object": "chat.completion.chunk", "choices": choices, **more}
        return format_sse_event(data_str=json.dumps(data, ensure_ascii=False))


def usage(answer: Answer) -> dict[str, int]:
    """All a model's tokens as the prompt's, which most of them are: they are counted together."""
    return {"prompt_tokens": answer.tokens, "completion_tokens": 0, "total_tokens": answer.tokens}
