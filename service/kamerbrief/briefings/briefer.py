"""From a request to a briefing: which letters, whether a model writes, what that may take."""

from collections.abc import Callable, Generator, Sequence

from kamerbrief.answers.chat_writer import ChatWriter
from kamerbrief.briefings.briefing import brief
from kamerbrief.briefings.choose.letters import HITS, Chosen, by_filters, by_topic, check_asked
from kamerbrief.briefings.model import BriefingModel, check_confirmed
from kamerbrief.errors import FilterError
from kamerbrief.models.spending import Purse
from kamerbrief.proof.prover import Prover
from kamerbrief.records.answers import Hit
from kamerbrief.records.briefings import Briefing, BriefingRequest, Estimate, Progress
from kamerbrief.records.letters import Filters
from kamerbrief.store.generation import Generation
from kamerbrief.store.store import Store

Find = Callable[[str, Filters, int], Sequence[Hit]]


class Briefer:
    """Makes briefings of a store's letters. `find` gives the best hits of a topic.

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

    def steps(self, wanted: BriefingRequest, *, model: bool) -> Generator[Progress | Briefing, None, None]:
        """Each letter once it is read, and the briefing last. Raises at once FilterError, QuestionError,
        StoreModelError, UnconfirmedError; later ModelError."""
        with self._store.reading() as store:
            chosen, writer = self._chosen(store, wanted), self._writer(store, model)
            if writer and not wanted.confirmed:
                check_confirmed(writer.estimate(chosen.heads, wanted.about), self._tokens)
        return self._brief(chosen, wanted, model)

    def _brief(
        self, chosen: Chosen, wanted: BriefingRequest, model: bool
    ) -> Generator[Progress | Briefing, None, None]:
        with self._store.reading() as store:
            yield from brief(store, chosen, wanted.length, wanted.about, self._writer(store, model))

    def estimate(self, wanted: BriefingRequest, *, model: bool) -> Estimate | None:
        """What it will take of the language model at most; None where none writes."""
        with self._store.reading() as store:
            chosen, writer = self._chosen(store, wanted), self._writer(store, model)
            return writer.estimate(chosen.heads, wanted.about) if writer else None

    def _writer(self, store: Generation, model: bool) -> BriefingModel | None:
        if not model or self._chat is None:
            return None
        return BriefingModel(
            self._chat, store, self._store.service.notes, self._prover, self._purse, stand_in=self._stand_in
        )

    def _chosen(self, store: Generation, wanted: BriefingRequest) -> Chosen:
        filters, about = wanted.filters, wanted.about
        check_asked(filters, about)
        heads = store.catalog.heads(filters)
        if about:
            chosen = by_topic(about, {head.id: head for head in heads}, self._find(about, filters, HITS))
        else:
            chosen = by_filters(heads)
        if not chosen.heads:
            raise FilterError("no letter fits", "`kamerbrief letters` lists them")
        return chosen
