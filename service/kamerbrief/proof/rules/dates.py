"""Each date is in the sources, in the letter's own data or in the question; so is "autumn", and "yearly"."""

from kamerbrief.language.moments import find_time_parts, time_parts
from kamerbrief.language.numbers import YEARS
from kamerbrief.proof.retelling import Broken, Retelling


def unproven_date(retelling: Retelling) -> Broken | None:
    """The first date, or part of a year, that the sources do not name."""
    parts = {part: span for one in retelling.languages for part, span in find_time_parts(retelling.claim, one).items()}
    there = [*retelling.told, *retelling.granted] if parts else []
    named = {part for text, languages in there for one in languages for part in time_parts(text, one)}
    for part, span in parts.items():
        if part not in named:
            return Broken("date", span)
    if not retelling.moments:
        return None
    years = frozenset(int(one.value) for _, one in retelling.source_quantities if one.value in YEARS)
    for one in retelling.moments:
        if not any(one.proven_by(other, years) for other in retelling.source_moments):
            return Broken("date", (one.start, one.end))
    return None
