"""From a request to a briefing: which letters it is of, whether a model writes, and what that may take."""

from collections.abc import Callable, Generator, Sequence
from functools import cached_property

from kamerbrief.answers.chat_writer import ChatWriter
from kamerbrief.briefings.choose.letters import HITS, Chosen, by_filters, by_topic, check_asked
from kamerbrief.briefings.making import make
from kamerbrief.briefings.model import BriefingModel
from kamerbrief.errors import FilterError, UnconfirmedError
from kamerbrief.models.spending import Purse
from kamerbrief.proof.prover import Prover
from kamerbrief.records.answers import Hit
from kamerbrief.records.briefings import Briefing, BriefingRequest, Estimate, Progress
from kamerbrief.records.letters import Filters, LetterHead
from kamerbrief.store.generation import Generation
from kamerbrief.store.store import Store
from kamerbrief.streams import Stream

Find = Callable[[str, Filters, int], Sequence[Hit]]


Writer = Callable[[Generation], BriefingModel | None]


class Plan:
    """A briefing that can be made: its letters are chosen. `writer` gives the model that writes, where one does."""

    def __init__(self, request: BriefingRequest, chosen: Chosen, store: Store, writer: Writer, tokens: int) -> None:
        self._request = request
        self._chosen = chosen
        self._store = store
        self._writer = writer
        self._tokens = tokens

    @property
    def letters(self) -> tuple[LetterHead, ...]:
        """Oldest first."""
        return self._chosen.heads

    @cached_property
    def estimate(self) -> Estimate | None:
        """What it will take of the language model at most; None where none writes."""
        with self._store.reading() as store:
            model = self._writer(store)
            return model.estimate(self._chosen.heads, self._request.about) if model else None

    def check(self) -> None:
        """Raises UnconfirmedError where a model may take more tokens than is set, and the request does not confirm
        that."""
        if self._request.confirmed or not self.estimate or self.estimate.tokens <= self._tokens:
            return
        may, most = self.estimate, self._tokens
        what = f"{may.requests} requests to the model may take {may.tokens:,} tokens ({may.cost:.2f})"
        hint = f"confirm it (--yes), take fewer letters, or raise KAMERBRIEF_BRIEFING_TOKENS ({most:,})"
        raise UnconfirmedError(what, hint)

    def run(self, *, confirmed: bool = False) -> Stream[Progress, Briefing]:
        """Each letter once it is read, and the briefing as the result. `confirmed` does it whatever it may take.

        Raises UnconfirmedError at once; ModelError, on the way, where the model fails and nothing may stand in.
        """
        if not confirmed:
            self.check()
        return Stream(self._make())

    def _make(self) -> Generator[Progress, None, Briefing]:
        wanted = self._request
        with self._store.reading() as store:
            return (yield from make(store, self._chosen, wanted.length, wanted.about, self._writer(store)))


class Planner:
    """Plans briefings of a store's letters. `find` gives the best hits of a topic.

    With `chat`, a language model writes: what `prover` lets out, paid out of the purse, with `stand_in` beside and
    instead of it the letters' own words, and with at most so many `tokens` unless a request is confirmed.
    """

    def __init__(
        self,
        store: Store,
        find: Find,
        chat: ChatWriter | None,
        prover: Prover,
        purse: Purse,
        *,
        stand_in: bool,
        tokens: int,
    ) -> None:
        self._store = store
        self._find = find
        self._chat = chat
        self._prover = prover
        self._purse = purse
        self._stand_in = stand_in
        self._tokens = tokens

    def plan(self, request: BriefingRequest, *, model: bool) -> Plan:
        """Raises FilterError, QuestionError, StoreModelError."""
        with self._store.reading() as store:
            chosen = self._choose(store, request)
        return Plan(request, chosen, self._store, self._writer if model else lambda _: None, self._tokens)

    def _writer(self, store: Generation) -> BriefingModel | None:
        if self._chat is None:
            return None
        kept = self._store.service.notes
        return BriefingModel(self._chat, store, kept, self._prover, self._purse, stand_in=self._stand_in)

    def _choose(self, store: Generation, request: BriefingRequest) -> Chosen:
        filters, about = request.filters, request.about
        check_asked(filters, about)
        heads = store.catalog.heads(filters)
        if about:
            chosen = by_topic(about, {head.id: head for head in heads}, self._find(about, filters, HITS))
        else:
            chosen = by_filters(heads)
        if not chosen.heads:
            raise FilterError("no letter fits", "`kamerbrief letters` lists them")
        return chosen
