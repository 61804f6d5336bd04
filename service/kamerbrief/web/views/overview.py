"""How it is: for admins."""

import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from kamerbrief.http.access import Admin
from kamerbrief.http.state import state_of
from kamerbrief.http.threads import in_thread
from kamerbrief.library import Kamerbrief
from kamerbrief.web.overview import DAYS, HEIGHT, STEP, chart, days_of, rules_of
from kamerbrief.web.rendering import page

router = APIRouter()
MOST = 5000  # answers that are looked at: the newest
FETCHES = 10


@router.get("/overview")
async def read_overview(request: Request, _: Admin) -> Response:
    """What there is, what was fetched, asked, answered, spent and said, and which keys there are."""
    return page(request, "overview.html", **await in_thread(_known, state_of(request).kb))


def _known(kb: Kamerbrief) -> dict[str, Any]:
    now = datetime.datetime.now(datetime.UTC)
    outcomes = kb.log.outcomes(now - datetime.timedelta(DAYS - 1, hours=now.hour, minutes=now.minute), MOST)
    days = days_of(outcomes, now.date())
    asked = len(outcomes)
    return {
        "holds": kb.status(),
        "days": days,
        "asked": asked,
        "refused": sum(not one.answered for one in outcomes) / asked if asked else None,
        "rules": rules_of(outcomes),
        "tokens": sum(day.tokens for day in days),
        "cost": sum(day.cost for day in days),
        "failed": sum(day.failed for day in days),
        "charts": {
            "asked": chart(days, "asked", "refused"),
            "seconds": chart(days, "seconds"),
            "stopped": chart(days, "stopped"),
            "tokens": chart(days, "tokens"),
        },
        "chart_width": STEP * DAYS,
        "chart_height": HEIGHT,
        "fetches": kb.fetches.newest()[:FETCHES],
        "verdicts": kb.log.verdicts(),
        "keys": kb.keys.list(),
        "now": now,
    }
