"""How the papers that letters name are found: `python -m eval references` prints what was missed."""

import pytest

from eval.metrics.letter_reading import Counts
from eval.metrics.reference_finding import judge, total
from eval.paths import DATA
from eval.sets.references import Naming, TrueReference, load_references, read_named
from kamerbrief.letters.reading import read_letter

LETTER = """Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 5 februari 2024

De moties (Kamerstukken 33 037, nrs. 431 en 437) en de motie (36 200 VI, nr. 12) zijn uitgevoerd."""


def named(text: str, *papers: str, start: int) -> TrueReference:
    return TrueReference(paragraph=1, start=start, text=text, papers=papers)


def test_each_paper_of_a_place_counts() -> None:
    true = (
        named("Kamerstukken 33 037, nrs. 431 en 437", "kst-33037-431", "kst-33037-438", start=11),
        named("36 200 VI, nr. 12", "kst-36200-VI-12", start=62),
    )

    counts, lines = judge(
        Naming(id="letters/made.txt", language="nl", references=true), read_letter(LETTER.encode(), name="made.txt")
    )

    assert counts == Counts(found=3, true=3, right=2)
    assert [line.split(" as ")[1] for line in lines] == ["kst-33037-437, paragraph 1", "kst-33037-438, paragraph 1"]


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the real documents are not at ../shared/data")
def test_papers_are_found_within_the_goals() -> None:
    judged = [judge(case, letter) for case, letter in read_named(DATA, load_references()) if case.split == "dev"]
    score = total([counts for counts, _ in judged])

    missed = "\n".join(line for _, lines in judged for line in lines)
    assert min(score.precision - 0.98, score.recall - 0.95) >= 0, missed
