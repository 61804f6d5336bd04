"""Whether a model's proven line may stand in a briefing: it must say something, and be understood alone.

The rules that stop one, beside those of `verify`:

    too-short     fewer words than say anything
    dangles       it begins with what points back ("Deze", "Daarnaast")
    names-only    it holds nothing but what the letter is called
"""

from collections.abc import Sequence

from kamerbrief.briefings.find.statements import LEAST_WORDS, dangles
from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.terms import term_set
from kamerbrief.letters.labels import label
from kamerbrief.records.answers import Refusal, Sentence
from kamerbrief.records.letters import LetterHead


def told_alone(judged: Sentence | Refusal, heads: Sequence[LetterHead]) -> Sentence | Refusal:
    """The sentence, or the rule that stops it. `heads` are the letters that it may rest on."""
    if isinstance(judged, Refusal):
        return judged
    if len(judged.text.split()) < LEAST_WORDS:
        return Refusal(text=judged.text, rule="too-short")
    if any(dangles(judged.text, lexicon_of(head.language)) for head in heads):
        return Refusal(text=judged.text, rule="dangles")
    names = {term for head in heads for term in term_set(_named(head))}
    if names.issuperset(term_set(judged.text)):
        return Refusal(text=judged.text, rule="names-only")
    return judged


def _named(head: LetterHead) -> str:
    return f"{label(head)} {head.title or ''} {format_date(head.date) if head.date else ''}"
