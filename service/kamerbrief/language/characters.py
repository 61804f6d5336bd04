"""The characters of a source as people can read, type and cite them. Every reader takes its text through here.

A citation stands in the letter letter for letter, so what is taken away must be invisible, and what is printed must
stay:
- Letters and their accents are one character (Unicode NFC), whichever way the source wrote them.
- Characters that only steer the layout go: soft hyphens, zero-width spaces, byte order marks, marks of direction and
  language tags; zero-width joiners too, except where the script after them changes its shape by them.
- The bullets of the fonts Symbol and Wingdings, which come as private-use characters, become the bullets they show.
  Any other private-use character becomes U+FFFD: something is printed there, and nothing tells what.
"""

import re
from unicodedata import combining, normalize

BULLETS = "•◦▪▫‣●○■□◆◇♦❖➢➤➔⇨→✓✔✗·\ufffd"
"""What starts an item of a list. A private-use character in that place is a bullet, too, if an unknown one."""

_SYMBOLS = {
    "\uf02d": "-",
    "\uf06e": "■",
    "\uf076": "❖",
    "\uf09f": "•",
    "\uf0a7": "▪",
    "\uf0a8": "♦",
    "\uf0b7": "•",
    "\uf0d8": "➢",
    "\uf0e0": "→",
    "\uf0e8": "➔",
    "\uf0f0": "⇨",
    "\uf0fb": "✗",
    "\uf0fc": "✓",
}
"""U+F000 plus the code in the font: the bullets of word processors. Where Symbol and Wingdings differ it is the one
that serves as a bullet."""

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
    "|[\u200c\u200d](?=[\u0000-\u058f]|$)"
)


def readable(text: str) -> str:
    """The text as it can be cited: composed, without invisible characters, with bullets that show."""
    if text.isascii():
        return text
    shown = _PRIVATE.sub(lambda match: _SYMBOLS.get(match[0], "\ufffd"), text)
    return normalize("NFC", _INVISIBLE.sub("", shown))


def plain(text: str) -> str:
    """Small letters without accents, whichever way they are written."""
    return "".join(one for one in normalize("NFKD", text.casefold()) if not combining(one))


def is_text(given: str) -> bool:
    """False when it holds bytes that were no UTF-8 on the command line or in a file's name (lone surrogates)."""
    return not any("\ud800" <= character <= "\udfff" for character in given)
