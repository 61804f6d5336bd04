"""The parts of people's names, as Dutch writes them: "mr. G.A. van der Steur"."""

import functools
import re

from kamerbrief.language.lexicon import any_in, lexicons


@functools.cache
def particles() -> frozenset[str]:
    """What belongs to a surname and stands before it, in small letters."""
    return frozenset(word for one in lexicons() for word in one.words("persons.particles"))


def first_and_last(name: str) -> tuple[str, str]:
    """The first names or letters, and the surname with what belongs to it, in small letters: "f. c.", "de jonge"."""
    words = [one for one in re.sub(r"\.(?=\S)", ". ", name).casefold().split() if not _titles().fullmatch(one)]
    last = max(0, len(words) - 1)
    while last > 0 and words[last - 1] in particles():
        last -= 1
    return " ".join(words[:last]), " ".join(words[last:])


def surnames(last: str) -> frozenset[str]:
    """What a surname is called, too: "hennis-plasschaert" is "hennis", and "van der steur" is "steur"."""
    words = last.split()
    alone = words[-1] if words else ""
    return frozenset({last, alone, last.partition("-")[0], alone.partition("-")[0]})


@functools.cache
def _titles() -> re.Pattern[str]:
    return re.compile(any_in(lexicons(), "persons.titles"))
