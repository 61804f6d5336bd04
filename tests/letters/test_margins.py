"""A ministry's margin column stays out of the sentences, however close to them it is printed."""

from collections.abc import Sequence

import pytest

from kamerbrief.letters.pdf import read_pages
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter
from tests.letters.made import LEAD, Drawn, made_pdf

FIRST = [
    "Het kabinet wil dat in 2030 de helft van de grondstoffen wordt gebruikt",
    "en daarvoor is samenwerking met bedrijven en gemeenten daarom hard",
    "nodig. Het programma is een belangrijke stap op weg naar dat doel, en",
    "de uitvoering ervan is begonnen met een verkenning door drie partijen",
    "die samen de kosten dragen. Zij rapporteren elk half jaar over hoe ver",
    "zij zijn en wat er nog moet gebeuren. Dat verslag gaat ook naar de",
    "Tweede Kamer, die er in het voorjaar over spreekt met de bewindslieden.",
    "De provincies zijn gevraagd om mee te doen en hebben",
]
SECOND = [
    "toegezegd dat zij hun plannen hierop aanpassen. In 2025 is het gebruik",
    "met een tiende gereduceerd ten opzichte van nu. De waterschappen volgen",
    "een jaar later, omdat zij eerst hun eigen metingen willen afronden en",
    "de uitkomsten daarvan met de gemeenten willen delen voordat zij keuzes",
    "maken over de inrichting van hun gebied en de kosten daarvan voor hun",
    "inwoners. Ik zal uw Kamer hierover voor de zomer nader informeren.",
]
BODY = " ".join([*FIRST, *SECOND])
COLUMN = ["Ministerie van", "Infrastructuur en", "Waterstaat"]
LEFT, TOP = 70, 600


def widest(lines: Sequence[str]) -> float:
    """Where the longest line ends."""
    (page,) = read_pages(made_pdf([Drawn().lines(LEFT, TOP, lines)]), "p.pdf")
    return max(word.right for word in page.words)


def margin(page: Drawn, x: float, y: float, size: float, lead: float, reference: bool) -> Drawn:
    page.lines(x, y, COLUMN, "bold", size, lead)
    if reference:
        page.text(x, y - 4 * lead, "Ons kenmerk", "bold", size).text(x, y - 5 * lead, "IENW/BSK-2024/1", size=size)
    return page


def letter(gap: float, size: float, raised: float, lead: float, moved: float = 0, named: bool = True) -> Letter:
    """A letter of two pages with its column `gap` points from the longest line, the first page's `moved` further."""
    edge = widest([*FIRST, *SECOND]) + gap
    one, two = Drawn().lines(LEFT, TOP, FIRST), Drawn().lines(LEFT, TOP, SECOND)
    margin(one, edge + moved, TOP + raised, size, lead, reference=True)
    margin(two, edge, TOP + raised, size, lead, reference=named)
    return read_letter(made_pdf([one, two]), name="brief.pdf")


@pytest.mark.parametrize(
    ("gap", "size", "raised", "lead"),
    [
        (5, 6.5, 0, 9),
        (9, 6.5, 3, 9),
        (26, 6.5, 3, 9),
        (5, 10, 0, LEAD),
        (26, 10, 0, LEAD),
        (9, 9, 5, 11),
        (5, 7, -2, LEAD),
    ],
)
def test_a_column_of_any_type_and_gap_stays_out_of_the_sentence(
    gap: float, size: float, raised: float, lead: float
) -> None:
    read = letter(gap, size, raised, lead)
    assert [paragraph.text for paragraph in read.paragraphs] == [BODY]
    assert (read.ministries, read.reference) == (("Infrastructuur en Waterstaat",), "IENW/BSK-2024/1")


@pytest.mark.parametrize("moved", [-3, 12])
def test_the_first_page_may_have_it_elsewhere(moved: float) -> None:
    read = letter(8, 6.5, 2, 9, moved)
    assert [paragraph.text for paragraph in read.paragraphs] == [BODY]


def test_a_column_of_few_lines_on_a_following_page_is_known_by_the_first() -> None:
    read = letter(5, 10, 0, LEAD, named=False)
    assert [paragraph.text for paragraph in read.paragraphs] == [BODY]


def test_a_table_whose_last_cells_stand_under_one_another_is_no_column() -> None:
    rows = [("Stuw Driel", "4,5"), ("Sluis Eefde", "6,0"), ("Brug Tiel", "7,2"), ("Gemaal Kampen", "9,1")]
    page = Drawn().lines(LEFT, TOP, FIRST[:6])
    for number, (name, cost) in enumerate(rows):
        page.text(LEFT, 480 - number * LEAD, name).text(380, 480 - number * LEAD, cost)
    read = read_letter(made_pdf([page]), name="brief.pdf")
    assert [one.text for one in read.paragraphs if one.kind == "table"] == ["\n".join(" | ".join(row) for row in rows)]


@pytest.mark.parametrize(("gap", "size", "raised"), [(5, 6.5, 0), (22, 6.5, 3), (6, 10, 0), (22, 10, 4)])
def test_a_column_left_of_the_text_stays_out_of_it_too(gap: float, size: float, raised: float) -> None:
    (measured,) = read_pages(made_pdf([Drawn().lines(40, TOP, COLUMN, "bold", size)]), "p.pdf")
    left = max(word.right for word in measured.words) + gap
    pages = [Drawn().lines(left, TOP, lines).lines(40, TOP + raised, COLUMN, "bold", size) for lines in (FIRST, SECOND)]
    read = read_letter(made_pdf(pages), name="brief.pdf")
    assert [paragraph.text for paragraph in read.paragraphs] == [BODY]
    assert read.ministries == ("Infrastructuur en Waterstaat",)


def test_what_stands_left_in_the_type_of_the_text_and_once_is_read() -> None:
    page = Drawn().lines(150, TOP, FIRST)
    for number, said in enumerate(["29 515", "Nr. 496", "Bijlage"]):
        page.text(60, TOP - 26 * number, said)
    read = read_letter(made_pdf([page]), name="brief.pdf")
    assert any("Bijlage" in paragraph.text for paragraph in read.paragraphs)
