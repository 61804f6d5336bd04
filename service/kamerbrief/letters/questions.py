"""The heads of questions and answers: "Vraag 1", "Vraag 3, 4 en 5", "Antwoord op vragen 1 t/m 3", "Antwoord"."""

import re
from typing import Literal, NamedTuple

_NUMBERS = r"\d{1,3}(?:\s*(?:,(?:\s*en\b)?|\ben\b|t/m|tot en met|–|-|\s)\s*\d{1,3})*"
_HEAD = re.compile(
    rf"^(?P<word>vra(?:ag|gen)|antwoord(?:en)?)(?:\s+op\s+(?:de\s+)?vra(?:ag|gen))?"
    rf"(?:\s+(?P<numbers>{_NUMBERS}))?\s*[:.]?$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|–|-)\s*(\d+)")


class QuestionHead(NamedTuple):
    kind: Literal["question", "answer"]
    numbers: tuple[int, ...]


def question_head(text: str) -> QuestionHead | None:
    """What a line heads; None when it is no head of a question or an answer. A bare "Antwoord" has no numbers."""
    if len(text) > 80:
        return None
    match = _HEAD.match(text.strip())
    if match is None:
        return None
    answer = match["word"].lower().startswith("a")
    if match["numbers"] is None and not (answer and match["word"][0].isupper()):
        return None
    return QuestionHead("answer" if answer else "question", _numbers(match["numbers"] or ""))


def _numbers(text: str) -> tuple[int, ...]:
    spread = _RANGE.sub(lambda m: " ".join(str(n) for n in range(int(m[1]), int(m[2]) + 1)), text)
    return tuple(int(number) for number in re.findall(r"\d+", spread))
