"""Nothing leaves the house unproven: a draft against the sources it claims to rest on.

Pure: no I/O, no model, no clock; what the embedded model makes of the texts comes in as values. Quotes are cut out of
the source here, never taken from the draft. Each rule that stops a sentence has a name, which the answer keeps:

    asks            it is a question, which says nothing
    uncited         it names no source
    unknown-label   it names a source that is not there
    not-verbatim    its words do not stand in the sentences it names, and it was not read by the embedded model

and those of proof/judging.py for a sentence that was. One that stands in its source word for word passes at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kamerbrief.embedding.passages import TokenStates, unit
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.citing import cite
from kamerbrief.letters.labels import label
from kamerbrief.proof.judging import Trial, broken_rule, plain
from kamerbrief.proof.sources import Sources, SourceSentence
from kamerbrief.records.answers import Citation, Draft, DraftSentence, Refusal, Sentence
from kamerbrief.store.stored import Passage

Key = tuple[str, int]

_TELLING = 2000  # characters that tell the language of a sentence
OTHERS = 2  # paragraphs that a citation may move to; each takes the embedded model some 20 ms
_CLEARLY = 0.01
"""By so much another paragraph must match the words of a sentence better (mean cosine) than the one it cites."""


@dataclass(frozen=True)
class Verdict:
    """What may be said, and what may not and why."""

    sentences: tuple[Sentence, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class _Bench:
    """What all sentences of a draft are held against."""

    sources: Sources
    passages: Mapping[Key, Passage]
    question: str
    states: Mapping[str, TokenStates]


def verify(
    draft: Draft, sources: Sources, *, question: str = "", states: Mapping[str, TokenStates] | None = None
) -> Verdict:
    """Lets out the sentences of a draft that the sources prove, each with its citations.

    `states` holds what the embedded model made of the texts of `to_read`, and of `to_read_besides` where a citation may
    move; without them only verbatim sentences pass.
    """
    passages = {one.key: one.passage for one in sources.sentences}
    bench = _Bench(sources, passages, question, states or {})
    judged = [_judge(proposed, bench) for proposed in draft.sentences]
    return Verdict(
        tuple(one for one in judged if isinstance(one, Sentence)),
        tuple(one for one in judged if isinstance(one, Refusal)),
    )


def to_read(draft: Draft, sources: Sources) -> list[str]:
    """The texts that the embedded model must read before the draft can be verified: the sentences that are worded
    otherwise than their sources, and the paragraphs that they cite. None if all of it is verbatim."""
    texts: list[str] = []
    for one in draft.sentences:
        known = _known(one, sources)
        if known and _is_text(one.text) and not _verbatim(one.text, known):
            texts += [one.text, *(source.passage.paragraph.text for source in known)]
    return list(dict.fromkeys(texts))


def to_read_besides(proposed: DraftSentence, sources: Sources, states: Mapping[str, TokenStates]) -> list[str]:
    """The other paragraphs that may prove a sentence where those it cites do not, nearest first. With them read, too,
    `verify` moves the citation. `states` holds what was read of it."""
    if proposed.text not in states:
        return []
    claim = unit(states[proposed.text].vectors.mean(axis=0))
    cited = {one.key for one in _known(proposed, sources)}
    nearness: dict[str, float] = {}
    for one in sources.sentences:
        if one.key not in cited and one.vector.shape == claim.shape:
            text = one.passage.paragraph.text
            nearness[text] = max(nearness.get(text, -1.0), float(one.vector @ claim))
    return sorted(nearness, key=lambda text: -nearness[text])[:OTHERS]


def _judge(proposed: DraftSentence, bench: _Bench) -> Sentence | Refusal:
    known = _known(proposed, bench.sources)
    if proposed.text.rstrip(" \"'”’)").endswith("?"):
        return Refusal(text=proposed.text, rule="asks")
    if not proposed.labels:
        return Refusal(text=proposed.text, rule="uncited")
    if len(known) < len(set(proposed.labels)):
        return Refusal(text=proposed.text, rule="unknown-label")
    if verbatim := _verbatim(proposed.text, known):
        return Sentence(text=proposed.text, citations=tuple(_cite(one) for one in verbatim))
    if proposed.text not in bench.states or not _is_text(proposed.text):
        return Refusal(text=proposed.text, rule="not-verbatim")
    cited = _trial(proposed.text, list(dict.fromkeys(one.key for one in known)), bench)
    rule = broken_rule(cited)
    if rule is None:
        return _proven(cited, known, bench)
    moved = _moved(cited, bench)
    return Refusal(text=proposed.text, rule=rule) if moved is None else _proven(moved, known, bench)


def _trial(text: str, keys: Sequence[Key], bench: _Bench) -> Trial:
    passages = [bench.passages[key] for key in keys]
    paragraphs = [one.paragraph.text for one in passages]
    return Trial(
        claim=text,
        english=language_of(text[:_TELLING], lexicons()).code == "en",
        claim_states=bench.states[text],
        keys=tuple(keys),
        paragraphs=paragraphs,
        states=[bench.states[paragraph] for paragraph in paragraphs],
        written=[one.head.date for one in passages],
        about=tuple(dict.fromkeys(_about(one) for one in passages)),
        question=bench.question,
    )


def _about(passage: Passage) -> str:
    """What the letter says of itself: a sentence may say so too."""
    head = passage.head
    signed = [f"{one.name}, {one.office or ''}" for one in head.signatories]
    return ". ".join(
        part for part in (label(head), head.title, head.dossier, head.dossier_name, head.number, *signed) if part
    )


def _moved(cited: Trial, bench: _Bench) -> Trial | None:
    """The paragraph among the sources that proves what the cited ones do not, if one clearly does."""
    read = [key for key, passage in bench.passages.items() if passage.paragraph.text in bench.states]
    others = [_trial(cited.claim, [key], bench) for key in read if key not in cited.keys]
    best = max(others, key=lambda other: other.support.nearness, default=None)
    if best is None or best.support.nearness < cited.support.nearness + _CLEARLY or broken_rule(best):
        return None
    return best


def _proven(trial: Trial, named: Sequence[SourceSentence], bench: _Bench) -> Sentence:
    """The sentence with the citations among those it names that prove it; where none does, with those that do."""
    retold = trial.retold()
    right = [one for one in bench.sources.sentences if any(_holds(one, *place) for place in retold)]
    kept = [one for one in named if one in right]
    return Sentence(text=trial.claim, citations=tuple(_cite(one, moved=not kept) for one in kept or right))


def _holds(source: SourceSentence, key: Key, position: int) -> bool:
    return source.key == key and source.start <= position < source.end


def _known(proposed: DraftSentence, sources: Sources) -> list[SourceSentence]:
    found = [sources.by_label(label) for label in dict.fromkeys(proposed.labels)]
    return [one for one in found if one is not None]


def _verbatim(text: str, known: Sequence[SourceSentence]) -> list[SourceSentence]:
    """The named sentences, where the text stands in one of them word for word."""
    said = plain(text)
    return list(known) if said and any(said in plain(one.text) for one in known) else []


def _is_text(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _cite(source: SourceSentence, *, moved: bool = False) -> Citation:
    passage = source.passage
    return cite(passage.head, passage.heading, passage.paragraph, source.start, source.end, moved=moved)
