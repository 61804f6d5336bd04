"""The forms of a briefing, read again by parsers that know nothing of kamerbrief."""

import datetime
import io
import re
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt

from kamerbrief.briefings.forms.docx import to_docx
from kamerbrief.briefings.forms.html import to_html
from kamerbrief.briefings.forms.markdown import to_markdown
from kamerbrief.briefings.forms.plain import date_in, plain
from kamerbrief.briefings.periods import days_of, in_time
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.letters.labels import official_url
from kamerbrief.records.briefings import Briefing, Event, Figure, Line
from tests.briefings.made import (
    COALITION,
    HELMETS,
    HOSTILE,
    LETTER,
    SUPPORT,
    TALKS,
    TRANSPORT,
    UNDECIDED,
    cite,
    cited,
    hostile,
    sample,
)

HEADINGS = [
    "In het kort",
    "Besloten",
    "Toegezegd en aangekondigd",
    "Cijfers",
    "Tijdlijn",
    "Wie is wie",
    "Wat er veranderde",
    "Wat open blijft",
]
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Tree(HTMLParser):
    """The elements of a page, in order; they must be nested and closed as they were opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs))
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element[2].append(data)

    def texts(self, tag: str) -> list[str]:
        return [" ".join("".join(text).split()) for name, _, text in self.elements if name == tag]

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes, _ in self.elements if attribute in attributes]


def rendered(markdown: str) -> Tree:
    return Tree(MarkdownIt("commonmark").enable("table").render(markdown))


def paragraphs(document: bytes) -> list[Paragraph]:
    """Those of the body and of its tables."""
    opened = Document(io.BytesIO(document))
    return [Paragraph(element, opened) for element in opened.element.body.iter(qn("w:p"))]


def test_markdown_holds_the_parts_in_order_and_says_how_many_more_there_are() -> None:
    tree = rendered(to_markdown(sample(shown={"timeline": (1, 3), "figures": ()})))
    assert tree.texts("h1") == ["De strijd tegen IS(IS) in Irak"]
    assert tree.texts("h2") == [heading for heading in HEADINGS if heading != "Cijfers"]  # nothing of it is shown
    assert "Dossier: 27 925" in tree.texts("li")
    assert "Periode: 10 september 2014" in tree.texts("li")
    assert "Er pasten 4 brieven; de 1 nieuwste daarvan zijn gebruikt." in tree.texts("p")
    assert any("geen notities van deze brieven" in text and text.endswith(": kst-1-1.") for text in tree.texts("p"))
    assert "en nog 2 in de JSON" in tree.texts("p") or "en nog 4 in de JSON" in tree.texts("p")
    assert [text for text in tree.texts("td") if text.endswith("2014")] == ["augustus 2014", "4 september 2014"]
    assert f"{TRANSPORT}[^5] – wie: Nederland; termijn: 31 januari 2015" in tree.texts("li")


def test_an_empty_part_and_an_empty_column_are_left_out() -> None:
    markdown = to_markdown(sample(decided=(), figures=(cited(Figure, HELMETS, number="1.000"),)))
    tree = rendered(markdown)
    assert tree.texts("h2") == [heading for heading in HEADINGS if heading != "Besloten"]
    assert tree.texts("th")[:2] == ["Getal", "In de brief"]
    assert "Datum van de brief" not in markdown


def test_each_quote_has_one_footnote_in_markdown() -> None:
    body, _, definitions = to_markdown(sample()).rpartition("\n\n")
    found = [re.fullmatch(r"\[\^(\d+)\]: (.+), <(https://\S+)>: “(.+)”", line) for line in definitions.splitlines()]
    assert all(found)
    numbers = [int(match[1]) for match in found if match]
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(dict.fromkeys(map(int, re.findall(r"\[\^(\d+)\]", body)))) == numbers
    assert len({match[4] for match in found if match}) == len(numbers)
    assert found[0]
    assert found[0].groups()[1:] == (
        "Kamerstuk 27 925, nr. 504, 10 september 2014, alinea 3",
        "https://zoek.officielebekendmakingen.nl/kst-27925-504.html",
        SUPPORT,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_renders_every_text_as_itself(text: str) -> None:
    tree = rendered(to_markdown(hostile(text)))
    shown = " ".join(plain(text).split())
    marked = f"{shown}[^1]"
    assert tree.texts("h1") == [shown]
    assert tree.texts("h2") == HEADINGS
    assert marked in tree.texts("li")
    assert f"{marked} – wie: {shown}; termijn: {shown}" in tree.texts("li")
    cells = [shown, marked, shown, marked, "2014", marked, "2015", marked, marked, shown, marked, marked]
    assert sorted(tree.texts("td")) == sorted(cells)
    assert tree.texts("p")[-1] == f"[^1]: {shown}: “{shown}”"
    assert {tag for tag, _, _ in tree.elements} == {
        *("h1", "h2", "p", "ul", "li"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert not tree.values("href")


def test_html_is_one_file_whose_links_lead_somewhere() -> None:
    tree = Tree(to_html(sample()))
    assert tree.texts("h2") == [*HEADINGS, "Bronnen"]
    names = tree.values("id")
    assert len(names) == len(set(names))
    links = tree.values("href")
    inner = [link for link in links if link.startswith("#")]
    assert {link for link in links if link not in inner} == {official_url(LETTER)}
    assert {link[1:] for link in inner} <= set(names)
    assert {name for name in names if name.startswith(("bron-", "regel-"))} == {link[1:] for link in inner}
    assert not tree.values("src")
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _, _ in tree.elements}
    assert "url(" not in to_html(sample())
    assert "@import" not in to_html(sample())


def test_html_can_be_read_aloud() -> None:
    tree = Tree(to_html(sample()))
    assert tree.elements[0][:2] == ("html", {"lang": "nl"})
    levels = [int(tag[1]) for tag, _, _ in tree.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(attributes["scope"] == "col" for tag, attributes, _ in tree.elements if tag == "th")
    assert set(tree.values("aria-labelledby")) <= set(tree.values("id"))


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_every_text_as_itself(text: str) -> None:
    tree, harmless = Tree(to_html(hostile(text))), Tree(to_html(hostile("gewoon")))
    shown = " ".join(plain(text).split())
    assert tree.texts("h1") == tree.texts("title")[:1] == [shown]
    assert f"{shown}[1]" in tree.texts("li")
    assert f"{shown}[1]" in tree.texts("td")
    assert any(note.startswith(f"{shown}: “{shown}”") for note in tree.texts("li"))
    assert [(tag, [*names]) for tag, names, _ in tree.elements] == [
        (tag, [*names]) for tag, names, _ in harmless.elements
    ]


def test_in_english_all_is_english_but_the_letters_words() -> None:
    english = lexicon_of("en")
    markdown, page = to_markdown(sample(), english), Tree(to_html(sample(), english))
    for heading in ("In short", "Decided", "Promised and announced", "Timeline", "Who is who", "What changed"):
        assert f"## {heading}\n" in markdown
    assert "- Period: 10 September 2014\n" in markdown
    assert "| Date | Event |" in markdown
    assert "Made on " in markdown
    assert HELMETS in markdown
    assert page.elements[0][:2] == ("html", {"lang": "en"})
    paragraphs = [one.text for one in Document(io.BytesIO(to_docx(sample(), english))).paragraphs]
    assert {"In short", "Figures", "Sources"} <= set(paragraphs)
    dutch = ("Brieven", "Bronnen", "Tijdlijn", "Besloten", "termijn", "wie:", "Gemaakt", "Datum")
    assert [word for word in dutch if any(word in one for one in (markdown, *paragraphs))] == []


def picture(briefing: Briefing) -> ElementTree.Element:
    svg = re.search(r"<svg.*?</svg>", to_html(briefing), re.DOTALL)
    assert svg
    return ElementTree.fromstring(svg[0])


@pytest.mark.parametrize("count", [2, 6, 40])
def test_the_timeline_is_a_picture_too(count: int) -> None:
    events = [cited(Event, COALITION, date=f"{2014 + month // 12}-{month % 12 + 1:02}") for month in range(count)]
    svg = picture(sample(timeline=events))
    space = "{http://www.w3.org/2000/svg}"
    labels = [text for text in svg.iter(f"{space}text") if "class" not in text.attrib]
    heights = [float(text.attrib["y"]) for text in labels]
    assert len(labels) == min(count, 16)
    assert all(below - above >= 20 for above, below in pairwise(heights))
    assert len(svg.findall(f"{space}g/{space}title")) == count
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for mark in svg.iter(f"{space}circle"):
        assert 0 < float(mark.attrib["cx"]) < width
        assert 0 < float(mark.attrib["cy"]) < height


def test_a_picture_needs_two_dates_that_are_dates() -> None:
    events = (cited(Event, COALITION, date="2014-09-04"), cited(Event, TALKS, date="volgend jaar"))
    html = to_html(sample(timeline=events))
    assert "<svg" not in html
    assert "volgend jaar" in html


def test_word_reads_back_what_was_written() -> None:
    document = Document(io.BytesIO(to_docx(sample(shown={"timeline": (3,)}))))
    styled = [(it.style.name, it.text) for it in document.paragraphs if it.style]
    assert [text for style, text in styled if style == "Heading 1"] == [*HEADINGS, "Bronnen"]
    assert styled[0] == ("Title", "De strijd tegen IS(IS) in Irak")
    assert ("List Bullet", f"{UNDECIDED}[10]") in styled
    assert ("Normal", "en nog 5 in de JSON") in styled
    assert document.core_properties.title == "De strijd tegen IS(IS) in Irak"
    assert document.core_properties.language == "nl-NL"
    assert {it.get(qn("w:val")) for it in document.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert heads[:2] == [["Getal", "In de brief", "Datum van de brief"], ["Datum", "Gebeurtenis"]]
    rows = [[*table.iter(qn("w:tr"))] for table in document.element.body.iter(qn("w:tbl"))]
    assert [[len([*row.iter(qn("w:tblHeader"))]) for row in table] for table in rows] == [
        [1] + [0] * (len(table) - 1) for table in rows
    ]


def test_links_in_word_lead_to_bookmarks_and_to_the_publication() -> None:
    document = Document(io.BytesIO(to_docx(sample())))
    body = document.element.body
    names = [it.get(qn("w:name")) for it in body.iter(qn("w:bookmarkStart"))]
    numbers = [it.get(qn("w:id")) for it in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    assert numbers == [it.get(qn("w:id")) for it in body.iter(qn("w:bookmarkEnd"))]
    assert {it.get(qn("w:anchor")) for it in body.iter(qn("w:hyperlink"))} - {None} == set(names)
    outside = {it.target_ref for it in document.part.rels.values() if it.is_external}
    assert outside == {official_url(LETTER)}


@pytest.mark.parametrize("text", HOSTILE)
def test_word_holds_every_text_as_itself(text: str) -> None:
    document = to_docx(hostile(text))
    texts = [paragraph.text for paragraph in paragraphs(document)]
    assert texts[0] == plain(text)
    assert f"{plain(text)}[1]" in texts
    assert f"{plain(text)}[1]\nwie: {plain(text)}; termijn: {plain(text)}" in texts
    assert not [it for it in Document(io.BytesIO(document)).part.rels.values() if it.is_external]


def test_a_long_subject_fits_every_form() -> None:
    briefing = sample(subject="Irak " * 200)
    assert Document(io.BytesIO(to_docx(briefing))).paragraphs[0].text == ("Irak " * 200).strip()
    assert to_docx(briefing) == to_docx(briefing)
    assert to_html(briefing) == to_html(briefing)


@pytest.mark.parametrize(
    "url", ["http://zoek.officielebekendmakingen.nl/x", "https://u@x.nl/", "https://x.nl/>", "//x"]
)
def test_no_form_links_to_anything_but_a_plain_address(url: str) -> None:
    line = Line(text=HELMETS, citations=(cite(HELMETS).model_copy(update={"url": url}),))
    briefing = sample(in_short=(line,), decided=(), commitments=(), figures=(), timeline=(), actors=(), changes=(),
                      open_points=())  # fmt: skip
    assert url not in to_markdown(briefing)
    assert url not in to_html(briefing)
    assert not [it for it in Document(io.BytesIO(to_docx(briefing))).part.rels.values() if it.is_external]


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2015-01-31", "31 januari 2015"),
        ("2015-01", "januari 2015"),
        ("2015", "2015"),
        ("2015-02-31", "2015-02-31"),
        ("0000", "0000"),
        ("2015-00", "2015-00"),
        ("9999-12", "december 9999"),
        ("eind\n2015", "eind 2015"),
    ],
)
def test_dates_are_written_as_exact_as_they_are(date: str, written: str) -> None:
    assert date_in(date, lexicon_of(None)) == written


def test_a_vague_date_is_all_its_days() -> None:
    assert days_of("2016-02") == (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    assert days_of("2016") == (datetime.date(2016, 1, 1), datetime.date(2016, 12, 31))
    assert days_of("2016-02-30") is None


def test_quarters_and_halves_are_told_in_dutch_and_stand_by_their_first_day() -> None:
    assert days_of("2024-Q1") == (datetime.date(2024, 1, 1), datetime.date(2024, 3, 31))
    assert days_of("2024-H2") == (datetime.date(2024, 7, 1), datetime.date(2024, 12, 31))
    assert days_of("2024-Q1-end") == (datetime.date(2024, 3, 1), datetime.date(2024, 3, 31))
    assert days_of("2024-Q5") is None
    assert days_of("2024-H3") is None
    dutch, english = lexicon_of("nl"), lexicon_of("en")
    assert date_in("2025-Q2", dutch) == "tweede kwartaal 2025"
    assert date_in("2025-Q1-end", dutch) == "eind eerste kwartaal 2025"
    assert date_in("2025-H1", dutch) == "eerste helft 2025"
    assert date_in("2025-Q1-end", english) == "end of the first quarter of 2025"
    assert date_in("2025-03", english) == "March 2025"
    ordered = ["2025", "2025-H1", "2025-Q1", "2025-01", "2025-01-01", "2025-03", "2025-Q2", "2025-H2", "2025-12-31"]
    assert sorted(sorted(ordered), key=in_time) == ordered
