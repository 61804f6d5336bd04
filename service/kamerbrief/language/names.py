"""Names in running text: people, places, countries, organisations, abbreviations.

A name goes from one language into another: "Nederland" and "the Netherlands" are one, and a Dutch letter names "Defence
for Children". So a text is read for the names of several languages at once; its own ought to be among them.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from babel import Locale

from kamerbrief.language.lexicon import Lexicon, any_in

_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_ENDS = re.compile(r"[.!?:;•«“\"(–—]\s*$|^\s*$")
_NO_COUNTRIES = ("EU", "UN", "EZ")  # which Babel lists among them
HALF = 5  # letters that either part of a compound has at least


@dataclass(frozen=True)
class Name:
    """A word that names something, at its place; `key` is the same for all spellings that are known."""

    start: int
    end: int
    text: str
    key: str


@dataclass(frozen=True)
class Known:
    """What the sources name and say: the keys of names, and all words in lower case, with their parts at hyphens."""

    keys: frozenset[str]
    words: frozenset[str]
    initials: str
    spellings: Mapping[str, str] = field(repr=False)

    def proves(self, name: Name) -> bool:
        """Whether the name stands in the sources in one of its spellings, inflections or as its abbreviation."""
        if name.key in self.keys:
            return True
        if name.key != _plain(name.text):
            return False  # a name of the table is known in all its spellings
        parts = [part for part in re.split(r"[-’']", _plain(name.text)) if part]
        named = [part for part, raw in zip(parts, re.split(r"[-’']", name.text), strict=False) if raw[:1].isupper()]
        return all(self._says(part) for part in (named or parts))

    def _says(self, word: str) -> bool:
        if word in self.words or self.spellings.get(word, "?") in self.keys:
            return True
        if len(word) >= 2 and word in self.initials:
            return len(word) <= 6
        if any(self._joins(word, at) for at in range(HALF, len(word) - HALF + 1)):
            return True
        stem = word[: max(5, len(word) - 2)]
        return len(word) > 4 and any(other.startswith(stem) and len(other) - len(word) < 6 for other in self.words)

    def _joins(self, word: str, at: int) -> bool:
        """Whether a compound is made of two words of the sources there: "Commissievoorstellen"."""
        return word[:at] in self.words and any(other.startswith(word[at:]) for other in self.words)


def find_names(text: str, among: tuple[Lexicon, ...]) -> list[Name]:
    """The words of a text that are names. One that begins a sentence is, when more than its capital tells so."""
    found: list[Name] = []
    forms = _forms(among)
    words = list(_WORD.finditer(text))
    plain = [_plain(match[0]) for match in words]
    skip = 0
    for place, match in enumerate(words):
        if place < skip:
            continue
        length, key = _longest(plain, words, place, forms)
        if length and any(word[0][0].isupper() for word in words[place : place + length]):
            skip = place + length
            found.append(Name(match.start(), words[skip - 1].end(), text[match.start() : words[skip - 1].end()], key))
        elif _is_name(text, words, place, forms):
            found.append(Name(*match.span(), match[0], plain[place]))
    return found


def key_of(word: str, among: tuple[Lexicon, ...]) -> str | None:
    """The key of a word that is a known name by itself."""
    return _forms(among).keys.get(_plain(word)) if word[:1].isupper() else None


def known(texts: Iterable[str], among: tuple[Lexicon, ...]) -> Known:
    """What these texts name and say."""
    keys, words, initials = set[str](), set[str](), []
    forms = _forms(among)
    for text in texts:
        found = list(_WORD.finditer(text))
        plain = [_plain(match[0]) for match in found]
        words.update(plain, *(re.split(r"[-']", word) for word in plain if "-" in word or "'" in word))
        keys |= {key for place in range(len(plain)) for length, key in [_longest(plain, found, place, forms)] if length}
        initials.append("".join(word[0] for word in plain))
        words |= {_plain(match).replace(".", "") for match in re.findall(r"\b(?:[A-Za-z]\.){2,}", text)}
        keys |= {key for key, said in forms.said if said.search(text)}
    keys |= {forms.keys[part] for part in words if part in forms.keys and part not in forms.words_too}
    return Known(frozenset(keys), frozenset(words), " ".join(initials), forms.keys)


def _longest(plain: list[str], raw: list[re.Match[str]], place: int, forms: "_Forms") -> tuple[int, str]:
    """How many words from here are one known name, and its key; 0 where none begins here."""
    for length in range(min(forms.lengths.get(plain[place], 0), len(plain) - place), 0, -1):
        phrase = "-".join(plain[place : place + length])
        # "om", "is" and "us" are words, "OM", "IS" and "US" are names.
        if phrase in forms.keys and (phrase not in forms.words_too or raw[place][0].isupper()):
            return length, forms.keys[phrase]
    return 0, ""


def _is_name(text: str, words: list[re.Match[str]], place: int, forms: "_Forms") -> bool:
    word = words[place][0]
    if _plain(word) in forms.common or len(word) < 2 or not any(character.isupper() for character in word):
        return False
    if forms.compounds.fullmatch(word):
        return False
    if any(character.isupper() for character in word[1:]) or any(character.isdigit() for character in word):
        return True
    if not _ENDS.search(text[: words[place].start()]):
        return True
    following = words[place + 1][0] if place + 1 < len(words) else ""
    alone = text[words[place].end() : words[place].end() + 1] != " "
    # "Stelt DNB vast" and "Heeft Nederland" begin with a verb, "Mark Harbers" and "Natura 2000" do not.
    shouts = following.isupper() or _plain(following) in forms.keys
    return following[:1].isupper() and not alone and not shouts and _plain(word) not in forms.openers


def _plain(word: str) -> str:
    word = word.lower().replace("’", "'")
    return re.sub(r"'s$|'$", "", word) or word


@dataclass(frozen=True)
class _Forms:
    """What is known of names: each spelling, its words joined by hyphens, with its key; how many words those that begin
    with a word have at most; and what is no name, or not always one."""

    keys: Mapping[str, str]
    lengths: Mapping[str, int]
    said: tuple[tuple[str, re.Pattern[str]], ...]
    words_too: frozenset[str]
    common: frozenset[str]
    openers: frozenset[str]
    compounds: re.Pattern[str]


@functools.cache
def _forms(among: tuple[Lexicon, ...]) -> _Forms:
    keys: dict[str, str] = {}
    for lexicon in among:
        countries = Locale(lexicon.code).territories
        keys |= {
            _joined(name): code for code, name in countries.items() if len(code) == 2 and code not in _NO_COUNTRIES
        }
    for lexicon in among:
        for key, spellings in lexicon.table("names.spellings").items():
            keys |= {_joined(spelling): key for spelling in spellings}
    lengths: dict[str, int] = {}
    for spelling in keys:
        parts = spelling.split("-")
        for length in range(1, len(parts) + 1):  # a word may have a hyphen of its own
            first = "-".join(parts[:length])
            lengths[first] = max(lengths.get(first, 0), len(parts) - length + 1)

    def words(key: str) -> frozenset[str]:
        return frozenset(word for lexicon in among for word in lexicon.words(f"names.{key}"))

    said = [(key, lexicon.pattern(f"names.said.{key}")) for lexicon in among for key in lexicon.table("names.said")]
    compounds = re.compile(any_in(among, "names.compounds"))
    return _Forms(keys, lengths, tuple(said), words("words_too"), words("common"), words("openers"), compounds)


def _joined(name: str) -> str:
    return "-".join(_plain(match[0]) for match in _WORD.finditer(name))
