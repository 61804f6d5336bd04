"""A real service, started as people start it, for the tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
