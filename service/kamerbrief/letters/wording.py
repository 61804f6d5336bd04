"""What the head and the foot of a letter are known by: the words of all languages, since nothing tells yet in which a
letter is. The names of official papers ("Kamerstuk", "Aanhangsel van de Handelingen") are Dutch in every letter, and
stand in the code that reads them."""

import functools
import re
from dataclasses import dataclass

from kamerbrief.language.lexicon import Lexicon, any_in

_DAY = r"\d{1,2}\.?\s?[^\W\d]+\.?\s+(?:\d{4}|[’']?\d{2})|\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{4}-\d\d-\d\d"


@dataclass(frozen=True)
class Wording:
    """Lines of a head by what they hold, each a whole line; `value` and `who` are what they say."""

    addressee: re.Pattern[str]
    to: re.Pattern[str]
    place: re.Pattern[str]
    run_on: re.Pattern[str]  # place and date with more before or behind them
    date: re.Pattern[str]
    subject: re.Pattern[str]
    reference: re.Pattern[str]
    label: re.Pattern[str]  # by itself: its value stands on the next line
    other: re.Pattern[str]
    salutation: re.Pattern[str]
    closing: re.Pattern[str]
    caption: re.Pattern[str]  # of a figure or a table; what it begins with
    motion: re.Pattern[str]  # what its name begins with
    goes_on: re.Pattern[str]  # what no line of an address or a signature ends with


@functools.cache
def wording(among: tuple[Lexicon, ...]) -> Wording:
    """The wording of letters in these languages."""

    def words(name: str) -> str:
        return rf"(?:{any_in(among, f'letters.{name}')})"

    labels = "|".join(words(name) for name in ("date", "subject", "reference", "other", "other_lines"))
    before = rf"(?:{words('before_date')}\s+)?"
    return Wording(
        addressee=re.compile(rf"^(?:{words('to')}\s*:?\s*)?(?P<who>{words('addressees')}\b.*)$", re.IGNORECASE),
        to=re.compile(rf"^{words('to')} {words('somebody')}\b.{{3,80}}[^.]$"),
        place=re.compile(rf"^[’'‘`]?\s?(?:s-)?[A-Z][\w’' -]{{2,25}},\s*{before}(?P<value>{_DAY})\.?$"),
        run_on=re.compile(
            rf"^(?P<before>.{{10,120}}\s)?(?P<dated>(?:[’'‘`]\s?s-)?[A-Z][\w’'-]{{2,25}},\s*{before}(?:{_DAY})\.?)"
            r"(?P<after>\s[A-Z].{40,})?$"
        ),
        date=re.compile(rf"^{words('date')}\s*:?\s*(?P<value>.*\d{{4}}.*|{_DAY})$"),
        subject=re.compile(rf"^{words('subject')}\s*:?\s+(?P<value>\S.*)$", re.IGNORECASE),
        reference=re.compile(rf"^{words('reference')}\s*:?\s+(?P<value>\S.*)$", re.IGNORECASE),
        label=re.compile(rf"^(?:{labels})\s*:?$"),
        other=re.compile(rf"^{words('other')}\b.{{0,60}}$"),
        salutation=re.compile(rf"^{words('salutation')}\b[^.]{{0,60}},?$"),
        caption=re.compile(rf"^{words('captions')}(?:\s+(?:\d|[A-Z]\b)|:)", re.IGNORECASE),
        motion=re.compile(rf"^(?:Nr\.\s*\d+\s+)?{words('replacing.motion')}\b", re.IGNORECASE),
        goes_on=re.compile(rf"\b{words('goes_on')}$", re.IGNORECASE),
        closing=re.compile(rf"^{words('closing')}\b.{{0,20}}$", re.IGNORECASE),
    )
