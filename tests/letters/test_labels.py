import datetime

import pytest

from kamerbrief.letters.labels import label, official_url, unit_label
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Key, Letter
from tests.letters.conftest import SAMPLE

BRIEF = {"reference": "DGBI – I&K/ 26844711", "date": datetime.date(2023, 5, 30), "dossier": None, "number": None}


@pytest.fixture(scope="module")
def sample() -> Letter:
    return read_letter(SAMPLE)


@pytest.mark.parametrize(
    ("letter_id", "changes", "expected"),
    [
        ("kst-27925-504", {}, "Kamerstuk 27 925, nr. 504"),
        ("kst-32123-XVI-30", {}, "Kamerstuk 32 123 XVI, nr. 30"),
        ("kst-21501-02-125", {}, "Kamerstuk 21 501-02, nr. 125"),
        ("ah-tk-20232024-1314", {}, "Aanhangsel van de Handelingen 2023–2024, nr. 1314"),
        ("brief-20230530-aaaaaaaa", BRIEF, "Brief van 30 mei 2023, DGBI – I&K/ 26844711"),
        ("brief-00000000-aaaaaaaa", {"date": None}, "Brief (brief-00000000-aaaaaaaa)"),
    ],
)
def test_what_people_call_a_letter(sample: Letter, letter_id: str, changes: dict[str, object], expected: str) -> None:
    assert label(sample.model_copy(update={"id": letter_id, **changes})) == expected


def test_what_people_call_a_paragraph(sample: Letter) -> None:
    brief = sample.model_copy(update={"id": "brief-20230530-aaaaaaaa", **BRIEF})

    assert unit_label(sample, Key(sample.id, 7)) == "Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 7"
    assert unit_label(brief, Key(brief.id, 2)) == "Brief van 30 mei 2023, DGBI – I&K/ 26844711, alinea 2"


def test_what_people_call_a_note(sample: Letter) -> None:
    assert (
        unit_label(sample, Key(sample.id, 7, "3")) == "Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 7, noot 3"
    )
    assert unit_label(sample, Key(sample.id, None, "3")) == "Kamerstuk 27 925, nr. 504, 10 september 2014, noot 3"


def test_only_official_letters_have_an_official_address(sample: Letter) -> None:
    assert official_url(sample) == "https://zoek.officielebekendmakingen.nl/kst-27925-504.html"
    assert official_url(sample.model_copy(update={"id": "brief-20140910-aaaaaaaa"})) is None
