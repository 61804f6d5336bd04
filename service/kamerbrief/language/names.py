"""Names in running text: people, places, countries, organisations, abbreviations, in Dutch and English spelling."""

import functools
import re
from dataclasses import dataclass

from babel import Locale

_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_ENDS = re.compile(r"[.!?:;•«“\"(–—]\s*$|^\s*$")
# Countries as people, languages and adjectives, and what babel spells in one way only: key, then spellings.
_TABLE = """
NL nederland nederlands nederlandse nederlander nederlanders dutch netherlands holland
BE belgisch belgische belgen belgian
DE duits duitse duitsers german germans
FR frans franse fransen french
GB brits britse britten british britain uk vk groot-brittannië engeland england
US vs usa us amerika amerikaans amerikaanse amerikanen america american americans vs
EU europa europees europese europeanen europe european eu
eerste-kamer eerste-kamer senate dutch-senate
child-protection raad-voor-de-kinderbescherming kinderbescherming child-care-and-protection-board child-protection-board
prosecution openbaar-ministerie om public-prosecution-service public-prosecutor
ap autoriteit-persoonsgegevens dutch-data-protection-authority data-protection-authority ap
dnb de-nederlandsche-bank dutch-central-bank central-bank dnb
audit algemene-rekenkamer rekenkamer court-of-audit
state-council raad-van-state council-of-state
health-council gezondheidsraad health-council
red-sea rode-zee red-sea
mediterranean middellandse-zee mediterranean-sea mediterranean
middle-east midden-oosten middle-east
security-council veiligheidsraad security-council
sharia sjiieten shiites shias shia sjiitische
sunni soennieten sunnis soennitische sunni
mvo mvo csr
ekv ekv
sme mkb midden-en-kleinbedrijf sme smes
delta-commissioner deltacommissaris delta-commissioner
lhbti lhbti lhbtiq lgbti lgbtiq lhbt lgbt
IQ iraaks iraakse irakezen iraqi iraqis
IR iraans iraanse iranian
SY syrisch syrische syriërs syrian syrians
TR turks turkse turken turkish turkije turkey türkiye
UA oekraïens oekraïense oekraïners ukrainian ukrainians
RU russisch russische russen russian russians
IL israëlisch israëlische israeli israëli
PS palestijns palestijnse palestijnen palestinian palestinians palestina palestine
YE jemenitisch jemenitische yemeni
SA saoedisch saoedische saudi saoedi-arabië
CN chinees chinese chinezen
MZ mozambikaans mozambikaanse mozambican
PH filipijns filipijnse filipijnen filipino philippine philippines
MV malediven maldives
ID indonesisch indonesische indonesian
MA marokkaans marokkaanse marokkanen moroccan moroccans
AF afghaans afghaanse afghanen afghan afghans
IT italiaans italiaanse italian
ES spaans spaanse spanish
PL pools poolse polen polish poles
DK deens deense danish
SE zweeds zweedse swedish
NO noors noorse norwegian
JP japans japanse japanese
IN indiaas indiase indian
CA canadees canadese canadian
AU australisch australische australian
BR braziliaans braziliaanse brazilian
AE emiraten emirates vae uae
kurds koerden koerdisch koerdische kurdish kurds
nato navo nato
un vn un
oecd oeso oecd
who who
wto wto
ngo ngo ngo's ngos
is isis isil is is(is)
ec commissie commission
hague den-haag hague
noordzee north-sea noordzee
wadden waddenzee waddengebied wadden
rhine rijn rijntakken rhine
covid covid covid-19 corona
meuse maas meuse
kyiv kiev kyiv
moscow moskou moscow
brussels brussel brussels
athens athene athens
vienna wenen vienna
houthis houthi houthi's houthis
west westen westers westerse west western
africa afrika afrikaans afrikaanse africa african
asia azië aziatisch aziatische asia asian
"""
HALF = 5  # letters that either part of a compound has at least
# Words that English writes with a capital where Dutch may not, and offices that stand for "ik", "wij" and "uw Kamer".
_COMMON = frozenset(
    re.findall(
        r"\S+",
        """
    minister ministers ministry ministries state secretary house representatives parliament chamber cabinet government
    speaker member members mp mps mr mrs ms dr king i the of and for on in kamer kabinet rijk tweede eerste voorzitter
    staatssecretaris kamerbrief kamervragen kamerleden staten-generaal regering ja nee yes no dutch monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september october
    november december christmas article letter annex
    """,
    )
)


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
        if word in self.words or _table()[0].get(word, "?") in self.keys:
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


def find_names(text: str) -> list[Name]:
    """The words of a text that are names. One that begins a sentence is, when more than its capital tells so."""
    found: list[Name] = []
    words = list(_WORD.finditer(text))
    plain = [_plain(match[0]) for match in words]
    skip = 0
    for place, match in enumerate(words):
        if place < skip:
            continue
        length, key = _longest(plain, words, place)
        if length and any(word[0][0].isupper() for word in words[place : place + length]):
            skip = place + length
            found.append(Name(match.start(), words[skip - 1].end(), text[match.start() : words[skip - 1].end()], key))
        elif _is_name(text, words, place):
            found.append(Name(*match.span(), match[0], plain[place]))
    return found


def key_of(word: str) -> str | None:
    """The key of a word that is a known name by itself."""
    return _table()[0].get(_plain(word)) if word[:1].isupper() else None


def known(*texts: str) -> Known:
    """What these texts name and say."""
    keys, words, initials = set[str](), set[str](), []
    table, _ = _table()
    for text in texts:
        found = list(_WORD.finditer(text))
        plain = [_plain(match[0]) for match in found]
        words.update(plain, *(re.split(r"[-']", word) for word in plain if "-" in word or "'" in word))
        keys |= {key for place in range(len(plain)) for length, key in [_longest(plain, found, place)] if length}
        initials.append("".join(word[0] for word in plain))
        words |= {_plain(match).replace(".", "") for match in re.findall(r"\b(?:[A-Za-z]\.){2,}", text)}
        keys |= {"eerste-kamer"} if re.search(r"Eerste en (?:de )?Tweede Kamer", text) else set()
    keys |= {table[part] for part in words if part in table and part not in _WORDS_TOO}
    return Known(frozenset(keys), frozenset(words), " ".join(initials))


def _longest(plain: list[str], raw: list[re.Match[str]], place: int) -> tuple[int, str]:
    """How many words from here are one name of the table, and its key; 0 where none begins here."""
    table, lengths = _table()
    for length in range(min(lengths.get(plain[place], 0), len(plain) - place), 0, -1):
        phrase = "-".join(plain[place : place + length])
        # "om", "is" and "us" are words, "OM", "IS" and "US" are names.
        if phrase in table and (phrase not in _WORDS_TOO or raw[place][0].isupper()):
            return length, table[phrase]
    return 0, ""


def _is_name(text: str, words: list[re.Match[str]], place: int) -> bool:
    word = words[place][0]
    if (
        _plain(word) in _COMMON
        or _OF_PARLIAMENT.match(word)
        or len(word) < 2
        or not any(character.isupper() for character in word)
    ):
        return False
    if any(character.isupper() for character in word[1:]) or any(character.isdigit() for character in word):
        return True
    if not _ENDS.search(text[: words[place].start()]):
        return True
    following = words[place + 1][0] if place + 1 < len(words) else ""
    alone = text[words[place].end() : words[place].end() + 1] != " "
    # "Stelt DNB vast" and "Heeft Nederland" begin with a verb, "Mark Harbers" and "Natura 2000" do not.
    shouts = following.isupper() or _plain(following) in _table()[0]
    return following[:1].isupper() and not alone and not shouts and _plain(word) not in _OPENERS


_OF_PARLIAMENT = re.compile(r"Kamer[a-z]+$")  # "Kamerdebat", "Kamerbreed"
_WORDS_TOO = frozenset(("om", "is", "us", "who", "un", "ap"))
_OPENERS = frozenset(
    re.findall(
        r"\S+",
        """
    de het een en in op van voor bij met door aan uit over na naar om onder tegen tot ook maar dat die dit deze
    volgens sinds vanaf omdat als wanneer zowel naast begin eind tijdens binnen the a an at by for from to of on under
    with according since when while both as this that these those during after before because in and but if his her
    its their our also then only
    """,
    )
)


def _plain(word: str) -> str:
    word = word.lower().replace("’", "'")
    return re.sub(r"'s$|'$", "", word) or word


@functools.cache
def _table() -> tuple[dict[str, str], dict[str, int]]:
    """Each known spelling, its words joined by hyphens, with its key; and how many words those that begin with a word
    have at most."""
    table: dict[str, str] = {}
    for language in ("nl", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in ("EU", "UN", "EZ"):
                table[_joined(name)] = code
    table |= {_joined("Verenigde Staten"): "US", _joined("United States"): "US", _joined("Czech Republic"): "CZ"}
    table |= {_joined("Europese Unie"): "EU", _joined("European Union"): "EU", _joined("Verenigde Naties"): "un"}
    table |= {
        _joined("United Nations"): "un",
        _joined("European Commission"): "ec",
        _joined("Europese Commissie"): "ec",
    }
    for line in _TABLE.split("\n"):
        key, *spellings = line.split() or [""]
        table |= dict.fromkeys(spellings, key)
    lengths: dict[str, int] = {}
    for spelling in table:
        parts = spelling.split("-")
        for length in range(1, len(parts) + 1):  # a word may have a hyphen of its own
            first = "-".join(parts[:length])
            lengths[first] = max(lengths.get(first, 0), len(parts) - length + 1)
    return table, lengths


def _joined(name: str) -> str:
    return "-".join(_plain(match[0]) for match in _WORD.finditer(name))
