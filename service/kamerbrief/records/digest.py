"""By what a letter's text is told from another one."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from kamerbrief.records.letters import Footnote, Letter, Paragraph, Section


def text_digest(sections: Iterable[Section], paragraphs: Iterable[Paragraph], notes: Iterable[Footnote]) -> str:
    """SHA-256 (hex) over what was read, in order: the same text in another file or format is the same letter."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for paragraph in paragraphs:
        texts[paragraph.section].append(paragraph.text)
    parts = [part for section in sections for part in (f"# {section.heading or ''}", *texts[section.number])]
    parts += [f"{note.mark} {note.text}" for note in notes]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def as_read(letter: Letter) -> bool:
    """Whether a letter holds the text that was read, by its checksum."""
    return letter.text_sha256 == text_digest(letter.sections, letter.paragraphs, letter.footnotes)
