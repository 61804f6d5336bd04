"""What a text is searched and compared by: its terms.

A word is taken as its stem and, when that is long, as every four letters of it too. So the parts of compounds meet
("vuurwerkopslag", "de opslag van vuurwerk") without a dictionary, and so do words that OCR or a hyphen has damaged.
One index holds the letters of all languages, so that every text is taken in one way, that of Dutch.
"""

import functools
from collections.abc import Iterator
from typing import Any

import tantivy

from kamerbrief.language.memory import per_sentence

GRAM = 4  # letters; measured in docs/retrieval.md, where five and a splitting of compounds are beside it


def terms(text: str) -> Iterator[str]:
    """What a text is indexed as: its stems and, marked by "#", the letters of the long ones."""
    for stem in _stemmer().analyze(text):
        yield stem
        if len(stem) > GRAM + 1:
            yield from grams(stem)


def grams(stem: str) -> Iterator[str]:
    """Every four letters of a stem."""
    return (f"#{stem[at : at + GRAM]}" for at in range(len(stem) - GRAM + 1))


@per_sentence
def term_set(text: str) -> frozenset[str]:
    """The terms of a sentence, which comes again where its letter is often asked about."""
    return frozenset(terms(text))


@functools.lru_cache(100_000)
def stem_of(word: str) -> str:
    """The stem of a word of letters and figures alone; "" of one that tells nothing, such as "de"."""
    return next(iter(_stemmer().analyze(word)), "")


@functools.cache
def _stemmer() -> Any:
    """How text becomes stems: words, lower case, without the stop words, accents folded, Snowball's Dutch stems."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stopword("dutch"))
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("Dutch"))
        .build()
    )
