"""The one way in which a citation is made: its quote is cut out of the unit that it names."""

from kamerbrief.letters.labels import official_url, unit_label
from kamerbrief.records.answers import Citation
from kamerbrief.records.letters import LetterHead, Unit, key_of


def cite(head: LetterHead, heading: str | None, unit: Unit, start: int, end: int, *, moved: bool = False) -> Citation:
    """The characters from `start` to `end` (exclusive) of a paragraph or note, which stands under this heading."""
    key = key_of(head.id, unit)
    return Citation(
        letter=key.letter,
        version=head.version,
        paragraph=key.paragraph,
        footnote=key.footnote,
        field=key.field,
        label=unit_label(head, key, recognised=unit.recognised),
        heading=heading,
        url=official_url(head),
        text=unit.text,
        start=start,
        end=end,
        quote=unit.text[start:end],
        moved=moved,
        recognised=unit.recognised,
    )
