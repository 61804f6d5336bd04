""" "Only" and "almost" stand on both sides."""

import re

from kamerbrief.proof.alignment import span_of
from kamerbrief.proof.clauses import cue_places, told
from kamerbrief.proof.retelling import Broken, Retelling

_MOST = 0.5  # of a clause's words: so many tell that it retells another clause

_ONLY = re.compile(
    r"\b(?:alleen|enkel|slechts|uitsluitend|louter|pas(?! later)|"
    r"maar(?= (?:één|een|twee|drie|vier|vijf|zes|zeven|acht|\d))|"
    r"only|solely|exclusively|merely|just|(?:niet|geen|no) (?:meer|langer|more|longer) dan|no more than|"
    r"not until|beperkt tot|limited to)\b",
    re.IGNORECASE,
)
# What narrows in other ways may stand for "only", and needs none.
_NARROW = re.compile(
    rf"{_ONLY.pattern}|\b(?:tenzij|unless|behalve|except|mits|voorwaarde|enige|alleenrecht|voorbehouden|geldt voor)\b",
    re.IGNORECASE,
)
_ALMOST = re.compile(r"\b(?:bijna|vrijwel|nagenoeg|almost|nearly|virtually|practically)\b", re.IGNORECASE)


def narrowed_on_one_side(retelling: Retelling) -> Broken | None:
    """The "only" or "almost" that the sources do not say; the clause, where they say it and the claim does not."""
    found, claim, texts = retelling.alignment, [retelling.claim], retelling.texts
    for cues, alike in ((_ONLY, _NARROW), (_ALMOST, _ALMOST)):
        here, there = cue_places(found.claim, claim, cues), cue_places(found.sources, texts, cues)
        also_here, also_there = (
            cue_places(found.claim, claim, alike),
            cue_places(found.sources, texts, alike),
        )
        for pair in retelling.pairs:
            if said := sorted(here & set(pair.words)):
                if not any(found.sources[j].sentence == pair.sentence for j in also_there):
                    return Broken("only", span_of(found.claim, said[:1]))
            elif not also_here:
                clauses = pair.clauses(_MOST) if pair.weighing > 1 else set()
                if any(found.sources[j].clause in clauses and told(found, j, pair.words) for j in there):
                    return Broken("only", span_of(found.claim, pair.words))
    return None
