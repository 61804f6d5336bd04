"""Motions, letters, questions and answers lead to each other where official records say that they belong together."""

from pathlib import Path
from typing import Any

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Reference
from kamerbrief.sources.belonging import references_of
from tests.sources.conftest import Fetch
from tests.sources.repository import Paper, Repository
from tests.sources.test_parliament import DOCUMENTS, FIRST, SECOND, answer, document, pdf, resource
from tests.sources.test_parliament import fetch as fetch_documents
from tests.sources.test_parliament import kb as kb

MOTION = "kst-35300-12"


def case(sort: str, number: str = "2024Z01234", place: int = -1, dossier: int = 35300, **more: Any) -> dict[str, Any]:
    told = {"Nummer": number, "Soort": sort, "Onderwerp": f"{sort} over water", "Volgnummer": place}
    return {**told, "Kamerstukdossier": [{"Nummer": dossier, "Toevoeging": None}], **more}


def test_a_letter_of_the_tweede_kamer_leads_to_its_motion_and_back(
    kb: Kamerbrief, there: Repository, fetch: Fetch
) -> None:
    there.papers = {MOTION: Paper("De Kamer, gehoord de beraadslaging, verzoekt de regering de dijken te verhogen.")}
    fetch()  # out of the repository of official publications
    letter = case("Brief regering", GerelateerdVanuit=[case("Motie", "2024Z00001", 12)], GerelateerdNaar=[])
    there.faults[DOCUMENTS] = [answer(document(FIRST, Zaak=[letter]))]
    there.always[resource(FIRST)] = pdf("Met deze brief ga ik in op een verzoek van uw Kamer.")

    (done,) = fetched(kb)

    (told,) = kb.references(done).refers_to
    assert (told.id, told.kind, told.here, told.text) == (MOTION, "relates", True, "Motie over water")
    (back,) = kb.references(MOTION).referred_by
    assert back.id == done
    assert {one.letter for one in kb.search("brief", k=9, follow=True) if one.via} <= {MOTION, done}


def fetched(kb: Kamerbrief) -> tuple[str, ...]:
    return tuple(letter for one in fetch_documents(kb) for letter in one.letters)


def test_a_letter_names_the_promises_that_it_keeps(kb: Kamerbrief, there: Repository) -> None:
    kept: dict[str, Any] = {
        "Nummer": "TZ202403-130",
        "Tekst": "De minister stuurt voor de zomer een brief.",
        "KamerbriefNakoming": [],
    }
    told = [{**kept, "KamerbriefNakoming": [{"Id": FIRST}, {"Id": "x"}]}, {**kept, "Tekst": None}, {"Tekst": 1}]
    there.faults[DOCUMENTS] = [answer(document(FIRST), document("x) or (1 eq 1", ContentType=None))]
    there.always["/odata/Toezegging"] = answer(*told)
    there.always[resource(FIRST)] = pdf("De dijken zijn hoog genoeg.")
    (done,) = fetched(kb)
    assert [(one.text, one.paper, one.id) for one in kb.references(done).refers_to] == [
        ("De minister stuurt voor de zomer een brief.", "promise", None)
    ]
    assert there.filters[-1] == f"Verwijderd eq false and KamerbriefNakoming/any(d: d/Id eq {FIRST})"


def test_an_answer_leads_to_its_questions(kb: Kamerbrief, there: Repository) -> None:
    questions = case("Schriftelijke vragen", "2024Z05678")
    there.faults[DOCUMENTS] = [answer(document(SECOND, Zaak=[questions]))]
    there.always[resource(SECOND)] = pdf("Vraag 1 Zijn de dijken hoog genoeg? Antwoord 1 Ja.")
    (done,) = fetched(kb)
    (told,) = kb.references(done).refers_to
    assert (told.id, told.kind, told.paper) == ("kv-tk-2024Z05678", "answers", "question")
    assert told.url == "https://zoek.officielebekendmakingen.nl/kv-tk-2024Z05678.html"


@pytest.mark.parametrize(
    ("told", "id_"),
    [
        (case("Motie", place=7), "kst-35300-7"),
        (case("Motie", place=7, Kamerstukdossier=[{"Nummer": 35300, "Toevoeging": "XV"}]), "kst-35300-XV-7"),
        (case("Motie", place=7, Kamerstukdossier={"Nummer": 21501, "Toevoeging": "02"}), "kst-21501-02-7"),
        (case("Motie"), None),
        (case("Motie", place=7, Kamerstukdossier=[{"Nummer": "x/..", "Toevoeging": None}]), None),
        (case("Motie", place=7, Kamerstukdossier=[{"Nummer": 35300, "Toevoeging": "../x"}]), None),
        (case("Schriftelijke vragen", "../x"), None),
        (case("Motie", place=7, Kamerstukdossier=None, Onderwerp="a\n\x00b" + "c" * 500), None),
    ],
)
def test_a_paper_has_an_id_where_the_record_tells_all_of_it(told: dict[str, Any], id_: str | None) -> None:
    (found,) = references_of({"Zaak": [{"Soort": "Brief regering", "GerelateerdNaar": [told, told, 1, None]}]})
    assert (found.id, found.kind) == (id_, "relates")
    assert len(found.text) <= 300
    assert found.text.isprintable()


def test_what_is_no_record_tells_nothing() -> None:
    assert (
        references_of({}) == references_of({"Zaak": [None, {"GerelateerdNaar": "x"}, {"VervangenVanuit": [{}]}]}) == ()
    )
    replaced = references_of({"Zaak": {"Soort": "Motie", "VervangenVanuit": [case("Motie", place=7)]}})
    assert [(one.id, one.kind, one.paper) for one in replaced] == [("kst-35300-7", "replaces", "motion")]


def test_official_records_tell_what_is_answered_and_attached(data: Path, tmp_path: Path) -> None:
    answers = read_letter(
        data / "koop/frbr/officielepublicaties/ah-tk/20202021/ah-tk-20202021-3235/1/xml/ah-tk-20202021-3235.xml"
    )
    question = Reference(
        text="Schriftelijke vragen 2021Z09739", id="kv-tk-2021Z09739", kind="answers", paper="question"
    )
    assert question in answers.references
    assert (
        read_letter(data / "koop/frbr/officielepublicaties/kst/32545/kst-32545-143/1/xml/kst-32545-143.xml").paper
        == "motion"
    )
    record = '<metadata_gegevens><metadata name="DC.identifier" content="kst-1-1"/>{}</metadata_gegevens>'
    names = ("vraagnummer", "2024Z00001;2024Z00002"), ("bijlage", "blg-1"), ("bijlage", "blg-2"), ("bijlage", "../x")
    told = "".join(f'<metadata name="OVERHEIDop.{name}" content="{value}"/>' for name, value in names)
    (tmp_path / "metadata.xml").write_text(record.format(told))
    (tmp_path / "kst-1-1.pdf").write_bytes(pdf("De dijken zijn hoog genoeg.").body)
    found = read_letter(tmp_path / "kst-1-1.pdf").references
    assert [(one.id, one.kind) for one in found] == [
        ("kv-tk-2024Z00001", "answers"),
        ("kv-tk-2024Z00002", "answers"),
        ("blg-1", "relates"),
        ("blg-2", "relates"),
    ]
