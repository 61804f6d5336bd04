"""The ministry's margin column: labels in bold, their values under them."""

from collections.abc import Sequence

from kamerbrief.letters.lines import Facts, Line

_REFERENCE = ("ons kenmerk", "kenmerk", "onze referentie")


def facts_of_margin(lines: Sequence[Line]) -> Facts:
    """The sender's reference and the ministry, where the column prints them on its first page."""
    first = [line for line in lines if line.page == (lines[0].page if lines else None)]
    facts = Facts()
    number = 0
    while number < len(first):
        run = _run(first, number)
        text = " ".join(line.text for line in run)
        if first[number].bold and text.startswith("Ministerie van "):
            facts.take(Facts(ministries=(text.removeprefix("Ministerie van ").strip(),)))
        if text.lower().rstrip(":") in _REFERENCE and number + len(run) < len(first):
            facts.take(Facts(reference=first[number + len(run)].text))
        number += len(run)
    return facts


def _run(lines: Sequence[Line], start: int) -> list[Line]:
    """Lines of one style from `start`: a label that runs over more lines is one label."""
    end = start + 1
    while end < len(lines) and lines[start].bold and lines[end].bold and lines[end].gap < 2.0:
        end += 1
    return list(lines[start:end])
