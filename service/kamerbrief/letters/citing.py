"""The one way in which a citation is made: its quote is cut out of the paragraph that it names."""

from kamerbrief.letters.labels import official_url, paragraph_label
from kamerbrief.records.answers import Citation
from kamerbrief.records.letters import LetterHead, Paragraph


def cite(
    head: LetterHead, heading: str | None, paragraph: Paragraph, start: int, end: int, *, moved: bool = False
) -> Citation:
    """The characters from `start` to `end` (exclusive) of a letter's paragraph, which stands under this heading."""
    return Citation(
        letter=head.id,
        paragraph=paragraph.number,
        label=paragraph_label(head, paragraph.number),
        heading=heading,
        url=official_url(head),
        text=paragraph.text,
        start=start,
        end=end,
        quote=paragraph.text[start:end],
        moved=moved,
    )
