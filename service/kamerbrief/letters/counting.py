"""The numbers of lists as word processors print them: "1.", "b)", "iv."."""

import re
from collections.abc import Callable

from kamerbrief.language.characters import readable

BULLET = "•"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 3_000
"""Beyond it letters and Roman figures would only grow long; no list goes so far."""
_SYMBOLS = ("symbol", "wingdings", "webdings")


def _letters(number: int) -> str:
    """a to z, then aa, bb: as both Word and LibreOffice go on."""
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (times + 1)


def _roman(number: int) -> str:
    said = ""
    for value, figure in _ROMAN:
        said += figure * (number // value)
        number %= value
    return said


_FORMS: dict[str, Callable[[int], str]] = {
    "a": _letters,
    "A": lambda number: _letters(number).upper(),
    "i": _roman,
    "I": lambda number: _roman(number).upper(),
    "01": lambda number: f"{number:02}",
}


def printed(number: int, form: str) -> str:
    """A number in one of the forms 1, a, A, i, I and 01; in figures where the form is another one."""
    return _FORMS[form](number) if form in _FORMS and 0 < number <= _MOST else str(number)


def bullet(character: str, font: str = "") -> str:
    """The sign of a list as it can be typed. The fonts of symbols show other signs than the letters they are stored
    as."""
    symbols = font.lower().startswith(_SYMBOLS) and len(character) == 1 and ord(character) < 0x100
    shown = readable(chr(0xF000 + ord(character)) if symbols else character).strip()
    return BULLET if not shown or "\ufffd" in shown else shown


def filled(pattern: str, numbers: list[str]) -> str:
    """A pattern of Word ("%1.%2") with the numbers of its levels, the outermost first."""
    return re.sub(r"%([1-9])", lambda hit: numbers[int(hit[1]) - 1] if int(hit[1]) <= len(numbers) else "", pattern)
