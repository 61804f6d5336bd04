"""What is proven goes out; every other sentence is stopped by a rule that has a name."""

import numpy as np
import pytest

from kamerbrief.answers.material import Material, SourceSentence
from kamerbrief.answers.verify import verify
from kamerbrief.index.rows import Passage
from kamerbrief.records import Draft, DraftSentence, LetterHead, Paragraph, Scores, Source

TEXT = "Er zijn 1.000 helmen geleverd. De ‘Koerden’ hebben ze – inmiddels – ontvangen."
CUT = TEXT.index(" De ")


def material() -> Material:
    source = Source(name="x", format="text", sha256="", size=1)
    head = LetterHead(id="kst-27925-504", kind="letter", dossier="27925", number="504", source=source, text_sha256="")
    passage = Passage(head=head, heading="Levering", paragraph=Paragraph(number=9, section=1, text=TEXT))
    scores = Scores(fused=1, dense=1, sentence=1, lexical=1)
    vector = np.ones(1, np.float32)
    return Material(
        (
            SourceSentence("1.1", passage, 0, CUT, 0.9, vector, 0, scores),
            SourceSentence("1.2", passage, CUT + 1, len(TEXT), 0.9, vector, 0, scores),
        )
    )


def test_a_verbatim_sentence_gets_a_citation_cut_out_of_the_source() -> None:
    draft = Draft(sentences=(DraftSentence(text="Er zijn 1.000 helmen geleverd.", labels=("1.1",)),))
    verdict = verify(draft, material())
    (citation,) = verdict.sentences[0].citations
    assert (citation.letter, citation.paragraph, citation.heading) == ("kst-27925-504", 9, "Levering")
    assert citation.quote == citation.text[citation.start : citation.end] == "Er zijn 1.000 helmen geleverd."
    assert citation.url == "https://zoek.officielebekendmakingen.nl/kst-27925-504.html"
    assert verdict.refusals == ()


def test_quotation_marks_dashes_and_spaces_may_differ() -> None:
    text = "De 'Koerden' hebben ze - inmiddels -\nontvangen."
    verdict = verify(Draft(sentences=(DraftSentence(text=text, labels=("1.2",)),)), material())
    assert verdict.sentences[0].citations[0].quote == "De ‘Koerden’ hebben ze – inmiddels – ontvangen."


@pytest.mark.parametrize(
    ("text", "labels", "rule"),
    [
        ("Er zijn 1.000 helmen geleverd.", (), "uncited"),
        ("Er zijn 1.000 helmen geleverd.", ("7.1",), "unknown-label"),
        ("Er zijn 1.000 helmen geleverd.", ("1.1", "7.1"), "unknown-label"),
        ("Er zijn 1.000 helmen geleverd.", ("1.2",), "not-verbatim"),
        ("Er zijn 2.000 helmen geleverd.", ("1.1",), "not-verbatim"),
        ("Er zijn geen helmen geleverd.", ("1.1",), "not-verbatim"),
        ("", ("1.1",), "not-verbatim"),
    ],
)
def test_what_is_not_proven_is_not_said(text: str, labels: tuple[str, ...], rule: str) -> None:
    verdict = verify(Draft(sentences=(DraftSentence(text=text, labels=labels),)), material())
    assert verdict.sentences == ()
    assert [refusal.rule for refusal in verdict.refusals] == [rule]


def test_one_bad_sentence_does_not_stop_the_others() -> None:
    good = DraftSentence(text="Er zijn 1.000 helmen geleverd.", labels=("1.1",))
    bad = DraftSentence(text="Dat was duur.", labels=("1.1",))
    verdict = verify(Draft(sentences=(bad, good)), material())
    assert [sentence.text for sentence in verdict.sentences] == [good.text]
    assert [refusal.text for refusal in verdict.refusals] == [bad.text]
