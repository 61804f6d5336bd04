"""What may be, is planned or is expected ("kan", "naar verwachting") is not told as a fact, nor a plan as a deed."""

from kamerbrief.proof.alignment import span_of
from kamerbrief.proof.clauses import told
from kamerbrief.proof.retelling import Broken, Retelling

_MOST = 0.5
_STRONG = ("decided", "obliged", "always", "certain", "adopted", "proven", "reached")


def overstated(retelling: Retelling) -> Broken | None:
    """The first clause that is told as surer, or as further done, than what it retells; or the word that does it."""
    found, pairs = retelling.alignment, retelling.pairs
    weak_here, must_here = retelling.here("proof.certainty.weak"), retelling.here("proof.certainty.must")
    can_there, plan_there = retelling.there("proof.certainty.can"), retelling.there("proof.certainty.plan")
    done_here, done_there = retelling.here("proof.certainty.done"), retelling.there("proof.certainty.done")
    will_there = retelling.there("proof.certainty.will")
    for place, pair in enumerate(pairs):
        around = {i for other in pairs[max(place - 1, 0) : place + 2] for i in other.words}
        if weak_here & around or pair.weighing < 2:
            continue
        clauses = pair.clauses(_MOST)
        weak_there = can_there if must_here & around else can_there | plan_there
        hedges = [j for j in weak_there if found.sources[j].clause in clauses]
        hedged = any(told(found, j, pair.words, both=True) for j in hedges)
        ahead = any(found.sources[j].clause in clauses for j in will_there)
        done = done_here & set(pair.words) and not any(found.sources[j].clause in clauses for j in done_there)
        if hedged or (ahead and done):
            return Broken("certainty", span_of(found.claim, pair.words))
    return _stronger(retelling)


def _stronger(retelling: Retelling) -> Broken | None:
    """The word with which the claim decides, obliges or is certain where no sentence that it retells does anything
    alike."""
    found = retelling.alignment
    told_of = {pair.sentence for pair in retelling.pairs}
    for strong in _STRONG:
        said = retelling.here(f"proof.certainty.strong.{strong}")
        there = retelling.there(f"proof.certainty.alike.{strong}") if said else ()
        if said and not any(found.sources[j].sentence in told_of for j in there):
            return Broken("certainty", span_of(found.claim, [min(said)]))
    return None
