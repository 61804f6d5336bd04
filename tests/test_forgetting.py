"""A reader's right to be forgotten: no file of the data folder holds a byte of a letter that was removed so."""

import datetime
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.records.briefings import BriefingRequest, Job
from kamerbrief.records.letters import Added, Filters
from kamerbrief.store.words import Words
from tests.conftest import ROOT, SAMPLE

OTHERS = sorted((ROOT / "eval" / "sets" / "letters").glob("*.txt"))
REPLACED = b"Zolpidrak"  # a word of its first version alone
WORDS = ("al-Abadi", "kogelwerend", "Dohuk", REPLACED.decode())  # that are in no other letter
LETTER = "kst-27925-504"
QUESTION = "Wie leidt de nieuwe Iraakse regering?"


def holding(folder: Path, *texts: str) -> list[str]:
    """The files with one of these in them, in UTF-8 or UTF-16, whatever the case."""
    wanted = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le")]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path.name for path in files if any(one.lower() in path.read_bytes().lower() for one in wanted)]


def rarity(folder: Path, word: str) -> list[float]:
    """How rare a word is by the word index, which packs its words so that no search of bytes finds them."""
    return list(Words(folder / "store-1" / "words").rarity(word).values())


def filled(kb: Kamerbrief, others: int) -> None:
    """Adds the letter among others, so that it shares its pages with them, in two versions, and asks after it."""
    before = SAMPLE.read_bytes().replace(b"Mosul-dam", REPLACED)
    added = list(kb.add_all([*OTHERS[: others // 2], before, SAMPLE, *OTHERS[others // 2 : others]]))
    assert len(added) - 1 == len(kb.letters()) == others + 1
    assert REPLACED.decode() in kb.letter(LETTER, 1).paragraphs[1].text
    answer = kb.ask(QUESTION)
    assert "Haider al-Abadi" in " ".join(one.text for one in answer.sentences)
    kb.give_feedback(answer.id, "helpful", "Ja, al-Abadi.")
    now = datetime.datetime.now(datetime.UTC)
    job = Job(id="0" * 32, created_at=now, request=BriefingRequest(about="Irak"))
    kb.jobs.add(job)
    kb.jobs.put(job.model_copy(update={"state": "done", "briefing": kb.brief([LETTER]), "finished_at": now}))
    assert isinstance(added[0], Added)
    kb.ask("Wat kost een brood?", filters=Filters(letters=(added[0].letter,)))


@pytest.mark.slow
@pytest.mark.parametrize("served", [False, True], ids=["alone", "served"])
def test_no_byte_of_a_forgotten_letter_is_left(tmp_path: Path, served: bool) -> None:
    with Kamerbrief(tmp_path) as kb, kb.held() if served else nullcontext():
        filled(kb, len(OTHERS))
        assert {"service.sqlite-wal", "catalog.sqlite-wal"} <= set(holding(tmp_path, *WORDS))
        kb.remove([LETTER], quotes_too=True)
        assert holding(tmp_path, *WORDS, LETTER) == []
        assert len(kb.letters()) == len(OTHERS)
        assert kb.status().whole
        assert [answer.question for answer in kb.answers(9)] == ["Wat kost een brood?"]
        assert kb.search("wolven")
        assert rarity(tmp_path, "abadi") == rarity(tmp_path, "qwxyz")
    assert holding(tmp_path, *WORDS, LETTER) == []


def test_no_byte_of_its_pdf_is_left_either(tmp_path: Path, data: Path) -> None:
    pdf = data / "answers-to-members" / "ah-tk-20232024-1314.pdf"
    bytes_of_it = pdf.read_bytes()[5_000:5_016]
    with Kamerbrief(tmp_path) as kb:
        letter = [added.letter for added in kb.add_all([SAMPLE, pdf]) if isinstance(added, Added)][1]
        assert kb.pages.kept(kb.letter(letter))
        assert any(bytes_of_it in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        kb.remove([letter], quotes_too=True)
        assert not any(bytes_of_it in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_what_is_only_removed_stays_in_the_log_until_it_is_forgotten(tmp_path: Path) -> None:
    with Kamerbrief(tmp_path) as kb:
        filled(kb, 2)
        kb.remove([LETTER])
        assert len(kb.letters()) == 2
        assert len(kb.answers(9)) == 2
    assert "service.sqlite" in holding(tmp_path, *WORDS)
    assert "catalog.sqlite" not in holding(tmp_path, *WORDS)
    with Kamerbrief(tmp_path) as kb:
        kb.remove([LETTER], quotes_too=True)
    assert holding(tmp_path, *WORDS, LETTER) == []


FORGETS = """
import io, sys
from pathlib import Path
from kamerbrief import Kamerbrief

letter = Path("samples/kst-27925-504.txt").read_bytes()
with Kamerbrief(sys.argv[1]) as kb:
    list(kb.add_all([io.BytesIO(letter), io.BytesIO(letter.replace(b"nr. 504", b"nr. 505"))]))
    kb.remove(["kst-27925-504"], quotes_too=True)
"""


@pytest.mark.slow
def test_what_lay_in_memory_does_not_come_into_the_room_for_vectors_to_come(tmp_path: Path) -> None:
    environment = {**os.environ, "MALLOC_PERTURB_": "165"}  # where it is known, memory is never zero by chance
    subprocess.run([sys.executable, "-c", FORGETS, str(tmp_path)], cwd=ROOT, env=environment, check=True)
    (room,) = tmp_path.rglob("data_level0.bin")
    assert not any(room.read_bytes())
