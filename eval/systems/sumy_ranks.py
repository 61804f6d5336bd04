"""Briefings by LexRank and TextRank as sumy has them, to know what ours are worth.

They take the sentences of ours, as sumy's tokenizers would fetch data of NLTK, and words by sumy's own pattern. Its
stemmer knows Dutch; stop words of Dutch it has none.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from eval.systems.lead import lines
from kamerbrief.records.answers import Sentence
from kamerbrief.records.letters import Letter

SUMMARIZERS = {"lexrank": LexRankSummarizer, "textrank": TextRankSummarizer}
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-])*")


def rank(name: str, letters: Sequence[Letter], words: int) -> Iterator[Sentence]:
    """The sentences of all letters together that rank highest, of at most `words` words, in the letters' order."""

    def fitting(ranked: Sequence[Any]) -> Sequence[Any]:
        totals = accumulate(len(one.sentence.line.text.split()) for one in ranked)
        return ranked[: sum(total <= words for total in totals)]

    document = ObjectDocumentModel(Paragraph(map(_Line, lines(letter))) for letter in letters)
    for chosen in SUMMARIZERS[name](Stemmer("dutch"))(document, fitting):
        yield chosen.line


class _Words:
    """A tokenizer as sumy wants one."""

    @staticmethod
    def to_words(text: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(text))


class _Line(SumySentence):  # type: ignore[misc]  # mypy takes sumy for Any, as it need not be installed
    """A sentence that keeps its citation."""

    def __init__(self, line: Sentence) -> None:
        super().__init__(line.text, _Words)
        self.line = line
