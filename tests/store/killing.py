"""Kills changes to a store at random moments, and looks each time at what is left. Run by test_crash.py:

    python -m tests.store.killing FOLDER SEED KIND TIMES

It prints how many kills left the old letters, how many the new ones, and how many came when the change was done. Every
change and every look has a process of its own, forked from this one, which has loaded the libraries and opened nothing.
How long a change takes is measured first, so that the moments spread over the whole of it on any machine.
"""

import datetime
import os
import random
import shutil
import signal
import sys
import tarfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import chromadb  # noqa: F401 - loaded once here, not in every process

from kamerbrief.files import Disk
from kamerbrief.records.answers import Answer
from kamerbrief.store.backup import back_up, restore
from kamerbrief.store.keeping import EmbeddedLetter
from kamerbrief.store.pointer import generations
from kamerbrief.store.service_data import ServiceData
from kamerbrief.store.store import Store
from tests.store.holding import agrees, file_in, found_by, heads_in, letter_in, near_to
from tests.store.letters import CHUNKING, EMBEDDER, a_letter, file_of

BEFORE_ALEMBIC = Path(__file__).parent / "folder-before-alembic.tar.xz"
FIRST = [f"letter-{n}" for n in range(4)]
MORE = ["letter-4", "letter-5"]
State = dict[str, str]  # the version of each letter
Change = Callable[[Path, Disk], None]

BACKUP = "backup.zip"  # in the folder, so that it goes where that goes
AT_THE_DISK = ("switch", "restore switch")  # killed at a call to the disk

OLD: State = dict.fromkeys(FIRST, "oud")
BACKED_UP: State = {"letter-7": "bewaard", "letter-8": "bewaard"}
NEW: dict[str, State] = {
    "add": OLD | dict.fromkeys(MORE, "oud"),
    "replace": dict.fromkeys(FIRST, "nieuw"),
    "remove": dict.fromkeys(FIRST[2:], "oud"),
    "rebuild": dict.fromkeys(FIRST, "nieuw"),
    "switch": dict.fromkeys(FIRST, "nieuw"),
    "mend": OLD,
    "carry": {"kst-27925-504": ""},
    "restore": BACKED_UP,
    "restore switch": BACKED_UP,
}


class Killing(Disk):
    """Counts the calls, and kills its own process at one of them."""

    def __init__(self, at: int = -1) -> None:
        self.at, self.calls = at, 0

    def write(self, path: Path, data: bytes) -> None:
        super().write(path, data)
        self._called()

    def rename(self, old: Path, new: Path) -> None:
        super().rename(old, new)
        self._called()

    def sync(self, path: Path) -> None:
        super().sync(path)
        self._called()

    def _called(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def letters(names: list[str], version: str) -> list[EmbeddedLetter]:
    return [a_letter(name, version, paragraphs=5 + int(name[-1])) for name in names]


def opened(folder: Path, disk: Disk) -> Store:
    return Store(folder, EMBEDDER, CHUNKING, disk=disk)


def add(folder: Path, disk: Disk) -> None:
    with opened(folder, disk) as store:
        store.put(letters(MORE, "oud"))


def replace(folder: Path, disk: Disk) -> None:
    with opened(folder, disk) as store:
        store.put(letters(FIRST, "nieuw"))


def remove(folder: Path, disk: Disk) -> None:
    with opened(folder, disk) as store:
        store.remove(FIRST[:2])


def rebuild(folder: Path, disk: Disk) -> None:
    with opened(folder, disk) as store:
        store.rebuild(lambda _: [letters(FIRST[:2], "nieuw"), letters(FIRST[2:], "nieuw")])


def mend(folder: Path, disk: Disk) -> None:
    shutil.rmtree(folder / "store-1" / "vectors", ignore_errors=True)
    shutil.rmtree(folder / "store-1" / "words", ignore_errors=True)
    opened(folder, disk).close()


def carry(folder: Path, disk: Disk) -> None:
    opened(folder, disk).close()


def backup(folder: Path, disk: Disk) -> None:
    with opened(folder, disk) as store:
        back_up(store, folder / BACKUP)


def restored(folder: Path, disk: Disk) -> None:
    restore(folder, folder / BACKUP, EMBEDDER, CHUNKING, overwrite=True, disk=disk)


CHANGES: dict[str, Change] = {
    "add": add,
    "replace": replace,
    "remove": remove,
    "rebuild": rebuild,
    "switch": rebuild,
    "mend": mend,
    "carry": carry,
    "backup": backup,
    "restore": restored,
    "restore switch": restored,
}


def start(folder: Path, kind: str) -> None:
    """A folder as it is before the change."""
    if kind == "carry":
        with tarfile.open(BEFORE_ALEMBIC) as tar:
            tar.extractall(folder, filter="data")
        return
    fill(folder, letters(FIRST, "oud"), "oud")
    if "restore" in kind or kind == "backup":
        other = folder.with_name("other")
        fill(other, letters(list(BACKED_UP), "bewaard"), "bewaard")
        with opened(other, Disk()) as store:
            back_up(store, folder / BACKUP)


def fill(folder: Path, some: list[EmbeddedLetter], question: str) -> None:
    """A folder with these letters, and an answer to this question in its log."""
    with opened(folder, Disk()) as store:
        store.put(some)
        now = datetime.datetime.now(datetime.UTC)
        answer = {"id": "0" * 32, "asked_at": now, "question": question, "filters": {}, "status": "not_found"}
        store.service.log.add(
            Answer.model_validate(answer | {"confidence": 0.1, "writer": "extractive", "embedder": EMBEDDER})
        )


def state(folder: Path) -> State:
    """What a store holds after a kill, once it is known to be whole in every way."""
    with opened(folder, Disk()) as store:
        assert store.whole()
        assert agrees(store)
        found = {name: version_of(store, name) for name in heads_in(store)}
        if "kst-27925-504" not in found:
            assert {answer.question for answer in store.service.log.page(9)} == {log_of(found)}
            assert set(found_by(store, "alinea")) == set(near_to(store, 1)) == set(found)
        assert store.service.log.count() == 1
    service = ServiceData(folder, "change")
    assert service.log.count() == 1
    service.close()
    assert len(generations(folder)) == 1
    assert [part for part in folder.rglob("*.part") if not part.name.startswith(BACKUP)] == []
    return found


def log_of(found: State) -> str:
    """What was asked, by the log that belongs to these letters."""
    return "bewaard" if found == BACKED_UP else "oud"


def left(folder: Path, kind: str) -> str:
    """Whether the kill left what was there before, or what was to be."""
    found, old, new = state(folder), OLD, NEW.get(kind)
    if kind == "backup":  # which leaves the folder alone, and its file whole
        assert found == OLD
        elsewhere = folder.with_name("elsewhere")
        restore(elsewhere, folder / BACKUP, EMBEDDER, CHUNKING)
        found, old, new = state(elsewhere), BACKED_UP, OLD
        shutil.rmtree(elsewhere)
    assert found in (old, new), found
    return "new" if found == new else "old"


def version_of(store: Store, name: str) -> str:
    letter = letter_in(store, name)
    assert letter is not None
    if name == "kst-27925-504":
        assert len(letter.paragraphs) == 9
        return ""
    assert len(letter.paragraphs) == 5 + int(name[-1])
    (version,) = {paragraph.text.rpartition("versie ")[2].rstrip(".") for paragraph in letter.paragraphs}
    assert file_in(store, name, letter.version) == file_of(name, version)
    return version


def forked(work: Callable[[], None]) -> int:
    """Does it in a process of its own; gives its exit code, or -9 when it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed(change: Change, folder: Path, seconds: float) -> None:
    """Makes the change in this process, which dies after so many seconds."""
    timer = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL))
    timer.daemon = True
    timer.start()
    change(folder, Disk())
    timer.cancel()


def measured(change: Change, folder: Path) -> tuple[float, int]:
    """How long the change takes, in seconds, and how often it calls the disk."""
    counting = folder.with_name("calls")

    def work() -> None:
        disk = Killing()
        change(folder, disk)
        counting.write_text(str(disk.calls))

    began = time.monotonic()
    assert forked(work) == 0
    return time.monotonic() - began, int(counting.read_text())


def main(top: Path, seed: str, kind: str, times: int) -> None:
    chance, change, outcomes = random.Random(f"{seed} {kind}"), CHANGES[kind], Counter[str]()
    first = top / "first"
    assert forked(lambda: start(first, kind)) == 0
    shutil.copytree(first, top / "measured")
    seconds, calls = measured(change, top / "measured")
    number = 0
    while outcomes["old"] + outcomes["new"] < times:
        number += 1
        assert number < 5 * times + 5, "the changes are done before they can be killed"
        folder = top / str(number)
        shutil.copytree(first, folder)
        if kind in AT_THE_DISK:
            at = chance.randint(1, calls)
            ended = forked(lambda: change(folder, Killing(at)))  # noqa: B023 - called before the next turn
        else:
            after, began = chance.uniform(0, seconds), time.monotonic()
            ended = forked(lambda: killed(change, folder, after))  # noqa: B023
            if ended == 0:  # the machine has more time than when it was measured
                seconds = (seconds + time.monotonic() - began) / 2
        assert ended in (0, -signal.SIGKILL), f"kill {number} of seed {seed}: the change failed by itself"

        def look() -> None:
            (top / "found").write_text(left(folder, kind))  # noqa: B023

        assert forked(look) == 0, f"kill {number} of seed {seed}: look at {folder}"
        outcomes["done" if ended == 0 else (top / "found").read_text()] += 1
        shutil.rmtree(folder)
    print(f"{kind}: old {outcomes['old']}, new {outcomes['new']}, done {outcomes['done']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
