"""What search finds and what it leaves out, on real letters with the real model."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.index.chunks import chunk, sentence_positions
from kamerbrief.index.search import LETTER_CHUNKS, SHIPPED, Found, Search, asking_share, with_letters
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Chunk, Filters, Letter, Span
from kamerbrief.store.store import EmbeddedLetter, Store
from kamerbrief.store.stored import EmbeddedChunk
from kamerbrief.store.words import Words

SAMPLE = Path(__file__).parents[2] / "samples" / "kst-27925-504.txt"
IRAQ = "kst-27925-504"


@pytest.fixture(scope="module")
def embedder() -> E5Embedder:
    return E5Embedder()


@pytest.fixture(scope="module")
def store(embedder: E5Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample letter, and a letter of another dossier made of its first paragraphs."""
    letter = read_letter(SAMPLE)
    few = {section.number for section in letter.sections[:3]}
    start = tuple(paragraph for paragraph in letter.paragraphs if paragraph.section in few)
    other = letter.model_copy(update={"id": "kst-1-1", "dossier": "1", "paragraphs": start, "footnotes": ()})
    with Store(tmp_path_factory.mktemp("store"), embedder.name, CHUNKING) as store:
        store.put([embedded(letter, embedder), embedded(other, embedder)])
        yield store


def embedded(letter: Letter, embedder: E5Embedder) -> EmbeddedLetter:
    chunks = chunk(letter)
    vectors = embedder.passages([PassageText(one.context, one.text, sentence_positions(one)) for one in chunks])
    return letter, [EmbeddedChunk(c, v.vector, v.sentences) for c, v in zip(chunks, vectors, strict=True)]


def find(store: Store, embedder: E5Embedder, question: str, k: int = 5, **filters: object) -> list[Found]:
    with store.reading() as now:
        return Search().find(now, question, embedder.questions([question])[0], Filters.model_validate(filters), k)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hoeveel helmen heeft Nederland geleverd aan de Koerden?", "1.000 helmen"),
        ("Wie leidt de nieuwe Iraakse regering?", "Haider al-Abadi"),
        ("Levert Nederland zelf wapens?", "zelf geen wapens"),
        ("How many helmets did the Netherlands deliver?", "1.000 helmen"),
    ],
)
def test_the_paragraph_that_answers_is_among_the_first_three(
    store: Store, embedder: E5Embedder, question: str, words: str
) -> None:
    found = find(store, embedder, question, k=3, letters=(IRAQ,))
    assert any(words in hit.stored.embedded.chunk.text for hit in found)


def test_each_hit_shows_why_it_was_found(store: Store, embedder: E5Embedder) -> None:
    question = "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"
    vector = embedder.questions([question])[0]
    found = find(store, embedder, question)
    assert [hit.scores.fused for hit in found] == sorted((hit.scores.fused for hit in found), reverse=True)
    for hit in found:
        kept = hit.stored.embedded
        assert hit.scores.dense == pytest.approx(float(kept.vector @ vector), abs=1e-4)
        assert hit.sentence_scores.shape == (len(kept.chunk.sentences),)
        assert hit.scores.sentence == pytest.approx(float(hit.sentence_scores.max()))
        assert 0 <= hit.scores.lexical < 1


def test_a_chunk_that_shares_no_word_with_the_question_has_no_lexical_score(store: Store, embedder: E5Embedder) -> None:
    assert {hit.scores.lexical for hit in find(store, embedder, "xyzzy")} == {0.0}


def test_filters_let_only_their_letters_through(store: Store, embedder: E5Embedder) -> None:
    found = find(store, embedder, "Hoeveel helmen heeft Nederland geleverd?", k=100, dossier="1")
    assert {hit.stored.letter_id for hit in found} == {"kst-1-1"}
    with store.reading() as now:
        assert len(found) == len(now.catalog.vectors_of(now.catalog.visible_rows(Filters(dossier="1")))[0])


def test_a_filter_that_lets_nothing_through_gives_no_hits(store: Store, embedder: E5Embedder) -> None:
    assert find(store, embedder, "Hoeveel helmen?", dossier="99999") == []


def test_an_empty_store_gives_no_hits(embedder: E5Embedder, tmp_path: Path) -> None:
    with Store(tmp_path, embedder.name, CHUNKING) as empty:
        assert find(empty, embedder, "Hoeveel helmen?") == []


@pytest.mark.parametrize("most_sifted", [0, 800])
def test_sifting_the_nearest_finds_what_comparing_all_finds(
    store: Store, embedder: E5Embedder, monkeypatch: pytest.MonkeyPatch, most_sifted: int
) -> None:
    compared = find(store, embedder, "Wat doet Nederland in Irak?", letters=(IRAQ,))
    monkeypatch.setattr("kamerbrief.index.search.FEW_LETTERS", 0)
    monkeypatch.setattr("kamerbrief.index.search.MOST_SIFTED", most_sifted)
    sifted = find(store, embedder, "Wat doet Nederland in Irak?", letters=(IRAQ,))
    assert [hit.stored.id for hit in sifted] == [hit.stored.id for hit in compared]


def test_a_removed_letter_is_not_found_any_more(embedder: E5Embedder, tmp_path: Path) -> None:
    with Store(tmp_path, embedder.name, CHUNKING) as own:
        own.put([embedded(read_letter(SAMPLE), embedder)])
        assert find(own, embedder, "Hoeveel helmen?")
        with own.reading() as now:
            now.catalog.hide([IRAQ])  # before vectors and words have followed
        assert find(own, embedder, "Hoeveel helmen?") == []


def test_parts_of_compounds_meet(tmp_path: Path) -> None:
    words = Words(tmp_path, make=True)
    words.put([(1, 1, "", "De vuurwerkopslag in woonwijken."), (2, 1, "", "De wolf op de Veluwe.")])
    ((chunk_id, score),) = words.search("Waar mag vuurwerk liggen?", 5)
    assert chunk_id == 1
    assert words.scores("Waar mag vuurwerk liggen?", [1, 2]) == {1: pytest.approx(score)}


def test_a_letter_with_several_good_chunks_goes_before_one_with_a_single_good_chunk() -> None:
    scores = np.array([0.90, 0.89, 0.91, 0.50])
    letters = np.array([1, 1, 2, 2])
    mixed = with_letters(scores, letters, SHIPPED.letter)
    assert list(np.argsort(-mixed)) == [0, 1, 2, 3]


def test_a_letter_with_one_chunk_counts_as_if_its_others_were_the_worst() -> None:
    alone, pair = with_letters(np.array([0.9, 0.5]), np.array([1, 2]), 1.0), np.array([0.9, 0.5])
    assert LETTER_CHUNKS == 2
    assert alone[0] == pytest.approx((pair[0] + (0.9 + 0.5) / 2) / 2)


@pytest.mark.parametrize(
    ("sentences", "share"),
    [(["Is dat zo?", "Waarom?"], 1.0), (["«Is dat zo?»", "Ja."], 0.5), (["Dat is zo."], 0.0)],
)
def test_asking_share_counts_the_sentences_that_ask(sentences: list[str], share: float) -> None:
    text, spans, at = " ".join(sentences), [], 0
    for sentence in sentences:
        spans.append(Span(paragraph=1, start=at, end=at + len(sentence)))
        at += len(sentence) + 1
    one = Chunk(
        number=1,
        section=1,
        spans=(Span(paragraph=1, start=0, end=len(text)),),
        sentences=tuple(spans),
        context="",
        text=text,
        tokens=9,
    )
    assert asking_share(one) == share
