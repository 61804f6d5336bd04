"""Nothing leaves the house unproven: a sentence against the sources it claims to rest on.

Quotes are cut out of the source here, never taken from the draft. Each rule that stops a sentence has a name, which the
refusal keeps with the words at fault. In order: those of rules/draft.py; then what is said of letters' records must be
what these hold (recorded.py), and that is all; of the others one that stands in its source word for word passes at
once; "not-verbatim" stops one without a word that could be proven; and those of rules/ judge what is worded otherwise.
But for what reads texts, which is given, all is pure: no I/O, no clock.
"""

from collections.abc import Callable, Iterable, Sequence

from kamerbrief.embedding.passages import TokenStates, unit
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.letters.citing import cite
from kamerbrief.letters.fields import field_of
from kamerbrief.letters.labels import label
from kamerbrief.proof.cues import languages_of
from kamerbrief.proof.dated import Dated, parted
from kamerbrief.proof.recorded import unrecorded
from kamerbrief.proof.retelling import Broken, Retelling, Retold
from kamerbrief.proof.rules import first_broken
from kamerbrief.proof.rules.draft import unfit
from kamerbrief.proof.rules.verbatim import stands_in
from kamerbrief.proof.sources import Sources, SourceSentence
from kamerbrief.records.answers import Citation, DraftSentence, Focus, Refusal, Sentence
from kamerbrief.records.letters import Key, LetterHead
from kamerbrief.store.stored import Passage

Read = Callable[[Sequence[str]], list[TokenStates]]
"""Reads texts token by token. What was read before should cost nothing."""

_TELLING = 2000  # characters that tell the language of a sentence
_OTHERS = 2  # paragraphs that a citation may move to; each takes the embedded model some 20 ms
_CLEARLY = 0.01
"""By so much another paragraph must match the words of a sentence better (mean cosine) than the one it cites."""


class Prover:
    """The one door: what it does not prove is not said. `read` is the embedded model's."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def prove(self, sentence: DraftSentence, sources: Sources, *, question: str = "") -> Sentence | Refusal:
        """The sentence with its citations, or the rule that stops it.

        A citation moves to another paragraph of the sources where that proves the sentence, and those it names do not.
        The question may lend a sentence its year, dates and names, which then need not be proven. The words that
        answer keep their `focus` in what stands in its source word for word.
        """
        named = sources.named(sentence.labels)
        if broken := unfit(sentence, named):
            return _refused(sentence, broken)
        if sources.records:
            broken = unrecorded(sentence.text, named, sources)
            return _refused(sentence, broken) if broken else _as_named(sentence, named)
        if any(stands_in(sentence.text, one.text) for one in named):
            return _as_named(sentence, named, _focus(sentence))
        if dated := parted(sentence.text):
            return self._dated(sentence, dated, sources, question)
        if not any(character.isalnum() for character in sentence.text):
            return _refused(sentence, Broken("not-verbatim"))
        cited = self._retelling(sentence.text, {one.key: one.passage for one in named}, question)
        broken = first_broken(cited)
        if broken is None:
            return _proven(cited, named, sources)
        moved = self._moved(cited, sources)
        return _refused(sentence, broken) if moved is None else _proven(moved, named, sources)

    def _dated(self, sentence: DraftSentence, dated: Dated, sources: Sources, question: str) -> Sentence | Refusal:
        """A sentence that is told with a date, which must be that of each letter it rests on."""
        text = sentence.text[dated.end :]
        focus = sentence.focus and (sentence.focus[0] - dated.end, sentence.focus[1] - dated.end)
        judged = self.prove(sentence.model_copy(update={"text": text, "focus": focus}), sources, question=question)
        if isinstance(judged, Refusal):
            span = {name: at + dated.end for name in ("start", "end") if (at := getattr(judged, name)) is not None}
            return judged.model_copy(update={"text": sentence.text, **span})
        heads = {one.passage.head.id: one.passage.head for one in sources.sentences}
        if any(heads[one.letter].date != dated.date for one in judged.citations):
            return _refused(sentence, Broken("date", dated.span))
        days = [_cite_date(heads[letter]) for letter in dict.fromkeys(one.letter for one in judged.citations)]
        return Sentence(
            text=sentence.text,
            citations=(*judged.citations, *days),
            focus=_focus(sentence) if judged.focus else None,
        )

    def read_ahead(self, labels: Iterable[str], sources: Sources) -> None:
        """Reads the paragraphs that a sentence will cite while it is still being written, so that it waits for its own
        text only."""
        texts = dict.fromkeys(one.passage.unit.text for one in sources.named(labels))
        if texts:
            self._read(list(texts))

    def _retelling(self, text: str, passages: dict[Key, Passage], question: str) -> Retelling:
        paragraphs = [
            Retold(key, one.unit.text, (lexicon_of(one.head.language),), one.head.date, _about(one))
            for key, one in passages.items()
        ]
        return Retelling(
            claim=text,
            languages=languages_of(text[:_TELLING]),
            paragraphs=paragraphs,
            states=self._read([text, *(one.text for one in paragraphs)]),
            question=question,
        )

    def _moved(self, cited: Retelling, sources: Sources) -> Retelling | None:
        """What is retold of another paragraph that proves what the cited ones do not, if one clearly does."""
        near = _nearest(cited, sources)
        others = [self._retelling(cited.claim, {key: passage}, cited.question) for key, passage in near.items()]
        best = max(others, key=lambda other: other.support.nearness, default=None)
        if best is None or best.support.nearness < cited.support.nearness + _CLEARLY or first_broken(best):
            return None
        return best


def _refused(sentence: DraftSentence, broken: Broken) -> Refusal:
    start, end = broken.span or (None, None)
    return Refusal(text=sentence.text, rule=broken.rule, start=start, end=end)


def _as_named(sentence: DraftSentence, named: Sequence[SourceSentence], focus: Focus | None = None) -> Sentence:
    return Sentence(text=sentence.text, citations=_cited(named), focus=focus)


def _focus(sentence: DraftSentence) -> Focus | None:
    """The words that answer; None where the draft names none that lie within its text."""
    start, end = sentence.focus or (0, 0)
    return Focus(start=start, end=end) if 0 <= start < end <= len(sentence.text) else None


def _about(passage: Passage) -> str:
    """What the letter says of itself: a sentence may say so too."""
    head = passage.head
    signed = [f"{one.name}, {one.office or ''}" for one in head.signatories]
    return ". ".join(
        part for part in (label(head), head.title, head.dossier, head.dossier_name, head.number, *signed) if part
    )


def _nearest(cited: Retelling, sources: Sources) -> dict[Key, Passage]:
    """The paragraphs that are nearest to the claim (cosine of their nearest sentence), without those it cites."""
    claim = unit(cited.states[0].vectors.mean(axis=0))
    keys = {one.key for one in cited.paragraphs}
    others = [one for one in sources.sentences if one.key not in keys]
    nearness: dict[str, float] = {}
    for one in others:
        if one.vector.shape == claim.shape:
            text = one.passage.unit.text
            nearness[text] = max(nearness.get(text, -1.0), float(one.vector @ claim))
    texts = sorted(nearness, key=lambda text: -nearness[text])[:_OTHERS]
    return {one.key: one.passage for one in others if one.passage.unit.text in texts}


def _proven(retelling: Retelling, named: Sequence[SourceSentence], sources: Sources) -> Sentence:
    """The sentence with the citations among those it names that prove it; where none does, with those that do."""
    retold = retelling.places()
    right = [one for one in sources.sentences if any(one.holds(*place) for place in retold)]
    kept = [one for one in named if one in right]
    return Sentence(text=retelling.claim, citations=_cited(kept or right, moved=not kept))


def _cited(sources: Sequence[SourceSentence], *, moved: bool = False) -> tuple[Citation, ...]:
    """The citations of these sentences, in their order; a row of a table comes with the head that names its columns."""
    found: dict[tuple[Key, int], Citation] = {}
    for one in sources:
        head = one.row.head if one.row else None
        for start, end in filter(None, (head, (one.start, one.end))):
            passage = one.passage
            found[one.key, start] = cite(passage.head, passage.heading, passage.unit, start, end, moved=moved)
    return tuple(found.values())


def _cite_date(head: LetterHead) -> Citation:
    field = field_of(head, "date")
    assert field  # a letter without a date proves none
    return cite(head, None, field, 0, len(field.text))
