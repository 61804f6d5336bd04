"""What the Tweede Kamer's record of a document says that it belongs to: the members' questions that it answers, the
motions, letters and questions that its case (zaak) is related to, or replaces, and the promises that it keeps.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kamerbrief.records.letters import PaperKind, Reference, ReferenceKind

_CASE = "$filter=Verwijderd eq false;$select=Nummer,Soort,Onderwerp,Volgnummer"
_DOSSIER = "$expand=Kamerstukdossier($select=Nummer,Toevoeging)"
_WAYS: dict[str, ReferenceKind] = {
    "VervangenVanuit": "replaces",
    "GerelateerdNaar": "relates",
    "GerelateerdVanuit": "relates",
}
BELONGING = f"Zaak({_CASE};$expand={','.join(f'{way}({_CASE};{_DOSSIER})' for way in _WAYS)})"
"""For the `$expand` of a Document. Options within it are parted by semicolons, as OData v4 has it."""
_KINDS: dict[str, PaperKind] = {"Motie": "motion", "Brief regering": "letter", "Schriftelijke vragen": "question"}
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4}Z\d{4,5}")
_MOST = 100
_LONGEST = 300  # characters of a subject


def references_of(document: dict[str, Any]) -> tuple[Reference, ...]:
    """At most a hundred, each paper once."""
    return tuple({one.id or one.text: one for one in reversed([*_all(document)][:_MOST])}.values())[::-1]


def promises_kept_by(letters: Sequence[str]) -> dict[str, str]:
    """What is asked for the promises (toezeggingen) that documents with these ids keep."""
    any_of = " or ".join(f"d/Id eq {one}" for one in letters)
    return {
        "$filter": f"Verwijderd eq false and KamerbriefNakoming/any(d: {any_of})",
        "$select": "Nummer,Tekst",
        "$expand": "KamerbriefNakoming($select=Id)",
    }


def promised(promise: dict[str, Any]) -> Iterator[tuple[str, Reference]]:
    """The documents that keep a promise, each with what was promised."""
    if text := _text(promise, "Tekst") or _text(promise, "Nummer"):
        for letter in _records(promise, "KamerbriefNakoming"):
            if ID.fullmatch(str(letter.get("Id"))):
                yield str(letter["Id"]), Reference(text=text, kind="relates", paper="promise")


def _all(document: dict[str, Any]) -> Iterator[Reference]:
    for case in _records(document, "Zaak"):
        if case.get("Soort") == "Schriftelijke vragen":
            yield from _reference(case, "answers")
        for way, kind in _WAYS.items():
            for other in _records(case, way):
                yield from _reference(other, kind)


def _reference(case: dict[str, Any], kind: ReferenceKind) -> Iterator[Reference]:
    sort, number = str(case.get("Soort") or ""), str(case.get("Nummer") or "")
    if text := _text(case, "Onderwerp") or f"{sort} {number}".strip()[:_LONGEST]:
        yield Reference(text=text, id=_id(case, sort, number), kind=kind, paper=_KINDS.get(sort))


def _text(record: dict[str, Any], name: str) -> str:
    words = str(record.get(name) or "").split()
    return "".join(filter(str.isprintable, " ".join(words)))[:_LONGEST].strip()


def _id(case: dict[str, Any], sort: str, number: str) -> str | None:
    """Of questions that of their publication, of another paper its dossier and its number in that, where it has one."""
    if sort == "Schriftelijke vragen":
        return f"kv-tk-{number}" if _NUMBER.fullmatch(number) else None
    place = case.get("Volgnummer")
    for dossier in _records(case, "Kamerstukdossier"):
        if isinstance(place, int) and place > 0 and isinstance(dossier.get("Nummer"), int):
            of = f"{dossier['Nummer']}-{str(dossier.get('Toevoeging') or '').strip('()')}".rstrip("-")
            return f"kst-{of}-{place}" if re.fullmatch(r"\d{5}(?:-[0-9A-Z]{1,6})?", of) else None
    return None


def _records(within: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """What is a list there, or one alone."""
    found = within.get(name)
    yield from (one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict))
