"""What of a question tells which letters it means: marked, so that what is left can be known by its form."""

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from kamerbrief.language.lexicon import Lexicon
from kamerbrief.language.mentions import telling_words
from kamerbrief.language.moments import find_periods
from kamerbrief.letters.papers import DOSSIER, find_papers
from kamerbrief.letters.senders import Sender, find_persons, find_senders

Pointed = Literal["", "letter", "word", "nothing"]
_QUOTED = '[‘\'"“„«](?P<topic>[^‘’"“”„«»]{3,}?)[’\'"”»]'
_TIMES = ("in_time", "since", "after", "until", "before")
_A_DAY = datetime.timedelta(days=1)
_MARK = re.compile(r"¤[a-z]\d+")


@dataclass(frozen=True)
class Meant:
    """Which letters are meant; what is empty narrows nothing. `pick` is the last or the first of them, `chamber` the
    key of the words for whom they are sent to; `answers` says that they answer members' questions, and `pointed` by
    what the question leaves it to the one before it: "deze brief", "hem", or nothing at all."""

    papers: tuple[str, ...] = ()
    reference: str = ""
    number: str = ""
    dossier: str = ""
    sender: Sender | None = None
    chamber: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    words: tuple[str, ...] = ()
    pick: Literal["", "last", "first"] = ""
    answers: bool = False
    pointed: Pointed = ""

    @property
    def left_open(self) -> bool:
        """Whether the question does not say which."""
        return replace(self, pointed="") == Meant()

    def narrowed(self, other: "Meant") -> "Meant":
        """Those of these that are meant by the other as well."""
        told = {name: value for name, value in vars(other).items() if value}
        if self.since and other.since:
            told["since"] = max(self.since, other.since)
        if self.until and other.until:
            told["until"] = min(self.until, other.until)
        return replace(self, **told)


@dataclass
class Marked:
    """A question in which what tells of letters is marked: "wie heeft de brief ¤o0 ondertekend"."""

    text: str
    lexicon: Lexicon
    found: dict[str, tuple[str, Meant]] = field(default_factory=dict)

    def mark(self, kind: str, start: int, end: int, tells: Meant) -> None:
        """Puts a mark in place of the characters, which tell this."""
        name = f"¤{kind}{len(self.found)}"
        self.found[name] = (self.text[start:end], tells)
        self.text = f"{self.text[:start]}{name}{self.text[end:]}"

    def plain(self, text: str) -> str:
        """The text without marks, as it was asked."""
        while _MARK.search(text):
            text = _MARK.sub(lambda match: self.found[match[0]][0], text)
        return text

    @property
    def meant(self) -> Meant:
        """What the marks that are left in the text tell together."""
        told = [self.found[name][1] for name in _MARK.findall(self.text) if name in self.found]
        return functools.reduce(Meant.narrowed, told, Meant())


def mark_all(text: str, lexicon: Lexicon, *, persons: bool) -> Marked:
    """The question with marks for all but topics; for what may be `persons` only where that is asked for."""
    marked, forms = Marked(text, lexicon), _forms(lexicon)
    if quoted := forms.quoted.search(marked.text):
        marked.mark("o", quoted.start("at"), quoted.end(), Meant(words=_telling(quoted["topic"], lexicon)))
    for start, end, references in reversed(find_papers(marked.text)):
        ids = tuple(one.id for one in references if one.id)
        before = forms.paper.search(marked.text[:start])
        if ids and before:
            around = marked.text[before.start() - 1 : before.start()] == "(" and marked.text[end : end + 1] == ")"
            marked.mark("n", before.start() - around, end + around, Meant(papers=ids))
    if answers := forms.answers.search(marked.text):
        marked.mark("r", *answers.span(), Meant(answers=True))
    elif asked := forms.asked.search(marked.text):
        marked.mark("q", *asked.span(), Meant(answers=True))
    for match in reversed(list(forms.reference.finditer(marked.text))):
        marked.mark("k", *match.span(), Meant(reference=match["value"]))
    for match in reversed(list(forms.named.finditer(marked.text))):
        marked.mark("k", *match.span("value"), Meant(reference=match["value"]))
    for match in reversed(list(forms.number.finditer(marked.text))):
        marked.mark("u", *match.span(), Meant(number=match["value"]))
    for match in reversed(list(forms.dossier.finditer(marked.text))):
        marked.mark("d", *match.span(), Meant(dossier=match["value"]))
    for start, end, sender in reversed(find_senders(marked.text, lexicon)):
        if not forms.asking.search(marked.text[:start]):
            by = forms.by.match(marked.text, start)
            marked.mark("s" if by else "z", start, end, Meant(sender=sender))
    for match in reversed(list(forms.chamber.finditer(marked.text))):
        named = next((name for name in ("first_chamber", "second_chamber") if match[name]), "")
        marked.mark("a", *match.span(), Meant(chamber=named))
    _mark_times(marked, forms)
    for name, pattern in forms.picks.items():
        if found := pattern.search(marked.text):
            marked.mark("p", *found.span(), Meant(pick=name))
    plain = marked.text[:1].lower() + marked.text[1:]  # a question begins with a capital, too
    for start, end, person in reversed(find_persons(plain, lexicon)) if persons else ():
        marked.mark("s" if forms.by.match(marked.text, start) else "z", start, end, Meant(sender=person))
    return marked


def _mark_times(marked: Marked, forms: "_Forms") -> None:
    for moment in reversed(find_periods(marked.text, marked.lexicon)):
        first, last = moment.span
        tells = {
            "of_date": Meant(since=first, until=last),
            "in_time": Meant(since=first, until=last),
            "since": Meant(since=first),
            "after": Meant(since=last + _A_DAY),
            "until": Meant(until=last),
            "before": Meant(until=first - _A_DAY),
            "beside": Meant(since=first, until=last) if moment.day else Meant(),
        }
        for name, pattern in forms.times.items():
            if tells[name] != Meant() and (before := pattern.search(marked.text[: moment.start])):
                marked.mark("t", before.start("at"), moment.end, tells[name])
                break


def with_topics(marked: Marked) -> Iterator[Marked]:
    """The question with a mark for what letters are about, however long that may be; short ones first."""
    forms = _forms(marked.lexicon)
    for opened in forms.topic_after.finditer(marked.text):
        for end in _word_ends(marked.text, opened.end()):
            yield from _topic(marked, opened.start(), opened.end(), end, end)
    for opened in forms.topic_from.finditer(marked.text):
        for closed in forms.topic_to.finditer(marked.text, opened.end()):
            yield from _topic(marked, opened.start(), opened.end(), closed.start(), closed.end())


def _topic(marked: Marked, start: int, first: int, last: int, end: int) -> Iterator[Marked]:
    if telling := _telling(marked.plain(marked.text[first:last]), marked.lexicon):
        variant = Marked(marked.text, marked.lexicon, dict(marked.found))
        variant.mark("o", start, end, Meant(words=telling))
        yield variant


def _telling(topic: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a topic that tell what it is."""
    none = _forms(lexicon).no_topic
    return tuple(word for word in telling_words(topic, lexicon) if not none.fullmatch(word))


def _word_ends(text: str, start: int) -> Iterator[int]:
    return (match.end() for match in re.finditer(r"\S+", text) if match.end() > start + 1)


@dataclass(frozen=True)
class _Forms:
    """How a language says which letters are meant."""

    asking: re.Pattern[str]
    by: re.Pattern[str]
    asked: re.Pattern[str]
    answers: re.Pattern[str]
    quoted: re.Pattern[str]
    paper: re.Pattern[str]
    reference: re.Pattern[str]
    named: re.Pattern[str]
    number: re.Pattern[str]
    dossier: re.Pattern[str]
    chamber: re.Pattern[str]
    times: dict[str, re.Pattern[str]]
    picks: dict[Literal["last", "first"], re.Pattern[str]]
    topic_after: re.Pattern[str]
    topic_from: re.Pattern[str]
    topic_to: re.Pattern[str]
    no_topic: re.Pattern[str]


@functools.cache
def _forms(lexicon: Lexicon) -> _Forms:
    def of(name: str) -> str:
        return rf"(?:{lexicon.any_of(f'questions.record.{name}')})"

    def which(name: str) -> str:
        return rf"(?:{lexicon.any_of(f'questions.letters.{name}')})"

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    noun = rf"(?:{of('noun')}|{of('nouns')})"
    return _Forms(
        by=made(rf"(?:{lexicon.any_of('questions.senders.by')}) "),
        answers=made(rf"\b{of('answers')}\b"),
        quoted=made(rf"(?:{noun}|¤[a-z]\d+) (?P<at>(?:{of('quoted')} )?{_QUOTED})(?!\w)"),
        asked=made(rf"\b{of('asked')}\b"),
        asking=made(rf"\b{of('which')} $"),
        paper=made(rf"(?:(?<!\S){which('paper')} )?$"),
        reference=made(rf"\b{which('reference')} (?P<value>(?:\S+ ){{0,3}}?\S*\d[^\s?,]*)"),
        named=made(rf"\b{noun} (?P<value>(?=\S*\d)[\w.-]+/[\w./-]*\w)"),
        number=made(rf"\b{which('number')} (?P<value>\d{{1,5}}|[A-Z]{{1,2}})(?![\w/])"),
        dossier=made(rf"\b{which('dossier')} (?P<value>{DOSSIER})"),
        chamber=made(
            rf"\b{which('to')} (?:(?P<first_chamber>{which('first_chamber')})|(?P<second_chamber>"
            rf"{which('second_chamber')})|{which('parliament')})\b"
        ),
        times={
            # "Van 2024" is the time of letters right behind a word for them alone.
            "of_date": made(rf"(?:{noun}|¤[a-z]\d+|{of('is')}|{of('dates')}),? (?P<at>{which('of_date')} )$"),
            **{name: made(rf"(?<!\S)(?P<at>{which(name)} )$") for name in _TIMES},
            "beside": made(rf"\b{noun} (?P<at>)$"),  # "brief 28 januari 2025"
        },
        picks={
            "last": made(rf"\b{of('last')}(?= (?:{noun}\b|¤[nr])|$)"),
            "first": made(rf"\b{of('first')}(?= (?:{noun}\b|¤[nr])|$)"),
        },
        topic_after=made(rf"(?<!\S){of('topic_after')} "),
        topic_from=made(rf"(?<!\S){of('topic_from')} "),
        topic_to=made(rf" {of('topic_to')}(?!\S)"),
        no_topic=made(of("no_topic")),
    )
