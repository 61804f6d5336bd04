"""Who can act in a text, and whether they do or are done to.

No parser: an actor is the doer when it stands first in its clause without a preposition, or after "door" or "by"; the
other way round after "krijgt" or in the passive. Where that cannot be told, nothing is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.names import find_names, key_of
from kamerbrief.proof.alignment import Alignment, Word

_ACTOR = re.compile(
    r"(?:\w*(?:kamer|minister|ministerie|staatssecretaris|bewindspersoon|burgemeesters?|wethouders?|officier|inspecteur|commissaris|kabinet|regering|regeringen|gemeenten?|provincies?|"
    r"rechters?|gezag|organisaties?|instellingen|instelling|aanbieders?|banken|bank|bedrijven|bedrijf|ondernemers?|"
    r"ambassade|raad|commissie|inspectie|diensten|dienst|strijders|branche|veld|ouders|burgers|bewoners|landen|land|"
    r"overheden|overheid|waterschappen|waterschap|rijk|eigenaar|eigenaren|houders?|onderzoekers?|politie|brandweer|leger|"
    r"evaluator|vereniging|stichting|sector|industrie|partners?|bondgenoten|voorganger|universiteit|verzekeraars?|kinderen|"
    r"gezinnen|professionals|huisartsen|patiënten|leden|fracties?|partijen|autoriteiten|autoriteit|fonds|agentschap)"
    r"|ik|wij|we|mij|ons|house|parliament|ministers?|ministry|secretary|cabinet|government|municipalit(?:y|ies)|provinces?|"
    r"courts?|judges?|authorit(?:y|ies)|organi[sz]ations?|institutions?|providers?|banks?|compan(?:y|ies)|embassy|council|"
    r"committee|inspectorate|agency|fighters|parents|citizens|residents|countries|owners?|researchers?|police|army|"
    r"association|foundation|sector|industry|partners|allies|predecessor|university|insurers?|families|children|members|"
    r"parties|board|service|field|i)",
    re.IGNORECASE,
)
# Words for one and the same: who signs the letter, and whom it is sent to.
_SPEAKER = frozenset(
    re.findall(
        r"\S+",
        """
    ik wij we mij ons minister ministers staatssecretaris bewindspersoon secretary kabinet cabinet i
    """,
    )
)
_PRONOUNS = frozenset(("ik", "wij", "we", "mij", "ons", "i"))
_HOUSE = frozenset(("kamer", "house"))
_DOER = frozenset(("door", "by", "via", "namens"))
_FROM = frozenset(("van", "from", "of"))
_OTHER = frozenset(
    re.findall(
        r"\S+",
        """
    aan to bij met with voor for tegen against naar over about op on in at onder among tussen between om uit binnen
    richting towards tot volgens per na after
    """,
    )
)
_ARTICLES = frozenset(
    re.findall(
        r"\S+",
        """
    de het een the a an deze die dit dat this these those uw our ons onze mijn my hun their zijn haar
    """,
    )
)
_COUNTS = frozenset(
    re.findall(
        r"\S+",
        """
    alle all verschillende several various andere other two three four five six seven eight nine ten twee drie vier
    vijf zes zeven acht negen tien many veel
    """,
    )
)
_JOINS = frozenset(("en", "and", "of", "or", "evenals"))
_BECOMES = frozenset(["word", "wordt", "worden", "werd", "werden"])
_IS = frozenset(["is", "zijn", "was", "waren", "are", "were", "be", "been", "being"])
_HAS = frozenset(["heeft", "hebben", "had", "hadden", "has", "have"])
_GETS = re.compile(r"(?:ver)?krijg\w*|kreeg|kregen|gekregen|ontvang\w*|ontving\w*|receiv\w*|gets?|got|obtain\w*", re.I)
# Before "van" they make a doer of who follows: "op verzoek van Duitsland".
_DEED = re.compile(
    r"verzoek|voorstel|advies|besluit|initiatief|steun|hulp|uitnodiging|vraag|leiding|inzet|brief|bijdrage|onderzoek|"
    r"aanbeveling(?:en)?|request|proposal|advice|decision|initiative|support|help|invitation|leadership|letter|contribution",
    re.I,
)
_GIVES = re.compile(
    r"geef\w*|geven|gaf|gaven|gegeven|lever\w*|geleverd|verstrek\w*|verleen\w*|verlen\w+|betaal\w*|stuur\w*|sturen|gestuurd|"
    r"zend\w*|verzond\w*|giv\w+|gave|suppl(?:y|ies|ied)|provid\w+|issu\w+|grant\w*|pays?|paid|sen[dt]s?|deliver\w*|awards?",
    re.I,
)


@dataclass(frozen=True)
class Actor:
    """Somebody at a place among the words. `label` is the preposition before it, or its order among those without one;
    `doer` is None where it cannot be told; `gets` says which way its verb goes, if it is one of giving or getting."""

    place: int
    doer: bool | None
    label: str
    gets: bool | None


def mates_of(found: Alignment, actor: Actor, there: Sequence[Actor]) -> list[Actor]:
    """The same actor in the sources: by name where the name is there, or else by nearness."""
    keys = _keys(found.claim, actor.place)
    named = [
        other
        for other in there
        if _same_name(found.claim[actor.place], found.sources[other.place]) or keys & _keys(found.sources, other.place)
    ]
    return named or [other for other in there if same_actor(found, actor.place, other.place)]


def same_actor(found: Alignment, i: int, j: int) -> bool:
    """Whether an actor of the claim and one of the sources, by their places, are the same."""
    near = found.near[i]
    return _same_name(found.claim[i], found.sources[j]) or bool(near[j] >= near.max() - np.float32(0.004))


def _same_name(one: Word, other: Word) -> bool:
    if any(one.lower in group and other.lower in group for group in (_SPEAKER, _HOUSE)):
        return True
    key = key_of(one.text, lexicons())
    return one.text == other.text or (key is not None and key == key_of(other.text, lexicons()))


def _keys(words: Sequence[Word], place: int) -> frozenset[str]:
    """The known names in the phrase that ends at this word: "Koerdische Regionale Autoriteiten" are the Koerden."""
    keys = (key_of(word.text, lexicons()) for word in words[_begin(words, place) : place + 1])
    return frozenset(key for key in keys if key is not None)


def actors(words: Sequence[Word], texts: Sequence[str], known: frozenset[str]) -> list[Actor]:
    """Who can act in these texts; a name of several words is told by its last. `known` are names besides."""
    named = {(paragraph, name.end) for paragraph, text in enumerate(texts) for name in find_names(text, lexicons())}
    places = [
        place
        for place, word in enumerate(words)
        if (word.paragraph, word.end) in named or _ACTOR.fullmatch(word.text) or word.text in known
    ]
    # "de leden Sneller", "Koerdische Regionale Autoriteiten": one actor, told by the last word.
    places = [
        place
        for place in places
        if not _is_adjective(words, place)
        and not (
            place + 1 in places
            and words[place].lower not in _PRONOUNS
            and words[place + 1].clause == words[place].clause
        )
    ]
    found: list[Actor] = []
    orders: dict[int, int] = {}
    for place in places:
        begin = _begin(words, place)
        if found and begin and words[begin - 1].lower in _JOINS and found[-1].place == begin - 2:
            found.append(replace(found[-1], place=place))
            continue
        found.append(_part(words, place, orders))
    return found


def _is_adjective(words: Sequence[Word], place: int) -> bool:
    """ "Nederlandse", "Kurdish" before a word of lower case."""
    after = words[place + 1 : place + 2]
    ends = words[place].lower.endswith(("se", "ische", "ish", "ese", "ian", "tch", "duitse", "van"))
    return (
        bool(after)
        and ends
        and not _ACTOR.fullmatch(words[place].text)
        and after[0].text.islower()
        and after[0].clause == words[place].clause
    )


def _begin(words: Sequence[Word], place: int) -> int:
    """Where the phrase that ends at this word begins, article and all."""
    begin = place
    while begin and words[begin - 1].clause == words[place].clause and place - begin < 6:
        before = words[begin - 1]
        if before.lower in _ARTICLES:
            return begin - 1
        adjective = (
            before.text[0].isupper() or before.lower in _COUNTS or before.lower.endswith(("e", "al", "ish", "ing"))
        )
        if (
            not (adjective or (before.text.isdigit() and len(before.text) < 4))
            or before.lower in _FROM | _OTHER | _DOER | _JOINS
        ):
            break
        begin -= 1
    return begin


def _part(words: Sequence[Word], place: int, orders: dict[int, int]) -> Actor:
    begin, clause = _begin(words, place), words[place].clause
    said = [word.lower for word in words if word.clause == clause]
    gets = (
        True
        if any(_GETS.fullmatch(word) for word in said)
        else False
        if any(_GIVES.fullmatch(w) for w in said)
        else None
    )
    before = words[begin - 1].lower if begin and words[begin - 1].clause == clause else ""
    if before in _DOER:
        return Actor(place, True, "door", gets)
    if before in _FROM:
        deed = begin > 1 and bool(_DEED.fullmatch(words[begin - 2].text))
        return Actor(place, True if gets or deed else None, "van", gets)
    if before in _OTHER:
        return Actor(place, False, before, gets)
    order = orders[clause] = orders.get(clause, 0) + 1
    has = any(word in _HAS for word in said)
    becomes = any(word in _BECOMES for word in said) and not has
    doer: bool | None = order == 1
    if becomes or (any(word in _IS for word in said) and not has and any(word in ("door", "by") for word in said)):
        doer = False if order == 1 else None
    elif gets:
        doer = order != 1
    return Actor(place, doer, "first" if order == 1 else "later", gets)
