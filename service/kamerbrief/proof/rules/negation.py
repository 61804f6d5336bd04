"""What is denied is denied on both sides."""

import re

from kamerbrief.proof.alignment import Alignment, span_of
from kamerbrief.proof.clauses import Pair, cue_places, told
from kamerbrief.proof.retelling import Broken, Retelling

_PART, _MOST = 0.2, 0.5  # shares of a clause's words that tell it also, or mainly, retells another

_NEUTRAL = re.compile(
    r"\b(?:al dan niet|wel of niet|of niet|whether or not|or not|no later than|niet later dan|niet voor niets|"
    r"niet in de laatste plaats|"
    r"niets anders dan|"
    r"(?:niet|not) (?:alleen|enkel|slechts|only|just|merely|zozeer)(?=.{3,}\b(?:maar|ook|but|also)\b))",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:niet|g[eé][eé]n|geenszins|nimmer|allerminst|nooit|niemand|niets|nergens|noch|evenmin|nee|not|cannot|never|nobody|nothing|nowhere|nor|"
    r"neither|none|no)\b|n[’']t\b",
    re.IGNORECASE,
)
# They deny in one word what another text denies with "not": they may stand for one, and need none.
_SOFT = re.compile(
    r"\b(?:zonder|without|nauwelijks|hardly|barely|on(?:mogelijk|voldoende|bekend|wenselijk|veilig|duidelijk|gewijzigd|nodig|terecht|juist)\w*|"
    r"impossible|insufficient\w*|un\w{4,}|weiger\w*|refus\w*|declin\w*|ontbreek\w*|ontbrak\w*|lack\w*|absen\w+|missing|"
    r"afwezig\w*|uitblij\w*|uitbleef|uitgesloten|exclu\w+|verbod\w*|verbied\w*|ban|banned|prohibit\w*|forb\w+|ontken\w*|"
    r"den(?:y|ies|ied)|tegen|against|oppos\w+|afgezien|afwijz\w*|afgewezen|reject\w*|pas|until|unless|tenzij|behalve|"
    r"except|buiten|voorkom\w*|prevent\w*|voorkomen|weinig|little|few|stop\w*|gestopt|gestaakt|te\b \w+ om|too|halt\w*|"
    r"ceas\w+|vervallen|verval\w*|geschrapt|fail\w*|mislukt\w*|rather than|in plaats van|instead|los van|ongeacht|"
    r"regardless|apart from|slechts|alleen|only|los|free|vrij|minder|less|even if|verlopen|expired|af\w*schaf\w*)\b",
    re.IGNORECASE,
)
# Of these, what a text does not say by the way: it needs a denial in what it retells.
_REFUSES = re.compile(
    r"\b(?:weiger\w*|refus\w*|declin\w*|ontken\w*|den(?:y|ies|ied)|verb[io]ed\w*|verbod\w*|verboden|prohibit\w*|ban|"
    r"banned|forb\w+|afwijz\w*|afgewezen|verw[eo]rp\w*|reject\w*|geschrapt|afgeschaft|abolish\w*)\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\b(?:niet|not) (?:alleen|enkel|slechts|uitsluitend|only|solely)\b", re.IGNORECASE)


def denied_on_one_side(retelling: Retelling) -> Broken | None:
    """What denies in a clause of the claim and not in what it retells; the clause, where it is the other way round."""
    found, pairs = retelling.alignment, retelling.pairs
    claim, sources = _settled(retelling.claim), [_settled(text) for text in retelling.texts]
    not_only = _NOT_ONLY.search(claim)
    if not_only and not any(_NOT_ONLY.search(text) for text in sources):
        return Broken("negation", not_only.span())
    here, there = cue_places(found.claim, [claim], _NOT), cue_places(found.sources, sources, _NOT)
    refused = cue_places(found.claim, [claim], _REFUSES)
    soft_here, soft_there = cue_places(found.claim, [claim], _SOFT), cue_places(found.sources, sources, _SOFT)
    for place, pair in enumerate(pairs):
        words = set(pair.words)
        if cues := sorted((here | refused) & words):
            if not any(found.sources[j].clause in pair.clauses(_PART) for j in there | soft_there):
                return Broken("negation", span_of(found.claim, cues[:1]))
            for cue in sorted(here & words):
                if (denied := _borrowed(found, pair, cue)) is not None:
                    return Broken("negation", span_of(found.claim, (cue, denied)))
            continue
        around = {i for other in pairs[max(place - 1, 0) : place + 2] for i in other.words}
        if (here | soft_here) & around:
            continue
        clauses = pair.clauses(_MOST if here | soft_here else _PART) if pair.weighing > 1 else set()
        if any(found.sources[j].clause in clauses and told(found, j, pair.words) for j in there):
            return Broken("negation", span_of(found.claim, pair.words))
    return None


def _borrowed(found: Alignment, pair: Pair, cue: int) -> int | None:
    """The place of what the claim denies ("geen helmen"), where that is a word of another sentence of the sources than
    the one that it retells, which denies something else ("geen wapens")."""
    denied = next((i for i in pair.words if i > cue and found.claim[i].weighs), None)
    if denied is None:
        return None
    word = found.claim[denied].text.lower()
    holding = {other.sentence for other in found.sources if other.text.lower() == word}
    return denied if holding and pair.sentence not in holding else None


def _settled(text: str) -> str:
    """The text without the negations that deny nothing, all else in its place."""
    return _NEUTRAL.sub(lambda match: "onmogelijk".ljust(len(match[0]))[: len(match[0])], text)
