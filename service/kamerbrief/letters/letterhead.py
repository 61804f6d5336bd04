"""The head of a letter: told apart from its text, and read.

The head ends with the last line that only a head holds (addressee, place and date, subject, salutation, the caption of
an official paper) before the first real paragraph. Lines among them that say nothing by themselves belong to it too.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kamerbrief.language.dates import parse_date
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.lines import Block, Facts
from kamerbrief.letters.offices import is_signature, ministries_in, proper_case, without_task
from kamerbrief.letters.papers import DOSSIER, dossier_number
from kamerbrief.letters.questions import question_head
from kamerbrief.letters.wording import wording

_REACH = 40
_PROSE = 60
_LAST_CENTURY = 50

_SESSION = re.compile(
    r"^(?:Zitting|Vergaderjaar)\s+(?P<from>\d{4})(?:\s*[-–—]\s*(?P<to>\d{4}))?"
    r"(?:\s*[-–—]\s*(?P<dossier>\d{2}\s?\d{2,3}))?(?:\s+Nr\.?\s*(?P<number>\d{1,4}[a-z]?))?$",
    re.IGNORECASE,
)
"""Until about 1970 the line named the dossier too ("Zitting 1967-1968 - 9300"); papers of the Eerste Kamer have their
number in it."""
_OLD_DOSSIER = re.compile(r"^\d{4}$")
_BUDGET = re.compile(r"^Rijksbegroting\b", re.IGNORECASE)
_CHAPTER = re.compile(r"^Hoofdstuk\s+(?P<chapter>[IVX]{1,5}[AB]?)\b", re.IGNORECASE)
DOSSIER_LINE = re.compile(rf"^{DOSSIER}(?:\s\(R\s?\d{{1,4}}\))?$")
"""Papers of the kingdom as a whole have a number of their own behind it: "36 027 (R2160)"."""
_REPRINT = r"HERDRUK|[Hh]erdruk|(?:TER|[Tt]er) (?:VERVANGING|vervanging)"
_NUMBER = re.compile(
    rf"^(?:(?:N|IM|M)rs?|No)\.?\s*(\d{{1,4}}[a-z]?|[A-Z]{{1,3}})(?:,?\s+\(?(?P<reprint>{_REPRINT})\)?.*)?$"
)
_SENATE_NUMBER = re.compile(rf"^([A-Z]{{1,2}})(?:,?\s+\(?(?P<reprint>{_REPRINT})\)?.*)?$")
_REPRINTED = re.compile(rf"^\(?(?:{_REPRINT})\b")
_KIND = (
    r"(?:(?:EERSTE|TWEEDE|DERDE|VIERDE|VIJFDE|NADER|GEWIJZIGDE?|HERZIENE?) )*"
    r"(?:BRIEF|(?:SUB)?MOTIE|(?:SUB)?AMENDEMENT(?:EN)?|VERSLAG|LIJST VAN|NOTA|MEMORIE|ADVIES)\b"
)
_CAPTION = re.compile(rf"^(?P<caption>{_KIND}[^a-z]*?)(?:\sN[ro]\.?\s*(?P<number>\d{{1,4}}))?$")
_NUMBERED = re.compile(rf"^((?:Nrs?|No)\.?\s*(?:\d{{1,4}}[a-z]?|[A-Z]{{1,3}})|[A-Z])\s+(?={_KIND}[^a-z]*$)")
"""The number of a paper, and behind it on one line, as PDFs have it, the caption."""
_GOES_ON = re.compile(r"^(?:VAN|VOOR|EN|DER)\s[^a-z]+$")
"""The second line of a caption."""
_NOTICE = re.compile(r"^(?:Ter griffies? van|De vroegere stukken zijn gedrukt)\b")
"""What the Kamer prints beside a head: when a treaty came in, where earlier papers are."""
_APPENDIX = re.compile(r"^Aanhangsel (?:van de|tot het verslag van de) Handelingen", re.IGNORECASE)
_TO_CHAMBER = re.compile(r"^Aan den? (?:[Hh]eer )?(?:de )?Voorzitters? van .{0,60}Staten-Generaal\.?$")
_OF_CHAMBER = re.compile(r"^(?:van de (?:Tweede|Eerste) Kamer )?der Staten-Generaal$")
"""The second line of an addressee."""
_CHAMBER = re.compile(r"^(?:Tweede|Eerste)?\s*(?:Kamer der Staten-Generaal)?\s*[12]?$")
_SHORT_YEAR = re.compile(r"(?<=[a-z.]\s)[’']?(\d{2})$")
_PROPOSED = re.compile(r"^(?:Voorgesteld|Ontvangen|Vastgesteld)\b.{0,80}\d{4}$")
"""When, and often where: "Voorgesteld tijdens het Notaoverleg van 25 november 2024"."""
_ASKED = re.compile(r"^Vra(?:ag|gen)\s+(?:van|gesteld)\s", re.IGNORECASE)
_ANSWERED = re.compile(
    r"^(?:Nader |Gedeeltelijk )?(?:Antwoord|Mededeling)\s+(?:van|mede)\b.*?(?:\((?:ontvangen.*|[^)]*)\)|\d{4}\)?\.?)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\sover\s+(?P<title>.+?)\s*(?:\((?:ingezonden|ingez\.)[^)]*\)\.?)?\.?$")
_ANSWERING = re.compile(
    r"van\s+(?:de\s+)?(?P<rank>[Mm]inister|[Ss]taatssecretaris|[Mm]inister-[Pp]resident)\s+(?P<name>[^(]+?)\s*\((?P<office>[^)]*)\)"
)


def split_head(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks of the head, and the rest."""
    end, named = 0, False
    for number, block in enumerate(blocks[:_REACH]):
        if question_head(block.text) and not _CHAMBER.match(block.text):
            break
        if is_head(block):
            end = number + 1
        elif is_prose(block) and not named:
            break
        session = _SESSION.match(block.text)
        named = bool(DOSSIER_LINE.match(block.text) or (session and session["dossier"]))  # its name may be long
    return blocks[:end], blocks[end:]


def without_addressee(blocks: list[Block]) -> tuple[list[Block], str | None]:
    """The text without the line that names the addressee, which stood under the signature until about 1970."""
    lines = [block for block in blocks if block.kind in ("text", "heading") and _TO_CHAMBER.match(block.text)]
    if not lines:
        return blocks, None
    named = wording(lexicons()).addressee.match(lines[0].text.rstrip("."))
    return [block for block in blocks if block not in lines], named["who"] if named else None


def stands_alone(text: str) -> bool:
    """Whether a line says by itself that it is one: a question's head, place and date, a caption, a salutation."""
    if len(text) > 120:
        return False
    words = wording(lexicons())
    return (
        question_head(text) is not None
        or is_signature(text)
        or any(
            pattern.match(text)
            for pattern in (_SESSION, words.place, words.salutation, _NUMBER, _CAPTION, _CHAPTER, _TO_CHAMBER)
        )
    )


def is_head(block: Block) -> bool:
    """Whether a block is what only a head holds."""
    words = wording(lexicons())
    texts = {block.text, block.lines[0] if block.lines else block.text}
    if any(pattern.match(block.text) for pattern in (_ASKED, _ANSWERED, _NOTICE, words.place)):
        return True
    return len(block.text) < 300 and any(
        pattern.match(text)
        for text in texts
        for pattern in (
            _SESSION, _CHAPTER, _CAPTION, _APPENDIX, _PROPOSED, _NUMBER, words.addressee, words.to, words.place,
            words.date, words.subject, words.reference, words.label, words.other, words.salutation,
        )
    )  # fmt: skip


def is_prose(block: Block) -> bool:
    """Whether a block is a paragraph of running text: no head goes on behind one."""
    return len(block.text) > 400 or (len(block.text) > _PROSE and block.text.endswith((".", "?", "!", ":", ";", ",")))


def with_dossier(lines: list[str]) -> list[str]:
    """The lines with a dossier of four digits put to the session above it, which is where others have it."""
    filled = [number for number, line in enumerate(lines) if line.strip()][:_REACH]
    lines = list(lines)
    for above, below in pairwise(filled):
        session = _SESSION.match(lines[above].strip())
        if session and not session["dossier"] and _OLD_DOSSIER.match(lines[below].strip()):
            lines[above], lines[below] = f"{lines[above].strip()} - {lines[below].strip()}", ""
    return lines


def parts_of_head(line: str) -> tuple[str, ...]:
    """A line of a head as it was printed, where text recognition put two or three of them on one: the addressee, place
    and date, and how the letter begins ("'s-Gravenhage, 25 januari 1988 Naar aanleiding van mijn toezegging …")."""
    words = wording(lexicons())
    match = words.run_on.match(line)
    if match is None or (match["before"] and not words.addressee.match(match["before"].strip())):
        return (line,)
    return tuple(part for part in (match["before"], match["dated"], match["after"]) if part and part.strip())


def foot_of_session(lines: Iterable[str]) -> re.Pattern[str] | None:
    """What the foot of a page of a paper says whose head names its dossier beside the session: "9300 IXB 13"."""
    for line in lines:
        if (match := _SESSION.match(line.strip())) and match["dossier"]:
            dossier = re.sub(r"\s", "", match["dossier"])
            return re.compile(rf"^\s*(?:[I1]{{1,3}}\s)?{dossier}(?:\s[IVXLUB1]{{1,6}})?(?:\s\S{{1,3}})?\s*$")
    return None


def facts_of_head(blocks: list[Block]) -> Facts:
    """What the head says; a value may stand on the line below its label ("Ons kenmerk" / "IENW/BSK-2023/33017")."""
    facts, in_session = Facts(), None
    texts = [row for block in blocks for row in _rows(block)]
    for number, text in enumerate(texts):
        following = texts[number + 1] if number + 1 < len(texts) else ""
        labelled = f"{text} {following}" if _is_one(text, following) else text
        facts.take(_facts_of_line(labelled))
        if (lettered := _SENATE_NUMBER.match(text)) and facts.dossier and _CAPTION.match(following):
            facts.take(Facts(number=lettered[1], chamber="ek", reprint=lettered["reprint"] is not None))
        session = _SESSION.match(text)
        if facts.dossier_name is None and following and (DOSSIER_LINE.match(text) or (session and session["dossier"])):
            facts.dossier_name = _dossier_name(texts, number)
        if session and session["number"]:
            in_session = session["number"]
        if (match := _CHAPTER.match(text)) and facts.dossier and "-" not in facts.dossier:
            facts.dossier = f"{facts.dossier}-{match['chapter'].upper()}"
    facts.take(Facts(number=in_session))
    facts.dossier_name = _name_of_budget(texts) or facts.dossier_name or _name_under_session(texts)
    return facts


def _name_of_budget(texts: Sequence[str]) -> str | None:
    """The name of the budget and of the chapter, of which one stands above the number of the dossier."""
    budget = next((text for text in texts if _BUDGET.match(text)), None)
    chapter = next((text for text in texts if _CHAPTER.match(text)), None)
    return f"{budget} {chapter}" if budget and chapter else None


def _name_under_session(texts: list[str]) -> str | None:
    """The name where no number was read beside it."""
    for number, text in enumerate(texts):
        if _SESSION.match(text) and not any(DOSSIER_LINE.match(other) for other in texts):
            return _dossier_name(texts, number) if any(_CAPTION.match(other) for other in texts[number:]) else None
    return None


def _is_one(text: str, following: str) -> bool:
    """Whether the line below belongs to a line: the value to its label, the rest to a caption."""
    label = wording(lexicons()).label
    if label.match(text):
        return not label.match(following)
    if _OF_CHAMBER.match(following) and wording(lexicons()).addressee.match(text):
        return True
    return bool(_CAPTION.match(text) and _GOES_ON.match(following))


def _rows(block: Block) -> tuple[str, ...]:
    """ "Datum" and "Betreft" set as a table are two lines, and so are a number and the caption behind it; all else is
    read as it was put together."""
    if numbered := _NUMBERED.match(block.text):
        return numbered[1], block.text[numbered.end() :]
    return block.lines if block.kind == "table" else (block.text,)


def _dossier_name(texts: list[str], number: int) -> str | None:
    """The name stands beside or under the number, on some old papers above it."""
    for beside in (number + 1, number - 1):
        if 0 <= beside < len(texts):
            text, words = texts[beside], wording(lexicons())
            papers = (_SESSION, _CAPTION, _NUMBER, _SENATE_NUMBER, _REPRINTED, DOSSIER_LINE, _CHAMBER, _APPENDIX)
            known = any(pattern.match(text) for pattern in (*papers, _NOTICE, words.addressee, words.place))
            if not known and any(char.isalpha() for char in text):
                return text
    return None


def _facts_of_line(text: str) -> Facts:
    facts, words = Facts(), wording(lexicons())
    if match := _SESSION.match(text):
        facts.session_year = f"{match['from']}-{match['to']}" if match["to"] else match["from"]
        facts.dossier = re.sub(r"\s", "", match["dossier"]) if match["dossier"] else None
    elif DOSSIER_LINE.match(text):
        facts.dossier = dossier_number(text)
    elif match := _NUMBER.match(text):
        facts.number, facts.reprint = match[1], match["reprint"] is not None
    elif _REPRINTED.match(text):
        facts.reprint = True
    elif match := _CAPTION.match(text):
        facts.caption, facts.number = text[: match.end("caption")], match["number"]
        facts.ministries = tuple(proper_case(name) for name in ministries_in(facts.caption))
    elif _APPENDIX.match(text):
        facts.caption = text
    elif match := words.subject.match(text):
        facts.title = match["value"]
    elif match := words.reference.match(text):
        facts.reference = match["value"]
    elif _ASKED.match(text) and (match := _ABOUT.search(text)):
        facts.title = match["title"]
    elif _ANSWERED.match(text):
        facts = _facts_of_answer(text)
    elif match := words.addressee.match(text):
        facts.addressee = match["who"]
    elif match := words.date.match(text) or words.place.match(text):
        facts.date = parse_date(_SHORT_YEAR.sub(_whole_year, match["value"]), lexicons())
    elif _PROPOSED.match(text):
        facts.date = parse_date(text, lexicons())
    return facts


def _whole_year(short: re.Match[str]) -> str:
    """Of "3 maart 24" the year is 2024, of "3 maart 87" 1987: nobody dates a letter decades ahead."""
    return f"20{short[1]}" if int(short[1]) < _LAST_CENTURY else f"19{short[1]}"


def _facts_of_answer(text: str) -> Facts:
    """ "Antwoord van Minister Dijkgraaf (Onderwijs, Cultuur en Wetenschap) (ontvangen 25 maart 2024)." """
    signers = tuple(
        (match["name"].strip(), f"{match['rank'].capitalize()} van {match['office'].strip()}")
        for match in _ANSWERING.finditer(text)
    )
    offices = tuple(dict.fromkeys(without_task(match["office"]) for match in _ANSWERING.finditer(text)))
    received = text.rfind("ontvangen")
    return Facts(date=parse_date(text[max(received, 0) :], lexicons()), signatories=signers, ministries=offices)
