"""What is printed around the text of a letter and is not part of it, and what that tells.

Running headers and footers are known line by line; a ministry's margin column has labels in bold, their values under
them.
"""

import re
from collections.abc import Sequence

from kamerbrief.letters.lines import Facts, Line
from kamerbrief.letters.papers import DOSSIER, OFFICIAL_ID, dossier_number

_SESSION = r"(?P<from>\d{4})\s*[-–]\s*(?P<to>\d{1,4}\s?\d{0,3})"
_CHAMBER_LINE = re.compile(
    rf"^(?P<chamber>Tweede Kamer|Eerste Kamer|Staten-Generaal),\s*(?:vergaderjaar|zitting) {_SESSION}(?P<rest>,.*)?$",
    re.IGNORECASE,
)
_PAPER = re.compile(
    rf"^,?\s*(?P<dossier>{DOSSIER}),\s*"
    r"(?:nr\.?\s*(?P<number>[0-9]+|[A-Z]{1,3})|(?P<letter>[A-Z]{1,3}))\b"
)
_PAPER_OF_BOTH = re.compile(rf"^,?\s*(?P<dossier>{DOSSIER}),\s*nrs\.?\s*\d+[a-z]?\s+en\s+(?P<number>\d+)$")
"""A paper of both Kamers: its number of the session in the one, then that of the dossier in the other."""
_PUBLICATION = re.compile(rf"^{OFFICIAL_ID}$")
_FURNITURE = (
    re.compile(r"^Pagina\s+\d+\s*(?:van|/)\s*\d+$", re.IGNORECASE),
    re.compile(r"^\S{0,10}\s*\S*ISSN\s*\d{4}[\s•.-]*\d{3}[\dX]\b.*$"),
    re.compile(r"^[^\w\s]{0,2}\s?s[-\s]*Gravenhage \d{4}\W?$"),
    re.compile(r"^\d{5,6}\s?F\s.{0,20}uitgever.{0,60}$", re.IGNORECASE),
    re.compile(r"^>?\s*Retouradres\b.*$"),
)
_NUMBER = re.compile(r"^-?\s*\d{1,4}\s*-?$")
_NEXT = 1.4  # line distances: what stands no further below goes on
_REFERENCE = ("ons kenmerk", "kenmerk", "onze referentie")


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to the letter: running footer, ISSN, publication mark, page count."""
    text = text.strip()
    return bool(
        _CHAMBER_LINE.match(text) or _PUBLICATION.match(text) or any(pattern.match(text) for pattern in _FURNITURE)
    )


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a number; only its place tells whether it is the page's."""
    return bool(_NUMBER.match(text.strip()))


def facts_of_furniture(lines: list[str]) -> Facts:
    """What footers tell: the paper's official id, session year, dossier and number."""
    facts = Facts()
    for line in lines:
        text = line.strip()
        if _PUBLICATION.match(text):
            facts.take(facts_of_id(text))
        match = _CHAMBER_LINE.match(text)
        if match:
            facts.take(_facts_of_footer(match))
    return facts


def facts_of_id(text: str) -> Facts:
    """What an official id tells by itself: "ah-tk-20232024-1314" is number 1314 of the session year 2023-2024, and
    "kst-36410-VI-F" number F of dossier 36410-VI."""
    answers = re.match(r"^ah-(tk|ek)-(\d{4})(\d{4})-(\d+)$", text)
    if answers:
        return Facts(id=text, chamber=answers[1], session_year=f"{answers[2]}-{answers[3]}", number=answers[4])
    paper = re.match(r"^kst-(\d{5}(?:-[0-9A-Z]+)*)-([0-9]+|[A-Z]{1,3})$", text)
    return Facts(id=text, dossier=paper[1], number=paper[2]) if paper else Facts(id=text)


def _facts_of_footer(match: re.Match[str]) -> Facts:
    to = re.sub(r"\s", "", match["to"])
    facts = Facts(
        session_year=f"{match['from']}-{to}" if len(to) == 4 else None,
        chamber="ek" if match["chamber"][0] in "Ee" else "tk",
    )
    paper = _PAPER.match(match["rest"] or "") or _PAPER_OF_BOTH.match(match["rest"] or "")
    if paper:
        facts.dossier = dossier_number(paper["dossier"])
        facts.number = paper["number"] or paper.groupdict().get("letter")
        facts.id = f"kst-{facts.dossier}-{facts.number}"
    return facts


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
    while end < len(lines) and lines[start].bold and lines[end].bold and lines[end].gap < _NEXT:
        end += 1
    return list(lines[start:end])
