"""What is seldom said in other words stands in the sources: bodies that are written small, money, periods.

"Gemeenten" or "a fine" that no paragraph knows was put there by who retold it. Chosen on 15,642 written claims and true
twins of them: of what it stops there 185 are changed, 9 are true (docs/evaluation.md).
"""

from kamerbrief.language.lexicon import lexicons
from kamerbrief.proof.cues import part_of_a_word, pattern
from kamerbrief.proof.retelling import Broken, Retelling

_SAID, _TOLD_BY = "proof.added.said", "proof.added.told_by"


def added_thing(retelling: Retelling) -> Broken | None:
    """The first such word of the claim that no source has, nor anything that stands for it, in any word."""
    sources = [*retelling.told, *retelling.granted]
    found = [
        (said.span(), thing)
        for thing in {thing for one in lexicons() for thing in one.table(_SAID)}
        if (said := pattern(retelling.languages, f"{_SAID}.{thing}").search(retelling.claim))
    ]
    for span, thing in sorted(found):
        told_by = f"{_TOLD_BY}.{thing}"
        if not any(part_of_a_word(languages, told_by).search(text) for text, languages in sources):
            return Broken("added", span)
    return None
