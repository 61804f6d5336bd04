"""The letters of a store: by their ids, or the error that names the one that is not there; or all in one file."""

from collections.abc import Iterable
from pathlib import Path

from kamerbrief.errors import StoreDamagedError, UnknownLetterError
from kamerbrief.files import whole
from kamerbrief.letters.labels import in_short
from kamerbrief.letters.references import papers_named
from kamerbrief.records.digest import as_read
from kamerbrief.records.letters import Filters, Letter, ReferenceKind
from kamerbrief.records.references import LetterReferences, ShortHead
from kamerbrief.records.versions import Version
from kamerbrief.store.engines import plain_errors
from kamerbrief.store.store import Store


def letter_of(store: Store, letter_id: str, version: int | None = None) -> Letter:
    """The letter with this id: as it is now, or as a version has it. Raises UnknownLetterError."""
    with store.reading() as now:
        catalog = now.catalog
        letter = catalog.letter(letter_id) if version is None else catalog.versions.letter(letter_id, version)
        there = len(catalog.versions.of(letter_id)) if letter is None else 0
    if letter is not None:
        return letter
    if there:
        hint = f"it has 1 to {there}" if there > 1 else "it has but one"
        raise UnknownLetterError(f"{letter_id} has no version {version}", hint)
    raise _unknown(letter_id)


def versions_of(store: Store, letter_id: str) -> list[Version]:
    """The versions of a letter, oldest first. Raises UnknownLetterError."""
    with store.reading() as now:
        found = now.catalog.versions.of(letter_id)
    if not found:
        raise _unknown(letter_id)
    return found


def references_of(store: Store, letter: Letter) -> LetterReferences:
    """What a letter refers to, in this version, and what refers to it."""
    with store.reading() as now:
        links = now.catalog.links.of([letter.id])
        ids = {one.id for one in letter.references if one.id} | {
            id_ for one in links for id_ in (one.letter, one.paper)
        }
        heads = now.catalog.heads(Filters(letters=tuple(ids))) if ids else []
    dated = {one.day: one.paper for one in links if one.letter == letter.id and one.day}

    def naming(*kinds: ReferenceKind) -> tuple[ShortHead, ...]:
        ids = {one.letter for one in links if one.paper == letter.id and one.kind in kinds} - {letter.id}
        return tuple(in_short(one) for one in heads if one.id in ids)

    return LetterReferences(
        refers_to=tuple(papers_named(letter, {head.id: head for head in heads}, dated)),
        referred_by=naming("names", "replaces", "withdraws", "answers", "relates"),
        replaced_by=naming("replaces"),
        withdrawn_by=naming("withdraws"),
        attachments=naming("attached"),
    )


def check_known(store: Store, ids: Iterable[str]) -> None:
    """Raises UnknownLetterError for the first id of which there is no letter."""
    with store.reading() as now:
        for letter_id in ids:
            if now.catalog.digest_of(letter_id) is None:
                raise _unknown(letter_id)


def export(store: Store, file: Path) -> int:
    """Writes all letters as JSON Lines, by date, each as it was read, after its older versions; the file has its name
    once it is whole. Gives how many letters there are. Raises StoreDamagedError for one that does not have the text
    that was read, StoreError."""
    done = 0
    with store.reading() as now, plain_errors(file), whole(file) as out:
        for head in now.catalog.heads(Filters()):
            versions = now.catalog.versions.of(head.id)
            for version in versions:
                letter = now.catalog.versions.letter(head.id, version.number)
                if letter is None:  # removed meanwhile
                    continue
                if not as_read(letter):
                    raise StoreDamagedError(f"{letter.id} does not have the text that was read", "add it anew")
                out.write(letter.model_dump_json().encode() + b"\n")
            done += bool(versions)
    return done


def _unknown(letter_id: str) -> UnknownLetterError:
    return UnknownLetterError(f"no letter {letter_id!r}", "`kamerbrief letters` lists them")
