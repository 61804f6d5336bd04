"""Every word finds its like in the sources, near the others: a fitted model, for what the other rules cannot tell."""

from kamerbrief.proof.alignment import span_of
from kamerbrief.proof.retelling import Broken, Retelling
from kamerbrief.proof.support import is_supported


def unsupported(retelling: Retelling) -> Broken | None:
    """Where the sources do not bear the claim: the few words in a row that find their like least."""
    support = retelling.support
    if is_supported(support):
        return None
    return Broken("unsupported", span_of(retelling.alignment.claim, support.weakest))
