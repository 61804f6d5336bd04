"""Nothing leaves the house unproven: a draft against the material it claims to rest on.

Pure: no I/O, no model, no clock. Quotes are cut out of the source here, never taken from the draft. Each rule that
stops a sentence has a name, which the answer keeps:

    uncited         it names no source
    unknown-label   it names a source that is not in the material
    not-verbatim    its words do not stand in the sentences it names
"""

import re
from dataclasses import dataclass

from kamerbrief.answers.material import Material, SourceSentence
from kamerbrief.letters.labels import official_url, paragraph_label
from kamerbrief.records import Citation, Draft, DraftSentence, Refusal, Sentence

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True)
class Verdict:
    """What may be said, and what may not and why."""

    sentences: tuple[Sentence, ...]
    refusals: tuple[Refusal, ...]


def verify(draft: Draft, material: Material) -> Verdict:
    """Lets out the sentences of a draft that are proven by the material, each with its citations."""
    passed: list[Sentence] = []
    stopped: list[Refusal] = []
    for proposed in draft.sentences:
        sources = [material.by_label(label) for label in dict.fromkeys(proposed.labels)]
        known = [source for source in sources if source is not None]
        rule = _stopped_by(proposed, known, len(sources))
        if rule:
            stopped.append(Refusal(text=proposed.text, rule=rule))
        else:
            passed.append(Sentence(text=proposed.text, citations=tuple(_cite(source) for source in known)))
    return Verdict(tuple(passed), tuple(stopped))


def _stopped_by(proposed: DraftSentence, known: list[SourceSentence], named: int) -> str | None:
    if not named:
        return "uncited"
    if len(known) < named:
        return "unknown-label"
    if not any(_plain(proposed.text) and _plain(proposed.text) in _plain(source.text) for source in known):
        return "not-verbatim"
    return None


def _plain(text: str) -> str:
    """Text with white space, dashes and quotation marks made alike."""
    return re.sub(r"\s+", " ", text.translate(_SAME)).strip()


def _cite(source: SourceSentence) -> Citation:
    passage = source.passage
    return Citation(
        letter=passage.head.id,
        paragraph=passage.paragraph.number,
        label=paragraph_label(passage.head, passage.paragraph.number),
        heading=passage.heading,
        url=official_url(passage.head),
        text=passage.paragraph.text,
        start=source.start,
        end=source.end,
        quote=source.text,
    )
