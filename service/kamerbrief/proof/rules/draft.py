"""The rules for a sentence as it is drafted, before it is read: it must say something, and name its sources.

asks            it is a question, which says nothing
uncited         it names no source
unknown-label   it names a source that is not there
"""

from collections.abc import Sequence

from kamerbrief.proof.retelling import Broken
from kamerbrief.proof.sources import SourceSentence
from kamerbrief.records.answers import DraftSentence


def unfit(sentence: DraftSentence, named: Sequence[SourceSentence]) -> Broken | None:
    """The first of them that it breaks. `named` are the sources that it names, as far as they are there."""
    if sentence.text.rstrip(" \"'”’)").endswith("?"):
        return Broken("asks")
    if not sentence.labels:
        return Broken("uncited")
    return Broken("unknown-label") if len(named) < len(set(sentence.labels)) else None
