"""What of the letters a language model is shown: excerpts, numbered, harmless, and no more than fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.answers.evidence import gives_orders
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.language.lexicon import lexicons
from kamerbrief.letters.labels import label, place_label
from kamerbrief.proof.sources import Sources, SourceSentence
from kamerbrief.records.letters import Key, LetterHead

_LABEL_TOKENS = 8  # "[12.3] " and the end of the line
# What could pass for the marks of the prompt, of a chat format or of JSON, and what stands in its stead.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "|": "/"})


@dataclass(frozen=True)
class Excerpt:
    """A paragraph as the model sees it: its number, the letter's label, its heading, its numbered sentences."""

    number: int
    label: str
    heading: str
    sentences: tuple["Numbered", ...]


@dataclass(frozen=True)
class Numbered:
    label: str
    text: str


def excerpts_of(sources: Sources) -> list[Excerpt]:
    """The paragraphs of the sources, best hit first. Sentences that order their reader about are left out."""
    paragraphs: dict[int, list[SourceSentence]] = {}
    for one in sources.sentences:
        paragraphs.setdefault(int(one.label.partition(".")[0]), []).append(one)
    found = [
        Excerpt(
            number,
            harmless(_label(sentences[0].passage.key, sentences[0].passage.head)),
            harmless(sentences[0].passage.heading or ""),
            tuple(
                Numbered(one.label, harmless(one.text)) for one in sentences if not gives_orders(one.text, lexicons())
            ),
        )
        for number, sentences in paragraphs.items()
    ]
    return [excerpt for excerpt in found if excerpt.sentences]


def _label(key: Key, head: LetterHead) -> str:
    """The letter, and which note it is where it is one: a note is no sentence of the text."""
    return label(head) if key.footnote is None else f"{label(head)}, {place_label((), key.footnote)}"


def fit(excerpts: Sequence[Excerpt], budget: int) -> list[Excerpt]:
    """The first excerpts that take at most `budget` tokens together; one at least, so that something is asked."""
    fitting: list[Excerpt] = []
    for excerpt in excerpts:
        texts = [excerpt.label, excerpt.heading, *(one.text for one in excerpt.sentences)]
        budget -= sum(count_tokens(text) + _LABEL_TOKENS for text in texts)
        if fitting and budget < 0:
            break
        fitting.append(excerpt)
    return fitting


def harmless(text: str) -> str:
    """The text in one line, without what could pass for the prompt's own marks."""
    return " ".join(text.translate(_HARMLESS).split())
