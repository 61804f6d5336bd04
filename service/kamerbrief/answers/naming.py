"""A question that names its letter ("volgens Kamerstuk 27 925, nr. 504", "in de brief van 20 november 2024") is
narrowed to it, and asked without the name, whose words stand in no paragraph.
"""

import datetime
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kamerbrief.answers.question import MAX_CHARACTERS, Question, ask_about
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.language.mentions import telling_words
from kamerbrief.language.moments import find_moments, find_periods
from kamerbrief.letters.fields import has_subject
from kamerbrief.letters.papers import find_papers
from kamerbrief.records.letters import Filters, LetterHead
from kamerbrief.store.catalog import Catalog

SUBJECTS = 3  # of letters that are asked for all that they say


@dataclass(frozen=True)
class Naming:
    """Where a question names letters, from `start` to `end`, and which: these ids, or those of the days from `since` up
    to `until`. `kept` is what stands between the words and is more than a name: "over jeugdzorg". A paper that is only
    put beside the question is not `sure` to be one it is to be answered from."""

    start: int
    end: int
    sure: bool = True
    kept: str = ""
    letters: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None

    def within(self, filters: Filters) -> Filters | None:
        """The filters, and that it is one of these letters; None where no letter can pass both."""
        if self.since is None or self.until is None:
            ids = [one for one in self.letters if not filters.letters or one in filters.letters]
            return filters.model_copy(update={"letters": tuple(ids)}) if ids else None
        since = max(filter(None, (self.since, filters.since)))
        until = min(filter(None, (self.until, filters.until)))
        return filters.model_copy(update={"since": since, "until": until}) if since <= until else None


@dataclass(frozen=True)
class Named:
    """The question without the names of letters, and where to look. `missing` says that a letter is named, and none
    that is here has that name: no other one answers for it."""

    question: Question
    filters: Filters
    missing: bool = False

    @property
    def message(self) -> str:
        """What is said when there is no answer."""
        return self.question.lexicon.text("questions.naming.no_letter") if self.missing else self.question.not_found


def narrow(catalog: Catalog, question: Question, filters: Filters) -> Named:
    """What is asked, of which letters. What a question names itself goes before what the one behind it named."""
    namings = sorted([*find_namings(question), *_among(catalog, question, filters)], key=lambda one: one.start)
    each = [(one, one.within(filters)) for one in namings]
    found = [(one, within, catalog.heads(within) if within else []) for one, within in each]
    found = [(one, within, heads) for one, within, heads in found if heads or one.sure]
    if not found:
        return Named(question, filters)
    meant = [it for it in found if it[0].end <= len(question.own)] or found
    fitting = [within for _, within, heads in meant if within and heads]
    letters = [head for _, _, heads in meant for head in heads]
    rest = _without(question, [one for one, *_ in found], letters)
    if not fitting:
        return Named(rest, filters, missing=True)
    if len(fitting) == 1:
        return Named(rest, fitting[0])
    ids = tuple(dict.fromkeys(head.id for head in letters))
    return Named(rest, filters.model_copy(update={"letters": ids}))


def find_namings(question: Question) -> list[Naming]:
    """Where a question names letters, in order."""
    text, lexicon = question.text, question.lexicon
    found = [*_papers(text, lexicon), *_dates(text, lexicon)]
    return sorted(found, key=lambda one: one.start)


def _among(catalog: Catalog, question: Question, filters: Filters) -> Iterator[Naming]:
    """The names that tell a letter among those that there are: a day of any year, and the last one."""
    text, forms = question.text, _forms(question.lexicon)
    for moment in find_moments(text, None, question.lexicon):
        before = _before(text[: moment.start], None, forms)
        if before is None or moment.year or not moment.day or forms.spoken_of.search(text[: before.start("name")]):
            continue
        dated = [(one.id, one.date) for one in catalog.heads(filters) if one.date]
        ids = tuple(id_ for id_, date in dated if (date.month, date.day) == (moment.month, moment.day))
        yield Naming(before.start("name"), moment.end, kept=before.groupdict().get("about") or "", letters=ids)
    for last in forms.last.finditer(text):
        if forms.spoken_of.search(text[: last.start()]):
            continue
        words = telling_words(last["about"] or "", question.lexicon)
        dates = {one.id: one.date for one in catalog.heads(filters) if one.date and has_subject(one, words)}
        newest = tuple(one for one, date in dates.items() if date == max(dates.values()))
        yield Naming(*last.span(), sure=False, kept=last["about"] or "", letters=newest)


def _papers(text: str, lexicon: Lexicon) -> Iterable[Naming]:
    forms = _forms(lexicon)
    for start, end, references in find_papers(text):
        ids = tuple(one.id for one in references if one.id)
        before = forms.paper.search(text[:start])
        assert before is not None  # it may be empty
        if ids and not forms.spoken_of.search(text[: before.start()]):
            yield Naming(before.start(), end, sure=not before.start() or bool(before[0]), letters=ids)


def _dates(text: str, lexicon: Lexicon) -> Iterable[Naming]:
    """A date is the name of a letter after a word for one, after somebody who wrote, and after another such date."""
    forms, last = _forms(lexicon), None
    for moment in find_periods(text, lexicon):
        before = _before(text[: moment.start], last, forms)
        about = before.groupdict().get("about") or "" if before else ""
        # "De brief over de begroting van 2025" may be of any year.
        if before is None or (about and moment.day is None):
            continue
        start = last if last is not None and "name" not in before.groupdict() else before.start("name")
        if forms.spoken_of.search(text[:start]):
            continue
        last = moment.end
        since, until = moment.span
        yield Naming(start, moment.end, kept=about, since=since, until=until)


def _before(text: str, last: int | None, forms: "_Forms") -> re.Match[str] | None:
    """What makes a date behind this text the name of a letter. The name of one before it ends at `last`."""
    beside = forms.also.fullmatch(text, last) if last is not None else None
    return beside or forms.letter.search(text) or forms.wrote.search(text)


def _without(question: Question, namings: Iterable[Naming], letters: Iterable[LetterHead]) -> Question:
    """The question without the names. What then asks for nothing of its own asks for what the letters are about."""
    own = len(question.own)
    rest = _cut(question.text[:own], [one for one in namings if one.end <= own], 0)
    behind = _cut(question.text[:-1] if question.behind else "", [one for one in namings if one.end > own], own + 2)
    words = re.findall(r"\w+", f"{rest} {behind}".lower())
    if all(_forms(question.lexicon).all_of_it.fullmatch(word) for word in words):
        subjects = dict.fromkeys(filter(None, (one.title or one.dossier_name for one in letters)))
        behind = "; ".join(filter(None, [behind, *[*subjects][:SUBJECTS]]))
        rest = rest or question.own
    if not re.search(r"\w", rest):
        rest, behind = behind or question.text, ""
    if len(rest) + len(behind) > MAX_CHARACTERS - len(" ()"):
        return question
    return ask_about(rest[:1].upper() + rest[1:], behind)


def _cut(text: str, namings: Iterable[Naming], at: int) -> str:
    """A text from a place on, without the names in it."""
    parts = []
    for one in namings:
        parts += [text[at : one.start], one.kept]
        at = max(at, one.end)
    rest = " ".join(re.sub(r"\(\s*\)", " ", " ".join([*parts, text[at:]])).split())
    rest = re.sub(r"\s+([?.!,;:)])", r"\1", rest)
    return re.sub(r"^[\s,;:.]+|,(?=[?,])", "", rest)


@dataclass(frozen=True)
class _Forms:
    """How a language names letters: what stands before a paper and before a date (`name` is what goes with it)."""

    paper: re.Pattern[str]
    letter: re.Pattern[str]
    last: re.Pattern[str]
    wrote: re.Pattern[str]
    also: re.Pattern[str]
    spoken_of: re.Pattern[str]
    all_of_it: re.Pattern[str]


@functools.cache
def _forms(lexicon: Lexicon) -> _Forms:
    def any_of(name: str) -> str:
        return rf"(?:{lexicon.any_of(f'questions.naming.{name}')})"

    lead = rf"(?:\b{any_of('inside')} )?(?:\b{any_of('the')} )?"
    what = rf"\b{any_of('letter')}"
    by, about = rf"(?: {any_of('by')})?", rf"(?: (?P<about>{any_of('about')}))?"
    return _Forms(
        paper=re.compile(rf"{lead}(?:{what},? )?(?:{any_of('number')} )?$", re.IGNORECASE),
        letter=re.compile(rf"(?P<name>{lead}{what}{by}{about}{by},? {any_of('of_date')} )$", re.IGNORECASE),
        last=re.compile(
            rf"{lead}(?:{lexicon.any_of('questions.record.last')}) {any_of('letter')}{by}"
            rf"(?: (?P<about>{any_of('about_last')}))?\b",
            re.IGNORECASE,
        ),
        wrote=re.compile(
            rf"\b(?:{any_of('wrote')} (?:\w+ ){{0,2}}?{any_of('speakers')}|{any_of('speakers')} {any_of('wrote')}) "
            rf"(?:\w+ ){{0,2}}?(?P<name>{any_of('in_time')} )$",
            re.IGNORECASE,
        ),
        also=re.compile(rf",? (?:{any_of('and')} )?", re.IGNORECASE),
        spoken_of=re.compile(rf"\b{any_of('spoken_of')}[ (]+$", re.IGNORECASE),
        all_of_it=re.compile(any_of("all_of_it"), re.IGNORECASE),
    )
