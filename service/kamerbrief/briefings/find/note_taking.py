"""Notes of a letter by a language model: piece by piece, every line proven, none paid for twice."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from kamerbrief.answers.chat_writer import ChatWriter
from kamerbrief.answers.excerpts import Excerpt, excerpts_of, fit, harmless
from kamerbrief.briefings.find.line_rules import told_alone
from kamerbrief.briefings.find.statements import Statement
from kamerbrief.language.dates import format_date
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.labels import label
from kamerbrief.models.prompts import Prompt
from kamerbrief.models.spending import Purse, Usage
from kamerbrief.proof.prover import Prover
from kamerbrief.proof.sources import UNSEARCHED, Sources, SourceSentence
from kamerbrief.records.answers import Refusal
from kamerbrief.records.briefings import Note, NoteKind, PieceNotes
from kamerbrief.records.letters import Letter, key_of
from kamerbrief.store.kept_notes import KeptNotes, NotesKey
from kamerbrief.store.stored import Passage

PARAGRAPHS = 20  # of a letter, by which its language is told


@dataclass(frozen=True)
class Piece:
    """As much of a letter as a model is given at once, with this prompt; `key` tells what was noted of it before."""

    key: NotesKey
    prompt: Prompt
    excerpts: tuple[Excerpt, ...]


class NoteTaker:
    """Has a model take the notes of letters, and keeps them. `prover` lets out what its sources prove."""

    def __init__(self, chat: ChatWriter, kept: KeptNotes, prover: Prover, purse: Purse) -> None:
        self._prompts = {one: chat.prompt("notes", one) for one in lexicons()}
        self._chat = chat
        self._kept = kept
        self._prover = prover
        self._purse = purse

    def prompt(self, letter: Letter) -> Prompt:
        """In the letter's language."""
        text = " ".join(one.text for one in letter.paragraphs[:PARAGRAPHS])
        return self._prompts[language_of(text, lexicons())]

    def missing(self, letter: Letter, of_letter: Sequence[Statement]) -> list[Usage]:
        """What each piece of the letter will take at most that was not read before."""
        pieces = self._pieces(letter, _sources_of_letter(letter, of_letter))
        return [
            self._chat.most_tokens(piece.prompt, _given(letter), piece.excerpts)
            for piece in pieces
            if not self._known(piece, letter)
        ]

    def take(self, letter: Letter, of_letter: Sequence[Statement], usage: Usage) -> PieceNotes:
        """The notes of the whole letter. Raises ModelError; what was noted of the pieces before is kept."""
        sources = _sources_of_letter(letter, of_letter)
        notes: list[Note] = []
        refusals: Counter[str] = Counter()
        for piece in self._pieces(letter, sources):
            found = self._known(piece, letter) or self._read(letter, piece, sources, usage)
            notes += found.notes
            refusals.update(found.refusals)
        return PieceNotes(notes=tuple(notes), refusals=refusals)

    def _read(self, letter: Letter, piece: Piece, sources: Sources, usage: Usage) -> PieceNotes:
        taken, refusals = list[Note](), Counter[str]()
        with self._purse.spending(usage) as spent:
            writing = self._chat.draft(piece.prompt, _given(letter), piece.excerpts, spent)
            for draft in writing:
                judged = told_alone(self._prover.prove(draft, sources), [letter])
                if isinstance(judged, Refusal):
                    refusals[judged.rule] += 1
                else:
                    kind: NoteKind = draft.kind if draft.kind in get_args(NoteKind) else "key"  # type: ignore[assignment]
                    taken.append(Note(text=judged.text, citations=judged.citations, writer="model", kind=kind))
        if failure := writing.result.failure:
            raise failure
        notes = PieceNotes(notes=tuple(taken), refusals=refusals)
        self._kept.keep(piece.key, notes)
        return notes

    def _known(self, piece: Piece, letter: Letter) -> PieceNotes | None:
        """What is kept of the piece, if its proofs still stand in the letter."""
        found = self._kept.get(piece.key)
        cited = [one for note in found.notes for one in note.citations] if found else []
        texts = {key_of(letter.id, paragraph): paragraph.text for paragraph in letter.paragraphs}
        return found if all(texts.get(one.key) == one.text for one in cited) else None

    def _pieces(self, letter: Letter, sources: Sources) -> Iterator[Piece]:
        prompt, given = self.prompt(letter), _given(letter)
        room, left = self._chat.room(prompt, given), excerpts_of(sources)
        while left:
            group = fit(left, room)
            left = left[len(group) :]
            told = "\n".join(prompt.render(**given, sources=group))
            digest = hashlib.sha256(told.encode()).hexdigest()
            key = NotesKey(letter.text_sha256, digest, prompt.hash, self._chat.model)
            yield Piece(key, prompt, tuple(group))


def _given(letter: Letter) -> dict[str, object]:
    """What the prompt says of the letter itself."""
    return {"letter": harmless(label(letter)), "date": format_date(letter.date) if letter.date else ""}


def _sources_of_letter(letter: Letter, of_letter: Sequence[Statement]) -> Sources:
    """The letter's statements as numbered sources, a paragraph each."""
    numbers: dict[int, int] = {}
    counts: Counter[int] = Counter()
    found = []
    for one in of_letter:
        number = numbers.setdefault(one.paragraph.number, len(numbers) + 1)
        counts[number] += 1
        passage = Passage(head=letter, heading=one.section.heading, unit=one.paragraph)
        name = f"{number}.{counts[number]}"
        found.append(SourceSentence(name, passage, one.start, one.end, 0.0, one.vector, 0, UNSEARCHED))
    return Sources(tuple(found))
