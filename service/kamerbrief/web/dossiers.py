"""What changed from letter to letter of a dossier, and what they promise: found once, until the letters change."""

from collections.abc import Sequence
from threading import Lock

from cachetools import LRUCache

from kamerbrief.briefings.forms.layout import Page, lay_out
from kamerbrief.briefings.parts import PARTS
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.library import Kamerbrief
from kamerbrief.records.letters import LetterHead

SHOWN = ("changes", "commitments")
MOST = 20  # letters that are looked through, the newest: each takes some 20 ms of processor a paragraph
UNASKED = 5  # letters of a dossier that is looked through without being asked to
_KEPT = 32  # dossiers


class Dossiers:
    """For as many threads as want them; one looks through a dossier at a time."""

    def __init__(self, kb: Kamerbrief) -> None:
        self._kb = kb
        self._lock = Lock()
        self._known: LRUCache[object, Page] = LRUCache(_KEPT)

    def found(self, heads: Sequence[LetterHead], language: str) -> Page:
        """Of these letters, newest first: the parts of a briefing that tell it, all that they hold."""
        taken = heads[:MOST]
        key = language, tuple((head.id, head.version) for head in taken)
        with self._lock:
            if key not in self._known:
                ids = [head.id for head in taken]
                briefing = self._kb.brief(ids, length="long", writer="extractive").model_copy(update={"shown": {}})
                self._known[key] = lay_out(
                    briefing, lexicon_of(language), [part for part in PARTS if part.name in SHOWN]
                )
            return self._known[key]
