import datetime

import pytest

from kamerbrief.language.dates import format_date, parse_date
from kamerbrief.language.lexicon import lexicon_of, lexicons
from kamerbrief.language.moments import time_parts


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Den Haag, 10 september 2014", "2014-09-10"),
        ("op 1 mei 2023.", "2023-05-01"),
        ("2014-09-10", "2014-09-10"),
        ("10-09-2014", "2014-09-10"),
        ("1/2/2015", "2015-02-01"),
        ("10september 1993", "1993-09-10"),
        ("on 3 March 2020", "2020-03-03"),
        ("September 10, 2014", "2014-09-10"),
        ("10 okt. 1993", "1993-10-10"),
        ("3rd of Mar 2020", "2020-03-03"),
        ("van 2 tot 9 september 2014", "2014-09-09"),
        ("31 februari 2014 of 1 maart 2014", "2014-03-01"),
        ("sent on 2 May 2023, dated 1 mei 2023", "2023-05-02"),
        ("31 februari 2014", None),
        ("2013-2014", None),
        ("10 september", None),
        ("27 925, nr. 504", None),
    ],
)
def test_a_full_date_is_read(text: str, date: str | None) -> None:
    assert parse_date(text, lexicons()) == (datetime.date.fromisoformat(date) if date else None)


def test_a_date_is_printed_as_in_dutch_letters() -> None:
    assert format_date(datetime.date(2014, 9, 1)) == "1 september 2014"
    assert parse_date(format_date(datetime.date(1999, 12, 31)), lexicons()) == datetime.date(1999, 12, 31)


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("nl", "in Q3 2023", {"quarter", "quarter_3"}),
        ("nl", "in het derde kwartaal van 2023", {"quarter", "quarter_3"}),
        ("nl", "eind Q1 2025", {"end", "quarter", "quarter_1"}),
        ("nl", "het 2e kwartaal", {"quarter", "quarter_2"}),
        ("nl", "in de eerste helft van 2025", {"half_1"}),
        ("nl", "de eerste helft van de brief", set()),
        ("en", "in Q3 2023", {"quarter", "quarter_3"}),
        ("en", "by the third quarter", {"quarter", "quarter_3"}),
        ("en", "a quarter of the houses", set()),
    ],
)
def test_quarters_and_halves_of_a_year_are_told_apart(language: str, text: str, parts: set[str]) -> None:
    assert time_parts(text, lexicon_of(language)) == parts
