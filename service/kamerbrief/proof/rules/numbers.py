"""Each number, amount, share and length of time is in the sources, however spelled; a year may be the question's."""

import re

from kamerbrief.language.numbers import YEARS, Quantity
from kamerbrief.proof.cues import any_of, languages_of
from kamerbrief.proof.retelling import Broken, Retelling, quantities_of


def unproven_number(retelling: Retelling) -> Broken | None:
    """The first number that the sources do not give."""
    if not retelling.quantities:
        return None
    asked = quantities_of(retelling.question, languages_of(retelling.question))
    years = {one.year for one in retelling.source_moments} | {one.value for one in asked if one.value in YEARS}
    for one in retelling.quantities:
        proven = one.value in years or any(one.proven_by(other) for _, other in retelling.source_quantities)
        if not proven and not _is_one(one, retelling):
            return Broken("number", (one.start, one.end))
    return None


def _is_one(number: Quantity, retelling: Retelling) -> bool:
    """ "One" and "first" are said without a number too: "een", "de enige", "allereerst"."""
    if number.value != 1:
        return False
    first = "proof.numbers.first"  # parts of words too: "allereerst", "aanvangsdatum"
    return not number.ordinal or any(
        re.search(any_of(languages, first), text, re.IGNORECASE) for text, languages in retelling.told
    )
