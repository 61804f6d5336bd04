"""Each name of a person, place, country or organisation stands in the sources, the letter's data or the question."""

import re
from collections.abc import Sequence

from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.names import Name, find_names, known
from kamerbrief.proof.cues import pattern
from kamerbrief.proof.retelling import Broken, Retelling

_OURS = "proof.names.our_government"
TRANSLATED, RATHER, NEARLY = 0.83, 0.8, 0.75
"""From these cosines on words of names are taken for translations: one by itself; the best of
several, to a capital; and the worst of them. Measured from
Dutch to English, on the dev half of the set `unfaithful`."""


def unproven_name(retelling: Retelling) -> Broken | None:
    """The first name that stands in no source, in none of its spellings."""
    there = known((*retelling.texts, *(text for text, _ in retelling.granted)), lexicons())
    ours = {one.start() for one in pattern(retelling.languages, _OURS).finditer(retelling.claim)}
    unproven = [
        one for one in find_names(retelling.claim, lexicons()) if one.start not in ours and not there.proves(one)
    ]
    for run in _runs(retelling.claim, unproven):
        if not (retelling.translated and _translated(retelling, run)):
            return Broken("name", (run[0].start, run[-1].end))
    return None


def silent_office(retelling: Retelling) -> Broken | None:
    """Who signs the letter, called by their office, where the paragraphs do not let them speak."""
    office = retelling.cue("proof.names.office")
    if office is None or retelling.is_cued("proof.names.office") or retelling.is_cued("proof.names.speaks"):
        return None
    return Broken("name", office.span())


def _runs(claim: str, names: Sequence[Name]) -> list[list[Name]]:
    """The names that stand side by side, together: "Space Agenda"."""
    runs: list[list[Name]] = []
    for name in names:
        if runs and not claim[runs[-1][-1].end : name.start].strip():
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def _translated(retelling: Retelling, run: Sequence[Name]) -> bool:
    """Whether a name made of common words answers to one in another language: one word clearly, the others nearly."""
    if not all(re.fullmatch("[A-Z][a-z]+", name.text) and name.key == name.text.lower() for name in run):
        return False
    found, starts = retelling.alignment, {name.start for name in run}
    rows = [place for place, word in enumerate(found.claim) if word.start in starts]
    capitals = [place for place, word in enumerate(found.sources) if word.text[0].isupper()]
    if len(rows) < 2 or not capitals:
        return bool(rows) and bool(found.cosines[rows].max() >= TRANSLATED)
    near = found.cosines[rows]
    return bool(near[:, capitals].max() >= RATHER and near.max(axis=1).min() >= NEARLY)
