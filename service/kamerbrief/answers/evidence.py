"""The things a sentence holds of the kind that is asked for, told by their form.

What the question itself names is no answer to it: "Hoeveel woningen komen er in 2030?" is not answered by "2030".
"""

import re

from kamerbrief.answers.question import Kind

_MONTHS = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"january|february|march|may|june|july|august|october)"
)
_NUMERALS = (
    r"(?:één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig|dertig|veertig|vijftig|"
    r"zestig|zeventig|tachtig|negentig|honderd\w*|duizend\w*|miljoen|miljard|helft|kwart|derde|dubbel\w*|tientallen)"
)
_DATE = rf"\d{{1,2}} {_MONTHS}|{_MONTHS}|\d{{1,2}}-\d{{1,2}}-\d{{4}}|(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d.,]?\d)"
_PAPERS = r"(?:nrs?\.|artikel|art\.|kamerstuk(?:ken)?|handelingen(?: II)?|vra(?:ag|gen)|antwoord(?:en)?)"
_REFERENCE = rf"\b{_PAPERS}(?: ?[\d/.,-]+(?: en)?)+"
_NUMBER = rf"\d+(?:[.,]\d+)*|\b{_NUMERALS}\b"
_NOT_NUMBERS = re.compile(rf"{_DATE}|{_REFERENCE}|\b[A-Za-z]+\d+|^\d+[.)] ", re.IGNORECASE)
_NAME = r"(?<!^)(?<![.!?:•] )\b[A-Z][\w’'-]+"  # a capital in mid sentence

_FORMS: dict[Kind, re.Pattern[str]] = {
    "number": re.compile(_NUMBER, re.IGNORECASE),
    "amount": re.compile(rf"€ ?[\d.,]+|\b(?:{_NUMBER}) (?:miljoen |miljard )?euro\b", re.IGNORECASE),
    "date": re.compile(
        rf"{_DATE}|\bjl\.|\b(?:kwartaal|voorjaar|najaar|zomer|winter|jaarwisseling|vandaag|gisteren|morgen)\b", re.I
    ),
    "person": re.compile(
        rf"{_NAME}(?: (?:van|de|der|den|ten|al)\b)*[ -][A-Z][\w’'-]+|"
        r"\b(?:heer|mevrouw|[Mm]inisters?|[Mm]inister-president|[Ss]taatssecretaris|[Pp]resident|[Vv]oorzitter|ik|"
        r"burgemeesters?|rechters?|commissaris\w*|kabinet|gemeenten?|provincies?|college|raad|stichting|[A-Z]{2,}[\w-]*)\b"
    ),
    "place": re.compile(_NAME),
    "reason": re.compile(
        r"\b(?:omdat|doordat|want|vanwege|wegens|aangezien|daarom|daardoor|waardoor|immers|zodat|gezien|namelijk|gelet|"
        r"reden\w*|oorza\w*|gevolg|doel|dankzij|door|om|hierdoor|waarmee|zorgt|leidt|voorkom\w*)\b",
        re.IGNORECASE,
    ),
}


def things(kind: Kind, sentence: str, question: str) -> list[str]:
    """The things of this kind in the sentence that the question does not name; none for kinds without a form."""
    form = _FORMS.get(kind)
    if form is None:
        return []
    text = _NOT_NUMBERS.sub(" ", sentence) if kind == "number" else sentence
    asked = question.lower()
    return [thing for thing in form.findall(text) if not re.search(rf"\b{re.escape(thing.lower())}\b", asked)]


def has_form(kind: Kind) -> bool:
    """Whether things of this kind can be told by their form."""
    return kind in _FORMS
