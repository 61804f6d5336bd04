"""Official papers: their dossiers and ids, and the ones that a letter names."""

import re
from collections.abc import Iterable

from kamerbrief.records.letters import Reference

DOSSIER = (
    r"\d{2}\s?\d{3}(?:(?:\s|\s?[-–]\s?)\d{1,2}(?=,|\s+n|$)|,\s(?-i:[IVXLC]{1,6})(?=,?\s+nr)"
    r"|(?:,?\s(?:[Hh]oofdstuk|[Hh]fdst\.?)\s|[-\s]{0,2})\(?(?-i:[IVXLC]{1,6}[A-E]?|[A-M])\)?(?![A-Za-z]))?"
)
"""A dossier's number: "27 925", with the chapter of a budget ("36 410 VII", "33400-J") or a part ("21 501-02")."""

OFFICIAL_ID = r"(?:kst|ah-tk|ah-ek|blg|h-tk|h-ek|kv-tk|nds-tk)-[0-9][0-9A-Za-z-]*"
"""The id of an official publication: "kst-27925-504", "ah-tk-20232024-1314"."""

_DATE = (
    r"(?!\d|\s?\d{3}|\s+(?:jan|feb|ma?a?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec))"  # of what follows a paper's number
)
_NUMBERS = (
    rf"(?:\d{{1,5}}[a-z]?\b(?:\s*(?:,|en|t/m|–|-)\s*(?:nrs?\.?\s*)?\d{{1,5}}[a-z]?\b{_DATE})*|(?-i:[A-Z]{{1,2}})\b)"
)
_NR = r"(?:nrs?\b\.?|nummers?\b|nos?\.)\s*"
_YEAR = r"(?:\d{4}|'\d{2})\s?[-–/]\s?'?\d{2,4}"
_PLACE = rf"(?P<dossier>{DOSSIER}),?\s+{_NR}(?P<numbers>{_NUMBERS})"
_TWO = rf"(?P<first>{DOSSIER})(?:\s+en\s+|\s*[,/]\s*)"
_KAMERSTUK = r"[Kk]amer-?stuk(?:ken|nummer)?"
_CHAMBER = r"(?:\s+[Il]{1,2}\b)?"  # what is recognised may have letters "l" for the numeral

_PAPER = re.compile(rf"{_KAMERSTUK}{_CHAMBER},?(?:\s+{_YEAR},?)?\s*{_PLACE}", re.IGNORECASE)
_TWO_DOSSIERS = re.compile(rf"{_KAMERSTUK}{_CHAMBER},?(?:\s+{_YEAR},?)?\s+{_TWO}{_PLACE}", re.IGNORECASE)
_SESSION_PAPER = re.compile(
    rf"(?:(?:Tweede|Eerste) Kamer,?(?: vergaderjaar| zitting)?|[TE]K,?|[Vv]ergaderjaar)(?: {_YEAR},?)?\s*{_PLACE}"
)
_SHORT_PAPER = re.compile(r"(?<=\()(?P<dossier>\d{2} \d{3}(?: [IVXLC]+)?)-(?P<numbers>\d{1,4})(?=\))")
_BARE_PAPER = re.compile(rf"(?<![\d-])(?<!\d )(?:{_TWO})?{_PLACE}")
_BARE_SENATE = re.compile(r"(?<=\()(?P<dossier>\d{2} \d{3}(?: [IVXLC]+)?),\s+(?P<numbers>[A-Z]{1,2})(?=\))")
_SENATE_PAPER = re.compile(
    rf"{_KAMERSTUK}\s+I,?(?:\s+{_YEAR},?)?\s+(?P<dossier>{DOSSIER}),\s+(?:nr\.\s*)?(?P<numbers>[A-Z]{{1,2}})\b(?![a-z])"
)
_JOINED_PAPER = re.compile(
    rf"{_KAMERSTUK}\s+(?P<dossier>\d{{2}}\s?\d{{3}}(?:-(?:[IVXLC]{{1,6}}|\d{{2}}))?)-(?P<numbers>\d{{1,4}})\b(?!-)"
)
_STUK = re.compile(rf"\bstuk\s+{_NR}(?P<numbers>\d{{1,5}})\s+\((?P<dossier>{DOSSIER})\)")
_OWN_STUK = re.compile(rf"(?<=\bop )stuk\s+{_NR}(?P<own>\d{{1,5}})\b")
_BY_ID = re.compile(rf"(?<![\w-])(?P<id>{OFFICIAL_ID})(?![\w-]|\s+ISSN)")  # a page says so of itself
_CASE = re.compile(rf"(?<![\w=/])(?:{_KAMERSTUK}\s+(?:{_NR})?)?(?P<case>\d{{4}}Z\d{{4,5}})\b")
_OLD_PROCEEDINGS = re.compile(
    r"(?:Aanhangsel )?(?:tot het verslag )?(?:van de )?Handelingen (?:der|van de) (?:Tweede|Eerste) Kamer,"
    rf"\s+(?:zitting|vergaderjaar)\s+{_YEAR},\s+blz\.\s?\d+"
)
_PROCEEDINGS = re.compile(
    rf"Handelingen\s+(?P<proceedings>I{{1,2}}|[TE]K|[UO]CV),?\s+(?P<from>\d{{4}})\s?[-–/]\s?(?P<to>\d{{2,4}}),?\s+"
    rf"(?:blz\.\s*\d+|nrs?\.\s*(?P<meeting>{_NUMBERS})(?:,\s+item\s+(?P<item>\d+))?)"
)
_APPENDIX = re.compile(
    r"Aanhangsel(?:\s+van\s+de)?\s+Handelingen(?P<chamber>\s+(?:I{1,2}|[TE]K))?,?\s+(?:vergaderjaar,?\s+)?"
    rf"(?P<from>\d{{4}})\s?[-–/]\s?(?P<to>\d{{2,4}}),?\s+{_NR}(?P<numbers>{_NUMBERS})",
    re.IGNORECASE,
)

_ADDRESS = re.compile(r"\S*(?:https?://|www\.)\S+")
_SENTENCE = re.compile(r"[.?!;]\s+(?=[A-Z«])")
_ASKED = re.compile(r"\b(?:[Kk]amer)?vragen\b")
_TELLING = 3  # words
_SPREAD = 20  # papers: a longer range is more likely pages, or misread
_WAYS = (
    # What all of these patterns need, which is looked for in no time: most texts name nothing.
    (
        re.compile(r"\d{2}\s?\d{3}"),
        (
            _TWO_DOSSIERS,
            _SENATE_PAPER,
            _JOINED_PAPER,
            _PAPER,
            _SESSION_PAPER,
            _SHORT_PAPER,
            _BARE_PAPER,
            _BARE_SENATE,
            _STUK,
        ),
    ),
    (re.compile("handelingen", re.IGNORECASE), (_PROCEEDINGS, _OLD_PROCEEDINGS, _APPENDIX)),
    (re.compile(r"(?:kst|blg|[te]k)-[0-9]"), (_BY_ID,)),
    (re.compile(r"\d{4}Z\d"), (_CASE,)),
    (re.compile("stuk"), (_OWN_STUK,)),
)


def is_id(text: str) -> bool:
    """Whether a letter can be called so: in addresses, file names and citations."""
    return re.fullmatch(r"[A-Za-z0-9().-]{1,100}", text) is not None


def dossier_number(printed: str) -> str:
    """The dossier as it stands in official ids: "27 925" is "27925", "32 123 XVI" is "32123-XVI"; the
    number of the kingdom behind it ("36 027 (R2160)") is no part of it."""
    digits = re.match(r"(\d{2})\s?(\d{3})", printed)
    if digits is None:
        raise ValueError(f"not a dossier number: {printed!r}")
    suffix = re.sub(r"\s*\(R\s?\d+\)|[\s()\-–,.]+|hoofdstuk|hfdst", "", printed[digits.end() :], flags=re.IGNORECASE)
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
    for _, patterns in _WAYS:
        for pattern in patterns:
            rest = pattern.sub(" ", rest)
    return len(re.findall(r"[^\W\d_]+", rest)) < _TELLING


def find_references(texts: Iterable[str], dossier: str | None = None) -> tuple[Reference, ...]:
    """The papers named in `texts`, each once, in order: `find_papers`."""
    return tuple(dict.fromkeys(one for text in texts for _, _, named in find_papers(text, dossier) for one in named))


def find_papers(text: str, dossier: str | None = None) -> list[tuple[int, int, list[Reference]]]:
    """The places where a text names papers, from start to end, and which ones, in order.

    A kamerstuk has a certain id when its dossier and number are printed; of several numbers ("nrs. 431 en 437") each
    gets its own reference. `dossier` is the text's own, of which "op stuk nr. 12" is.
    """
    ways = [patterns for needed, patterns in _WAYS if needed.search(text)]
    hits = [hit for patterns in ways for pattern in patterns for hit in pattern.finditer(text)]
    taken: list[re.Match[str]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start(), -hit.end())):
        if hit.re is _OWN_STUK and not dossier:
            continue
        if not any(hit.start() < other.end() and other.start() < hit.end() for other in taken):
            taken.append(hit)
    return [(*hit.span(), _references(hit, dossier)) for hit in taken]


def _references(hit: re.Match[str], dossier: str | None) -> list[Reference]:
    text = re.sub(r"\s+", " ", hit[0]).rstrip(" ,")
    return [Reference(text=text, id=one) for one in _ids(hit, dossier)] or [Reference(text=text)]


def _ids(hit: re.Match[str], own: str | None) -> list[str]:
    """The official ids of what was named; none where the words do not tell one."""
    groups = hit.groupdict()
    if groups.get("id"):
        return [groups["id"].rstrip("-")]
    if groups.get("own"):
        return [f"kst-{own}-{groups['own']}"]
    if groups.get("case"):  # the number of a case is one of questions where its sentence says so
        return [f"kv-tk-{groups['case']}"] if _ASKED.search(_sentence(hit)) else []
    if groups.get("from"):
        year = groups["from"] + (groups["to"] if len(groups["to"]) == 4 else groups["from"][:2] + groups["to"])
        if hit.re is _PROCEEDINGS:
            chamber = {"II": "tk", "TK": "tk", "I": "ek", "EK": "ek"}.get(groups["proceedings"])
            return [f"h-{chamber}-{year}-{groups['meeting']}-{groups['item']}"] if chamber and groups["item"] else []
        chamber = "ek" if (groups["chamber"] or "").strip().upper() in ("I", "EK") else "tk"
        return [f"ah-{chamber}-{year}-{number}" for number in _numbers(groups["numbers"])]
    dossiers = [dossier_number(one) for one in (groups.get("first"), groups.get("dossier")) if one]
    return [f"kst-{dossier}-{number}" for dossier in dossiers for number in _numbers(groups["numbers"])]


def _numbers(printed: str) -> list[str]:
    """ "431 en 437" are two, "1-3" and "1 t/m 3" are three; of a long range none is certain."""
    found = list[str]()
    for first, last in re.findall(r"(\d+[a-z]?\b|[A-Z]+)(?:\s*(?:t/m|–|-)\s*(\d+))?", printed):
        spread = range(int(first), int(last) + 1) if last else ()
        found += map(str, spread if len(spread) <= _SPREAD else ()) if last else [first]
    return found


def _sentence(hit: re.Match[str]) -> str:
    """The sentence that the words stand in."""
    before, after = _SENTENCE.split(hit.string[: hit.start()])[-1], _SENTENCE.split(hit.string[hit.end() :])[0]
    return f"{before}{hit[0]}{after}"
