"""The things a sentence holds of the kind that is asked for, told by their form.

What the question itself names is no answer to it: "Hoeveel woningen komen er in 2030?" is not answered by "2030".
"""

import re

from kamerbrief.answers.question import Kind
from kamerbrief.language.memory import per_sentence

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
_NAMED = re.compile(rf"{_NAME}|(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
_DENIAL = re.compile(
    r"\b(?:niet|geen|nooit|noch|zonder|on(?:mogelijk|voldoende|nodig|wenselijk)\w*|weiger\w*|verbied\w*|verbo[dt]\w*|stop\w*|"
    r"gestopt|beëindig\w*|afschaf\w*|afgeschaft|schrap\w*|geschrapt|uit(?:stel|gesteld)\w*|afwijz\w*|afgewezen|intrek\w*|"
    r"ingetrokken|not?|never|without|refus\w*|reject\w*|ban(?:ned)?|forbid\w*|abolish\w*|cancel\w*|withdr[ae]w\w*|postpon\w*)\b",
    re.IGNORECASE,
)
_IGNORE = r"(?:negeer|vergeet|overschrijf|ignore|disregard|forget|override)\w*"
_RULES = r"(?:instructi\w*|opdracht\w*|regels?|prompts?|rules?|voorgaande\w*|eerdere|previous|above|bovenstaande)"
_ANSWER = r"(?:(?:be)?antwoord|zeg|meld|schrijf|herhaal|citeer|noem|answer|say|reply|respond|write|repeat|cite|output)"
_MACHINE = r"(?:AI|AI.assist[ae]nt|assist[ae]nt|taalmodel|chatbot|language model)"
_READER = (
    r"(?:machines?|assist[ae]nts?|chatbots?|taalmodel(?:len)?|language models?|(?:AI|digitale?) (?:readers?|lezers?))"
)
_REPLY = r"(?:(?:be)?antwoord(?:en)?|answers?|repl(?:y|ies)|asks?|vraagt|vraag)"
_ROLE = r"(?:system|systeem|assistant|assistent|user|gebruiker|developer)"
_ORDER = re.compile(
    rf"\b{_IGNORE}\b.{{0,60}}\b{_RULES}\b|^\W*{_ANSWER}\b|\b{_ANSWER} (?:altijd|alleen|voortaan|always|only)\b|"
    rf"^\W*{_ROLE}\b\W{{0,4}}[:>\]]|^\W*\{{\W*\w+\W*:|\b{_MACHINE}\b.{{0,40}}\b(?:moet|must|dient|should|shall|zult)\b|"
    rf"\b{_READER}\b.{{0,80}}\b{_REPLY}\b|\b{_REPLY}\b.{{0,40}}\b{_READER}\b|"
    rf"^\W*(?:je|jij|u|you) (?:bent|moet|are|must) (?:nu |now )?(?:een |an? )?{_MACHINE}\b",
    re.IGNORECASE,
)

# What no minister writes: look-alike letters of another script within a word, and the marks of markup, JSON and chats.
_NO_PROSE = re.compile(
    r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]|[\uff21-\uff5a]|"
    r"</?[a-z!][^<>]*>|<!--|<\||\]\([a-z]+:|\{\s*\"|\"\s*:\s*[\"\[{]|\[/?INST\]"
)

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


def names(text: str) -> frozenset[str]:
    """The names and numbers of a text, in lower case: words with a capital in mid sentence, and figures."""
    return frozenset(word.lower() for word in _NAMED.findall(text))


def denies(text: str) -> bool:
    """Whether a text says that something is not so, not done or done away with."""
    return _DENIAL.search(text) is not None


@per_sentence
def gives_orders(text: str) -> bool:
    """Whether a sentence tells its reader, or a machine, what to answer. It is text, and no answer to a question of
    fact; a minister who writes to parliament does not speak so."""
    return _ORDER.search(text) is not None or _NO_PROSE.search(text) is not None
