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
        ("Kamerstuk 27 925 en nr. 5 van het pakket", []),
        ("in 2013 waren er 27 925 helmen en nr. 5 was blauw", []),
    ],
)
def test_papers_named_in_a_text(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(reference.text, reference.id) for reference in find_references([text])] == found


def test_a_paper_named_twice_is_one_reference() -> None:
    assert len(find_references(["Kamerstuk 31 793, nr. 5", "zie Kamerstuk 31 793, nr. 5"])) == 1
