"""The parts of people's names, as Dutch writes them: "mr. G.A. van der Steur"."""

import re

PARTICLES = frozenset(("van", "de", "der", "den", "het", "en", "voor", "in", "op", "te", "ten", "ter"))
_TITLES = re.compile(r"(?:drs?|mr|ir|ing|prof|jhr|mevr|dhr)\.")


def first_and_last(name: str) -> tuple[str, str]:
    """The first names or letters, and the surname with what belongs to it, in small letters: "f. c.", "de jonge"."""
    words = [one for one in re.sub(r"\.(?=\S)", ". ", name).casefold().split() if not _TITLES.fullmatch(one)]
    last = max(0, len(words) - 1)
    while last > 0 and words[last - 1] in PARTICLES:
        last -= 1
    return " ".join(words[:last]), " ".join(words[last:])


def surnames(last: str) -> frozenset[str]:
    """What a surname is called, too: "hennis-plasschaert" is "hennis", and "van der steur" is "steur"."""
    words = last.split()
    alone = words[-1] if words else ""
    return frozenset({last, alone, last.partition("-")[0], alone.partition("-")[0]})
