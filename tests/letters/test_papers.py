import pytest

from kamerbrief.letters.papers import find_references


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(Handelingen II 2013/14, nr. 107, debat)", [("Handelingen II 2013/14, nr. 107", None)]),
        ("Handelingen II 2013/14, nrs. 103 en 106, x", [("Handelingen II 2013/14, nrs. 103 en 106", None)]),
        ("Kamerstuk 31 793, nr. 5.", [("Kamerstuk 31 793, nr. 5", "kst-31793-5")]),
        ("Kamerstuk 33009, nr. 117.", [("Kamerstuk 33009, nr. 117", "kst-33009-117")]),
        (
            "(Kamerstukken II 2009/10, 32 123 XVI, nr. 30)",
            [("Kamerstukken II 2009/10, 32 123 XVI, nr. 30", "kst-32123-XVI-30")],
        ),
        ("Kamerstuk 21 501-02, nr. 2498", [("Kamerstuk 21 501-02, nr. 2498", "kst-21501-02-2498")]),
        (
            "Kamerstukken 33 037, nrs. 431 en 437",
            [
                ("Kamerstukken 33 037, nrs. 431 en 437", "kst-33037-431"),
                ("Kamerstukken 33 037, nrs. 431 en 437", "kst-33037-437"),
            ],
        ),
        ("hoofdlijnenakkoord (36 471-64) op 7 juni", [("36 471-64", "kst-36471-64")]),
        (
            "Tweede Kamer, vergaderjaar 2017–2018, 26 485, nr. 267",
            [("Tweede Kamer, vergaderjaar 2017–2018, 26 485, nr. 267", "kst-26485-267")],
        ),
        (
            "Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1379.",
            [("Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1379", "ah-tk-20232024-1379")],
        ),
        ("Kamerstuk 33400-J, nr. 19", [("Kamerstuk 33400-J, nr. 19", "kst-33400-J-19")]),
        ("Kamerstuk 36 410 XIV, nr. 7", [("Kamerstuk 36 410 XIV, nr. 7", "kst-36410-XIV-7")]),
        ("Kamerstuk 36 200 IXB, nr. 2", [("Kamerstuk 36 200 IXB, nr. 2", "kst-36200-IXB-2")]),
        ("Kamerstuk 21501-20 nr. 5", [("Kamerstuk 21501-20 nr. 5", "kst-21501-20-5")]),
        ("(Kamerstuk 28 973, nr. 237, 24 april 2020)", [("Kamerstuk 28 973, nr. 237", "kst-28973-237")]),
        ("de motie op stuk nr. 1181 (33 529)", [("stuk nr. 1181 (33 529)", "kst-33529-1181")]),
        ("aan motie 32 735 nr. 262 van", [("32 735 nr. 262", "kst-32735-262")]),
        ("(35 570-XVI, nr. 29)", [("35 570-XVI, nr. 29", "kst-35570-XVI-29")]),
        ("Eerste Kamermotie (33 996, N)", [("33 996, N", "kst-33996-N")]),
        ("Kamerstuk 21501–32, nr. 1668", [("Kamerstuk 21501–32, nr. 1668", "kst-21501-32-1668")]),
        ("23 400 hoofdstuk VIII, nr. 1", [("23 400 hoofdstuk VIII, nr. 1", "kst-23400-VIII-1")]),
        ("Kamerstuk 32 813, nummer 676", [("Kamerstuk 32 813, nummer 676", "kst-32813-676")]),
        (
            "Kamerstuk 32 761 en 30 821, Nr. 152",
            [
                ("Kamerstuk 32 761 en 30 821, Nr. 152", "kst-32761-152"),
                ("Kamerstuk 32 761 en 30 821, Nr. 152", "kst-30821-152"),
            ],
        ),
        ("19 898, nrs. 1-2", [("19 898, nrs. 1-2", "kst-19898-1"), ("19 898, nrs. 1-2", "kst-19898-2")]),
        ("19 898, nrs. 1-200", [("19 898, nrs. 1-200", None)]),
        (
            "Aanhangsel handelingen, vergaderjaar 2019-2020, nr. 4025",
            [("Aanhangsel handelingen, vergaderjaar 2019-2020, nr. 4025", "ah-tk-20192020-4025")],
        ),
        (
            "Handelingen II 2013/14, nr. 107, item 3",
            [("Handelingen II 2013/14, nr. 107, item 3", "h-tk-20132014-107-3")],
        ),
        ("Handelingen II 1988/89, blz. 5583", [("Handelingen II 1988/89, blz. 5583", None)]),
        (
            "In antwoord op uw brief, nr. 2024Z11859, deel ik u mede dat de vragen worden beantwoord",
            [("2024Z11859", "kv-tk-2024Z11859")],
        ),
        ("Dat is een oude brief. Zie mijn brief (2023Z17434). Kunt u deze vragen", [("2023Z17434", None)]),
        ("detail?id=2022Z25169&did=2022Z25169", []),
        ("ah-tk-20212022-1631 ISSN 0921 - 7398", []),
        ("een bedrag van f 15 235 en nr. 285-3709", []),
        ("Kamerstuk 27 925 en nr. 5 van het pakket", []),
        ("in 2013 waren er 27 925 helmen en nr. 5 was blauw", []),
    ],
)
def test_papers_named_in_a_text(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(reference.text, reference.id) for reference in find_references([text])] == found


def test_a_paper_named_twice_is_one_reference() -> None:
    assert len(find_references(["Kamerstuk 31 793, nr. 5", "zie Kamerstuk 31 793, nr. 5"])) == 1


def test_a_paper_without_a_dossier_is_of_the_letters_own() -> None:
    text = "het amendement op stuk nummer 12"

    assert [one.id for one in find_references([text], "22712")] == ["kst-22712-12"]
    assert find_references([text]) == ()
