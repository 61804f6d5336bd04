"""The view of one letter, and of what changed in it."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from kamerbrief import Kamerbrief
from kamerbrief.http.marking import marks_in
from kamerbrief.records.letters import Footnote, Span
from kamerbrief.web.lettering import Cutter, Link
from tests.web.browsing import opened
from tests.web.served import browsing, served
from tests.web.test_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[httpx.Client]:
    """A service with two versions of the sample letter, and a letter that refers to it."""
    text = sample.read_bytes()
    other = text.replace(b"nr. 504", b"nr. 505").replace(b"Nr. 504", b"Nr. 505")
    with Kamerbrief(tmp_path_factory.mktemp("versions")) as kb:
        for one in (text, text.replace(b"1.000 helmen", b"1.250 helmen")):
            kb.add(io.BytesIO(one))
        kb.add(io.BytesIO(other.replace(b"kogelwerende", b"(Kamerstuk 27 925, nr. 504) kogelwerende")))
        with served(kb) as address, browsing(address) as http:
            yield http


def test_what_changed_is_marked_word_by_word(versions: httpx.Client) -> None:
    page = versions.get("/letters/kst-27925-504/changes").text
    assert "heeft Nederland <del>1.000 </del><ins>1.250 </ins>helmen" in page
    assert page.count('class="change ') == 1
    assert "bleven gelijk" in page


@pytest.mark.slow
def test_what_changed_can_be_read_by_all(browser: "Browser", versions: httpx.Client) -> None:
    with opened(browser, str(versions.base_url).rstrip("/"), "/letters/kst-27925-504/changes", 320) as page:
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        assert violations(page) == []


def test_an_older_version_says_so(versions: httpx.Client) -> None:
    old, new = (versions.get("/letters/kst-27925-504", params=asked).text for asked in ({"version": "1"}, {}))
    assert "1.000 helmen" in old
    assert "er is een nieuwere" in old
    assert "1.250 helmen" in new
    assert "er is een nieuwere" not in new


def test_letters_lead_to_each_other(versions: httpx.Client) -> None:
    assert 'href="/letters/kst-27925-505"' in versions.get("/letters/kst-27925-504").text
    assert (
        '<a href="/letters/kst-27925-504">Kamerstuk 27 925, nr. 504</a>' in versions.get("/letters/kst-27925-505").text
    )


def test_a_letter_can_be_asked_alone(versions: httpx.Client) -> None:
    page = versions.get("/?letter=kst-27925-505").text
    assert '<input type="hidden" name="letter" value="kst-27925-505">' in page
    asked = {"question": "Hoeveel helmen heeft Nederland geleverd aan de Koerden?", "letter": "kst-27925-505"}
    answer = versions.get(versions.post("/questions", data=asked).headers["Location"]).text
    assert "/letters/kst-27925-505?version=1" in answer
    assert "/letters/kst-27925-504?version" not in answer


def test_examples_are_asked_with_one_press(versions: httpx.Client) -> None:
    page = versions.get("/examples").text
    assert '<button class="example" form="ask" name="example"' in page


def cut(text: str, **parts: object) -> list[tuple[str, bool, bool, str]]:
    """The pieces of a text: each with whether it is marked, whether it is a link, and the notes behind it."""
    given = {"marked": [], "links": [], "notes": [], "first": None} | parts
    rows = list(Cutter(text, **given).rows())  # type: ignore[arg-type]
    return [
        (one.text, one.marked, one.link is not None, "".join(note.mark for note in one.notes))
        for row in rows
        for cell in row
        for one in cell
    ]


NOTE = Footnote(mark="3", text="Een noot.", paragraph=1, position=4)


@pytest.mark.parametrize(
    ("text", "parts", "pieces"),
    [
        ("abc def", {}, [("abc def", False, False, "")]),
        ("abc def", {"marked": [(4, 7)]}, [("abc ", False, False, ""), ("def", True, False, "")]),
        ("abc def", {"notes": [NOTE]}, [("abc ", False, False, "3"), ("def", False, False, "")]),
        (
            "abc def",
            {"marked": [(0, 5)], "links": [(4, 7, Link("/x", True))]},
            [("abc ", True, False, ""), ("d", True, True, ""), ("ef", False, True, "")],
        ),
        (
            "a | b\nc | d",
            {"marked": [(8, 11)]},
            [("a", False, False, ""), ("b", False, False, ""), ("c", False, False, ""), ("d", True, False, "")],
        ),
        ("abc", {"marked": [(1, 99)]}, [("a", False, False, ""), ("bc", True, False, "")]),
        ("abc", {"notes": [NOTE]}, [("abc", False, False, "3")]),
    ],
)
def test_a_text_is_cut_where_something_begins_or_ends(
    text: str, parts: dict[str, object], pieces: list[tuple[str, bool, bool, str]]
) -> None:
    assert cut(text, **parts) == pieces


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("9:0-12", Span(paragraph=9, start=0, end=12)),
        ("9n3:0-12", Span(paragraph=9, footnote="3", start=0, end=12)),
        ("n*:1-2", Span(footnote="*", start=1, end=2)),
        ("0:1-2", None),
        ("9:2-2", None),
        ("9:-1-2", None),
        ("", None),
    ],
)
def test_marks_of_an_address(text: str, span: Span | None) -> None:
    assert marks_in([text]) == ([span] if span else [])
