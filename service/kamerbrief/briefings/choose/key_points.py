"""The key points of a briefing by a language model, out of the notes of its letters; each proven by paragraphs."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from kamerbrief.answers.chat_writer import MARGIN, ChatWriter
from kamerbrief.answers.evidence import gives_orders
from kamerbrief.answers.excerpts import Excerpt, Numbered, harmless
from kamerbrief.briefings.choose.choosing import MOST_KEY, Told, choose
from kamerbrief.briefings.choose.weight import as_key_fact
from kamerbrief.briefings.find.line_rules import told_alone
from kamerbrief.briefings.find.points import Findings, Point
from kamerbrief.briefings.parts import KEY
from kamerbrief.embedding.passages import unit
from kamerbrief.errors import ModelSenselessError
from kamerbrief.language.dates import format_date
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicon_of, lexicons
from kamerbrief.letters.labels import label
from kamerbrief.models.prompts import Prompt
from kamerbrief.models.spending import Usage
from kamerbrief.models.writing import Writing
from kamerbrief.proof.prover import Prover
from kamerbrief.proof.sources import Sources, cut, passage_of
from kamerbrief.records.answers import DraftSentence, Refusal, Sentence
from kamerbrief.records.briefings import Line
from kamerbrief.records.letters import LetterHead
from kamerbrief.store.generation import Generation

TOKENS_A_WORD = 3  # of Dutch at most, with what a note's number takes


class KeyWriter:
    """Has a model write key points over notes. `prover` lets out what the paragraphs under the notes prove."""

    def __init__(self, chat: ChatWriter, store: Generation, prover: Prover) -> None:
        self._prompts = {one: chat.prompt("briefing", one) for one in lexicons()}
        self._chat = chat
        self._store = store
        self._prover = prover

    def most_tokens(self, subject: str) -> Usage:
        """What the key points take at most, with as many notes as the model can take."""
        prompt = self._prompts[lexicon_of(None)]
        bare = self._chat.most_tokens(prompt, _given(subject), [])
        return Usage(bare.prompt + round(MARGIN * self._chat.room(prompt, _given(subject))), bare.completion)

    def prompt(self, findings: Sequence[Findings]) -> Prompt:
        """In the language that most of the notes are in."""
        return self._prompts[language_of(" ".join(point.line.text for point in _noted(findings)), lexicons())]

    def write(self, findings: Sequence[Findings], subject: str, usage: Usage, refusals: Counter[str]) -> list[Point]:
        """The points that are proven, most important first. Raises ModelError when there is none."""
        prompt, heads = self.prompt(findings), {one.head.id: one.head for one in findings}
        room = self._chat.room(prompt, _given(subject))
        by_label = _chosen(_noted(findings), room // TOKENS_A_WORD)
        writing = self._chat.draft(prompt, _given(subject), _excerpts(by_label, heads), usage)
        return self._proven(writing, by_label, refusals)

    def _proven(self, writing: Writing, by_label: dict[str, Point], refusals: Counter[str]) -> list[Point]:
        found: list[Point] = []
        for draft in writing:
            points = [by_label[one] for one in draft.labels if one in by_label]
            sentence, sources = self._on_paragraphs(draft, points)
            heads = [one.passage.head for one in sources.sentences]
            judged = told_alone(self._prover.prove(sentence, sources), heads)
            if isinstance(judged, Sentence) and points:
                found.append(_joined(judged, points))
            elif isinstance(judged, Refusal):
                refusals[judged.rule] += 1
        if not found:
            raise writing.result.failure or ModelSenselessError(f"no key point of {self._chat.model!r} was proven")
        return found[:MOST_KEY]

    def _on_paragraphs(self, draft: DraftSentence, points: Sequence[Point]) -> tuple[DraftSentence, Sources]:
        """The sentence as one that rests on what its notes rest on, and the paragraphs of these."""
        cited = [one for point in points for one in point.line.citations]
        places = dict.fromkeys(one.key for one in cited)
        letters = {letter: self._store.catalog.letter(letter) for letter in {key.letter: key for key in places}}
        passages = [passage_of(letter, number, mark) for name, number, mark, _ in places if (letter := letters[name])]
        sources = cut(passages)
        labels = tuple(
            one.label
            for one in sources.sentences
            if any(one.key == c.key and one.start < c.end and c.start < one.end for c in cited)
        )
        return draft.model_copy(update={"labels": labels}), sources


def _noted(findings: Sequence[Findings]) -> list[Point]:
    """What a model may be told: the notes of the letters; of one without, its own lines."""
    given = (point for one in findings for point in one.noted or one.points[KEY.name])
    return [point for point in given if not gives_orders(point.line.text, lexicons())]


def _chosen(points: Sequence[Point], words: int) -> dict[str, Point]:
    """The points that are worth most, in at most so many words, by label ("2.3": the second letter's third)."""
    worth = [as_key_fact(one) for one in points]
    chosen = [points[i] for i in choose(points, worth, words, Told(), each=True)]
    letters = enumerate(groupby(chosen, lambda point: point.key[0]), start=1)
    return {f"{n}.{m}": point for n, (_, some) in letters for m, point in enumerate(some, start=1)}


def _given(subject: str) -> dict[str, object]:
    return {"subject": harmless(subject), "most": MOST_KEY}


def _excerpts(by_label: dict[str, Point], heads: dict[str, LetterHead]) -> list[Excerpt]:
    """The notes as the model sees them, letter by letter."""
    found = []
    for number, some in groupby(by_label.items(), lambda item: int(item[0].partition(".")[0])):
        told = list(some)
        head = heads[told[0][1].key[0]]
        written = format_date(head.date) if head.date else ""
        lines = tuple(Numbered(name, harmless(point.line.text)) for name, point in told)
        found.append(Excerpt(number, harmless(label(head)), written, lines))
    return found


def _joined(said: Sentence, points: Sequence[Point]) -> Point:
    """The sentence as a point: where its first note stands, and worth what the best of them is."""
    line = Line(text=said.text, citations=said.citations, writer="model")
    best = max(points, key=lambda point: point.worth["key"])
    vector = unit(np.sum([point.vector for point in points], axis=0))
    return Point(line, points[0].key, points[0].section, best.worth, vector)
