"""What a Kamerbrief is made of, by its settings. What is heavy is made when it is first wanted: it brings a package of
half a second along."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kamerbrief.answers.answering import answer
from kamerbrief.answers.chat_writer import ChatWriter, TokenBudget
from kamerbrief.answers.examples import examples
from kamerbrief.answers.means import Asked, Means
from kamerbrief.answers.understanding import understand
from kamerbrief.answers.weights import threshold
from kamerbrief.clock import Clock
from kamerbrief.embedding.embedders import Embedder, OpenAIEmbedder, embedder_name
from kamerbrief.embedding.reader import PairReader
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.errors import SettingsError
from kamerbrief.index.adding import Adding, Bounds
from kamerbrief.index.chunks import VERSION as CHUNKING
from kamerbrief.index.letters import letter_of
from kamerbrief.index.pages import Pages
from kamerbrief.index.search import Ranking, Search
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.moments import find_moments
from kamerbrief.letters.apart import Readers
from kamerbrief.models.spending import Prices, Purse
from kamerbrief.once import Once
from kamerbrief.proof.prover import Prover
from kamerbrief.proof.sources import cut, passage_of
from kamerbrief.records.answers import Answer, DraftSentence, Hit, Refusal, Sentence, WriterName
from kamerbrief.records.fetching import FeedQuery, ParliamentQuery, SourceQuery
from kamerbrief.records.letters import Filters, Key
from kamerbrief.records.service import Status
from kamerbrief.settings import Settings
from kamerbrief.store.folder import INCOMING
from kamerbrief.store.store import Store
from kamerbrief.streams import Stream

if TYPE_CHECKING:
    from kamerbrief.briefings.planning import Planner
    from kamerbrief.embedding.e5 import E5Embedder
    from kamerbrief.sources.fetching import Fetching
    from kamerbrief.sources.source import Source
    from kamerbrief.sources.watching import Watching
    from kamerbrief.sources.web import Web
    from kamerbrief.store.doctor import Finding


EXAMPLE_LETTERS = 8  # that are looked at for questions to begin with


class Parts:
    """The parts, for as many threads as want them; each is made once. Close them when done."""

    def __init__(self, settings: Settings, ranking: Ranking, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.store = Store(settings.data_dir, embedder_name(settings), CHUNKING)
        self.search = Search(ranking)
        self.embedder = Once(lambda: make_embedder(settings))
        self.e5 = Once(lambda: make_e5(settings, self.embedder()))
        self.prover = Prover(lambda texts: self.e5().tokens(texts))  # a briefing without a model needs nothing read
        self.chat = Once(lambda: make_chat_writer(settings))
        self.readers = Readers()
        self.pages = Pages(self.store, self.readers)
        bounds = Bounds(settings.max_source_bytes, settings.ocr_timeout, settings.max_kept_bytes)
        self.adding = Adding(self.store, self.readers, self.embedder, bounds)
        prices = Prices(settings.chat_price_prompt, settings.chat_price_completion, settings.cost_a_day)
        self.purse = Purse(self.store.service.log, prices, clock)
        self.answering = Once(self._answering)
        self.planner = Once(self._planner)
        self.fetching = Once(self._fetching)
        self.watching = Once(self._watching)

    def warm(self) -> None:
        """Makes all that the first question would have to wait for."""
        if self.answering().chat:
            count_tokens("")  # reads the tokenizer
        for lexicon in lexicons():
            find_moments("", None, lexicon)  # reads the calendar of the language

    def close(self) -> None:
        self.readers.close()
        self.store.close()

    def status(self) -> Status:
        """See Kamerbrief.status."""
        store = self.store
        with store.reading() as now:
            counts = now.catalog.counts()
        vectors, words = store.chunks_in()
        return Status(
            data_dir=str(self.settings.data_dir),
            **counts,
            answers=store.service.log.count(),
            vectors=vectors,
            words=words,
            embedder=store.made_by(),
            whole=store.whole(),
        )

    def hits(self, question: str, filters: Filters, k: int, *, follow: bool = False) -> list[Hit]:
        """See Kamerbrief.search."""
        asked = understand(self.store, question, filters)
        vector = self.embedder().questions([asked.text])[0]
        with self.store.reading() as store:
            return self.search.hits(store, asked.text, vector, filters, k, follow=follow)

    def examples(self, count: int) -> list[str]:
        """See Kamerbrief.examples."""
        means = replace(self.answering(), chat=None, log=lambda _: None)

        def ask(text: str) -> Answer:
            understood = understand(self.store, text, Filters())
            return Stream(answer(means, Asked(understood, (), Filters(), 10, "extractive", uuid.uuid4().hex))).finish()

        with self.store.reading() as store:
            newest = store.catalog.listing.page(Filters(), EXAMPLE_LETTERS, order="-date")
        return examples((letter_of(self.store, head.id) for head in newest), ask, count)

    def check(self, text: str, sources: Sequence[Key], question: str) -> Sentence | Refusal:
        """See Kamerbrief.check."""
        keys = dict.fromkeys(sources)
        cited = cut([passage_of(letter_of(self.store, letter), number, mark) for letter, number, mark, _ in keys])
        labels = tuple(one.label for one in cited.sentences)
        return self.prover.prove(DraftSentence(text=text, labels=labels), cited, question=question)

    def chosen(self, writer: WriterName | None) -> WriterName:
        """Who writes. Raises SettingsError for a model that is not set."""
        if writer == "model" and not self.settings.chat_model:
            raise SettingsError("no language model is set", "KAMERBRIEF_CHAT_MODEL names one")
        return writer or ("model" if self.settings.chat_model else "extractive")

    def keep(self, answer: Answer) -> None:
        """Puts an answer into the log, as far as the settings let it."""
        log, days = self.store.service.log, self.settings.keep_answers_days
        if self.store.read_only:
            return
        if not self.settings.log_questions:
            answer = answer.model_copy(update={"question": "", "asked": ""})
        log.add(answer)
        if days:
            log.forget(answer.asked_at - datetime.timedelta(days))

    def _answering(self) -> Means:
        return Means(
            store=self.store,
            search=self.search,
            embedder=self.embedder(),
            reader=PairReader(self.e5(), self.settings.cache_dir),
            threshold=threshold(self.settings.caution),
            prover=self.prover,
            chat=self.chat(),
            purse=self.purse,
            clock=self.clock,
            stand_in=self.settings.stand_in,
            log=self.keep,
        )

    def _planner(self) -> "Planner":
        from kamerbrief.briefings.planning import Planner  # only this wants it

        return Planner(
            self.store,
            self.hits,
            self.chat(),
            self.prover,
            self.purse,
            stand_in=self.settings.stand_in,
            tokens=self.settings.briefing_tokens,
        )

    def _fetching(self) -> "Fetching":
        from kamerbrief.sources.fetching import Fetching  # only this wants it
        from kamerbrief.sources.incoming import Incoming

        incoming = Incoming(self.settings.data_dir / INCOMING)
        store = self.store

        def web(source: "Source") -> "Web":
            return make_web(self.settings, source)

        return Fetching(store.mend, self.adding, store.service.fetched, incoming, web, self.clock)

    def _watching(self) -> "Watching":
        from kamerbrief.sources.watching import Watching  # only this wants it

        return Watching(self.store, self.adding, self.store.service.fetched)


def make_source(settings: Settings, wanted: SourceQuery) -> "Source":
    """The source that is asked."""
    from kamerbrief.sources.feeds import Feed
    from kamerbrief.sources.parliament import Parliament
    from kamerbrief.sources.publications import Publications

    if isinstance(wanted, FeedQuery):
        return Feed(wanted.address)
    if isinstance(wanted, ParliamentQuery):
        return Parliament(settings.parliament_url, wanted)
    return Publications(settings.publications_url, wanted)


def make_web(settings: Settings, source: "Source") -> "Web":
    """What asks a source. Raises SettingsError where it could not tell who asks."""
    from kamerbrief.sources.web import Manners, Web

    if settings.contact_email == Settings.model_fields["contact_email"].default:
        raise SettingsError("nobody is named whom a source can turn to", "set KAMERBRIEF_CONTACT_EMAIL to your address")
    contact = settings.contact_email
    manners = Manners(contact, settings.fetch_delay, settings.fetch_timeout, settings.max_source_bytes)
    hosts = [host.strip() for host in settings.fetch_hosts.split(",") if host.strip()]
    return Web({urlsplit(source.address).netloc, *hosts}, manners)


def make_embedder(settings: Settings) -> Embedder:
    """The embedder of the settings, ready to work: the embedded model, or a server's when a model is named.

    Raises ModelUnavailableError when the embedded model's weights are missing.
    """
    # Each needs a heavy package that the other does without.
    if not settings.embedding_model:
        from kamerbrief.embedding.e5 import E5Embedder

        return E5Embedder(settings.cache_dir)
    from kamerbrief.models.openai_client import OpenAIClient

    client = OpenAIClient(
        settings.embedding_base_url, settings.embedding_api_key.get_secret_value(), timeout=settings.embedding_timeout
    )
    return OpenAIEmbedder(client, settings.embedding_model)


def doctor(settings: Settings, use: str | None) -> "list[Finding]":
    """What the data folder is like, once all is mended that can be; `use` names the generation to use from now on."""
    from kamerbrief.store.doctor import treat  # only this command wants it

    return treat(settings.data_dir, embedder_name(settings), CHUNKING, use)


def restore(settings: Settings, file: Path, *, overwrite: bool) -> int:
    """Puts a backup into the data folder; see there. Gives how many letters it holds."""
    from kamerbrief.store.backup import restore  # only this command wants it

    return restore(settings.data_dir, file, embedder_name(settings), CHUNKING, overwrite=overwrite)


def make_e5(settings: Settings, embedder: Embedder) -> "E5Embedder":
    """What reads texts token by token: always the embedded model, whatever embeds for the search.

    Raises ModelUnavailableError when the embedded model's weights are missing.
    """
    from kamerbrief.embedding.e5 import E5Embedder

    return embedder if isinstance(embedder, E5Embedder) else E5Embedder(settings.cache_dir)


def make_chat_writer(settings: Settings) -> ChatWriter | None:
    """The writer with the language model that is set; None when none is."""
    if not settings.chat_model:
        return None
    from kamerbrief.models.openai_client import OpenAIClient

    key = settings.chat_api_key.get_secret_value()
    client = OpenAIClient(settings.chat_base_url, key, timeout=settings.chat_timeout)
    budget = TokenBudget(settings.chat_context, settings.chat_reserve)
    return ChatWriter(client, settings.chat_model, settings.prompts_dir, budget)
