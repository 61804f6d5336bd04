"""Each number, amount, share and length of time is in the sources, however spelled; a year may be the question's."""

import re

from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.numbers import YEARS, Quantity, find_quantities
from kamerbrief.proof.retelling import Broken, Retelling

_FIRST = re.compile(r"eerst|begin|primair|aanvankelijk|oorspronk|vooral|allereerst", re.IGNORECASE)


def unproven_number(retelling: Retelling) -> Broken | None:
    """The first number that the sources do not give."""
    if not retelling.quantities:
        return None
    asked = find_quantities(retelling.question, language_of(retelling.question, lexicons()))
    years = {one.year for one in retelling.source_moments} | {one.value for one in asked if one.value in YEARS}
    for one in retelling.quantities:
        proven = one.value in years or any(one.proven_by(other) for _, other in retelling.source_quantities)
        if not proven and not _is_one(one, retelling.texts):
            return Broken("number", (one.start, one.end))
    return None


def _is_one(number: Quantity, texts: list[str]) -> bool:
    """ "One" and "first" are said without a number too: "een", "de enige", "allereerst"."""
    if number.value != 1:
        return False
    return not number.ordinal or any(_FIRST.search(text) for text in texts)
