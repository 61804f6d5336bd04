"""The PDF of a letter is kept with each of its versions, and goes where they go."""

from pathlib import Path

from kamerbrief.store.store import Store
from tests.store.holding import file_in
from tests.store.letters import CHUNKING, EMBEDDER, a_letter, file_of

ONE, TWO = "kst-1-1", "kst-1-2"


def test_each_version_has_its_own(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter(ONE, "oud"), a_letter(TWO, "een")])
        letter, chunks = a_letter(ONE, "nieuw")
        store.put([(letter, chunks)])
        assert [file_in(store, ONE, number) for number in (1, 2)] == [file_of(ONE, one) for one in ("oud", "nieuw")]
        assert file_in(store, ONE, 3) is None
        store.remove([ONE])
        assert [file_in(store, ONE, number) for number in (1, 2)] == [None, None]
        assert file_in(store, TWO) == file_of(TWO, "een")


def test_a_rebuild_takes_them_over(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        store.put([a_letter(ONE, "oud"), a_letter(TWO, "weg")])
        store.put([a_letter(ONE, "nieuw")])
        letter, chunks = a_letter(ONE, "nieuw")
        store.rebuild(lambda _: [[(letter.with_file(b""), chunks)]])
        assert [file_in(store, ONE, number) for number in (1, 2)] == [file_of(ONE, one) for one in ("oud", "nieuw")]
        assert file_in(store, TWO) is None


def test_a_letter_without_one_has_none(tmp_path: Path) -> None:
    with Store(tmp_path, EMBEDDER, CHUNKING) as store:
        letter, chunks = a_letter(ONE, "een")
        store.put([(letter.with_file(b""), chunks)])
        assert file_in(store, ONE) is None
