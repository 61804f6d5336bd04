"""Who sends letters, as people name them: "de minister van Defensie", "het ministerie van VWS"."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kamerbrief.language.lexicon import Lexicon, lexicons
from kamerbrief.language.persons import first_and_last
from kamerbrief.letters.offices import FIELD, PERSON, ministry_of, rank_and_field
from kamerbrief.records.letters import LetterHead, Signatory


@dataclass(frozen=True)
class Sender:
    """Somebody who sends letters, as `text` names them: by rank ("minister"), by ministry or by name, or by several of
    these. `house` says that a ministry itself is meant, whoever signed; `beside` is another one who signed as well."""

    text: str
    rank: str = ""
    ministry: str = ""
    person: str = ""
    house: bool = False
    beside: "Sender | None" = None

    def sent(self, head: LetterHead, *, exactly: bool = False) -> bool:
        """Whether the letter's record says so. Not `exactly`, a ministry may be named in short: "Onderwijs"."""
        if self.beside and not self.beside.sent(head, exactly=exactly):
            return False
        if self.house:
            signed = filter(None, (ministry_of(one.office or "") for one in head.signatories))
            return any(same_ministry(self.ministry, one, exactly=exactly) for one in (*head.ministries, *signed))
        return any(self._is(one, exactly=exactly) for one in head.signatories)

    def is_signatory(self, one: Signatory, *, exactly: bool = False) -> bool:
        """Whether it is this one who signed, or the one beside."""
        if self.beside and self.beside.is_signatory(one, exactly=exactly):
            return True
        return self._is(one, exactly=exactly)

    def _is(self, one: Signatory, *, exactly: bool) -> bool:
        rank, of = rank_and_field(one.office or "")
        return (
            (not self.rank or rank == self.rank)
            and (not self.ministry or bool(of and same_ministry(self.ministry, of, exactly=exactly)))
            and (not self.person or same_person(self.person, one.name))
        )


def same_ministry(asked: str, named: str, *, exactly: bool = False) -> bool:
    """Whether a letter's ministry is the one asked for: "OCW" is "Onderwijs, Cultuur en Wetenschap", and "Onderwijs" is
    that in short. A part of it behind a dash ("Financiën – Fiscaliteit") is passed over."""
    one, other = (_plain(re.split(r"\s[–-]\s", name)[0]) for name in (asked, named))
    return one == other or (not exactly and re.match(rf"{re.escape(one)}[ ,]", other) is not None)


def same_person(asked: str, named: str) -> bool:
    """Whether two names may be one person's: the surnames are the same, and of first names the first letters, as far
    as both are told."""
    (first, last), (first_named, last_named) = first_and_last(asked), first_and_last(named)
    return last == last_named and (not first or not first_named or first[0] == first_named[0])


def find_senders(text: str, lexicon: Lexicon) -> list[tuple[int, int, Sender | None]]:
    """Where a text names senders, with the word before that says so ("van"), and whom; None stands for the cabinet as a
    whole, which sends all letters."""
    forms = _forms(lexicon)
    found: list[tuple[int, int, Sender | None]] = []
    for match in (*forms.office.finditer(text), *forms.offices.finditer(text)):
        rank = next(name for name, one in forms.ranks.items() if one.fullmatch(match["rank"]))
        of, person = match["of"] or "", match["person"] or ""
        groups = match.groupdict()
        other, name = groups.get("other_of") or "", groups.get("other_person") or ""
        beside = Sender("", rank, other, name) if other or name else None
        found.append((*match.span(), Sender(_named(match), rank, of, person, beside=beside)))
    for match in forms.house.finditer(text):
        found.append((*match.span(), Sender(_named(match), ministry=match["of"], house=True)))
    found += [(*match.span(), None) for match in forms.cabinet.finditer(text)]
    taken: list[tuple[int, int, Sender | None]] = []
    for start, end, sender in sorted(found, key=lambda one: (one[0], -one[1])):
        last = taken[-1] if taken else None
        if last and last[2] and sender and forms.joined.fullmatch(text[last[1] : start]):
            first = replace(last[2], text=text[last[1] - len(last[2].text) : end], beside=sender)
            taken[-1] = (last[0], end, first)
        elif last is None or start >= last[1]:
            taken.append((start, end, sender))
    return taken


def find_persons(text: str, lexicon: Lexicon) -> list[tuple[int, int, Sender]]:
    """Where a text may name senders by nothing but a name, which may as well be a town's."""
    return [
        (*match.span(), Sender(match["person"], person=match["person"]))
        for match in _forms(lexicon).person.finditer(text)
    ]


def sender_of(text: str, lexicon: Lexicon) -> Sender:
    """Who is named by a text that is nothing but the name of a sender."""
    found = [sender for start, end, sender in find_senders(text, lexicon) if (start, end) == (0, len(text)) and sender]
    return found[0] if found else Sender(text, person=text)


def _named(match: re.Match[str]) -> str:
    return match[0][len(match["by"] or "") :].strip()


def _plain(name: str) -> str:
    """A ministry by its own name, whatever it is called here."""
    plain = re.sub(r"\s+", " ", name).strip(" ,.").casefold()
    return next((called[plain] for one in lexicons() if plain in (called := _called(one))), plain)


@functools.cache
def _called(lexicon: Lexicon) -> Mapping[str, str]:
    """The names of ministries by what they are called as well, all in small letters."""
    names = (one.casefold().partition(": ") for one in lexicon.words("questions.senders.called"))
    return {called: name for called, _, name in names}


def _longest(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"


@dataclass(frozen=True)
class _Forms:
    office: re.Pattern[str]
    offices: re.Pattern[str]
    house: re.Pattern[str]
    cabinet: re.Pattern[str]
    person: re.Pattern[str]
    joined: re.Pattern[str]
    ranks: Mapping[str, re.Pattern[str]]


@functools.cache
def _forms(lexicon: Lexicon) -> _Forms:
    def any_of(name: str) -> str:
        return rf"(?i:{lexicon.any_of(f'questions.senders.{name}')})"

    before = rf"\b(?P<by>{any_of('by')} )?(?:{any_of('the')} )*"
    called = _longest(name for each in (lexicon, lexicons()[0]) for name in _called(each))
    known = rf"(?i:{called})\b|{any_of('ministries')}\b"
    also = rf"(?i:{lexicon.any_of('questions.and')})"
    ministry = rf"(?P<of>(?:{known})(?! {also} [A-Z])|{FIELD})"
    of = rf"(?: {any_of('of')} {ministry})?(?: (?P<person>{PERSON}))?"
    each = rf"(?:{known}|{FIELD})"
    some_of = rf"(?: {any_of('of')} (?P<of>{each}))?(?: (?P<person>{PERSON}))?"
    some_of += rf"(?: {also} (?:(?:{any_of('of')} )?(?P<other_of>{known})|(?P<other_person>{PERSON})))?"
    names = tuple(lexicon.table("questions.senders.ranks"))
    ranks, several = ({name: any_of(f"{many}.{name}") for name in names} for many in ("ranks", "several"))
    one, some = ("|".join(each.values()) or "(?!)" for each in (ranks, several))
    return _Forms(
        office=re.compile(rf"{before}\b(?P<rank>{one})\b{of}"),
        offices=re.compile(rf"{before}\b(?P<rank>{some})\b{some_of}"),
        house=re.compile(rf"{before}\b{any_of('house')} (?:{any_of('of')} )?{ministry}"),
        cabinet=re.compile(rf"\b(?:{any_of('by')} )?{any_of('cabinet')}\b"),
        person=re.compile(rf"\b(?:{any_of('by')} )?(?P<person>{PERSON})"),
        joined=re.compile(rf",? (?i:{lexicon.any_of('questions.and')}) "),
        ranks={name: re.compile(f"{ranks[name]}|{several[name]}") for name in names},
    )
