"""A real service, started as people start it, for the tests of this room."""

import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import Embedded, PassageText
from tests.http.briefing_jobs import LETTERS
from tests.http.service import Service, serving


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A data folder with the sample letter. Tests that change it make their own."""
    from kamerbrief import Kamerbrief

    folder = tmp_path_factory.mktemp("served")
    with Kamerbrief(folder) as kb:
        kb.add(sample)
    return folder


@pytest.fixture(scope="session")
def service(folder: Path) -> Iterator[Service]:
    """A service without keys over the sample letter, shared by the tests that only read."""
    with serving(folder) as service:
        yield service


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A data folder with so many letters that their briefing takes seconds. Tests that change it take a copy."""
    from kamerbrief import Kamerbrief

    folder = tmp_path_factory.mktemp("many") / "data"
    text = sample.read_bytes()
    with pytest.MonkeyPatch.context() as patched, Kamerbrief(folder) as kb:
        patched.setattr(E5Embedder, "passages", once_each(E5Embedder.passages))  # the same paragraphs in each letter
        list(kb.add_all([io.BytesIO(text.replace(b"nr. 504", b"nr. %d" % n)) for n in range(504, 504 + LETTERS)]))
    return folder


def once_each(embed: Callable[..., list[Embedded]]) -> Callable[..., list[Embedded]]:
    """Embeds no passage a second time."""
    known: dict[PassageText, Embedded] = {}

    def passages(embedder: E5Embedder, texts: Sequence[PassageText]) -> list[Embedded]:
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(fresh, embed(embedder, fresh), strict=True))
        return [known[text] for text in texts]

    return passages


@pytest.fixture
def copy(many: Path, tmp_path: Path) -> Path:
    """Of the folder with many letters."""
    return Path(shutil.copytree(many, tmp_path / "data"))


@pytest.fixture
def few(folder: Path, tmp_path: Path) -> Path:
    """A copy of the folder with the sample letter."""
    return Path(shutil.copytree(folder, tmp_path / "data"))
