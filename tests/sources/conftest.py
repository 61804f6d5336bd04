"""What the tests of fetching share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.records.fetching import Fetched, FetchReport, PublicationsQuery
from kamerbrief.settings import load
from tests.servers import Reply as Embedding
from tests.servers import scripted_server, vectors
from tests.sources.repository import Repository, repository

Fetch = Callable[..., tuple[FetchReport, list[Fetched]]]


@pytest.fixture
def there() -> Iterator[Repository]:
    with repository() as running:
        yield running


@pytest.fixture(scope="session")
def embedder() -> Iterator[str]:
    """A server whose vectors are all alike: what is fetched is not searched for here."""
    with scripted_server(lambda request: Embedding(body=vectors(*[[1.0, 0.5]] * len(request["input"])))) as server:
        yield server.url


@pytest.fixture
def kb(tmp_path: Path, there: Repository, embedder: str) -> Iterator[Kamerbrief]:
    """An empty library that fetches from there."""
    settings = load(
        data_dir=tmp_path,
        publications_url=f"{there.url}/sru",
        contact_email="griffie@voorbeeld.nl",
        fetch_delay=0,
        fetch_timeout=2,
        embedding_model="some-model",
        embedding_base_url=embedder,
    )
    with Kamerbrief(settings=settings) as kamerbrief:
        yield kamerbrief


@pytest.fixture
def fetch(kb: Kamerbrief) -> Fetch:
    """Fetches, and gives the report and all outcomes."""

    def run(*, dry_run: bool = False, **wanted: str | bool) -> tuple[FetchReport, list[Fetched]]:
        stream = kb.fetch(PublicationsQuery.model_validate(wanted), dry_run=dry_run)
        outcomes = list(stream)
        return stream.result, outcomes

    return run
