"""How letters promise, decide, and leave open: by the words of their language, `[briefings.cues]` of its lexicon."""

import functools
import re
from collections.abc import Mapping, Sequence

from kamerbrief.briefings.find.shapes import shaped
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.language.memory import per_sentence
from kamerbrief.records.letters import Signatory

# Each is a feature of all fitted weights, in this order.
_WORDS = (
    "will",
    "passive",
    "we",
    "cabinet",
    "may",
    "is_done",
    "looks_into",
    "denial",
    "effect",
    "asks",
    "opens",
    "to_the_chamber",
    "informs",
    "we_will",
    "office_will",
    "will_be",
    "will_have_to",
    "wants",
    "is_being_done",
    "works_on",
    "now",
    "soon",
    "stays",
    "means_to",
    "efforts",
    "expects",
    "we_act",
    "they_act",
    "past",
    "has_done",
    "been_done",
    "would",
    "if",
    "can",
    "must",
    "refers",
    "as_said",
    "others",
    "finds",
    "i",
    "we_first",
    "we_are",
    "yes_or_no",
    "chamber",
    "example",
    "measure",
    "only",
    "concludes",
    "money",
)
_PROMISES = (
    "main_will",
    "sends",
    "is_worked_on",
    "is_expected",
    "keeps",
    "strives",
    "intends",
    "does",
    "comes",
)
# These are features of the weights of promises alone.
_OF_PROMISES = ("going", "under_way", "talks", "any_passive", "habit", "law", "season")
# Of these it matters to promises whether they stand in the main clause: "is aangegeven dat het aantal verlaagd wordt".
_IN_MAIN = (
    "will",
    "passive",
    "cabinet",
    "is_done",
    "denial",
    "we_will",
    "office_will",
    "wants",
    "is_being_done",
    "works_on",
    "stays",
    "means_to",
    "efforts",
    "expects",
    "we_act",
    "they_act",
    "past",
    "has_done",
    "been_done",
    "can",
    "must",
    "i",
    "finds",
    "going",
    "under_way",
    "any_passive",
    *_PROMISES,
)
_SUBORDINATE = r"(?:^|(?<=[\w,)])\s)(?:<subordinates>)\b[^,;:]*(?:,|$)?"
_SIGNS = {"asks": r"\?$", "opens": ":$"}  # in any language
_CLAUSES = "[;:] |<clause_joins>"
_MONEY = "[%€]"
_WHOLE = frozenset(("we_act", "they_act", "main_will"))  # these say of the whole sentence how it goes


@functools.cache
def _pattern(lexicon: Lexicon, name: str) -> re.Pattern[str]:
    key = f"briefings.cues.{name}"
    if name in _SIGNS:
        return re.compile(_SIGNS[name])
    if name in _WHOLE:
        return re.compile(lexicon.any_of(key), re.IGNORECASE)
    return lexicon.pattern(key)


def _found(text: str, lexicon: Lexicon, names: Sequence[str]) -> dict[str, bool]:
    return {name: bool(_pattern(lexicon, name).search(text)) for name in names}


@per_sentence
def said(text: str, lexicon: Lexicon, coming: bool) -> Mapping[str, bool]:
    """Which cues a sentence has, by name: its words, and what these say of a promise in it. `coming` tells whether it
    names a date that is not past."""
    words = _found(text, lexicon, _WORDS)
    words["money"] = words["money"] or bool(re.search(_MONEY, text))
    soon = coming or words["soon"]
    stands, weak = not takes_back(text, lexicon), bool(_pattern(lexicon, "weak").search(text))
    promised = {name: stands and found for name, found in _found(text, lexicon, _PROMISES).items()}
    joined = {
        "taken back": not stands,
        "weak": weak,
        "coming": coming,
        "coming, not weak": coming and stands and not weak,
        "was coming": coming and words["has_done"],
        "surely we": stands and words["we_will"] and not words["must"],
        "surely an office": stands and words["office_will"] and not words["must"],
        "will, not weak": promised["main_will"] and not weak,
        "to the chamber, no will": stands and words["to_the_chamber"] and not promised["main_will"],
        "informs the chamber": promised["sends"] and words["informs"],
        "is worked on, not weak": promised["is_worked_on"] and not weak,
        "is expected soon": promised["is_expected"] and soon,
        "comes soon": promised["comes"] and soon,
        "is being done, not can": stands and words["is_being_done"] and not words["can"],
        "is being done soon": stands and words["is_being_done"] and soon,
        "decides": decides(text, lexicon),
        "leaves open": leaves_open(text, lexicon),
    }
    return words | {f"promise: {name}": found for name, found in promised.items()} | joined


@per_sentence
def said_of_promises(text: str, lexicon: Lexicon) -> Mapping[str, bool]:
    """Which further cues of promises alone a sentence has, by name: a few words, and those of its main clause."""
    main = shaped(lexicon, "briefings.cues", _SUBORDINATE).sub(" ", text)
    in_main = {f"main: {name}": found for name, found in _found(main, lexicon, _IN_MAIN).items()}
    return _found(text, lexicon, _OF_PROMISES) | in_main


# Of these cues one is enough for a promise that the weights alone would not be sure of.
_SURE = (
    "surely we",
    "surely an office",
    "informs the chamber",
    "is worked on, not weak",
    "promise: keeps",
    "promise: strives",
    "promise: intends",
    "we_act",
    "will, not weak",
    "is being done soon",
)


def promises(text: str, lexicon: Lexicon, coming: bool = False) -> bool:
    """Whether the words of a sentence say by themselves that somebody will do something; `coming` as in `said`."""
    known = said(text, lexicon, coming)
    return any(known[name] for name in _SURE)


def takes_back(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence promises nothing, whatever it says: it asks, recalls, foretells, speaks of its letter, or
    refuses what was asked for."""
    asks = text.rstrip().endswith("?")
    return asks or bool(_pattern(lexicon, "no_promise").search(text)) or _only_refuses(text, lexicon)


def _only_refuses(text: str, lexicon: Lexicon) -> bool:
    """Whether one of its clauses refuses, and none of the others promises: "ik doe dat niet, maar zal u informeren"."""
    if not _pattern(lexicon, "refuses").search(text):
        return False
    clauses = shaped(lexicon, "briefings.cues", _CLAUSES).split(text)
    others = " ".join(one for one in clauses if not _pattern(lexicon, "refuses").search(one))
    return len(others) == len(text) or not promises(others, lexicon)


def decides(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence tells of a decision that was taken."""
    return bool(_pattern(lexicon, "decides").search(text)) and not text.rstrip().endswith("?")


def leaves_open(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence says that something is not known or not decided yet."""
    return bool(_pattern(lexicon, "leaves_open").search(text))


_WHO = r"\b(?:(?P<who><named>)|(?P<i><i>)|(?P<we><we>))\b"


def who(text: str, lexicon: Lexicon, signed: Sequence[Signatory]) -> str | None:
    """Who does what a sentence promises, as the sentence names them: "ik" is who signed the letter alone, "wij" are
    those who signed it together. None where the sentence names nobody, or it is not sure who that is."""
    match = shaped(lexicon, "briefings.who", _WHO).search(text)
    if match is None:
        return None
    if (match["i"] and len(signed) == 1) or (match["we"] and len(signed) > 1):
        return lexicon.text("briefings.who.between").join(one.office or one.name for one in signed)
    return match["who"]
