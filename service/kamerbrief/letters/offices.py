"""Ministers' offices and the ministries behind them, and the block of signatures under a letter."""

import re
from itertools import pairwise, zip_longest

from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.persons import particles
from kamerbrief.letters.lines import Block
from kamerbrief.letters.wording import wording

_RANK = (
    r"(?:Vice-)?Minister-President|Minister|Staatssecretaris|Vice-Premier|Voorzitter|Griffier|Viceminister-president"
)
_OFFICE = re.compile(
    rf"^(?:(?:Mede )?namens )?(?:de |het )?(?P<rank>{_RANK})(?=\b|van|voor)"
    r"(?P<of>(?:\s*(?:van|voor)\b)?[^.;:?!]{0,140}(?:\sa\.\s?[iLl1]\.?)?)$",
    re.I,
)
_INITIALS = r"(?:(?:IJ|[A-Z0][a-z]?)\.[\s-]*)+"
"""Text recognition reads an O as 0."""

_NAME = re.compile(
    r"^(?:(?:mw|mr|mrs|dr|drs|ir|ing|prof|jhr)\.\s?|de heer |mevrouw )*"
    rf"(?:{_INITIALS}(?:\([A-Z]\w+\)\s)?|[A-ZÀ-Ý][\w’'-]+\s)"
    r"(?:(?:van|de|der|den|het|ten|ter|te|’t|'t|von|el|al|in)\s)*(?:d[’'])?[A-ZÀ-Ý][\w’' –-]{1,40}$"
)
_NO_COMMA = re.compile(rf"^(?P<office>[A-Z].*?[a-z.]),?\s+(?P<name>{_INITIALS}\S.*)$")
_LONGEST = 200  # characters of a block that may sign
_ACTING = re.compile(r"\sa\.\s?[iLl1]\.?$")
_TASK = re.compile(r"\s+[–-]\s.*$")
"""What a state secretary does at a ministry stands behind it: "Financiën – Fiscaliteit en Belastingdienst"."""
_MEMBER = re.compile(
    r"^(?:(?:van|de|der|den|het|ten|ter|te|’t|'t|von)\s)*[A-ZÀ-Ý][\w’'-]+(?:\s[A-ZÀ-Ý][\w’'-]+)?"
    r"(?:\s(?:(?:van|de|der|den)\s)*(?:[A-ZÀ-Ý][\w’'-]+)?)?$"
)
FIELD = r"[A-ZÀ-Ý][\w’'-]*(?:(?:,| en| and| –)? [A-ZÀ-Ý][\w’'-]*)*"
"""What an office is of, as running text has it: "Onderwijs, Cultuur en Wetenschap"."""
PERSON = (
    r"(?:(?:[A-Z]\.)+ ?|[A-ZÀ-Ý][\w’'-]+ ){0,3}(?:(?:[Vv]an|[Dd]en?|[Dd]er|[Tt]en?|[Tt]er|el|al) ){0,2}[A-ZÀ-Ý][\w’'-]+"
)
"""A name in running text."""
_SURNAME = (
    rf"(?:{_INITIALS})?(?:(?:van|de|der|den|het|ten|ter|te|’t|'t|von)\s)*[A-ZÀ-Ý][\w’'-]+"
    r"(?:\s(?:van|de|der)\s[A-ZÀ-Ý][\w’'-]+)?"
)
_MEMBERS = re.compile(rf"^{_SURNAME}(?:\s{_SURNAME}){{0,2}}$")
"""Names set in columns, which no longer tells where one ends and the next begins."""


def ministries_in(text: str) -> list[str]:
    """The ministries named as offices: "BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN VAN DEFENSIE" gives two."""
    found = re.split(r"\b(?:MINISTERS?|STAATSSECRETARIS(?:SEN)?)\s+(?:VAN|VOOR)\s+", text, flags=re.IGNORECASE)[1:]
    names = []
    for part in found:
        cleaned = re.sub(r"\s+EN\s+(?:DE|VAN\s+DE)\s*$", "", part, flags=re.IGNORECASE)
        names += re.split(r"\s+EN\s+VAN\s+|,?\s+EN\s+(?=DE\s+MINISTER)", cleaned, flags=re.IGNORECASE)
    return list(dict.fromkeys(name.strip(" ,.") for name in names if name.strip(" ,.")))


def proper_case(name: str) -> str:
    """A name in capitals as it is written elsewhere: "SOCIALE ZAKEN EN WERKGELEGENHEID"."""
    if not name.isupper():
        return name
    words = [word.lower() if word.lower() in particles() else word.capitalize() for word in name.split()]
    return " ".join(words)


def office_of(text: str) -> str | None:
    """The office in a line like "De Minister van Defensie,": "Minister van Defensie"."""
    match = _OFFICE.match(text.strip().rstrip(",").strip())
    if match is None:
        return None
    of = proper_case(match["of"].strip(" ,")) if match["of"].isupper() else match["of"].strip(" ,")
    rank = match["rank"]
    of = _ACTING.sub(" a.i.", of)
    of = of[0].lower() + of[1:] if of.lower().startswith(("van ", "voor ")) else of
    return f"{rank.capitalize() if rank.isupper() or rank.islower() else rank} {of}".strip()


def ministry_of(office: str) -> str | None:
    """The ministry of an office: "Minister van Defensie" gives "Defensie"; a minister without one gives None."""
    match = re.match(r"(?:Minister|Staatssecretaris)\s+van\s+(.+?)(?:\sa\.\s?i\.)?$", office)
    return without_task(match[1]) if match else None


def without_task(ministry: str) -> str:
    """The ministry alone, of one that is printed with the task that somebody has there."""
    return _TASK.sub("", ministry.strip())


def is_signature(line: str) -> bool:
    """Whether a line is an office and a name: "De Minister van Justitie, A. Kosto"."""
    return line[:1].isupper() and len(_apart(line)) == 2


def rank_and_field(office: str) -> tuple[str, str]:
    """The two parts of an office: "Minister voor Rechtsbescherming" is "minister" and "Rechtsbescherming"."""
    rank, _, field = office.partition(" ")
    return rank.lower(), re.sub(r"^(?:van|voor) ", "", field)


def split_signatures(blocks: list[Block]) -> tuple[list[Block], list[Block], tuple[tuple[str, str | None], ...]]:
    """The text, the blocks of closing and signatures, and who signed with which office, in order."""
    text: list[Block] = []
    signed: list[Block] = []
    names: list[tuple[str, str | None]] = []
    number = 0
    while number < len(blocks):
        taken, found = _signature_at(blocks, number)
        if taken:
            signed += blocks[number : number + taken]
            names += found
            number += taken
        else:
            text.append(blocks[number])
            number += 1
    while not names and len(text) > 1 and _are_members(text[-1]) and len(text[-1].text) < 120:
        members = text.pop()
        signed.insert(0, members)
    if not names:
        lines = [line.strip() for block in signed for line in block.lines or (block.text,)]
        one = [line for line in lines if _MEMBER.match(line) or _NAME.match(line)]
        names = [(line, None) for line in one] if len(one) == len(lines) or not any(map(_MEMBERS.match, lines)) else []
    return text, signed, tuple(dict.fromkeys(names))


def _are_members(block: Block) -> bool:
    """The names under a motion, or a bare name under an old letter."""
    lines = block.lines or (block.text,)
    return block.kind == "text" and all(_MEMBER.match(line) or _MEMBERS.match(line) for line in lines)


def _signature_at(blocks: list[Block], number: int) -> tuple[int, list[tuple[str, str | None]]]:
    """How many blocks from here are closing and signatures; none when no name stands by an office."""
    taken = 0
    lines: list[str] = []
    for block, below in zip_longest(blocks[number : number + 12], blocks[number + 1 : number + 12]):
        if len(block.text) > _LONGEST or block.kind == "table":
            break
        own = tuple(part for line in block.lines or (block.text,) for part in _apart(line))
        following = (*own[1:], below.text[:_LONGEST] if below else "")
        if not all(_signs(line, lines, next_one) for line, next_one in zip(own, following, strict=True)):
            break
        lines += own
        taken += 1
    found = _pairs(lines)
    if not any(office for _, office in found) and not (lines and wording(lexicons()).closing.match(lines[0])):
        return 0, []
    return taken, found


def _apart(line: str) -> tuple[str, ...]:
    """ "De Minister van Justitie, A. Kosto" on one line is two, also where the comma was lost."""
    office, comma, name = line.strip().rpartition(", ")
    tried = [(office, name)] if comma else []
    if match := _NO_COMMA.match(line.strip()):
        tried.append((match["office"], match["name"]))
    for office, name in tried:
        if office_of(office) is not None and _NAME.match(name.rstrip(".")):
            return f"{office},", name.rstrip(".")
    return (line,)


def _signs(line: str, before: list[str], following: str) -> bool:
    """Whether a line is part of a signature, with the lines of it before, and the one below."""
    line = _unstopped(line)
    if wording(lexicons()).closing.match(line) or _NAME.match(line):
        return True
    office = office_of(line)
    if office is not None:
        beside = (following, *before[-1:])
        return line.endswith(",") or line.isupper() or any(_NAME.match(one) for one in beside)
    if not before or len(line) > 60:
        return False
    above = before[-1].strip()
    goes_on = above.endswith((",", " en", "-")) or office_of(above) is not None
    return goes_on and (line.endswith(",") or bool(_MEMBER.match(line)))


def _unstopped(line: str) -> str:
    """Old papers print a full stop behind a name."""
    name = line.strip().removesuffix(".")
    return name if _NAME.match(name) or _MEMBER.match(name) else line.strip()


def _pairs(lines: list[str]) -> list[tuple[str, str | None]]:
    """Names with their offices, whichever stands first; an office may run over two lines."""
    merged: list[tuple[str, str]] = []
    for raw in lines:
        line = _unstopped(raw)
        if wording(lexicons()).closing.match(line):
            continue
        if office_of(line) is not None:
            merged.append(("office", line))
        elif merged and merged[-1][0] == "office" and line.endswith(","):
            merged[-1] = ("office", f"{merged[-1][1].rstrip()} {line}")
        else:
            merged.append(("name", line))
    pairs: list[tuple[str, str | None]] = []
    first = merged[0][0] if merged else ""
    for one, two in pairwise(merged):
        if one[0] == "office" and two[0] == "name" and first == "office":
            pairs.append((two[1], office_of(one[1])))
        elif one[0] == "name" and two[0] == "office" and first == "name":
            pairs.append((one[1], office_of(two[1])))
    if not pairs:
        pairs = [(line, None) for kind, line in merged if kind == "name"]
    return pairs
