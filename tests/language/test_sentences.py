import pytest

from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicon_of, lexicons
from kamerbrief.language.sentences import sentences
from tests.letters.conftest import DATA, MISSING, SAMPLE, letter_at, real_pdfs


@pytest.mark.parametrize(
    "text",
    [
        "Het was op 2 september jl. (Handelingen II 2013/14, nrs. 103 en 106).|Daarna volgde een debat.",
        "Dat gebeurde op 9 september jl.|Daarna ging het verder.",
        "De heer prof. mr. L.A. Geelhoed sprak met F.C.G.M. Timmermans.|Er zijn 1.000 helmen.",
        "Zie art. 3 van de wet, bijv. lid 2, o.a. t.a.v. mw. De Vries.|Dat is alles.",
        "Is dat zo?|Ja.|Nee!|«Dit is goed.»|Zo is het.",
        "Het kost ca. € 3,5 mln. en dat is veel.|In 2024 wordt het meer.",
        "Hij zei: «Kom.»|(Dat was d.d. 1 maart 2024.)|Zij kwam.",
        "I met Mr. Smith.|He left early, e.g. at noon.",
        "The aid, food etc.|This comes on top of the $ 5 bn. in 2024.",
        "The answer to this is no.|We see no. 7 of the plan on p. 12, cf. art. 3.",
        "De landen zijn: Australië, Canada en Italië.|Nederland is in gesprek.",
        "1. Eerste punt.|Het tweede volgt.",
        "Zie www.overheid.nl voor meer.|Dat scheelt 2.5 procent.",
        "Ik sprak dhr. De Boer.|De heer Jansen a.i. Directeur tekende.|Dat volgt uit sub. B van de wet.",
        "Het kost 1,5 mld. Euro.|Vorig jaar was dat 1 mld.|Zie blz. 3 e.v.|Het geldt i.h.b. Nederland.",
        "De motie van het lid Van Zanten c.s. over cultuur.|De rest volgt",
    ],
)
def test_sentences_end_where_they_end(text: str) -> None:
    parts = text.split("|")
    text = " ".join(parts)

    assert [text[start:end] for start, end in sentences(text, language_of(text, lexicons()))] == parts


def test_the_sentences_of_the_sample() -> None:
    letter = letter_at(SAMPLE)
    counts = [len(sentences(paragraph.text, lexicon_of(letter.language))) for paragraph in letter.paragraphs]

    assert counts == [
        2,
        3,
        5,
        3,
        2,
        5,
        4,
        3,
        5,
    ]


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
def test_sentences_cover_every_paragraph_and_nothing_twice() -> None:
    for path in real_pdfs():
        letter = letter_at(path)
        for paragraph in letter.paragraphs:
            spans = sentences(paragraph.text, lexicon_of(letter.language))
            covered = "".join("".join(paragraph.text[a:b].split()) for a, b in spans)
            assert covered == "".join(paragraph.text.split())
            assert all(a < b for a, b in spans)


def test_a_row_of_a_table_is_a_sentence() -> None:
    assert sentences("Grond | 2021. Nu | 2022\nTotaal | 12 | 17", lexicon_of("nl")) == [(0, 23), (24, 40)]


def test_nothing_has_no_sentences() -> None:
    assert sentences("  ", lexicon_of("nl")) == []
