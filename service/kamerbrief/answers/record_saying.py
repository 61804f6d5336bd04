"""What is said of letters' records: sentences, and the sources that prove them."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from kamerbrief.answers.record_letters import Fit
from kamerbrief.answers.record_marks import Meant
from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.language.mentions import mentions
from kamerbrief.language.moments import months
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.fields import field_of, spans_of, values_of
from kamerbrief.letters.labels import label
from kamerbrief.proof.sources import UNSEARCHED, Sources, SourceSentence
from kamerbrief.records.answers import DraftSentence
from kamerbrief.records.letters import FieldName, LetterHead
from kamerbrief.store.stored import Passage

_A_DAY = datetime.timedelta(days=1)
SHOWN = 10  # letters that a count cites, and that are listed
_CALLED: tuple[FieldName, ...] = (
    "title",
    "dossier",
    "date",
    "id",
)  # of these the first is cited where none is asked for


@dataclass(frozen=True)
class Saying:
    """A sentence about records, and all the letters that it is about."""

    draft: DraftSentence
    sources: Sources


class Speaker:
    """Words what was found, in one language; `filtered` says that only some letters were looked at."""

    def __init__(self, lexicon: Lexicon, of: Meant, *, filtered: bool) -> None:
        self._lexicon, self._of, self._filtered = lexicon, of, filtered

    def field(self, head: LetterHead, name: FieldName) -> Saying | None:
        """What the letter's record tells; None where it does not. A subject may be that of the dossier."""
        values = values_of(head, name)
        if not values:
            return self.field(head, "dossier") if name == "title" and head.dossier_name else None
        form = "answered" if name == "signatories" and head.kind == "answers" else name
        text = self._say(form, letter=label(head), value=self._join("values", values), date=self._day(head))
        return _saying(text, [_field(head, name)], [])

    def line(self, fit: Fit) -> Saying:
        """What letter it is: its subject, or where it mentions what was asked for, or its date."""
        head, date = fit.head, self._day(fit.head)
        words = [one for one in self._of.words if fit.passage and mentions(one, fit.passage.unit.text)]
        if fit.passage and words:
            text = self._say("mention", letter=label(head), words=self._words(words))
            return _saying(text, [[_places(fit.passage, self._of.words)]], [_called(head)])
        if not head.title:
            said = (
                (self.field(head, "dossier") if head.dossier_name else None)
                or self.field(head, "date")
                or self.field(head, "id")
            )
            assert said is not None  # a letter has an id
            return said
        dated = date and format_date(head.date or datetime.date.min) not in label(head)
        text = self._say("dated" if dated else "title", letter=label(head), value=head.title, date=date)
        return _saying(text, [_field(head, "title"), *([_field(head, "date")] if dated else [])], [])

    def count(self, fits: Sequence[Fit], *, subject: bool = False) -> Saying:
        """How many they are. `subject` says that their subject alone is spoken of."""
        form = "one" if len(fits) == 1 else "several" if len(fits) <= SHOWN else "more"
        shown = fits[:SHOWN]
        text = self._say(form, number=str(len(fits)), which=self.which(subject=subject), shown=str(len(shown)))
        return _saying(text, [self._grounds(one) for one in shown], [self._grounds(one) for one in fits[SHOWN:]])

    def pick(self, picked: Fit, fits: Sequence[Fit], *, subject: bool) -> Saying:
        """That it is the last of them, or the first."""
        head = picked.head
        which = self.which(subject=subject)
        text = self._say(self._of.pick, which=which, letter=label(head), date=self._day(head))
        others = [self._grounds(one) for one in fits if one is not picked]
        return _saying(text, [_field(head, "date") + self._grounds(picked)], others)

    def which(self, *, subject: bool = False) -> str:
        """What the letters are told apart by, as it stands behind "brief" or "brieven"."""
        of, told = self._of, dict(self._period())
        told |= {"sender": of.sender.text} if of.sender else {}
        told |= {"dossier": of.dossier, "reference": of.reference, "paper": of.number, of.chamber: of.chamber}
        told["answers"] = "answers" if of.answers else ""
        told["subject" if subject else "mentions" if len(of.words) == 1 else "together"] = self._words(of.words)
        texts = self._lexicon.table("records.which").items()
        parts = [text.format(words=told[name], **{name: told[name]}) for name, text in texts if told.get(name)]
        return "".join(parts) + (self._lexicon.text("records.joins.filters") if self._filtered else "")

    def missing(self, why: str, **slots: str) -> str:
        """Why nothing is told: one of `records.missing`."""
        return self._lexicon.text(f"records.missing.{why}").format(**slots)

    def no_field(self, head: LetterHead, name: FieldName) -> str:
        """That the letter does not tell it."""
        return self.missing("no_field", letter=label(head), field=self._lexicon.text(f"records.fields.{name}"))

    def _period(self) -> Iterator[tuple[str, str]]:
        """When they are of, in few words: "2024", "mei 2024", a day, or from when and until when."""
        since, until = self._of.since, self._of.until
        if since and since == until:
            yield "day", format_date(since, self._lexicon)
        elif since and until and (since.day, until + _A_DAY) == (1, _next_month(since)):
            yield "period", f"{months(self._lexicon)[since.month - 1]} {since.year}"
        elif (
            since
            and until
            and since.year == until.year
            and (since.month, since.day, until.month, until.day) == (1, 1, 12, 31)
        ):
            yield "period", str(since.year)
        else:
            yield from (
                (name, format_date(day, self._lexicon)) for name, day in (("since", since), ("until", until)) if day
            )

    def _grounds(self, fit: Fit) -> list[SourceSentence]:
        """What of the letter proves that it is one of those that are spoken of."""
        of, head = self._of, fit.head
        grounds: list[SourceSentence] = []
        if of.words:
            grounds += [
                one for name in ("title", "dossier") for one in _field(head, name) if _mentions(one.text, of.words)
            ]
        if fit.passage:
            grounds.append(_places(fit.passage, of.words))
        if of.sender:
            signed = zip(head.signatories, _field(head, "signatories"), strict=True)
            by = [source for one, source in signed if of.sender.house or of.sender.is_signatory(one)]
            grounds += by or _field(head, "ministries")
        grounds += _field(head, "date") if of.since or of.until else []
        grounds += _field(head, "dossier") if of.dossier else []
        grounds += _field(head, "addressee") if of.chamber else []
        grounds += _field(head, "reference") if of.reference else []
        grounds += _field(head, "number") if of.number else []
        return grounds or _called(head)

    def _say(self, form: str, **slots: str) -> str:
        return self._lexicon.text(f"records.said.{form}").format(**slots)

    def _join(self, what: str, texts: Iterable[str]) -> str:
        return self._lexicon.text(f"records.joins.{what}").join(texts)

    def _words(self, words: Sequence[str]) -> str:
        return self._join("words", (f"«{word}»" for word in words))

    def _day(self, head: LetterHead) -> str:
        return format_date(head.date, self._lexicon) if head.date else ""


def _next_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + 4 * _A_DAY).replace(day=1)


def _mentions(text: str, words: Sequence[str]) -> bool:
    return any(mentions(word, text) for word in words)


def _called(head: LetterHead) -> list[SourceSentence]:
    """What a letter is told by where nothing of it is asked for."""
    return next(found for name in _CALLED if (found := _field(head, name)))


def _field(head: LetterHead, name: FieldName) -> list[SourceSentence]:
    """Each value of a field; none where the letter does not tell it."""
    field = field_of(head, name)
    return [_source(Passage(head, None, field), *span) for span in spans_of(head, name)] if field else []


def _places(passage: Passage, words: Sequence[str]) -> SourceSentence:
    """The sentence of the paragraph that mentions the most of the words."""
    text = passage.unit.text
    spans = sentences(text, lexicon_of(passage.head.language))
    best = max(spans, key=lambda span: sum(mentions(word, text[slice(*span)]) for word in words))
    return _source(passage, *best)


def _source(passage: Passage, start: int, end: int) -> SourceSentence:
    return SourceSentence("", passage, start, end, 0.0, np.zeros(0, np.float32), 0, UNSEARCHED)


def _saying(text: str, cited: Sequence[list[SourceSentence]], others: Sequence[list[SourceSentence]]) -> Saying:
    """The sentence that cites these sources. `others` are of the letters that it speaks of and does not cite."""
    numbered = [
        [replace(one, label=f"{number}.{place}") for place, one in enumerate(group, start=1)]
        for number, group in enumerate((*cited, *others), start=1)
    ]
    labels = tuple(one.label for group in numbered[: len(cited)] for one in group)
    return Saying(DraftSentence(text=text, labels=labels), Sources(tuple(chain.from_iterable(numbered)), records=True))
