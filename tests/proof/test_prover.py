"""What is proven goes out; every other sentence is stopped by a rule that has a name."""

import datetime
from collections.abc import Sequence

import numpy as np
import pytest

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import TokenStates
from kamerbrief.library import Kamerbrief
from kamerbrief.proof.prover import Prover
from kamerbrief.proof.sources import Sources, SourceSentence
from kamerbrief.records.answers import DraftSentence, Focus, Refusal, Scores, Sentence
from kamerbrief.records.letters import LetterHead, Paragraph, Source
from kamerbrief.store.stored import Passage

TEXT = "Er zijn 1.000 helmen geleverd. De ‘Koerden’ hebben ze – inmiddels – ontvangen."
CUT = TEXT.index(" De ")
WRITTEN = datetime.date(2014, 9, 10)


def sources(written: datetime.date | None = None) -> Sources:
    source = Source(name="x", format="text", sha256="", size=1)
    head = LetterHead(
        id="kst-27925-504", kind="letter", dossier="27925", number="504", source=source, text_sha256="", date=written
    )
    passage = Passage(head=head, heading="Levering", unit=Paragraph(number=9, section=1, text=TEXT))
    scores = Scores(fused=1, dense=1, sentence=1, lexical=1)
    vector = np.ones(1, np.float32)
    return Sources(
        (
            SourceSentence("1.1", passage, 0, CUT, 0.9, vector, 0, scores),
            SourceSentence("1.2", passage, CUT + 1, len(TEXT), 0.9, vector, 0, scores),
        )
    )


def unread(texts: Sequence[str]) -> list[TokenStates]:
    raise AssertionError(f"read without need: {texts}")


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(E5Embedder().tokens)


def test_a_verbatim_sentence_gets_a_citation_cut_out_of_the_source_without_being_read() -> None:
    sentence = Prover(unread).prove(DraftSentence(text="Er zijn 1.000 helmen geleverd.", labels=("1.1",)), sources())
    assert isinstance(sentence, Sentence)
    (citation,) = sentence.citations
    assert (citation.letter, citation.paragraph, citation.heading) == ("kst-27925-504", 9, "Levering")
    assert citation.quote == citation.text[citation.start : citation.end] == "Er zijn 1.000 helmen geleverd."
    assert citation.url == "https://zoek.officielebekendmakingen.nl/kst-27925-504.html"


@pytest.mark.parametrize("lead", ["Op 10 september 2014: ", "Eerder, op 10 september 2014: ", "On 10 September 2014: "])
def test_a_sentence_may_be_told_with_the_date_of_its_letter(lead: str) -> None:
    text = f"{lead}Er zijn 1.000 helmen geleverd."
    sentence = Prover(unread).prove(DraftSentence(text=text, labels=("1.1",)), sources(WRITTEN))
    assert isinstance(sentence, Sentence)
    assert sentence.text == text
    assert [one.quote for one in sentence.citations] == ["Er zijn 1.000 helmen geleverd.", "10 september 2014"]
    assert [one.field for one in sentence.citations] == [None, "date"]


@pytest.mark.parametrize("written", [None, datetime.date(2014, 9, 11)])
def test_with_any_other_date_it_is_stopped(written: datetime.date | None) -> None:
    text = "Op 10 september 2014: Er zijn 1.000 helmen geleverd."
    refused = Prover(unread).prove(DraftSentence(text=text, labels=("1.1",)), sources(written))
    assert isinstance(refused, Refusal)
    assert (refused.text, refused.rule, refused.fault) == (text, "date", "10 september 2014")


def test_what_stands_behind_the_date_is_proven_as_any_other_sentence(prover: Prover) -> None:
    text = "Op 10 september 2014: Er zijn 2.000 helmen geleverd."
    refused = prover.prove(DraftSentence(text=text, labels=("1.1",)), sources(WRITTEN))
    assert isinstance(refused, Refusal)
    assert (refused.text, refused.rule, refused.fault) == (text, "number", "2.000")


@pytest.mark.parametrize("lead", ["", "Op 10 september 2014: "])
@pytest.mark.parametrize(
    ("words", "kept"), [("1.000 helmen", True), ("Er zijn 1.000 helmen geleverd.", True), ("", False)]
)
def test_the_words_that_answer_are_told_of_what_stands_in_its_source(lead: str, words: str, kept: bool) -> None:
    text = f"{lead}Er zijn 1.000 helmen geleverd."
    start = text.index(words, len(lead))
    draft = DraftSentence(text=text, labels=("1.1",), focus=(start, start + len(words)))
    sentence = Prover(unread).prove(draft, sources(WRITTEN))
    assert isinstance(sentence, Sentence)
    assert sentence.text == text
    assert sentence.focus == (Focus(start=start, end=start + len(words)) if kept else None)


@pytest.mark.parametrize("focus", [(-1, 3), (3, 3), (5, 3), (23, 999), (3, 30)], ids=str)
def test_words_outside_of_the_sentence_answer_nothing(focus: tuple[int, int]) -> None:
    text = "Op 10 september 2014: Er zijn 1.000 helmen geleverd."
    sentence = Prover(unread).prove(DraftSentence(text=text, labels=("1.1",), focus=focus), sources(WRITTEN))
    assert isinstance(sentence, Sentence)
    assert sentence.focus is None


def test_what_is_worded_otherwise_has_no_words_that_answer(prover: Prover) -> None:
    draft = DraftSentence(text="Men leverde duizend helmen.", labels=("1.1",), focus=(12, 26))
    sentence = prover.prove(draft, sources())
    assert isinstance(sentence, Sentence)
    assert sentence.focus is None


def test_quotation_marks_dashes_and_spaces_may_differ() -> None:
    text = "De 'Koerden' hebben ze - inmiddels -\nontvangen."
    sentence = Prover(unread).prove(DraftSentence(text=text, labels=("1.2",)), sources())
    assert isinstance(sentence, Sentence)
    assert sentence.citations[0].quote == "De ‘Koerden’ hebben ze – inmiddels – ontvangen."


@pytest.mark.parametrize(
    ("text", "labels", "rule"),
    [
        ("Zijn er 1.000 helmen geleverd?", ("1.1",), "asks"),
        ("“Zijn er 1.000 helmen geleverd?”", ("1.1",), "asks"),
        ("Er zijn 1.000 helmen geleverd.", (), "uncited"),
        ("Er zijn 1.000 helmen geleverd.", ("7.1",), "unknown-label"),
        ("Er zijn 1.000 helmen geleverd.", ("1.1", "7.1"), "unknown-label"),
        ("", ("1.1",), "not-verbatim"),
        (" …", ("1.1",), "not-verbatim"),
    ],
)
def test_what_cannot_be_proven_is_stopped_unread(text: str, labels: tuple[str, ...], rule: str) -> None:
    assert Prover(unread).prove(DraftSentence(text=text, labels=labels), sources()) == Refusal(text=text, rule=rule)


def test_what_is_worded_otherwise_is_read_with_the_paragraphs_it_cites() -> None:
    read: list[Sequence[str]] = []

    def reading(texts: Sequence[str]) -> list[TokenStates]:
        read.append(texts)
        return E5Embedder().tokens(texts)

    text = "Men leverde duizend helmen."
    assert isinstance(Prover(reading).prove(DraftSentence(text=text, labels=("1.1",)), sources()), Sentence)
    assert read == [[text, TEXT]]


def test_reading_ahead_reads_each_cited_paragraph_once() -> None:
    read: list[str] = []

    def reading(texts: Sequence[str]) -> list[TokenStates]:
        read.extend(texts)
        return []

    Prover(reading).read_ahead(["1.2", "1.1", "7.1"], sources())
    Prover(unread).read_ahead(["7.1"], sources())
    assert read == [TEXT]


def test_the_citation_moves_to_the_sentence_that_proves(prover: Prover) -> None:
    draft = DraftSentence(text="Er werden duizend helmen geleverd.", labels=("1.2",))
    sentence = prover.prove(draft, sources())
    assert isinstance(sentence, Sentence)
    (citation,) = sentence.citations
    assert (citation.quote, citation.moved) == ("Er zijn 1.000 helmen geleverd.", True)


PROVEN = [
    (9, "De Koerdische Regionale Autoriteiten hebben van Nederland duizend helmen gekregen."),
    (9, "De Koerden hebben van Nederland 1.000 helmen gekregen."),
    (9, "Nederland gaf de Koerden duizend helmen."),
    (9, "The Kurdish Regional Authorities have received 1,000 helmets from the Netherlands."),
    (9, "Nederland gaat het transport van wapens en munitie verzorgen."),
    (9, "Duitsland heeft Nederland gevraagd Duitse wapens te vervoeren."),
    (9, "Op dit moment levert Nederland zelf geen wapens aan de Koerdische autoriteiten."),
    (9, "At the moment the Netherlands itself supplies no weapons to the Kurdish Regional Authorities."),
    (9, "Nederland heeft geen wapens beschikbaar die aan de Koerdische vraag voldoen."),
    (9, "Nederland levert zelf geen wapens aan de Koerdische Regionale Autoriteiten."),
    (5, "Van de hulpgoederen ging 70% naar de regio Dohuk en 30% naar de regio Erbil."),
    (5, "Seventy per cent of the relief goods went to the Dohuk region."),
    (5, "OCHA heeft de Nederlandse hulpgoederen overgedragen aan lokale organisaties."),
    (6, "NATO can perform the role of clearing house in coordinating military support."),
    (6, "No concrete decisions on NATO's involvement in Iraq were taken at the summit."),
    (7, "Op 4 september 2014 kondigden de Verenigde Staten een coalitie tegen IS aan."),
    (7, "De landen die als eerste zijn benaderd zijn onder meer Canada, Polen en Turkije."),
    (4, "The new Iraqi government is led by Haider al-Abadi."),
]


@pytest.mark.parametrize(("paragraph", "text"), PROVEN)
def test_a_reworded_sentence_that_is_proven_passes(kb: Kamerbrief, paragraph: int, text: str) -> None:
    verdict = kb.check(text, [("kst-27925-504", paragraph)])
    assert isinstance(verdict, Sentence), verdict
    assert all(citation.paragraph == paragraph and not citation.moved for citation in verdict.citations)


CHANGED = [
    ("quotation", 7, "De Verenigde Staten noemen Nederland een «onmisbare bondgenoot» van de coalitie."),
    ("quotation", 7, "The United States calls the Netherlands an “indispensable ally” of the coalition."),
    ("date", 7, "Op 5 september 2014 kondigden de Verenigde Staten een coalitie tegen IS aan."),
    ("date", 7, "On 4 October 2014 the United States announced a coalition against IS."),
    ("number", 9, "Nederland heeft tweeduizend helmen geleverd."),
    ("number", 5, "Sixty per cent of the relief goods went to the Dohuk region."),
    ("bound", 9, "Nederland heeft minstens 1.000 helmen geleverd."),
    ("bound", 9, "The Netherlands has supplied more than 1,000 helmets."),
    ("name", 9, "België heeft 1.000 helmen geleverd."),
    ("name", 7, "The countries approached first include Canada, Poland and Spain."),
    ("negation", 9, "Nederland levert op dit moment zelf wapens aan de Koerdische Regionale Autoriteiten."),
    ("negation", 6, "Concrete decisions on NATO's involvement in Iraq were taken at the summit."),
    ("negation", 9, "Nederland heeft geen 1.000 helmen geleverd."),
    ("negation", 9, "Nederland weigerde helmen te leveren."),
    ("negation", 9, "The Netherlands refused to deliver helmets to the Kurdish authorities."),
    ("negation", 9, "Nederland heeft geen helmen beschikbaar die aan de Koerdische vraag voldoen."),
    (
        "negation",
        9,
        "Weigerde Nederland helmen te leveren omdat Nederland geen helmen beschikbaar heeft die aan de vraag voldoen.",
    ),
    ("only", 7, "Alleen de Verenigde Staten verwelkomen de Nederlandse bereidheid deel uit te maken van de coalitie."),
    ("only", 7, "Only the United States welcomes the Dutch willingness to be part of the coalition."),
    ("certainty", 9, "Nederland heeft het transport van wapens en munitie verzorgd."),
    ("certainty", 6, "NATO performs the role of clearing house in coordinating military support."),
    ("mixed", 5, "Van de hulpgoederen ging 30% naar de regio Dohuk en 70% naar de regio Erbil."),
    ("roles", 9, "De Koerdische Regionale Autoriteiten hebben Nederland 1.000 helmen geleverd."),
    ("roles", 9, "The Kurdish Regional Authorities have supplied the Netherlands with 1,000 helmets."),
    ("roles", 9, "De Koerden hebben Nederland 1.000 helmen geleverd."),
    ("roles", 9, "De Koerden leverden 1.000 helmen aan Nederland."),
    ("roles", 9, "Nederland kreeg 1.000 helmen van de Koerden."),
    ("roles", 9, "The Kurds delivered 1,000 helmets to the Netherlands."),
    ("roles", 5, "Lokale organisaties hebben de Nederlandse hulpgoederen overgedragen aan OCHA."),
    ("unsupported", 4, "Het kabinet steunt de sancties en trekt extra geld uit voor onderwijs en wegen."),
    ("added", 4, "The new government will rebuild schools and hospitals with oil revenue."),
]


@pytest.mark.parametrize(("rule", "paragraph", "text"), CHANGED)
def test_a_changed_sentence_is_stopped_by_its_rule(kb: Kamerbrief, rule: str, paragraph: int, text: str) -> None:
    verdict = kb.check(text, [("kst-27925-504", paragraph)])
    assert isinstance(verdict, Refusal), verdict
    assert verdict.rule == rule
    assert verdict.start is not None


def test_a_refusal_tells_where_the_words_at_fault_stand(kb: Kamerbrief) -> None:
    refused = kb.check("Nederland heeft ruim 1.000 helmen geleverd.", [("kst-27925-504", 9)])
    assert isinstance(refused, Refusal)
    assert (refused.rule, refused.start, refused.end, refused.fault) == ("bound", 16, 26, "ruim 1.000")


def test_the_question_may_lend_its_year_but_no_number(kb: Kamerbrief) -> None:
    source = [("kst-27925-504", 9)]
    text = "In 2015 heeft Nederland helmen geleverd aan de Koerdische Regionale Autoriteiten."
    assert isinstance(kb.check(text, source), Refusal)
    assert isinstance(kb.check(text, source, question="Wat leverde Nederland in 2015?"), Sentence)
    wrong = "Nederland heeft 2.500 helmen geleverd."
    assert isinstance(kb.check(wrong, source, question="Heeft Nederland 2.500 helmen geleverd?"), Refusal)
