"""The last step of an answer: what is said, and the record of it and of how it came about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kamerbrief.answers.looking import Looked
from kamerbrief.answers.means import Asked, Means
from kamerbrief.answers.naming import Named
from kamerbrief.answers.replaced import replaced
from kamerbrief.answers.selection import missing_parts, who_wrote
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.letters.labels import label_in
from kamerbrief.models.spending import Usage
from kamerbrief.models.writing import Written
from kamerbrief.records.answers import Answer, Hit, Refusal, Sentence
from kamerbrief.stopwatch import Stopwatch

NEAREST = 3


@dataclass
class Said:
    """What is said in a language, each sentence once, and what is not. `first` is when the first was, in
    milliseconds."""

    clock: Stopwatch
    lexicon: Lexicon
    sentences: list[Sentence] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    first: float | None = None

    def take(self, judged: Sentence | Refusal | None) -> Iterator[Sentence]:
        """Gives the sentence, if it may be said and was not yet."""
        if isinstance(judged, Refusal):
            self.refusals.append(judged)
        elif judged and all(judged.text != one.text for one in self.sentences):
            self.first = self.first or self.clock.elapsed
            self.sentences.append(_in_language(judged, self.lexicon))
            yield self.sentences[-1]


def _in_language(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    if not any(one.recognised for one in sentence.citations):
        return sentence
    told = tuple(one.model_copy(update={"label": label_in(one.label, lexicon)}) for one in sentence.citations)
    return sentence.model_copy(update={"citations": told})


def tell(
    by: Means,
    asked: Asked,
    looked: Looked,
    failure: str | None,
    written: Written,
    said: Said,
    usage: Usage,
) -> Answer:
    """The record of an answer, and of how it came about. `failure` is that of a model to word the question anew."""
    named, searched, proposal = looked.named, looked.searched, looked.proposal
    answered, model = bool(said.sentences), by.chat.model if by.chat and asked.writer == "model" else None
    missing = missing_parts(searched.parts, proposal, said.sentences) if answered else ()
    failures = [str(one) for one in (failure, written.failure) if one]
    return Answer(
        id=asked.id,
        asked_at=by.clock(),
        question=asked.question.text,
        asked=named.question.text,
        filters=named.filters,
        follow=asked.follow,
        status="answered" if answered else "not_found",
        message=_message(by, named, missing, said.sentences) if answered else named.message,
        missing=missing,
        sentences=tuple(said.sentences),
        nearest=() if answered else searched.hits[:NEAREST],
        confidence=proposal.confidence,
        writer=who_wrote({one.writer for one in said.sentences}, "model" if model else "extractive"),
        embedder=by.embedder.name,
        reader=by.reader.hash if searched.hits and not named.missing else None,
        model=model,
        prompt=written.prompt,
        mode=written.mode,
        failure="; ".join(failures) or None,
        draft=written.sentences,
        refusals=tuple(said.refusals),
        hits=searched.hits,
        tokens=usage.total,
        cost=by.purse.cost(usage),
        milliseconds=said.clock.milliseconds,
        first_sentence=said.first,
    )


def _message(by: Means, named: Named, parts: Sequence[str], sentences: Sequence[Sentence]) -> str | None:
    """That there is no answer to some parts of the question, and that letters it rests on were replaced."""
    lexicon = named.question.lexicon
    missing = f"{lexicon.text('questions.part_not_found')} {' '.join(f'“{part}”' for part in parts)}" if parts else ""
    return " ".join(filter(None, [missing, _replaced(by, sentences, lexicon)])) or None


def _replaced(by: Means, sentences: Sequence[Sentence], lexicon: Lexicon) -> str:
    with by.store.reading() as store:
        return replaced(store, sentences, lexicon)


def tell_unsearched(by: Means, asked: Asked, said: Said, message: str, nearest: Sequence[Hit] = ()) -> Answer:
    """The record of an answer that no paragraph was read for: out of the letters' records, of what is not told there
    `message` says so; or a reply to what asks nothing, which is the message alone."""
    answered = bool(said.sentences)
    return Answer(
        id=asked.id,
        asked_at=by.clock(),
        question=asked.question.text,
        asked=asked.question.text,
        filters=asked.filters,
        follow=asked.follow,
        status="answered" if answered else "not_found",
        message=" ".join(filter(None, [message, _replaced(by, said.sentences, asked.question.lexicon)])) or None,
        sentences=tuple(said.sentences),
        nearest=() if answered else tuple(nearest),
        confidence=float(answered),
        writer="extractive",
        embedder=by.embedder.name,
        refusals=tuple(said.refusals),
        milliseconds=said.clock.milliseconds,
        first_sentence=said.first,
    )
