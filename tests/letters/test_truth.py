"""Letters as read, against truths made by hand. `python -m eval reading` prints every mismatch."""

from pathlib import Path

import pytest

from eval.metrics.letter_reading import Counts, align, judge, total
from eval.paths import DATA, ROOT
from eval.sets.truths import Truth, documents, load_truths
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Footnote, Letter, Paragraph, Section, Source

BOUNDARIES, METADATA = 0.97, 0.98
TRUTHS = {truth.file: truth for truth in load_truths()}


def test_sample_letter_is_read_without_a_mistake() -> None:
    judgement = judge(TRUTHS["letters/kst-27925-504.txt"], read_letter(ROOT / "samples" / "kst-27925-504.txt"))

    assert judgement.mismatches == ()


@pytest.mark.skipif(not DATA.is_dir(), reason="the real documents are not at ../shared/data")
def test_all_documents_reach_the_goals() -> None:
    judgements = [judge(truth, read_letter(content)) for _, content, truth in documents(DATA, [*TRUTHS.values()])]
    score = total(judgement.score for judgement in judgements)
    shares = {
        "paragraph precision": (score.paragraphs.precision, BOUNDARIES),
        "paragraph recall": (score.paragraphs.recall, BOUNDARIES),
        "heading precision": (score.headings.precision, BOUNDARIES),
        "heading recall": (score.headings.recall, BOUNDARIES),
        "metadata accuracy": (score.metadata.precision, METADATA),
    }

    missed = {name: share for name, (share, goal) in shares.items() if share < goal}
    assert not missed, "\n".join([str(missed), *(line for judgement in judgements for line in judgement.mismatches)])


@pytest.mark.parametrize("truth", TRUTHS.values(), ids=lambda truth: Path(truth.file).name)
def test_footnotes_of_a_truth_hang_on_its_paragraphs(truth: Truth) -> None:
    assert all(1 <= note.paragraph <= len(truth.paragraphs) for note in truth.footnotes)


SHORT = Truth.model_validate(
    {
        "batch": 1,
        "file": "short.txt",
        "headings": ["Kop"],
        "paragraphs": [["Een zin", "en nog een.", "text"], ["- Een punt", "punt van zorg.", "item"]],
        "footnotes": [["1", "Kamerstuk 33009,", "nr. 117.", 2]],
        "metadata": {"id": "brief-20140910-????????", "kind": "letter", "date": "2014-09-10"},
    }
)


def short_letter(*texts: str, note_at: int, **fields: object) -> Letter:
    """The letter of SHORT, in these paragraphs; the last is an item."""
    kinds = ["text"] * (len(texts) - 1) + ["item"]
    paragraphs = [
        Paragraph.model_validate({"number": n, "section": 1, "text": text, "kind": kind})
        for n, (text, kind) in enumerate(zip(texts, kinds, strict=True), 1)
    ]
    return Letter.model_validate(
        {
            "id": "brief-20140910-0a1b2c3d",
            "kind": "letter",
            "date": "2014-09-10",
            "sections": (Section(number=1, heading="Kop"),),
            "paragraphs": paragraphs,
            "footnotes": (Footnote(mark="1", text="Kamerstuk 33009, nr. 117.", paragraph=note_at),),
            "source": Source(name="short.txt", format="text", sha256="", size=0),
            "text_sha256": "",
        }
        | fields
    )


def test_a_letter_read_well_has_no_mismatch() -> None:
    judgement = judge(SHORT, short_letter("Een zin en nog een.", "- Een punt van zorg.", note_at=2))

    assert judgement.mismatches == ()
    assert all(counts.precision == counts.recall == 1.0 for counts in judgement.score)


def test_a_paragraph_torn_in_two_costs_precision_and_recall_but_not_the_footnotes_behind_it() -> None:
    score = judge(SHORT, short_letter("Een zin", "en nog een.", "- Een punt van zorg.", note_at=3)).score

    assert score.paragraphs == Counts(found=3, true=2, right=1)
    assert score.footnotes == Counts(found=1, true=1, right=1)


def test_a_footnote_at_another_paragraph_is_wrong() -> None:
    score = judge(SHORT, short_letter("Een zin en nog een.", "- Een punt van zorg.", note_at=1)).score

    assert score.footnotes == Counts(found=1, true=1, right=0)


def test_a_field_that_should_be_empty_is_wrong_when_filled() -> None:
    judgement = judge(SHORT, short_letter("Een zin en nog een.", "- Een punt van zorg.", note_at=2, title="Irak"))

    assert judgement.mismatches == ("title: read 'Irak', is None",)


def test_paragraphs_out_of_order_are_wrong() -> None:
    assert align("cab", "abc", str.__eq__) == [(1, 0), (2, 1)]
