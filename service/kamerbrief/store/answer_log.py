"""The log: every answer that was given, what readers said of it, and what was spent on language models."""

import datetime
from collections.abc import Iterator

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from kamerbrief.records.answers import Answer, Feedback
from kamerbrief.store import service_schema as t

_PLACE = (t.answers.c.asked_at, t.answers.c.id)


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
