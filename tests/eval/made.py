"""Answers and cases made by hand, over the paragraphs of the sample letter."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from eval.metrics.base import Asked
from eval.sets.briefs import Brief
from eval.sets.cases import Case, Gold, text_hash
from eval.systems.outcomes import Outcome, Ranked
from kamerbrief.records.answers import Answer, Citation, Sentence
from kamerbrief.records.briefings import Briefing, Line
from kamerbrief.records.letters import Filters, Letter

LETTER = "kst-27925-504"
HELMETS = "heeft Nederland 1.000 helmen en 1.000 kogelwerende vesten geleverd"


L = TypeVar("L", bound=Line)


def citation(letters: Mapping[str, Letter], paragraph: int, quote: str) -> Citation:
    """A citation of words that stand in a paragraph of the sample letter."""
    text = letters[LETTER].paragraphs[paragraph - 1].text
    start = text.index(quote)
    return Citation(
        letter=LETTER,
        paragraph=paragraph,
        label=f"Kamerstuk 27 925, nr. 504, 10 september 2014, alinea {paragraph}",
        heading=None,
        url=None,
        text=text,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def answer(*sentences: Sentence, confidence: float = 0.9, question: str = "Hoeveel helmen?") -> Answer:
    """An answer with these sentences, "not found" without any."""
    return Answer(
        id="0",
        asked_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        question=question,
        filters=Filters(),
        status="answered" if sentences else "not_found",
        sentences=sentences,
        confidence=confidence,
        writer="extractive",
        embedder="none",
        milliseconds={"search": 2.0, "write": 1.0},
    )


def case(letters: Mapping[str, Letter], golds: Sequence[tuple[int, int]] = ((9, 1),), **change: Any) -> Case:
    """The question about the helmets; `golds` are paragraphs with their parts."""
    places = tuple(
        Gold(
            letter=LETTER,
            paragraph=paragraph,
            sha256=text_hash(letters[LETTER].paragraphs[paragraph - 1].text),
            start=0,
            end=10,
            part=part,
        )
        for paragraph, part in golds
    )
    values: dict[str, Any] = {
        "id": "helmen",
        "language": "nl",
        "question": "Hoeveel helmen heeft Nederland geleverd?",
        "kind": "number",
        "paraphrase": False,
        "answerable": bool(places),
        "unanswerable_kind": None if places else "near",
        "letters": (LETTER,),
        "gold": places,
        "nuggets": (
            {"text": "1.000 helmen", "accept": ("1.000 helmen", "duizend helmen"), "vital": True},
            {"text": "kogelwerende vesten voor Koerden", "accept": ("vesten voor de Koerden",), "vital": True},
        ),
        "answer": "Nederland heeft 1.000 helmen geleverd.",
    }
    return Case.model_validate(values | change)


def asked(letters: Mapping[str, Letter], about: Any, outcome: Outcome) -> Asked[Any]:
    """A case beside its outcome; `verify` lets out what holds no "niet"."""
    return Asked(about, outcome, letters, lambda text, sources: "niet" not in text and bool(sources))


def ranked(*paragraphs: int | tuple[int, ...]) -> tuple[Ranked, ...]:
    """Hits of 100 characters each, at these paragraphs."""
    return tuple(
        Ranked(letter=LETTER, paragraphs=p if isinstance(p, tuple) else (p,), characters=100) for p in paragraphs
    )


def line(letters: Mapping[str, Letter], paragraph: int, quote: str, made: type[L], **fields: Any) -> L:
    """A line of a briefing: words that stand in a paragraph of the sample letter."""
    return made(text=quote, citations=(citation(letters, paragraph, quote),), **fields)


def briefing(**parts: Any) -> Briefing:
    """A briefing of the sample letter with these parts."""
    return Briefing(
        id="0",
        made_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        subject="Irak",
        dossiers=("27925",),
        length="normal",
        letters=(),
        **parts,
    )


def stated(letters: Mapping[str, Letter], paragraph: int, sentence: str, **fields: Any) -> dict[str, Any]:
    """An entry of a list made by hand, that a sentence of the sample letter states."""
    text = letters[LETTER].paragraphs[paragraph - 1].text
    start = text.index(sentence)
    place = {"letter": LETTER, "paragraph": paragraph, "sha256": text_hash(text)}
    return {**fields, "place": {**place, "start": start, "end": start + len(sentence)}}


def brief(**lists: Any) -> Brief:
    """The sample letter, to be briefed, with lists made by hand."""
    return Brief.model_validate({"id": "b", "language": "nl", "letters": [LETTER], **lists})
