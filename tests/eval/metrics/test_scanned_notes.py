"""What is measured of the notes in scans."""

from eval.metrics.scanned_notes import Notes, compare
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Footnote, Letter

TEXT = b"Den Haag, 6 juli 2021\n\nDe dijken zijn hoog genoeg.\n\nDe sluizen van Drenthe zijn oud.\n"


def noted(*notes: tuple[str, str, int | None, int | None]) -> Letter:
    made = tuple(Footnote(mark=mark, text=text, paragraph=n, position=at) for mark, text, n, at in notes)
    return read_letter(TEXT).model_copy(update={"footnotes": made})


def test_notes_are_found_by_mark_and_text_and_tied_by_what_stands_before() -> None:
    printed = noted(*((mark, f"Kamerstuk 33 009, nr. {mark}", 1, 27) for mark in "1234"))
    scan = noted(
        ("1", "Kamerstuk 33 009, nr. l", 1, 27),
        ("2", "Kamerstuk 33 009, nr. 2", 2, 22),
        ("3", "Kamerstuk 33 009, nr. 3", None, None),
        ("4", "iets heel anders", 1, 27),
        ("5", "geen noot", None, None),
    )
    assert compare(printed, scan) == Notes(printed=4, found=3, tied=1, astray=1, excess=1)
