"""The things a sentence holds of the kind that is asked for, told by their form.

What the question itself names is no answer to it: "Hoeveel woningen komen er in 2030?" is not answered by "2030".
"""

import functools
import re

from kamerbrief.answers.question import Kind
from kamerbrief.language.lexicon import Lexicon, any_in
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.moments import find_moments

_YEAR = r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d.,]?\d)"
_NAME = r"(?<!^)(?<![.!?:•] )\b[A-Z][\w’'-]+"  # a capital in mid sentence
_NAMED = re.compile(rf"{_NAME}|(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
_FORMED: frozenset[Kind] = frozenset(("number", "amount", "date", "person", "place", "reason"))
_TOLD_BY_FORM: frozenset[Kind] = frozenset(("number", "amount", "date"))

# What no minister writes: look-alike letters of another script within a word, and the marks of markup, JSON and chats.
_NO_PROSE = re.compile(
    r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]|[\uff21-\uff5a]|"
    r"</?[a-z!][^<>]*>|<!--|^\s*#{1,6} |<\||\]\([a-z]+:|\{\s*\"|\"\s*:\s*[\"\[{]|\[/?INST\]"
)


def focus_of(kind: Kind, sentence: str, lexicon: Lexicon, question: str) -> tuple[int, int] | None:
    """Where the very words stand that answer: the one number, amount or date of the sentence that the question does
    not name. Of several, and of other kinds, form alone does not tell which ones they are: see docs/answers.md."""
    found = things(kind, sentence, lexicon, question) if kind in _TOLD_BY_FORM else []
    if len(found) != 1 or sentence.count(found[0]) != 1:
        return None
    start = sentence.index(found[0])
    return start, start + len(found[0])


def things(kind: Kind, sentence: str, lexicon: Lexicon, question: str) -> list[str]:
    """The things of this kind in a sentence of this language that the question does not name; none for kinds without a
    form."""
    if kind not in _FORMED:
        return []
    text, found = sentence, []
    if kind in ("number", "date"):
        dates = [(one.start, one.end) for one in find_moments(sentence, None, lexicon) if one.weekday is None]
        found = [sentence[start:end] for start, end in dates] if kind == "date" else []
        for start, end in dates:
            text = text[:start] + " " * (end - start) + text[end:]
    if kind == "number":
        text = _no_numbers(lexicon).sub(" ", text)
    found += _form(kind, lexicon).findall(text)
    asked = question.lower()
    return [thing for thing in found if not re.search(rf"\b{re.escape(thing.lower())}\b", asked)]


def has_form(kind: Kind) -> bool:
    """Whether things of this kind can be told by their form."""
    return kind in _FORMED


def names(text: str) -> frozenset[str]:
    """The names and numbers of a text, in lower case: words with a capital in mid sentence, and figures."""
    return frozenset(word.lower() for word in _NAMED.findall(text))


def denies(text: str, lexicon: Lexicon) -> bool:
    """Whether a text says that something is not so, not done or done away with."""
    return lexicon.pattern("evidence.denial").search(text) is not None


@per_sentence
def gives_orders(text: str, among: tuple[Lexicon, ...]) -> bool:
    """Whether a sentence tells its reader, or a machine, what to answer, in any of these languages or a mixture. It is
    text, and no answer to a question of fact; a minister who writes to parliament does not speak so."""
    return _orders(among).search(text) is not None or _NO_PROSE.search(text) is not None


@functools.cache
def _form(kind: Kind, lexicon: Lexicon) -> re.Pattern[str]:
    """How things of a kind are written; dates besides those that are moments."""

    def any_of(name: str) -> str:
        return rf"(?:{lexicon.any_of(f'evidence.{name}')})"

    number = rf"\d+(?:[.,]\d+)*|\b{any_of('numerals')}\b"
    euro = lexicon.any_of("numbers.units.euro")
    if kind == "place":
        return re.compile(_NAME)
    if kind == "person":
        particles = rf"(?: {any_of('particles')}\b)*"
        return re.compile(rf"{_NAME}{particles}[ -][A-Z][\w’'-]+|\b(?:{any_of('persons')}|[A-Z]{{2,}}[\w-]*)\b")
    forms = {
        "number": number,
        "amount": rf"€ ?[\d.,]+|\b(?:{number}) (?:{any_of('large')} )?(?:{euro})\b",
        "date": rf"{_YEAR}|\b{any_of('times')}\b|\b{any_of('times_after')}",
        "reason": rf"\b{any_of('reasons')}\b",
    }
    return re.compile(forms[kind], re.IGNORECASE)


@functools.cache
def _no_numbers(lexicon: Lexicon) -> re.Pattern[str]:
    """Years, and what is counted by a number: papers and their parts, items of a list."""
    papers, joins = lexicon.any_of("evidence.papers"), lexicon.any_of("evidence.paper_joins")
    return re.compile(
        rf"{_YEAR}|\b(?:{papers})(?: ?[\d/.,-]+(?: (?:{joins}))?)+|\b[A-Za-z]+\d+|^\d+[.)] ", re.IGNORECASE
    )


@functools.cache
def _orders(among: tuple[Lexicon, ...]) -> re.Pattern[str]:
    def any_of(name: str) -> str:
        return any_in(among, f"evidence.orders.{name}")

    ignore, rules, answer, machine = (rf"(?:{any_of(name)})" for name in ("ignore", "rules", "answer", "machine"))
    reader, reply = rf"(?:{any_of('reader')})", rf"(?:{any_of('reply')})"
    return re.compile(
        rf"\b{ignore}\b.{{0,60}}\b{rules}\b|^\W*{answer}\b|\b{answer} (?:{any_of('always')})\b|"
        rf"^\W*(?:{any_of('role')})\b\W{{0,4}}[:>\]]|^\W*\{{\W*\w+\W*:|"
        rf"\b{machine}\b.{{0,40}}\b(?:{any_of('must')})\b|^\W*(?:{any_of('dear')}) {machine}\b|"
        rf"\b{reader}\b.{{0,80}}\b{reply}\b|\b{reply}\b.{{0,40}}\b{reader}\b|"
        rf"^\W*(?:{any_of('you_are')}) (?:(?:{any_of('article')}) )?{machine}\b",
        re.IGNORECASE,
    )
