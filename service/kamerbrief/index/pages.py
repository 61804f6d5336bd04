"""The pages of letters as they are on paper, with quoted words marked: of those whose PDF is kept."""

from collections.abc import Sequence

from kamerbrief.errors import PageError
from kamerbrief.index.letters import letter_of
from kamerbrief.letters.apart import Readers
from kamerbrief.letters.png import png
from kamerbrief.records.letters import Letter, LetterHead, Span
from kamerbrief.records.pages import Drawn, PageAsked, PaperPage
from kamerbrief.store.store import Store


class Pages:
    """Reads them in processes of their own, for as many threads as ask.

    `marks` are what is quoted; what the letter does not have is passed over. Each method reads the letter as it is now
    or as a version has it, and raises UnknownLetterError, PageError where none of its pages is kept, LetterError where
    they cannot be shown, StoreError.
    """

    def __init__(self, store: Store, readers: Readers) -> None:
        self._store = store
        self._readers = readers

    def kept(self, letter: LetterHead) -> bool:
        """Whether there are any of this version of a letter."""
        with self._store.reading() as now:
            return now.catalog.files.has(letter.id, letter.version)

    def place(
        self, letter_id: str, marks: Sequence[Span] = (), version: int | None = None, number: int | None = None
    ) -> PaperPage:
        """The page that the marked words stand on, most of them if they stand on two; without marks the first. Or the
        page with a number, and what of them stands on it."""
        letter = letter_of(self._store, letter_id, version)
        first = number or next(filter(None, (_page_of(letter, one) for one in marks)), 1)
        return self._shown(
            letter, PageAsked(number=first, quotes=quotes_of(letter, marks), further=number is None)
        ).page

    def picture(self, letter_id: str, number: int, marks: Sequence[Span] = (), version: int | None = None) -> bytes:
        """The page with this number as PNG, the words marked. Raises PageError where there is none."""
        letter = letter_of(self._store, letter_id, version)
        drawn = self._shown(letter, PageAsked(number=number, quotes=quotes_of(letter, marks), drawn=True))
        return png(drawn.width, drawn.height, drawn.pixels)

    def _shown(self, letter: Letter, asked: PageAsked) -> Drawn:
        with self._store.reading() as now:
            data = now.catalog.files.of(letter.id, letter.version)
        if data is None:
            raise PageError(f"no pages of {letter.id} are kept", "they are of letters that are read from a PDF")
        return self._readers.page(data, letter.id, asked)


def _page_of(letter: Letter, mark: Span) -> int | None:
    return next((one.page for one in letter.paragraphs if one.number == mark.paragraph), None)


def quotes_of(letter: Letter, marks: Sequence[Span]) -> tuple[str, ...]:
    """The marked words; of what the letter does not have none."""
    texts: dict[tuple[int | None, str | None], str] = {(one.number, None): one.text for one in letter.paragraphs}
    texts |= {(one.paragraph, one.mark): one.text for one in letter.footnotes}
    return tuple(texts.get((one.paragraph, one.footnote), "")[one.start : one.end] for one in marks)
