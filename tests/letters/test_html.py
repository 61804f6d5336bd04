"""Web pages, what the two real publications do not show included."""

import pytest

from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter

PUBLICATION = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="nl">
<head><title>kst-27925-504</title><style>p { color: black }</style></head>
<body>
  <header><a href="/">Officiële bekendmakingen</a></header>
  <nav><ul><li><a href="/zoeken">Zoeken</a></li></ul></nav>
  <div id="content" role="main"><div id="broodtekst">
    <h1 class="dossiertitel"><a name="d1"></a><span class="dossiernummer">27 925</span> Bestrijding terrorisme</h1>
    <div class="stuk">
      <h1 class="stuktitel"><span class="stuknummer">Nr. 504</span> BRIEF VAN DE MINISTER VAN DEFENSIE</h1>
      <p class="kamerstukdatum">Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</p>
      <p>Den Haag, 10 september 2014</p>
      <p>Er zijn helmen geleverd<a class="nootnum supernote-click-ID-1" href="#ID-1">1</a>,
        zoals <em class="cur">toegezegd</em>.</p>
      <h2 class="tussenkop">Verdeling</h2>
      <ul class="expliciet"><li class="li"><p class="labeled"><span class="ol">a. </span>70 procent in Dohuk;</p></li>
        <li class="li"><p class="labeled"><span class="ol">b. </span>30 procent in Erbil.</p></li></ul>
      <table><thead><tr><th>Soort</th><th>2013</th><th>2014</th></tr></thead>
        <tbody><tr><td rowspan="2"><p>Helmen</p></td><td>0</td><td>1.000<sup><a href="#t1">a</a></sup></td></tr>
        <tr><td colspan="2">onbekend</td></tr></tbody></table>
      <p>De Minister van Defensie,<br />J.A. Hennis-Plasschaert</p>
    </div>
    <div id="noten"><hr />
      <div class="voet noot snp-mouseoffset" id="supernote-note-ID-1">
        <h5 class="note-close"><a class="note-close" href="#close-ID-1">X</a> Noot</h5>
        <sup><span class="nootnum"><a id="ID-1" name="ID-1"></a>1</span></sup><p>Kamerstuk 31 793, nr. 5.</p></div>
      <div class="voet noot" id="t1"><sup><span class="nootnum">a</span></sup><p>Zonder vizier.</p></div>
    </div>
  </div></div>
  <div id="sidebar" role="complementary">Gerelateerde documenten</div>
  <footer>Over deze website</footer>
  <script>document.write("<p>weg</p>")</script>
</body></html>"""


def _page(body: str, head: str = "") -> Letter:
    return read_letter(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="brief.html"
    )


def _texts(body: str) -> list[str]:
    return [paragraph.text for paragraph in _page(body).paragraphs]


def test_a_letter_of_the_official_publications() -> None:
    letter = read_letter(PUBLICATION.encode(), name="kst-27925-504.html")

    assert (letter.id, letter.kind, str(letter.date)) == ("kst-27925-504", "letter", "2014-09-10")
    assert (letter.dossier, letter.dossier_name) == ("27925", "Bestrijding terrorisme")
    assert [(s.name, s.office) for s in letter.signatories] == [("J.A. Hennis-Plasschaert", "Minister van Defensie")]
    assert [(p.kind, p.text) for p in letter.paragraphs] == [
        ("text", "Er zijn helmen geleverd, zoals toegezegd."),
        ("item", "a. 70 procent in Dohuk;"),
        ("item", "b. 30 procent in Erbil."),
        ("table", "Soort | 2013 | 2014\nHelmen | 0 | 1.000\n | onbekend"),
    ]
    assert [(section.heading, section.level) for section in letter.sections] == [(None, 1), ("Verdeling", 1)]
    one, two = letter.footnotes
    assert (one.mark, one.text, one.paragraph) == ("1", "Kamerstuk 31 793, nr. 5.", 1)
    assert letter.paragraphs[0].text[: one.position] == "Er zijn helmen geleverd"
    assert (two.mark, two.text, two.paragraph) == ("a", "Zonder vizier.", 4)


@pytest.mark.parametrize(
    ("number", "dossier"),
    [("36 600 XV", "36600-XV"), ("21 501-02", "21501-02"), ("36 027 (R2160)", "36027")],
)
def test_the_numbers_of_an_official_paper_stand_in_its_titles(number: str, dossier: str) -> None:
    letter = _page(
        f'<h1 class="dossiertitel"><span class="dossiernummer">{number}</span> Een titel</h1>'
        '<h1 class="stuktitel"><span class="stuknummer">Nr. 13</span> MOTIE VAN HET LID VAN DER LEE</h1>'
        '<p class="kamerstukdatum">Voorgesteld tijdens het Notaoverleg van 25 november 2024</p><p>De Kamer,</p>'
    )

    assert (letter.id, letter.dossier, letter.dossier_name) == (f"kst-{dossier}-13", dossier, "Een titel")
    assert str(letter.date) == "2024-11-25"
    assert [paragraph.text for paragraph in letter.paragraphs] == ["De Kamer,"]


def test_what_stands_around_the_text_is_told() -> None:
    letter = read_letter(PUBLICATION.replace('<div id="broodtekst">', '<div class="x">').encode(), name="brief.html")
    body = PUBLICATION.replace(' role="main"', "").replace('id="broodtekst"', "")
    whole = read_letter(body.encode(), name="brief.html")

    assert [p.text for p in whole.paragraphs] == [p.text for p in letter.paragraphs]
    assert [(one.text, one.signs) for one in whole.report if one.kind == "furniture"] == [
        ("Officiële bekendmakingen", ("in the head of the page",)),
        ("Zoeken", ("in the navigation",)),
        ("Gerelateerde documenten", ("beside the text",)),
        ("Over deze website", ("in the foot of the page",)),
    ]


def test_a_page_of_rijksoverheid() -> None:
    letter = _page(
        '<header role="banner">Rijksoverheid</header>'
        "<main><h1>Kamerbrief over de wolf</h1><p>De wolf is terug.</p></main>",
        '<meta name="DCTERMS.identifier" title="XSD.anyURI" content="https://www.rijksoverheid.nl/documenten/1">'
        '<meta name="DCTERMS.title" content="Kamerbrief over de wolf"><meta name="DCTERMS.language" content="nl-NL">'
        '<meta name="DCTERMS.issued" content="2024-09-20T14:00:00.000Z">',
    )

    assert (letter.title, str(letter.date), letter.language) == ("Kamerbrief over de wolf", "2024-09-20", "nl")
    assert letter.id.startswith("brief-20240920-")
    assert [section.heading for section in letter.sections] == ["Kamerbrief over de wolf"]
    assert [paragraph.text for paragraph in letter.paragraphs] == ["De wolf is terug."]


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("<p hidden>Niet te zien.</p>", False),
        ('<p style="color: red; DISPLAY : none">Niet te zien.</p>', False),
        ('<div style="visibility:hidden"><p>Niet te <b>zien</b>.</p></div>', False),
        ('<span class="visually-hidden">Niet te zien.</span>', False),
        ("<script>Niet te zien.</script><style>p {}</style><template><p>Niet te zien.</p></template>", False),
        ("<!-- Niet te zien. -->", False),
        ("<select><option>Niet te lezen</option></select><textarea>Niet te lezen</textarea>", False),
        ('<p aria-hidden="true">Wel te zien.</p>', True),
        ("<details><summary>Meer</summary><p>Wel te zien.</p></details>", True),
    ],
)
def test_what_nobody_sees_is_no_text(hidden: str, shown: bool) -> None:
    assert any("zien" in text for text in _texts(f"<p>De helmen zijn geleverd.</p>{hidden}")) == shown


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Ruim&nbsp;&euro;&#160;5\n   miljoen</p>", "Ruim € 5 miljoen"),
        ("<p>de voedsel&shy;bank</p>", "de voedselbank"),
        ("<p>Kosten &lt; 5 &amp; baten &gt; 3</p>", "Kosten < 5 & baten > 3"),
        ("<p>co&#246;rdinatie en coo&#776;rdinatie</p>", "coördinatie en coördinatie"),
        ("<p>1 januari &#150; 31 december</p>", "1 januari – 31 december"),
        ("<p>een <b>vet</b>te <i>w</i>olf</p>", "een vette wolf"),
        ("<p>veertig m<sup>2</sup> en CO<sub>2</sub></p>", "veertig m² en CO2"),
        ("<p>de regel<br>gaat door</p>", "de regel gaat door"),
        ("<p>de <del>oude</del> regel</p>", "de oude regel"),
        ("<div>Los <span>in</span> een vak</div>", "Los in een vak"),
        ("Niets dan tekst", "Niets dan tekst"),
    ],
)
def test_a_quote_is_what_the_page_shows(body: str, text: str) -> None:
    assert _texts(body) == [text]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<div>Een.<p>Twee.</p>Drie.<div>Vier.</div></div>", ["Een.", "Twee.", "Drie.", "Vier."]),
        ("<ul><li>Een</li><li><p>Twee</p><p>Drie.</p></li></ul>", ["• Een", "• Twee", "Drie."]),
        ("<ol start=3><li>Een<ol type=a><li>Twee</ol><li value=9>Drie</ol>", ["3. Een", "a. Twee", "9. Drie"]),
        ("<ol reversed><li>Een<li>Twee</ol>", ["2. Een", "1. Twee"]),
        ('<ul style="list-style: none"><li>Een</ul>', ["Een"]),
        ("<dl><dt>Wolf</dt><dd>Een dier.</dd></dl>", ["Wolf", "Een dier."]),
        (
            "<table><caption>Tabel 1</caption><tr><td>a<table><tr><td>b</td><td>c</td></tr></table><td>d</table>",
            ["Tabel 1", "a b c | d"],
        ),
        ("<p>Eerste zin.<br><br>Tweede zin.</p>", ["Eerste zin.", "Tweede zin."]),
        ("<p>Niet dicht<p>Ook niet", ["Niet dicht", "Ook niet"]),
    ],
)
def test_blocks(body: str, texts: list[str]) -> None:
    assert _texts(body) == texts


@pytest.mark.parametrize(
    "body",
    [
        '<p>Er zijn helmen.<sup><a href="#n1">1</a></sup></p>'
        '<h2>Noten</h2><ol><li id="n1">Kamerstuk 5. <a href="#r">↩</a></ol>',
        '<p>Er zijn helmen.<a href="#_ftn1" name="_ftnref1">[1]</a></p>'
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Kamerstuk 5.</p></div>',
        '<p>Er zijn helmen.<a href="#n">*</a></p><p><a id="n"></a>* Kamerstuk 5.</p>',
    ],
    ids=["a list", "as word processors save pages", "a star"],
)
def test_notes_are_found_by_their_links(body: str) -> None:
    letter = _page(body)

    assert [paragraph.text for paragraph in letter.paragraphs] == ["Er zijn helmen."]
    [note] = letter.footnotes
    assert (note.text, note.paragraph, note.position) == ("Kamerstuk 5.", 1, len("Er zijn helmen."))


def test_a_link_that_is_no_mark_is_text() -> None:
    assert _texts('<p>Zie vraag <a href="#v2">2</a> en <a href="/x">3</a>.</p><p id="v2">Hoeveel helmen?</p>') == [
        "Zie vraag 2 en 3.",
        "Hoeveel helmen?",
    ]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("<meta charset=iso-8859-1>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ("<meta charset=iso-8859-15>", "iso-8859-15"),
        ("<meta charset=utf-7>", "utf-8"),
        ("", "utf-8"),
        ("", "cp1252"),
        ("<meta charset=windows-1252>", "utf-8-sig"),
        ("<meta charset=utf-8>", "utf-16"),
    ],
)
def test_the_encoding_is_that_of_the_page(head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>De coördinatie kost € 5.</p></body></html>"

    letter = read_letter(page.encode(encoding), name="brief.html")

    assert [paragraph.text for paragraph in letter.paragraphs] == ["De coördinatie kost € 5."]
    assert letter.source.warnings == ()


def test_what_stands_after_the_end_of_a_page_is_in_it() -> None:
    letter = read_letter(
        b"<html><body><p>Een alinea.</p></body></html><p>Nog een.</p><div>En een.</div>", name="a.html"
    )
    assert [paragraph.text for paragraph in letter.paragraphs] == ["Een alinea.", "Nog een.", "En een."]
