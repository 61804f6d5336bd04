"""Motions as the official publications give them: all that is in their XML is in the letter."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kamerbrief.language.characters import readable
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.letters import Letter


def _motions(data: Path, every: int) -> Iterator[bytes]:
    with zipfile.ZipFile(data / "moties" / "motions.zip") as archive:
        for name in sorted(archive.namelist())[::every]:
            yield archive.read(name)


def _letters_of(text: str) -> str:
    return re.sub(r"\W", "", text)


def _said(letter: Letter) -> str:
    texts: list[str] = []
    for section in letter.sections:
        texts += [section.heading or "", *(one.text for one in letter.paragraphs if one.section == section.number)]
    return "".join([*texts, *(note.text for note in letter.footnotes), *(one.name for one in letter.signatories)])


@pytest.mark.parametrize("every", [40, pytest.param(1, marks=pytest.mark.slow)])
def test_all_of_a_motion_is_read(data: Path, every: int) -> None:
    for motion in _motions(data, every):
        source = ElementTree.fromstring(motion)
        [text] = source.iterfind("kamerstuk/stuk/algemeen")

        letter = read_letter(motion, name="motion.xml")

        assert _letters_of(_said(letter)) == _letters_of(readable("".join(text.itertext())))
        assert letter.id == f"kst-{letter.dossier}-{letter.number}"
        assert f'"{letter.id}"' in motion.decode() or f"/{letter.id}/" in motion.decode()
        assert letter.dossier_name
        assert letter.session_year
        assert letter.signatories or letter.paragraphs[-1].text.endswith(".")  # "Baudet." might be "Nee."
        assert (letter.title is not None) == ("OVERHEIDop.documenttitel" in motion.decode())
        assert (letter.date is not None) == ("isodatum" in motion.decode() or "DCTERMS.issued" in motion.decode())
