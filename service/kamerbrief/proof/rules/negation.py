"""What is denied is denied on both sides."""

from kamerbrief.proof.alignment import Alignment, span_of
from kamerbrief.proof.clauses import Pair, told
from kamerbrief.proof.retelling import Broken, Retelling

_NEUTRAL = "proof.negation.neutral"
_PART, _MOST = 0.2, 0.5  # shares of a clause's words that tell it also, or mainly, retells another


def denied_on_one_side(retelling: Retelling) -> Broken | None:
    """What denies in a clause of the claim and not in what it retells; the clause, where it is the other way round."""
    found, pairs = retelling.alignment, retelling.pairs
    not_only = retelling.here("proof.negation.not_only", _NEUTRAL)
    if not_only and not retelling.there("proof.negation.not_only", _NEUTRAL):
        return Broken("negation", span_of(found.claim, (min(not_only), min(not_only) + 1)))
    here, there = retelling.here("proof.negation.not", _NEUTRAL), retelling.there("proof.negation.not", _NEUTRAL)
    refused = retelling.here("proof.negation.refuses", _NEUTRAL)
    soft_here = retelling.here("proof.negation.soft", _NEUTRAL) | retelling.here(_NEUTRAL)
    soft_there = retelling.there("proof.negation.soft", _NEUTRAL) | retelling.there(_NEUTRAL)
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
