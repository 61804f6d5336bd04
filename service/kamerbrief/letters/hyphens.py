"""Words broken at line ends made whole again.

The rule, for a line that ends in a letter or digit and a hyphen, with `left` the word before the hyphen and `right` the
word that starts the next line:

0. Inside a web address nothing is added and nothing taken away.
1. A soft hyphen is never part of the word: joined; behind a hyphen it says that this one is. "(Oost-)" goes on without
   a space.
2. `right` is a conjunction or preposition that can follow a suspended hyphen ("wet- / en regelgeving"): the hyphen
   stays and so does the space.
3. `right` does not begin with a small letter, or `left` does not end in two small letters ("Noord- / Holland",
   "2013- / 2014", "NPLG- / gebieden", "e- / mail", "IENW/BSK- / 2023"): the hyphen stays, without a space.
4. The same document holds the word written out elsewhere: joined when it does as one word, kept when it does with a
   hyphen.
5. The word has a hyphen of its own by the rules of Dutch: "niet-naleving", "ex-militair", "oud-minister",
   "secretaris-generaal" (but "niettemin", "expert", "oudheid"): kept.
6. The two halves would collide, vowel upon vowel ("mede- / eigenaar", "na- / apen"), which Dutch spelling parts with a
   hyphen: kept. (The prefixes "ge" and "be" lose a diaeresis instead: "ge- / informeerd" is "geïnformeerd".)
7. Otherwise the typesetter broke it: joined.
"""

import re
from collections.abc import Iterable

SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", "\u2011")
_SUSPENDED = frozenset(
    ("en", "of", "tot", "naar", "als", "dan", "noch", "and", "or", "to", "en/of", "t/m", "c.q.", "plus")
)
_COLLISIONS = frozenset(
    ("aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij", "oe", "oi", "oo", "ou", "ui", "uu")
)
_PREFIXES = {
    "niet": re.compile(r"(?!temin|tegenstaande)"),
    "non": re.compile(r"(?!sens|chal)"),
    "vice": re.compile(""),
    "adjunct": re.compile(""),
    "loco": re.compile(r"(?!mo)"),
    "oud": re.compile(r"(?!he[id]|oom|tante|jaar|er\b|ste|edel|bakken|tijds|papier|ijzer|bouw|gedien)"),
    "ex": re.compile(r"[bdfgjklmnrvwz]|partner|president|premier|collega|topman|soldaat|politic|staatssecretaris"),
    "minister": re.compile("president"),
}
"""Words that Dutch ties to the next one with a hyphen, and to which next ones: "ex-minister", but "expert"."""
_RANK = re.compile(r"generaal|generale\b")
_DIAERESIS = str.maketrans("aeiou", "äëïöü")
_ADDRESS = re.compile(r"(?:https?://|www\.|\b[\w-]+\.[a-z]{2,6}/)\S*$")
_ADDRESS_PART = re.compile(r"^[^\s]*[/%=_?&.#~-][^\s]*[^\s.,;:)]")
_OWN_HYPHEN = re.compile(r"\w--$")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")


def known_words(lines: Iterable[str]) -> frozenset[str]:
    """The words of a document, in small letters: the evidence for `join_lines`. The halves at line ends are out."""
    words: set[str] = set()
    for line in lines:
        text = line.rstrip()
        found = list(_WORD.finditer(text.lower()))
        if found and text.endswith((*_HYPHENS, SOFT_HYPHEN)):
            found.pop()
        for match in found:
            words.add(match[0])
            words.update(match[0].split("-"))
    return frozenset(words)


def join_lines(before: str, after: str, known: frozenset[str]) -> str:
    """What comes between: `before` as it must be kept, with the space where there is one, ready to have `after` added.

    >>> join_lines("terugge-", "drongen bij", frozenset())
    'terugge'
    >>> join_lines("wet-", "en regelgeving", frozenset())
    'wet- '
    """
    before = before.rstrip()
    if _address_goes_on(before, after):
        return before
    if before.endswith(SOFT_HYPHEN) or _OWN_HYPHEN.search(before):
        return before[:-1]
    if before.endswith("-)"):
        return before
    if len(before) < 2 or not before.endswith(_HYPHENS) or not (before[-2].isalnum() or before[-2] == ")"):
        return before + (" " if before else "")
    right = after.split(None, 1)[0] if after.split() else ""
    if right.rstrip(",.;:)").lower() in _SUSPENDED:
        return before + " "
    return before[:-1] if _broken(before[:-1], right, known) else before


def _address_goes_on(before: str, after: str) -> bool:
    """Whether the line above ends in a web address of which the rest stands here."""
    if not _ADDRESS.search(before):
        return False
    right = after.split(None, 1)[0] if after.split() else ""
    if not right or (right.startswith(("http://", "https://", "www.")) and not before.endswith("://")):
        return False
    if right == after.strip() and (right[0].islower() or right[0].isdigit()):
        return True
    open_end = before.endswith(("/", "-", "=", "_", "?", "&", "%", "."))
    return bool(_ADDRESS_PART.match(right)) or (open_end and (right[:1].islower() or right[:1].isdigit()))


def mend(before: str, after: str, known: frozenset[str]) -> tuple[str, str]:
    """`join_lines`, with `after` changed where the break took a diaeresis away ("ge-" + "informeerd")."""
    kept = join_lines(before, after, known)
    if kept and kept[-1] != " " and len(kept) < len(before.rstrip()) and _lost_diaeresis(kept, after, known):
        return kept, after[0].translate(_DIAERESIS) + after[1:]
    return kept, after


def _last_word(text: str) -> str:
    match = re.search(r"[^\W_]+(?:-[^\W_]+)*$", text)
    return match[0] if match else ""


def _broken(before: str, right: str, known: frozenset[str]) -> bool:
    left = _last_word(before)
    match = _WORD.match(right)
    half = match[0] if match else ""
    if len(left) < 2 or not half[:1].islower() or not left[-2:].islower():
        return False
    if (left + half).lower() in known or (left.rsplit("-", 1)[-1] + half).lower() in known:
        return True
    if f"{left}-{half}".lower() in known:
        return False
    if _has_hyphen(left, half):
        return False
    if _lost_diaeresis(left, half, known):
        return True
    return (left[-1] + half[0]).lower() not in _COLLISIONS


def _has_hyphen(left: str, half: str) -> bool:
    """Whether the two halves make a word with a hyphen of its own."""
    prefix = _PREFIXES.get(left.lower())
    return bool((prefix and prefix.match(half)) or (len(left) > 4 and _RANK.match(half)))


def _lost_diaeresis(left: str, right: str, known: frozenset[str]) -> bool:
    word = _last_word(left)
    match = _WORD.match(right)
    half = match[0] if match else ""
    if not word or not half or (word[-1] + half[0]).lower() not in _COLLISIONS:
        return False
    spelt = word + half[0].translate(_DIAERESIS) + half[1:]
    return spelt.lower() in known or word.lower() in {"ge", "be"}
