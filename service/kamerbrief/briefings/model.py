"""A language model at work on a briefing: what it notes of each letter, the key points it makes of that, its cost."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from kamerbrief.answers.chat_writer import ChatWriter
from kamerbrief.briefings.choose.key_points import KeyWriter
from kamerbrief.briefings.choose.merging import merge
from kamerbrief.briefings.find.note_taking import NoteTaker
from kamerbrief.briefings.find.points import Findings, Point
from kamerbrief.briefings.find.statements import Statement, statements
from kamerbrief.errors import BudgetError, ModelError
from kamerbrief.models.spending import Purse, Usage
from kamerbrief.proof.prover import Prover
from kamerbrief.records.briefings import Estimate, Failure, Note
from kamerbrief.records.letters import Letter, LetterHead
from kamerbrief.store.generation import Generation
from kamerbrief.store.kept_notes import KeptNotes

PATIENCE = 3  # letters one after the other with which the model fails, before it is asked no more


class BriefingModel:
    """A language model for briefings. With `stand_in` the letters' own lines stand where it fails, and beside what it
    wrote; without, it writes alone."""

    def __init__(
        self, chat: ChatWriter, store: Generation, kept: KeptNotes, prover: Prover, purse: Purse, *, stand_in: bool
    ) -> None:
        self.name = chat.model
        self.stand_in = stand_in
        self.taker = NoteTaker(chat, kept, prover, purse)
        self.key = KeyWriter(chat, store, prover)
        self.purse = purse
        self._store = store

    def estimate(self, heads: Iterable[LetterHead], subject: str) -> Estimate:
        """What a briefing of these letters will take at most."""
        most, kept, letters, whole = [self.key.most_tokens(subject)], 0, 0, Usage()
        for head in heads:
            letter = self._store.catalog.letter(head.id)
            if letter is not None:
                missing = self.taker.missing(letter, statements(letter, self._store.catalog.chunks_of(head.id)))
                kept, letters = kept + (not missing), letters + 1
                most += missing
        for one in most:
            whole.take(one)
        return Estimate(letters=letters, kept=kept, requests=len(most), tokens=whole.total, cost=self.purse.cost(whole))


class Session:
    """The model's work on one briefing, counted. Methods raise ModelError where nothing may stand in."""

    def __init__(self, model: BriefingModel) -> None:
        self.usage = Usage()
        self.refusals: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.failure: str | None = None
        self.prompts: dict[str, str] = {}
        self._model = model
        self._failed: list[ModelError] = []  # one after the other

    def note(self, letter: Letter, of_letter: Sequence[Statement], findings: Findings) -> None:
        """Adds what the model notes of a letter to what was found in it. A failure names the letter, and the rest goes
        on."""
        model = self._model
        notes: Sequence[Note] = ()
        try:
            if len(self._failed) >= PATIENCE or any(isinstance(one, BudgetError) for one in self._failed):
                raise self._failed[-1]
            taken = model.taker.take(letter, of_letter, self.usage)
            notes = taken.notes
            self.refusals.update(taken.refusals)
            self.prompts["notes"] = model.taker.prompt(letter).hash
            self._failed.clear()
        except ModelError as error:
            self._failed.append(error)
            self.failures.append(Failure(letter=letter.id, reason="model", detail=str(error)))
        merge(findings, notes, of_letter, alone=not model.stand_in)

    def key_points(self, findings: Sequence[Findings], subject: str) -> list[Point]:
        """The key points; none where the model fails and something may stand in."""
        model = self._model
        if not any(one.noted for one in findings):
            return []
        try:
            with model.purse.spending(self.usage) as spent:
                self.prompts["briefing"] = model.key.prompt(findings).hash
                return model.key.write(findings, subject, spent, self.refusals)
        except ModelError as error:
            if not model.stand_in:
                raise
            self.failure = str(error)
            return []

    def said(self) -> dict[str, Any]:
        """What the briefing says of the model that helped, by the fields of Briefing."""
        return {
            "model": self._model.name,
            "prompts": self.prompts,
            "refusals": self.refusals,
            "failure": self.failure,
            "tokens": self.usage.total,
            "cost": self._model.purse.cost(self.usage),
        }
