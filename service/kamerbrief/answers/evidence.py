"""Whether a sentence holds the kind of thing that is asked for, told by its form."""

import re

from kamerbrief.answers.question import Kind

_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"january|february|march|may|june|july|august|october)"
)
_NUMERAL = (
    r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig|dertig|veertig|vijftig|"
    r"zestig|zeventig|tachtig|negentig|honderd\w*|duizend\w*|miljoen|miljard|helft|kwart|derde|dubbel\w*|tientallen|geen)"
)
_NAME = r"(?<![.!?:] )(?<!^)\b[A-Z][\w’'-]+"  # a capital in mid sentence

HOLDS: dict[Kind, re.Pattern[str]] = {
    "number": re.compile(rf"\d|\b{_NUMERAL}\b", re.IGNORECASE),
    "amount": re.compile(r"€|\beuro\b|\bEUR\b|\bmiljoen\b|\bmiljard\b|\d+ ?(?:%|procent)", re.IGNORECASE),
    "date": re.compile(
        rf"\b{_MONTH}\b|\b(?:1[5-9]|20)\d\d\b|\bjl\.|\b(?:kwartaal|voorjaar|najaar|zomer|jaarwisseling|eind|begin|"
        r"vandaag|gisteren|morgen|week|maand)\b",
        re.IGNORECASE,
    ),
    "person": re.compile(
        rf"{_NAME}(?: (?:van|de|der|den|ten|al)\b)*[ -][A-Z]|\b(?:heer|mevrouw|[Mm]inister\w*|"
        r"[Ss]taatssecretaris\w*|[Pp]resident|voorzitter|commissaris\w*|kabinet)\b"
    ),
    "place": re.compile(_NAME),
    "which": re.compile(r"[:;•]|,[^,]+(?:,| en | of )|\ben\b"),
    "reason": re.compile(
        r"\b(?:omdat|doordat|want|vanwege|wegens|aangezien|daarom|daardoor|waardoor|immers|zodat|gezien|"
        r"namelijk|gelet|reden\w*|oorza\w*|gevolg|doel|om)\b",
        re.IGNORECASE,
    ),
    "definition": re.compile(
        r"\b(?:is|zijn|betekent|houdt|bestaat|wordt|worden|noemen|genoemd|ofwel|oftewel|d\.w\.z\.)\b", re.IGNORECASE
    ),
}


def holds(kind: Kind, sentence: str) -> bool:
    """Whether the sentence holds such a thing; always true for kinds that no form tells (yes/no, open)."""
    pattern = HOLDS.get(kind)
    return pattern is None or bool(pattern.search(sentence))
