"""How it is, for admins."""

import datetime
from pathlib import Path

import httpx

from kamerbrief import Kamerbrief
from kamerbrief.store.answer_log import Outcome
from kamerbrief.web.overview import DAYS, HEIGHT, chart, days_of, rules_of
from tests.http.service import QUESTION
from tests.web.served import browsing, served

NOW = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)


def outcome(days_ago: int, **changed: object) -> Outcome:
    same = Outcome(NOW - datetime.timedelta(days_ago), True, 100, 0.5, False, 250.0, ())
    return same._replace(**changed)  # type: ignore[arg-type]


def test_days_are_counted_the_empty_ones_too() -> None:
    given = [outcome(0), outcome(0, answered=False, milliseconds=750.0, rules=("number", "name", "number")), outcome(3)]
    days = days_of(given, NOW.date())
    assert (len(days), days[-1].date) == (DAYS, NOW.date())
    assert [day.asked for day in days[-4:]] == [1, 0, 0, 2]
    assert (days[-1].refused, days[-1].stopped, days[-1].seconds, days[-1].tokens) == (1, 3, 0.5, 200)
    assert days[-2].seconds is None
    assert rules_of(given) == [("number", 2), ("name", 1)]


def test_the_highest_bar_is_as_high_as_the_chart() -> None:
    days = days_of([outcome(0), outcome(0, answered=False), outcome(1)], NOW.date())
    bars = chart(days, "asked", "refused")
    assert [(bar.height, bar.part) for bar in bars[-3:]] == [(0, 0), (HEIGHT / 2, 0), (HEIGHT, HEIGHT / 2)]
    assert all(bar.height == 0 for bar in chart(days_of([], NOW.date()), "asked"))


def test_what_is_asked_and_said_is_counted(http: httpx.Client, kb: Kamerbrief) -> None:
    before = len(kb.log.outcomes(NOW.replace(year=2020), 5000))
    answer = http.post("/questions", data={"question": QUESTION}).headers["Location"].rpartition("/")[2]
    kb.give_feedback(answer, "helpful")
    newest, *rest = kb.log.outcomes(NOW.replace(year=2020), 5000)
    assert newest.answered
    assert newest.milliseconds > 0
    assert len(rest) == before
    page = http.get("/overview").text
    assert f"<dd>{before + 1}</dd>" in page
    assert "Ja, dit helpt" in page


def test_it_is_for_admins(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        keys = {role: kb.keys.create(role, role) for role in ("reader", "admin")}
        with served(kb) as address, browsing(address) as http:
            http.post("/sign-in", data={"key": keys["reader"]})
            assert http.get("/overview").status_code == 403
            assert 'href="/overview"' not in http.get("/briefings").text
            http.post("/sign-in", data={"key": keys["admin"]})
            page = http.get("/overview").text
            assert 'href="/overview"' in page
            assert "beheerder" in page
            assert not any(key in page for key in keys.values())
