"""The log: every answer that was given, what readers said of it, and what was spent on language models."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import JSON, Engine, delete, func, insert, select, type_coerce, update
from sqlalchemy.exc import IntegrityError

from kamerbrief.records.answers import Answer, Feedback, Verdict
from kamerbrief.store import service_schema as t

_PLACE = (t.answers.c.asked_at, t.answers.c.id)
_COUNTED = ("tokens", "cost", "milliseconds", "refusals")


class Outcome(NamedTuple):
    """What is counted of an answer: `milliseconds` is how long it took in all, `rules` those that stopped sentences."""

    asked_at: datetime.datetime
    answered: bool
    tokens: int
    cost: float
    failed: bool
    milliseconds: float
    rules: tuple[str, ...]


class AnswerLog:
    """A part of the service's own database. Every method is one transaction; all may be called from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, answer: Answer) -> None:
        with self._engine.begin() as db:
            row = {"id": answer.id, "asked_at": answer.asked_at, "record": answer.model_dump_json()}
            db.execute(insert(t.answers), row)

    def get(self, answer_id: str) -> Answer | None:
        query = select(t.answers.c.record).where(t.answers.c.id == answer_id)
        with self._engine.connect() as db:
            record = db.scalar(query)
        return Answer.model_validate_json(record) if record else None

    def page(self, limit: int, *, before: str | None = None) -> list[Answer]:
        """The newest answers, newest first; or those before the answer with this id."""
        query = select(t.answers.c.record).order_by(*(column.desc() for column in _PLACE)).limit(limit)
        with self._engine.connect() as db:
            if before is not None:
                place = db.execute(select(*_PLACE).where(t.answers.c.id == before)).first()
                if place is None:
                    return []
                asked_at, answer_id = _PLACE
                same = (asked_at == place.asked_at) & (answer_id < before)
                query = query.where((asked_at < place.asked_at) | same)
            return [Answer.model_validate_json(record) for record in db.scalars(query)]

    def outcomes(self, since: datetime.datetime, most: int) -> list[Outcome]:
        """What came of the answers of since then, newest first, and no more than `most`."""
        record = type_coerce(t.answers.c.record, JSON)
        texts = [record[name].as_string() for name in ("status", "failure")]
        query = select(t.answers.c.asked_at, *texts, *(record[name] for name in _COUNTED))
        query = query.where(t.answers.c.asked_at >= since).order_by(t.answers.c.asked_at.desc()).limit(most)
        with self._engine.connect() as db:
            return [_outcome(*row) for row in db.execute(query)]

    def verdicts(self) -> Counter[Verdict]:
        """How often readers said what of the answers that are kept."""
        verdict = type_coerce(t.feedback.c.record, JSON)["verdict"].as_string()
        with self._engine.connect() as db:
            return Counter(db.scalars(select(verdict)).all())

    def forget(self, before: datetime.datetime) -> None:
        """Deletes the answers of before this time, and what was said of them."""
        with self._engine.begin() as db:
            db.execute(delete(t.answers).where(t.answers.c.asked_at < before))

    def count(self) -> int:
        """How many answers are kept."""
        with self._engine.connect() as db:
            return db.scalar(select(func.count()).select_from(t.answers)) or 0

    # feedback

    def add_feedback(self, feedback: Feedback) -> bool:
        """Keeps it; False where there is no such answer."""
        row = {"id": feedback.id, "answer": feedback.answer, "record": feedback.model_dump_json()}
        try:
            with self._engine.begin() as db:
                db.execute(insert(t.feedback), row)
        except IntegrityError:
            return False
        return True

    def with_feedback(self) -> Iterator[tuple[Answer, Feedback]]:
        """All feedback, each with the answer it is about, oldest answer first."""
        query = select(t.answers.c.record, t.feedback.c.record.label("said")).join(t.feedback)
        with self._engine.connect() as db:
            for row in db.execute(query.order_by(*_PLACE, t.feedback.c.id)):
                yield Answer.model_validate_json(row.record), Feedback.model_validate_json(row.said)

    # money

    def spend(self, day: datetime.date, cost: float) -> None:
        """Adds to what was spent on language models that day."""
        more = update(t.spent).where(t.spent.c.day == day).values(cost=t.spent.c.cost + cost)
        try:
            with self._engine.begin() as db:
                if not db.execute(more).rowcount:
                    db.execute(insert(t.spent), {"day": day, "cost": cost})
        except IntegrityError:  # another thread or process was the first of the day
            with self._engine.begin() as db:
                db.execute(more)

    def spent(self, day: datetime.date) -> float:
        with self._engine.connect() as db:
            return db.scalar(select(t.spent.c.cost).where(t.spent.c.day == day)) or 0.0


def _outcome(asked_at: datetime.datetime, status: str, failure: str | None, *counted: Any) -> Outcome:
    tokens, cost, milliseconds, refusals = counted
    took, rules = sum(milliseconds.values()), tuple(one["rule"] for one in refusals)
    return Outcome(asked_at, status == "answered", tokens, cost, failure is not None, took, rules)
