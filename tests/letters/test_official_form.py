"""How official texts refer to a paper."""

import pytest

from kamerbrief.letters.official_form import official_form
from kamerbrief.records.letters import LetterHead, Source

SOURCE = Source(name="one.txt", format="text", sha256="0" * 64, size=1)


@pytest.mark.parametrize(
    ("letter_id", "year", "form"),
    [
        ("kst-27925-504", "2013-2014", "Kamerstukken II 2013/14, 27925, nr. 504"),
        ("kst-27858-88", "1999-2000", "Kamerstukken II 1999/00, 27858, nr. 88"),
        ("kst-31700-VI-D", "2008-2009", "Kamerstukken I 2008/09, 31700 VI, D"),
        ("kst-21501-02-2900", "2023-2024", "Kamerstukken II 2023/24, 21501-02, nr. 2900"),
        ("kst-27925-504", None, "Kamerstukken II, 27925, nr. 504"),
        ("ah-tk-20232024-1314", "2023-2024", "Aanhangsel Handelingen II 2023/24, nr. 1314"),
        ("ah-ek-20142015-12", None, "Aanhangsel Handelingen I 2014/15, nr. 12"),
        ("brief-20230530-0a1b2c3d", None, "Brief (brief-20230530-0a1b2c3d)"),
    ],
)
def test_the_form(letter_id: str, year: str | None, form: str) -> None:
    head = LetterHead(id=letter_id, kind="letter", session_year=year, source=SOURCE, text_sha256="0" * 64)
    assert official_form(head) == form
