"""Whether words stand in a source letter for letter; white space, dashes and quotation marks may differ."""

import re

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\u00a0": " "})


def plain(text: str) -> str:
    """Text with white space, dashes and quotation marks made alike."""
    return re.sub(r"\s+", " ", text.translate(_SAME)).strip()


def stands_in(text: str, source: str) -> bool:
    """Whether the text stands in the source; one without a word stands nowhere."""
    said = plain(text)
    return bool(said) and said in plain(source)
