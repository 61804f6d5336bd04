"""Numbers that say how much or how many, as the letter writes them."""

import re
from collections.abc import Iterator

from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.moments import find_moments, months
from kamerbrief.language.numbers import YEARS, Quantity, find_quantities

_UNIT = (
    r"(?:duizend|miljoen|millioen|miljard|biljoen|mln\.?|mld\.?|min\.)|(?:procent(?:punt\w*)?|pct\.|%|‰)|"
    r"(?:euro'?s?|dollar\w*|gulden|cent|jaar|jaren|maand(?:en)?|weken|week|dagen|dag|uur|uren|minuten|kilometer|km|meter|"
    r"cm|mm|"
    r"centimeter|hectaren?|ha|m[23²³]|m|kuub|liter\w*|kilo\w*|kg|ton(?:nen)?|megaton|mton|gw|mw|kwh|twh|pj|"
    r"keer|maal|graden|personen|mensen|woningen|inwoners|kinderen|landen|gemeenten|provincies)\b"
)
_AFTER = re.compile(rf"\s?(?:{_UNIT})(?:\s(?:{_UNIT}))?", re.IGNORECASE)
_BEFORE = re.compile(r"(?:€|\$|£|(?<!\w)(?:f|fl\.|EUR))\s?$")
_RANGE = re.compile(r"\s?(?:tot|à|a|-|–)\s?")
_SPAN = re.compile(r" (?:en|naar) ")  # between two numbers of which but the second has a unit: "40 naar 20 cm"
_SPANNED = re.compile(r"\b(?:tussen|van) (?:de )?$")
# What is counted by these is a name, a place in a paper or a way of speaking, and no figure.
_NAMES = re.compile(
    r"\b(?:nrs?\.?|nummers?|artikel(?:en)?|art\.|lid|leden \d|paragraaf|hoofdstuk|bijlage|kamerstuk\w*|vra(?:ag|gen)|"
    r"antwoord|motie|tabel|figuur|fase|spoor|pijler|keuze|keuzes|advies|versie|programma|agenda|horizon|scenario|"
    r"rapport|brief|pagina|blz\.|p\.|punt|categorie|type|route|rijksweg|klasse|stap|optie|deel|groep|tranche|ronde|"
    r"lijn|"
    r"zone|niveau|thema|aanbeveling|actie|doel|SDG|week|[AN]|CO|PM|COVID|industrie|web|"
    r"titel|boek|bladzijde|kolom|regel|alinea|noot|wetsvoorstel|verordening(?: \([A-Z]+\))?|richtlijn|no[.s]*|"
    r"Stb\.|Trb\.|Stcrt\.) ?-?$|§ ?$",
    re.IGNORECASE,
)
# The number of a note ("Daad»1"), of a thing ("F-16"), a year ("'91") or a part of a mark ("1408/71").
_GLUED = re.compile(r"(?:[»”\"’'\]).]|[^\W\d]-|\d/)$")
_LISTED = re.compile(r"[.)](?:\s|$)|/\d")
_WORD = re.compile(r"[^\W\d_]{3}")
_REFERENCE = re.compile(
    r"\d{2} ?\d{3}(?=[, -]+(?:nr|[XVI]+))|\(?[A-Z]{1,4}[/-]?\d{4,}|https?://\S+|\b\d{4}[-–/]\d{2,4}\b|\b\d+:\d+\b|"
    r"\b\d{2} \d{3}-\d+\b|\b(?:Staatsblad|Staatscourant|Stb\.|Trb\.|Stcrt\.) \d{4}, \d+|"
    r"\b(?:[Bb]oek(?:en)?|[Ss]tuk|nrs?\.|[Aa]rtikel(?:en)?|[Aa]ntwoord(?:en)?|[Vv]ra(?:ag|gen)|[Mm]oties?|par\.|blz\.|"
    r"pag\.) \d[\d:.a-z]*(?:(?:, |-| en | tot en met | t/m )\d[\d:.a-z]*)*|"
    rf"\b\d{{1,2}}(?: ?[-–/] ?| en )\d{{1,2}} (?:{'|'.join(months(lexicon_of(None)))})\b|"
    r"\b\d{1,2}[.:]\d{2} uur\b|\b24/7\b|\b\d+[- ]?(?:jarige|plussers?)\b|\b0[89]00-\d+\b|\b0\d{1,3}-\d{6,8}\b"
)
_ORDINAL = re.compile(
    r"^(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|\d+(?:e|ste|de))$", re.I
)
_BRACKETED = re.compile(r"\($")
_LAPSE = re.compile(r"\b(?:afgelopen|komende|laatste|volgende|eerstvolgende|alle|jaren) $", re.IGNORECASE)
# "Binnen twee weken" tells when, and not how much.
_TERM = re.compile(r"\b(?:binnen|na|over|sinds|termijn van|periode van) (?:de )?$", re.IGNORECASE)
_TIME = re.compile(r" (?:jaar|jaren|maand(?:en)?|week|weken|dag|dagen|uur|uren)\b")
_AGO = re.compile(r"\s?(?:\w+ )?geleden\b", re.IGNORECASE)
_SMALL = frozenset(("een", "één", "helft", "half", "halve", "kwart"))
# "De drie codes" are known already; "ik acht" is no number.
_KNOWN = re.compile(r"\b(?:de|deze|die|onze|andere) (?:twee|drie|vier|vijf|zes)$", re.IGNORECASE)
_FINDS = re.compile(
    r"(?<=\bik )acht|(?<=\bwij )acht|(?<=\bwe )acht|(?<=\bin )acht|(?<=\bkabinet )acht|"
    r"\bacht (?:ik|wij|we|het|de|dat|te|mij|u|een)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:meer|minder) dan (?:de |het )?$|\b(?:ruim|bijna|ongeveer|circa) (?:de |het )?$", re.IGNORECASE
)
_ALONE = re.compile(r"^(?:beide|beiden|both|dubbele?|eeuw|decennium|\w+(?:lijkse?|jarige?|daagse?))$", re.IGNORECASE)


@per_sentence
def figures(text: str) -> tuple[tuple[int, int], ...]:
    """Where in a sentence its figures stand, with their units, in order."""
    return tuple(_figures(text)) if _WORD.search(text) else ()


def _figures(text: str) -> Iterator[tuple[int, int]]:
    taken = [(one.start, one.end) for one in find_moments(text, None, lexicon_of(None))]
    taken += [match.span() for match in _REFERENCE.finditer(text)]
    begun: tuple[int, int] | None = None
    for one in find_quantities(text, lexicon_of(None)):
        overlaps = any(start < one.end and one.start < end for start, end in taken)
        if overlaps or (begun and one.start < begun[1]) or not _is_figure(text, one):
            continue
        start, end = _with_unit(text, one)
        if begun and _joined(text, begun, start, end):
            start = begun[0]
        elif begun:
            yield begun
        begun = start, end
    if begun:
        yield begun


def _joined(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether two numbers are one figure: "10 tot 20%", "tussen 40 en 50 cm"."""
    between, first = text[before[1] : start], text[slice(*before)]
    if _RANGE.fullmatch(between):
        return True
    bare = first.isdigit() and not text[start:end].isdigit()
    return bare and bool(_SPAN.fullmatch(between) and _SPANNED.search(text[: before[0]]))


def _is_figure(text: str, one: Quantity) -> bool:
    word = text[one.start : one.end]
    if len(word) == 1 and word.isalpha():
        return False
    if _GLUED.search(text[: one.start]) or (_LISTED.match(text[one.end :]) and not text[: one.start].strip()):
        return False
    if _BRACKETED.search(text[: one.start]) and text[one.end : one.end + 1] == ")":
        return False
    if _LAPSE.search(text[: one.start]) or _AGO.match(text[one.end :]):
        return False
    if _TERM.search(text[: one.start]) and _TIME.match(text[one.end :]):
        return False
    if word.lower() in _SMALL:
        return bool(_MORE.search(text[: one.start]))
    if _KNOWN.search(text[: one.end]) or _FINDS.match(text, one.start):
        return False
    if _ORDINAL.match(word) or _ALONE.match(word) or _NAMES.search(text[: one.start]):
        return False
    digits = word.isdigit()
    if digits and one.unit is None and int(word) in YEARS:
        return False
    if digits and one.unit is None and len(word) >= 5:
        return False  # a number of something written by machine
    return not re.match(r"\w", text[one.end : one.end + 1])


def _with_unit(text: str, one: Quantity) -> tuple[int, int]:
    start, end = one.start, one.end
    if before := _BEFORE.search(text[:start]):
        start = before.start()
    while after := _AFTER.match(text, end):
        if after.end() == end:
            break
        end = after.end()
    return start, end
