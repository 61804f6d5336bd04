"""provisional"""

from dataclasses import dataclass

from kamerbrief.answers.material import Material
from kamerbrief.answers.question import Question
from kamerbrief.records import Draft, DraftSentence


@dataclass(frozen=True)
class Proposal:
    draft: Draft
    confidence: float


class ExtractiveWriter:
    name = "extractive"

    def write(self, question: Question, material: Material) -> Proposal:
        best = max(material.sentences, key=lambda s: s.cosine, default=None)
        if best is None:
            return Proposal(Draft(), 0.0)
        return Proposal(Draft(sentences=(DraftSentence(text=best.text, labels=(best.label,)),)), 0.5)
