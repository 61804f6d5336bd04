"""Damages real documents in every way that chance finds, and reads them in the processes that read letters:

    python -m tests.letters.fuzzing FORMAT SECONDS [SEED]

prints how many inputs there were and what became of them. A letter or an error of a reader is right; what crashes its
reader, meets a fault in it, takes more than 10 s of processor or 1 GB, is not, and is kept. Input n of a seed is always
the same one.
"""

import io
import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from kamerbrief.errors import UnreadableError
from kamerbrief.index.chunks import chunk
from kamerbrief.letters.apart import Limits, Readers
from kamerbrief.letters.labels import label
from kamerbrief.letters.reading import read_letter
from kamerbrief.letters.sources import MAX_BYTES, SourceLike
from kamerbrief.records.letters import Letter
from tests.letters.conftest import DATA, SAMPLE, official_xmls, real_pdfs, tiny_pdf
from tests.letters.opendocument import odt
from tests.letters.packing import mail, zip_of
from tests.letters.word import saved, word_file

FORMATS = ("text", "pdf", "xml", "html", "docx", "odt", "eml", "zip", "jsonl")
LIMITS = Limits(seconds=10, a_megabyte=0)
_LARGE = 120_000
"""Bytes of a seed: of more, one input takes the time of many."""
_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
_PACKED = ("docx", "odt", "zip")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TOKENS = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\r", b"\f", b"\t", b"\n\n", b"\xed\xa0\x80"),
    *(b"<", b">", b"&", b"]]>", b'"', b"'", b"/", b"%", b"..", b"--", b"&#xD800;", b"&#0;", b"&amp;", b"<!--"),
    *(b"<![CDATA[", b"<!DOCTYPE a>", b"<table>", b"</p>", b"<sup>1</sup>", b"/Kids[3 0 R]", b"endobj", b"Tj ET"),
    *(b"-1", b"0", b"4294967296", b"9" * 20, b"1e309", b"NaN", b"null", b"[]", b"{}", b"\\ud800", b"\\u0000"),
    *(one.encode() for one in ("\u202e", "\u200b", "\u0301" * 40, "\U0001f600", "\ufeff")),
    *(b"31 februari 2024", b"3 mei 0000", b"Vraag 0", b"Antwoord 99999999", b"Kamerstuk 99999, nr. 0", b"Nr. 1"),
    *(b"1)", b"a.\t", b"../../een.txt", b"Content-Type: message/rfc822\n\n", b"=?utf-8?q?=FF?="),
)


@dataclass
class Outcomes:
    """What became of the inputs: how many there were, of each kind of outcome, and those that must not be."""

    inputs: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: dict[int, str] = field(default_factory=dict)
    slowest: float = 0.0
    """Seconds between two inputs."""


def fuzz(form: str, seconds: float, seed: str) -> Outcomes:
    """Reads damaged documents of a form for so many seconds."""
    found, readers = Outcomes(), Readers(LIMITS)
    number_of: dict[int, int] = {}
    until = last = time.monotonic()
    until += seconds

    def inputs() -> Iterator[tuple[SourceLike, str]]:
        while time.monotonic() < until:
            data = damaged(form, seed, found.inputs)
            number_of[id(data)] = found.inputs
            found.inputs += 1
            yield data, f"{form}-{found.inputs - 1}"

    try:
        for source, outcome in readers.each(inputs(), MAX_BYTES):
            found.kinds[type(outcome).__name__] += 1
            try:
                if isinstance(outcome, UnreadableError):
                    raise outcome
                if isinstance(outcome, Letter):
                    label(outcome), chunk(outcome)
            except Exception as error:
                found.faults[number_of[id(source)]] = f"{type(error).__name__}: {error}"
            found.slowest, last = max(found.slowest, time.monotonic() - last), time.monotonic()
    finally:
        readers.close()
    return found


@cache
def seeds(form: str) -> tuple[bytes, ...]:
    """Documents of a form: the real ones that are at hand, and a made one."""
    made: dict[str, Callable[[], bytes]] = {
        "text": lambda: SAMPLE.read_bytes(),
        "pdf": lambda: tiny_pdf(b"BT /F 12 Tf 72 720 Td (Het kabinet plant bomen.) Tj ET"),
        "xml": lambda: (
            b"<officiele-publicatie><kamerstuk><al>Het kabinet plant bomen.</al></kamerstuk></officiele-publicatie>"
        ),
        "html": lambda: b"<html><body><h1>Bomen</h1><p>Het kabinet plant <b>bomen</b>.<sup>1</sup></p></body></html>",
        "docx": lambda: _word(),
        "odt": lambda: odt("<text:p>Het kabinet plant bomen.</text:p>"),
        "eml": lambda: mail(SAMPLE.read_text(), {"een.txt": SAMPLE.read_bytes()}),
        "zip": lambda: zip_of(
            {"een.txt": SAMPLE.read_bytes(), "twee.pdf": seeds("pdf")[0], "drie.xml": seeds("xml")[0]}
        ),
        "jsonl": lambda: read_letter(SAMPLE).model_dump_json().encode() + b"\n",
    }
    real: list[Path] = {
        "text": [*DATA.glob("cases/*.txt")],
        "pdf": [*real_pdfs(), *DATA.glob("cases/*.pdf")],
        "xml": official_xmls(),
        "html": [*DATA.glob("koop/**/*.html")],
        "docx": [*DATA.glob("answers-to-members/*.docx")],
        "odt": [*DATA.glob("koop/**/*.odt")],
    }.get(form, [])
    return (made[form](), *(path.read_bytes() for path in sorted(real) if path.stat().st_size < _LARGE))


def _word() -> bytes:
    document = word_file()
    document.add_heading("Bomen", 1)
    document.add_paragraph("Het kabinet plant bomen.", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "Drenthe"
    return saved(document)


def damaged(form: str, seed: str, number: int) -> bytes:
    """The input of this number."""
    chance = random.Random(f"{seed} {form} {number}")
    data = chance.choice(seeds(form))
    if form in _PACKED and chance.random() < 0.8:
        return _within_zip(chance, data)
    if form == "pdf" and chance.random() < 0.6:
        return _STREAM.sub(lambda stream: _within_stream(chance, stream), data)
    if form in ("xml", "html") and chance.random() < 0.5:
        return _within_tree(chance, data)
    return _damage(chance, data, chance.choice(seeds(form)))


def _within_zip(chance: random.Random, data: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            content, hit = old.read(one), chance.random()
            if one == "mimetype":
                new.writestr(one, content, zipfile.ZIP_STORED)
            elif hit < 0.99:
                touched = one.endswith(("document.xml", "content.xml", ".txt", ".pdf")) or hit < 0.05
                damage = _within_tree if one.endswith(".xml") and chance.random() < 0.7 else _damage_alone
                new.writestr(one, damage(chance, content) if touched else content)
    return written.getvalue()


def _within_tree(chance: random.Random, data: bytes) -> bytes:
    """An XML file that is still one, its elements and texts put elsewhere."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:  # a web page is none
        return _damage_alone(chance, data)
    every = list(root.iter())
    for _ in range(chance.choice((1, 2, 5, 20))):
        one, other = chance.choice(every), chance.choice(every)
        match chance.randrange(6):
            case 0:
                one.text = chance.choice(_TOKENS).decode("utf-8", "replace").translate(_NO_XML) * chance.choice(
                    (1, 200)
                )
            case 1:
                one.text, other.tail = other.text, one.text
            case 2:
                one.tag, other.tag = other.tag, one.tag
            case 3:
                for name in one.attrib:
                    one.attrib[name] = chance.choice(("", "0", "-1", "9" * 20, "x", *other.attrib.values()))
            case 4:
                del one[:]
            case 5 if other not in one.iter() and one not in other.iter() and len(one):
                other.extend([one[0]] * chance.choice((1, 1, 30)))
    return ElementTree.tostring(root)


def _within_stream(chance: random.Random, stream: re.Match[bytes]) -> bytes:
    try:
        content = zlib.decompress(stream[1])
    except zlib.error:
        return stream[0]
    if chance.random() < 0.3:
        content = _damage_alone(chance, content)
    return b"stream\n" + zlib.compress(content) + b"\nendstream"


def _damage_alone(chance: random.Random, data: bytes) -> bytes:
    return _damage(chance, data, data)


def _damage(chance: random.Random, data: bytes, other: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8, 30))):
        if not found:
            break
        at = chance.randrange(len(found))
        to = min(len(found), at + int(chance.paretovariate(0.5)))
        piece = bytes(found[at:to])
        match chance.randrange(9):
            case 0:
                found[at] = chance.randrange(256)
            case 1:
                del found[at:to]
            case 2:
                found[at:at] = piece[:2_000] * chance.choice((1, 2, 50))
            case 3:
                found[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 1, 3, 300))
            case 4:
                found[at:to] = chance.choice(_TOKENS)
            case 5:
                start = chance.randrange(len(other) or 1)
                found[at:to] = other[start : start + 2_000]
            case 6:
                there = chance.randrange(len(found))
                del found[at:to]
                found[there:there] = piece
            case 7:
                if (digits := re.search(rb"\d+", found[at:])) is not None:
                    number = chance.choice((b"0", b"-1", b"65536", b"2147483648", b"9" * 30, b"0.0000001"))
                    found[at + digits.start() : at + digits.end()] = number
            case 8:
                if chance.random() < 0.1:
                    del found[at:]
    return bytes(found)


def told(form: str, found: Outcomes) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.kinds.most_common())
    return f"{form}: {found.inputs} inputs, at most {found.slowest:.1f} s between two of them; {kinds}"


def main(form: str, seconds: str, seed: str = "20140910") -> None:
    found = fuzz(form, float(seconds), seed)
    print(told(form, found))
    for number, fault in found.faults.items():
        path = Path(tempfile.gettempdir()) / f"{form}-{number}"
        path.write_bytes(damaged(form, seed, number))
        print(f"{path}: {fault}")


if __name__ == "__main__":
    main(*sys.argv[1:])
