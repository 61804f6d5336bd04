"""The fields of a letter's record: as they are printed and cited, and what they tell letters apart by."""

import re
from collections.abc import Sequence

from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.mentions import all_in
from kamerbrief.letters.papers import dossier_number, printed_dossier
from kamerbrief.records.letters import FieldName, HeadField, LetterHead

BETWEEN = "; "  # the values of a field that may have several


def values_of(head: LetterHead, name: FieldName) -> tuple[str, ...]:
    """What a field holds, as it is printed; nothing where the letter does not tell it."""
    if name == "signatories":
        return tuple(", ".join(filter(None, (one.name, one.office))) for one in head.signatories)
    if name == "ministries":
        return head.ministries
    if name == "date":
        return (format_date(head.date),) if head.date else ()
    if name == "dossier":
        told = (printed_dossier(head.dossier), head.dossier_name) if head.dossier else ()
        return (", ".join(filter(None, told)),) if head.dossier else ()
    value = getattr(head, name)
    return (str(value),) if value else ()


def field_of(head: LetterHead, name: FieldName) -> HeadField | None:
    """A field as a unit that can be cited; None where the letter does not tell it."""
    values = values_of(head, name)
    return HeadField(name=name, text=BETWEEN.join(values), recognised=head.source.recognised) if values else None


def spans_of(head: LetterHead, name: FieldName) -> list[tuple[int, int]]:
    """Where each of its values stands in the field as it is printed."""
    spans, at = [], 0
    for value in values_of(head, name):
        spans.append((at, at + len(value)))
        at += len(value) + len(BETWEEN)
    return spans


def has_subject(head: LetterHead, words: Sequence[str]) -> bool:
    """Whether the letter's subject, or the name of its dossier, mentions all these words."""
    return all_in(words, [text for text in (head.title, head.dossier_name) if text])


def is_in_dossier(head: LetterHead, dossier: str) -> bool:
    """Whether it is of the dossier, however that is written; without its chapter it is all of them."""
    try:
        number = dossier_number(dossier)
    except ValueError:
        return False
    return head.dossier is not None and (head.dossier == number or head.dossier.startswith(f"{number}-"))


def has_reference(head: LetterHead, reference: str) -> bool:
    """Whether this is its reference, whatever stands between the letters and figures."""
    return bool(head.reference) and _bare(head.reference or "") == _bare(reference)


def is_sent_to(head: LetterHead, chamber: str) -> bool:
    """Whether it is addressed to the chamber, "first_chamber" or "second_chamber"."""
    forms = [one.pattern(f"questions.letters.{chamber}") for one in lexicons()]
    return any(form.search(head.addressee or "") for form in forms)


def _bare(reference: str) -> str:
    return re.sub(r"[\W_]", "", reference).casefold()
