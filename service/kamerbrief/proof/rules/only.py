""" "Only" and "almost" stand on both sides."""

from kamerbrief.proof.alignment import span_of
from kamerbrief.proof.clauses import told
from kamerbrief.proof.retelling import Broken, Retelling

_MOST = 0.5  # of a clause's words: so many tell that it retells another clause


def narrowed_on_one_side(retelling: Retelling) -> Broken | None:
    """The "only" or "almost" that the sources do not say; the clause, where they say it and the claim does not."""
    found = retelling.alignment
    for cues, alike in (("proof.only.only", "proof.only.narrow"), ("proof.only.almost", "proof.only.almost")):
        here, there = retelling.here(cues), retelling.there(cues)
        also_here, also_there = retelling.here(alike), retelling.there(alike)
        for pair in retelling.pairs:
            if said := sorted(here & set(pair.words)):
                if not any(found.sources[j].sentence == pair.sentence for j in also_there):
                    return Broken("only", span_of(found.claim, said[:1]))
            elif not also_here:
                clauses = pair.clauses(_MOST) if pair.weighing > 1 else set()
                if any(found.sources[j].clause in clauses and told(found, j, pair.words) for j in there):
                    return Broken("only", span_of(found.claim, pair.words))
    return None
