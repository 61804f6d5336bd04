"""What is asked: the language of a question, and the kind of thing an answer must hold."""

import re
from dataclasses import dataclass
from typing import Literal

from kamerbrief.errors import QuestionError
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import Lexicon, lexicons

MAX_CHARACTERS = 2000
SHORTEST_PART = 4  # words; "en waarom?" asks nothing without what stands before it

Kind = Literal["number", "amount", "date", "person", "place", "which", "reason", "definition", "yes/no", "open"]

# Tried in order on the start of the lower-case question; the first that matches tells the kind. A preposition may stand
# in front ("Met hoeveel …", "By when …"), but no verb: "Klopt het dat niemand weet wie …" asks yes or no.
_BEFORE = (
    r"(?:(?:aan|binnen|bij|door|in|langs|met|na|naar|namens|om|onder|op|over|per|sinds|tegen|tot|uit|van|vanaf|via|"
    r"volgens|voor|about|at|by|for|from|in|of|on|since|through|to|under|until|up to|with|within) )?"
)
_ASKS: tuple[tuple[Kind, str], ...] = (
    (
        "amount",
        r"(wat|hoeveel) (kost|betaal|krijgt|kreeg|bedraagt)|hoeveel (geld|euro|miljoen|miljard|budget|subsidie)",
    ),
    (
        "amount",
        r"welk(e)? (bedrag|budget|kosten)|wat zijn de kosten|wat gaat .* kosten|how much (money|funding|does .* cost)",
    ),
    ("amount", r"what (does|will|did|would) .* cost|what (amount|budget|sum)|how many (million|billion|euro)"),
    ("number", r"hoeveel|hoe (vaak|groot|hoog|lang|ver|veel|oud|snel|diep|breed|warm|zwaar|laat)"),
    ("number", r"(welk|wat is het) (deel|percentage|aantal)"),
    (
        "number",
        r"how (many|much|often|long|large|big|high|far|old|deep)|(what|which) (share|percentage|number|proportion)",
    ),
    ("date", r"wanneer|welke? (\w+ )?(datum|data|dag|dagen|jaar|jaren|maand|week|termijn)|when"),
    ("date", r"(what|which) (date|day|year|month|week)|how soon"),
    (
        "reason",
        r"waarom|waardoor|welke reden|wat is de (reden|oorzaak)|hoe komt het|why|(what|which) (is the )?(reason|cause)",
    ),
    (
        "person",
        r"wie\b|wiens|welke (minister|bewindspersoon|staatssecretaris|persoon)|who(m|se)?\b|which (minister|person)",
    ),
    (
        "place",
        r"waar(heen|naartoe|vandaan)?\b|welke? (\w+ )?(land|plaats|stad|gemeente|provincie|regio|ziekenhuis|dorp)\b",
    ),
    ("place", r"where\b|(what|which) (country|place|city|town|region|province|municipality|hospital)\b"),
    ("which", r"welke?\b|noem|wat zijn|which\b|name the|list|what are"),
    ("definition", r"wat (is|betekent|houdt|wordt bedoeld|verstaat)|what (is|does .* mean)"),
    ("open", r"wat\b|hoe\b|waar\w+|what\b|how\b"),
)
_ASKING_WORD = r"(?:wie|wiens|wat|welke?|waar\w*|wanneer|hoe|hoeveel|what|which|who|whom|whose|when|where|why|how)\b"
_ASKING_VERB = (
    r"(?:is|zijn|was|waren|wordt|worden|werd|heeft|hebben|had|kan|kunnen|mag|mogen|moet|moeten|gaat|gaan|komt|staat|does|"
    r"do|did|has|have|are|were|will|can|may|must|\w+t (?:dat|die|het|de|er|zij|hij|dit|deze|Nederland))\b"
)
_AND = re.compile(rf",? (?:en|and|maar|but) (?={_BEFORE}{_ASKING_WORD})|, (?:en|and) (?={_ASKING_VERB})", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """A question: its text, trimmed; the language that it is in; the kind of thing an answer must hold."""

    text: str
    lexicon: Lexicon
    kind: Kind

    @property
    def not_found(self) -> str:
        """What is said when the letters do not hold the answer."""
        return self.lexicon.text("questions.not_found")

    @property
    def language(self) -> str:
        """The two letters of its language."""
        return self.lexicon.code


def ask_about(text: str) -> Question:
    """Understands a question. Raises QuestionError when it is empty or longer than MAX_CHARACTERS."""
    text = " ".join(text.replace("\0", " ").split())
    if not re.search(r"\w", text):
        raise QuestionError("the question is empty", "ask something, in Dutch or English")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(f"the question has {len(text):,} characters", f"ask it in at most {MAX_CHARACTERS:,}")
    return Question(text=text, lexicon=language_of(text, lexicons()), kind=_kind(text))


def parts_of(question: Question) -> tuple[Question, ...]:
    """The questions that a question is made of: "Wie leidt de regering, en wie vroeg om wapens?" asks two things.

    It is parted at the one conjunction after which a question of its own begins. What is left of that by leaving out
    ("en welk bij de tweede?") stays a part: whoever looks for it has the whole question beside it.
    """
    found = list(_AND.finditer(question.text))
    if len(found) != 1:
        return (question,)
    halves = question.text[: found[0].start()], question.text[found[0].end() :]
    if min(len(half.split()) for half in halves) < SHORTEST_PART:
        return (question,)
    texts = f"{halves[0].rstrip(' ,')}?", halves[1][0].upper() + halves[1][1:]
    return tuple(Question(text, question.lexicon, _kind(text)) for text in texts)


def _kind(text: str) -> Kind:
    start = re.sub(r"^(en|maar|and|but) ", "", text.lower().lstrip("\"'«“‘( "))
    for kind, pattern in _ASKS:
        if re.match(rf"{_BEFORE}(?:{pattern})", start):
            return kind
    return "yes/no" if text.endswith("?") else "open"
