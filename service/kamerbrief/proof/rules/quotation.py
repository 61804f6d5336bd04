"""Words between quotation marks stand in the sources letter for letter."""

import re

from kamerbrief.proof.retelling import Broken, Retelling
from kamerbrief.proof.rules.verbatim import stands_in

_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]|(?<!\w)[‘']([^‘’']+(?:['’]\w[^‘’']*)*)[’'](?!\w)")


def altered_quotation(retelling: Retelling) -> Broken | None:
    """What the claim puts between quotation marks and no paragraph says."""
    for match in _QUOTED.finditer(retelling.claim):
        group = 1 if match[1] else 2
        quote = match[group].strip().rstrip(".,;:")
        if quote and not any(stands_in(quote, text) for text in retelling.texts):
            return Broken("quotation", match.span(group))
    return None
