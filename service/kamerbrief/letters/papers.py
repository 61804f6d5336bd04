"""Official papers: their dossiers and ids, and the ones that a letter names."""

import re
from collections.abc import Iterable

from kamerbrief.records.letters import Reference

DOSSIER = r"\d{2}\s?\d{3}(?:[-\s]\d{1,2}(?=,|\s+nr|$)|[-\s]{0,2}\(?(?-i:[IVXLC]{1,6}[A-E]?|[A-M])\)?(?![A-Za-z]))?"
"""A dossier's number: "27 925", with the chapter of a budget ("36 410 VII", "33400-J") or a part ("21 501-02")."""

OFFICIAL_ID = r"(?:kst|ah-tk|ah-ek|blg|h-tk|h-ek|kv-tk|nds-tk)-[0-9][0-9A-Za-z-]*"
"""The id of an official publication: "kst-27925-504", "ah-tk-20232024-1314"."""

_NUMBERS = r"(?:\d{1,5}(?:\s*(?:,|en|t/m|–|-)\s*(?:nrs?\.?\s*)?\d{1,5}(?!\s?\d{3}))*|[A-Z]{1,2}\b)"
_YEAR = r"\d{4}\s?[-–/]\s?\d{2,4}"

_PAPER = re.compile(
    rf"Kamerstuk(?:ken|nummer)?(?:\s+[Il]{{1,2}}\b)?,?(?:\s+{_YEAR},?)?\s+"
    rf"(?P<dossier>{DOSSIER}),?\s+nrs?\.?\s*(?P<numbers>{_NUMBERS})",
    re.IGNORECASE,
)
_SESSION_PAPER = re.compile(
    rf"(?:(?:Tweede|Eerste) Kamer,? vergaderjaar|[TE]K) {_YEAR},\s+"
    rf"(?P<dossier>{DOSSIER}),\s+nrs?\.?\s*(?P<numbers>{_NUMBERS})"
)
_SHORT_PAPER = re.compile(r"(?<=\()(?P<dossier>\d{2} \d{3}(?: [IVXLC]+)?)-(?P<numbers>\d{1,4})(?=\))")
_BARE_PAPER = re.compile(
    rf"(?<![\d-])(?P<dossier>\d{{2}} \d{{3}}(?: [IVXLC]{{1,6}})?),\s+nrs?\.?\s*(?P<numbers>{_NUMBERS})"
)
_SENATE_PAPER = re.compile(
    rf"Kamerstuk(?:ken)?\s+I,?(?:\s+{_YEAR},?)?\s+(?P<dossier>{DOSSIER}),\s+"
    r"(?:nr\.\s*)?(?P<numbers>[A-Z]{1,2})\b(?![a-z])"
)
_TWO_DOSSIERS = re.compile(
    rf"Kamerstuk(?:ken)?(?:\s+I{{1,2}}\b)?,?(?:\s+{_YEAR},?)?\s+(?P<first>{DOSSIER})\s+en\s+(?P<dossier>{DOSSIER}),?"
    rf"\s+nr\.?\s*(?P<numbers>\d{{1,5}})\b"
)
_JOINED_PAPER = re.compile(
    r"Kamerstuk(?:ken)?\s+(?P<dossier>\d{2}\s?\d{3}(?:-(?:[IVXLC]{1,6}|\d{2}))?)-(?P<numbers>\d{1,4})\b(?!-)"
)
_BY_ID = re.compile(rf"(?<![\w-])(?P<id>{OFFICIAL_ID})")
_OLD_PROCEEDINGS = re.compile(
    r"(?:Aanhangsel )?(?:tot het verslag )?(?:van de )?Handelingen (?:der|van de) (?:Tweede|Eerste) Kamer,"
    rf"\s+(?:zitting|vergaderjaar)\s+{_YEAR},\s+blz\.\s?\d+"
)
_PROCEEDINGS = re.compile(rf"Handelingen\s+I{{1,2}},?\s+{_YEAR},?\s+nrs?\.\s*{_NUMBERS}")
_APPENDIX = re.compile(
    r"(?:Aanhangsel(?:\s+van\s+de)?\s+Handelingen|Aanhangsel Handelingen)(?:\s+II)?,?\s+(?:vergaderjaar\s+)?"
    r"(?P<from>\d{4})\s?[-–/]\s?(?P<to>\d{2,4}),?\s+nr\.\s*(?P<number>\d{1,5})"
)


_ADDRESS = re.compile(r"\S*(?:https?://|www\.)\S+")
_TELLING = 3  # words
_PATTERNS = (
    _TWO_DOSSIERS,
    _SENATE_PAPER,
    _JOINED_PAPER,
    _PAPER,
    _SESSION_PAPER,
    _SHORT_PAPER,
    _BARE_PAPER,
    _PROCEEDINGS,
    _OLD_PROCEEDINGS,
    _APPENDIX,
    _BY_ID,
)


def dossier_number(printed: str) -> str:
    """The dossier as it stands in official ids: "27 925" is "27925", "32 123 XVI" is "32123-XVI"."""
    digits = re.match(r"(\d{2})\s?(\d{3})", printed)
    if digits is None:
        raise ValueError(f"not a dossier number: {printed!r}")
    suffix = re.sub(r"[\s()\-]+", "", printed[digits.end() :])
    return digits[1] + digits[2] + (f"-{suffix}" if suffix else "")


def printed_dossier(dossier: str) -> str:
    """A dossier's number as it stands in letters: "27925" is "27 925", "35300-XV" is "35 300 XV", "21501-02" is
    "21 501-02"; until about 1970 they had four digits, which stand together."""
    match = re.match(r"(\d{1,2})(\d{3})(?!\d)", dossier)
    if match is None:
        return dossier
    apart = " " if len(match[1]) == 2 else ""
    return f"{match[1]}{apart}{match[2]}" + re.sub(r"-(?!\d)", " ", dossier[match.end() :])


def is_bare_reference(text: str) -> bool:
    """Whether a note names papers or addresses of the web and says next to nothing beside: fewer than three words."""
    rest = _ADDRESS.sub(" ", text)
    for pattern in _PATTERNS:
        rest = pattern.sub(" ", rest)
    return len(re.findall(r"[^\W\d_]+", rest)) < _TELLING


def find_references(texts: Iterable[str]) -> tuple[Reference, ...]:
    """The papers named in `texts`, each once, in order.

    A kamerstuk has a certain id when its dossier and one number are printed; of several numbers ("nrs. 431 en 437")
    each gets its own reference.
    """
    return tuple(dict.fromkeys(one for text in texts for _, _, named in find_papers(text) for one in named))


def find_papers(text: str) -> list[tuple[int, int, list[Reference]]]:
    """The places where a text names papers, from start to end, and which ones, in order."""
    hits = [hit for pattern in _PATTERNS for hit in pattern.finditer(text)]
    taken: list[re.Match[str]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start(), -hit.end())):
        if not any(hit.start() < other.end() and other.start() < hit.end() for other in taken):
            taken.append(hit)
    return [(*hit.span(), _references(hit)) for hit in taken]


def _references(hit: re.Match[str]) -> list[Reference]:
    text = re.sub(r"\s+", " ", hit[0]).rstrip(" ,")
    groups = hit.groupdict()
    if groups.get("id"):
        return [Reference(text=text, id=text.rstrip("-"))]
    if groups.get("from"):
        to = groups["to"] if len(groups["to"]) == 4 else groups["from"][:2] + groups["to"]
        return [Reference(text=text, id=f"ah-tk-{groups['from']}{to}-{groups['number']}")]
    if not groups.get("dossier"):
        return [Reference(text=text)]
    numbers = re.findall(r"\d+|[A-Z]+", groups["numbers"])
    spread = re.search(r"\d\s*(?:t/m|–|-)\s*\d", groups["numbers"])
    dossiers = [dossier_number(one) for one in (groups.get("first"), groups["dossier"]) if one]
    if spread:
        return [Reference(text=text)]
    return [Reference(text=text, id=f"kst-{dossier}-{n}") for dossier in dossiers for n in numbers]
