"""The rules for a sentence that is worded otherwise than its sources: what must hold for it to be proven by them.

quotation     words between quotation marks stand in the sources letter for letter
date          each date is in the sources, in the letter's own data or in the question
number        so is each number, amount, share and length of time, in whatever spelling; of the question, years only
column        a number out of a table is told of the column and the row that it stands in
bound         "at least", "more than", "at most" stand by the same numbers on both sides
name          so is each name of a person, place, country or organisation; who signs is named only where they speak
added         bodies, fines, subsidies, periods and what is done already are the sources' own
negation      what is denied is denied on both sides
only          "only" and "almost" stand on both sides
certainty     what may be, is planned or is expected is not told as a fact
mixed         its clauses keep the actors, dates and numbers of the sentences that they retell
roles         who does it and to whom it is done are not turned round
unsupported   every word finds its like, near the others (a fitted model: weights.json)

Each is a function of a retelling that gives what is broken, with the words at fault, or nothing. A rule more is a file
here and a line in RULES.
"""

from collections.abc import Callable

from kamerbrief.proof.retelling import Broken, Retelling
from kamerbrief.proof.rules.added import added_thing
from kamerbrief.proof.rules.bounds import changed_bound
from kamerbrief.proof.rules.certainty import overstated
from kamerbrief.proof.rules.columns import out_of_place
from kamerbrief.proof.rules.crossed_facts import crossed_fact
from kamerbrief.proof.rules.dates import unproven_date
from kamerbrief.proof.rules.names import silent_office, unproven_name
from kamerbrief.proof.rules.negation import denied_on_one_side
from kamerbrief.proof.rules.numbers import unproven_number
from kamerbrief.proof.rules.only import narrowed_on_one_side
from kamerbrief.proof.rules.quotation import altered_quotation
from kamerbrief.proof.rules.roles import turned_round
from kamerbrief.proof.rules.support import unsupported

Rule = Callable[[Retelling], Broken | None]

RULES: tuple[Rule, ...] = (
    altered_quotation,
    unproven_date,
    unproven_number,
    out_of_place,
    changed_bound,
    unproven_name,
    silent_office,
    added_thing,
    denied_on_one_side,
    narrowed_on_one_side,
    overstated,
    crossed_fact,
    turned_round,
    unsupported,
)
"""In the order in which they are tried: the cheap and clear ones first."""


def first_broken(retelling: Retelling) -> Broken | None:
    """The first rule that the claim breaks; None when it is proven."""
    return next((broken for rule in RULES if (broken := rule(retelling))), None)
