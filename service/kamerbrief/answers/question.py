"""What is asked: the language of a question, and the kind of thing an answer must hold."""

import functools
import re
from dataclasses import dataclass
from typing import Literal

from kamerbrief.errors import QuestionError
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import Lexicon, lexicons

MAX_CHARACTERS = 2000
SHORTEST_PART = 4  # words; "en waarom?" asks nothing without what stands before it
MOST_PARTS = 8  # each is searched for by itself

Kind = Literal["number", "amount", "date", "person", "place", "which", "reason", "definition", "yes/no", "open"]
_TRIED: tuple[Kind, ...] = ("amount", "number", "date", "reason", "person", "place", "which", "definition", "open")


@dataclass(frozen=True)
class Question:
    """A question: its text, trimmed; the language that it is in; the kind of thing an answer must hold.

    `behind` is the question that it leans on, which stands behind it in the text: "En wie leidt die? (Welk land …?)".
    `personal` says that somebody asks for himself, or of the day on which he asks: "Hoe vraag ik … aan?".
    """

    text: str
    lexicon: Lexicon
    kind: Kind
    behind: str = ""
    personal: bool = False

    @property
    def own(self) -> str:
        """What is asked itself."""
        return self.text.removesuffix(_behind(self.behind))

    @property
    def not_found(self) -> str:
        """What is said when the letters do not hold the answer."""
        return self.lexicon.text("questions.not_found")

    @property
    def language(self) -> str:
        """The two letters of its language."""
        return self.lexicon.code


def ask_about(text: str, behind: str = "") -> Question:
    """Understands a question, which leans on the one `behind` it. Raises QuestionError when it is empty or longer than
    MAX_CHARACTERS."""
    text = " ".join((text + _behind(behind)).replace("\0", " ").split())
    if not re.search(r"\w", text):
        raise QuestionError("the question is empty", "ask something, in Dutch or English")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(f"the question has {len(text):,} characters", f"ask it in at most {MAX_CHARACTERS:,}")
    lexicon = language_of(text, lexicons())
    return Question(text, lexicon, _kind(text, lexicon), " ".join(behind.split()), _is_personal(text, lexicon))


def parts_of(question: Question) -> tuple[Question, ...]:
    """The questions that a question is made of: "Wie leidt de regering, en wie vroeg om wapens?" asks two things.

    It is parted behind each question mark, and at conjunctions after which a question of its own begins. What is left
    of that by leaving out ("en welk bij de tweede?") stays a part: whoever looks for it has the whole question beside
    it. One of few words ("en waarom?") leans on the part that goes before. What is asked twice is asked once.
    """
    halves = (one for asked in _asked(question.own) for one in _halves(asked, question.lexicon))
    texts = list(dict.fromkeys(halves))
    if len(texts) < 2:
        return (question,)
    parts: list[Question] = []
    for text in [*texts[: MOST_PARTS - 1], *filter(None, [" ".join(texts[MOST_PARTS - 1 :])])]:
        leans = len(text.split()) < SHORTEST_PART and parts
        behind = parts[-1].text if leans else question.behind
        part = Question(
            text + _behind(behind), question.lexicon, _kind(text, question.lexicon), behind, question.personal
        )
        parts.append(part)
    return tuple(parts)


def _behind(text: str) -> str:
    return f" ({text})" if text else ""


def _asked(text: str) -> list[str]:
    """The sentences that ask, each with what stands before it; what only follows the last one stays with it."""
    found = re.split(r"(?<=\?)\s+(?=\w)", text)
    if len(found) > 1 and "?" not in found[-1]:
        found[-2:] = [" ".join(found[-2:])]
    return found if len(found[0].split()) > 1 else [text]


def _halves(text: str, lexicon: Lexicon) -> list[str]:
    """A question parted at its conjunctions. The first part must say enough for the others to lean on."""
    found = list(_conjunction(lexicon).finditer(text))
    ends = [one.start() for one in found] + [len(text)]
    starts = [0] + [one.end() for one in found]
    halves = [text[start:end].rstrip(" ,") for start, end in zip(starts, ends, strict=True)]
    if len(halves) < 2 or len(halves[0].split()) < SHORTEST_PART:
        return [text]
    return [f"{half[0].upper()}{half[1:].rstrip('?')}?" for half in halves]


def _is_personal(text: str, lexicon: Lexicon) -> bool:
    asked = lexicon.pattern("questions.personal.polite").sub(" ", text)
    return lexicon.pattern("questions.personal.words").search(asked) is not None


def _kind(text: str, lexicon: Lexicon) -> Kind:
    start = text.lower().lstrip("\"'«“‘( ")
    for kind, pattern in _kinds(lexicon):
        if pattern.match(start):
            return kind
    return "yes/no" if text.endswith("?") else "open"


@functools.cache
def _kinds(lexicon: Lexicon) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The kinds in the order in which they are tried on the start of a question. A preposition may stand in front
    ("Met hoeveel …"), but no verb: "Klopt het dat niemand weet wie …" asks yes or no."""
    before = rf"(?:(?:{lexicon.any_of('questions.leading')}) )?{_preposition(lexicon)}"
    return tuple((kind, re.compile(rf"{before}(?:{lexicon.any_of(f'questions.kinds.{kind}')})")) for kind in _TRIED)


@functools.cache
def _conjunction(lexicon: Lexicon) -> re.Pattern[str]:
    """What stands between two questions: after it one begins with a word or a verb that asks; in a list of questions a
    comma does, where the word can begin no clause."""
    word, verb, listed = (lexicon.any_of(f"questions.asking_{what}") for what in ("words", "verbs", "in_lists"))
    then, front = lexicon.any_of("questions.conjunctions"), _preposition(lexicon)
    return re.compile(
        rf",? (?:{then}) (?={front}(?:{word})\b)"
        rf"|, (?:{lexicon.any_of('questions.and')}) (?=(?:{verb})\b)"
        rf"|, (?={front}(?:{listed})\b.* (?:{then}) {front}(?:{word})\b)",
        re.IGNORECASE,
    )


def _preposition(lexicon: Lexicon) -> str:
    return rf"(?:(?:{lexicon.any_of('questions.prepositions')}) )?"
