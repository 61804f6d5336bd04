"""What a reader of a letter must know of how it was read: what is missing, and what may hold errors."""

from collections.abc import Iterable

from kamerbrief.letters.lines import Remark

_PICTURE = "{pages} could not be read: a picture without text"
_RECOGNISED = "{pages}: read by text recognition (OCR), the words may hold errors"
_MENDED = 'the text was encoded twice (as in "{text}"); that was mended'
_SAYINGS = {"picture": _PICTURE, "recognised": _RECOGNISED, "mended": _MENDED}


def warnings_of(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """One line for each kind of remark that people must know of, with its pages."""
    met: dict[str, list[Remark]] = {}
    for remark in remarks:
        met.setdefault(remark.kind, []).append(remark)
    told = [(saying, met[kind]) for kind, saying in _SAYINGS.items() if kind in met]
    return tuple(saying.format(pages=_pages(remarks), text=remarks[0].text) for saying, remarks in told)


def _pages(remarks: Iterable[Remark]) -> str:
    """ "page 2", "pages 2, 3 and 7"."""
    numbers = [str(remark.page) for remark in remarks]
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    return f"pages {', '.join(numbers[:-1])} and {numbers[-1]}"
