"""A dossier on the page: its letters in time, what changed, what was promised."""

import datetime

import httpx

from kamerbrief.records.letters import LetterHead, LetterKind, Source
from kamerbrief.web.axis import WIDTH, axis_of

LETTER = "kst-27925-504"


def head(number: int, day: datetime.date | None, kind: LetterKind = "letter") -> LetterHead:
    source = Source(name="a", format="text", sha256="0", size=1)
    return LetterHead(id=f"kst-1-{number}", kind=kind, date=day, source=source, text_sha256="0")


def test_its_letters_are_listed_and_lead_to_the_reader(http: httpx.Client) -> None:
    page = http.get("/dossiers/27925").text
    assert "Dossier 27 925" in page
    assert f'href="/letters/{LETTER}"' in page
    assert 'href="/dossiers/27925"' in http.get("/letters").text


def test_each_promise_leads_to_its_words(http: httpx.Client) -> None:
    page = http.get("/dossiers/27925?found=true").text
    assert "Toegezegd en aangekondigd" in page
    assert f'href="/letters/{LETTER}?version=1&amp;mark=' in page


def test_what_no_letter_is_of_is_not_there(http: httpx.Client) -> None:
    assert http.get("/dossiers/99999").status_code == 404
    assert http.get("/dossiers/<b>").status_code == 400


def test_a_day_is_a_place_on_the_axis_and_a_kind_a_lane() -> None:
    days = [datetime.date(2020, 1, 1), datetime.date(2021, 1, 1), datetime.date(2022, 1, 1)]
    axis = axis_of([head(1, days[0]), head(2, days[1], "answers"), head(3, days[2]), head(4, None)])
    assert axis
    assert [(lane.kind, [dot.head.id for dot in lane.dots]) for lane in axis.lanes] == [
        ("letter", ["kst-1-1", "kst-1-3"]),
        ("answers", ["kst-1-2"]),
    ]
    first, last = (dot.x for dot in axis.lanes[0].dots)
    (middle,) = axis.lanes[1].dots
    assert 0 < first < middle.x < last < WIDTH
    assert [year for _, year in axis.ticks] == [2021, 2022]


def test_letters_of_one_day_stand_above_each_other() -> None:
    day = datetime.date(2020, 1, 1)
    axis = axis_of([*(head(number, day) for number in range(5)), head(9, datetime.date(2021, 1, 1))])
    assert axis
    places = {(dot.x, dot.y) for dot in axis.lanes[0].dots}
    assert len(places) == 6
    assert all(0 < y < axis.height for _, y in places)


def test_one_day_is_no_axis() -> None:
    assert axis_of([head(1, datetime.date(2020, 1, 1)), head(2, None)]) is None
