"""Everything that kamerbrief raises on purpose.

KamerbriefError                 one line for people; `hint` says what to do
├── UsageError                  the caller asked for something that cannot be
│   ├── SettingsError           a KAMERBRIEF_* variable is unknown or wrong
│   │   └── PromptError         a prompt file is missing or wrong
│   ├── QuestionError           an empty or an over-long question
│   ├── FilterError             a filter that cannot be read
│   ├── UnknownLetterError      no letter with that id in the store
│   ├── ParagraphError          no paragraph with that number in a letter
│   ├── PageError               no such page of a letter, or none is kept
│   ├── UnknownAnswerError      no answer with that id in the log
│   ├── UnknownBriefingError    no briefing with that id among the jobs
│   ├── UnknownFetchError       no fetch with that id among the jobs
│   ├── UnconfirmedError        it may cost more than is set, and nobody said yes
│   └── KeyNameError            the name of a key of the service: taken, or not known
├── LetterError                 one source cannot become a letter; the others go on
│   ├── EmptySourceError        nothing in it, or no sentence
│   ├── TooLargeError           over the limit
│   ├── UnknownFormatError      in none of the forms that are read
│   ├── EncryptedError          a PDF behind a password
│   ├── BrokenSourceError       damaged beyond reading, or not text where text is due
│   ├── NoTextError             a scan: pages, but no text on them
│   │   └── UnrecognisedError   … and what recognises text is not here
│   ├── UnsafeXmlError          entities or a DTD in the XML
│   ├── UnsafeArchiveError      a ZIP with names that point out of it
│   └── UnreadableError         its reader failed: it crashed, or took too much time or memory
├── StoreError                  the data folder
│   ├── StoreLockedError        another process is writing
│   ├── StoreReadOnlyError      nothing can be written there
│   ├── StoreModelError         vectors of another embedding model
│   └── StoreDamagedError       the stores disagree and cannot be mended
├── ModelError                  a model server
│   ├── ModelUnavailableError   not reached, or gave up after the retries
│   ├── ModelRejectedError      answered, and said no: key, model name
│   │   └── ContextTooLongError more text than the model can take
│   ├── ModelRefusedError       the model, or a content filter, would not answer this
│   ├── ModelSenselessError     its reply was not in the form that was asked for, nor was the next one
│   └── BudgetError             what may be spent in a day is spent
├── FetchError                  an official source of letters, or one file of it
│   ├── UnreachableError        not reached, or too busy, and gave up after the retries
│   ├── MissingError            it says that nothing is there
│   └── UnusableError           it said no, or something that cannot be used: of another kind or host, too large
├── LexiconError                a language's data file is damaged, or lacks what is asked of it
├── WeightsError                a file of fitted weights is damaged
└── StoppedError                the caller no longer wants it; no ModelError, so that nothing stands in
"""

import re


class KamerbriefError(Exception):
    """What went wrong, in one line, and what to do about it.

    `str(error)` is the whole line; `what` and `hint` are its halves, `code` is its kind.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        self.what = what
        self.hint = hint
        super().__init__(f"{what}: {hint}" if hint else what)

    @property
    def code(self) -> str:
        """ "unknown-letter"."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__.removesuffix("Error")).lower()


class UsageError(KamerbriefError):
    """The caller asked for something that cannot be."""


class SettingsError(UsageError):
    """A KAMERBRIEF_* variable is unknown or wrong."""


class PromptError(SettingsError):
    """A prompt file is missing or wrong. The message names it."""


class QuestionError(UsageError):
    """An empty or an over-long question."""


class FilterError(UsageError):
    """A filter that cannot be read."""


class UnknownLetterError(UsageError):
    """No letter with that id in the store."""


class ParagraphError(UsageError):
    """No paragraph with that number in a letter."""


class PageError(UsageError):
    """No page with that number in the PDF of a letter, or no PDF of it is kept."""


class UnknownAnswerError(UsageError):
    """No answer with that id in the log."""


class UnknownBriefingError(UsageError):
    """No briefing with that id among the jobs."""


class UnknownFetchError(UsageError):
    """No fetch with that id among the jobs."""


class UnconfirmedError(UsageError):
    """It may cost more than is set, and nobody said yes."""


class KeyNameError(UsageError):
    """The name of a key of the service: taken, or not known."""


class LetterError(KamerbriefError):
    """One source cannot become a letter. The message names the source; so does `source`, where it is known by which
    name people gave it."""

    source = ""


class EmptySourceError(LetterError):
    """Nothing in it, or nothing that is a letter."""


class TooLargeError(LetterError):
    """Over the limit."""


class UnknownFormatError(LetterError):
    """In none of the forms that are read."""


class EncryptedError(LetterError):
    """A PDF behind a password."""


class BrokenSourceError(LetterError):
    """Damaged beyond reading, or not text where text is due."""


class NoTextError(LetterError):
    """Pages, but no text on them."""


class UnrecognisedError(NoTextError):
    """Text on them could be recognised, but the program for it, or its Dutch, is not here."""


class UnsafeXmlError(LetterError):
    """Entities or a DTD in the XML."""


class UnsafeArchiveError(LetterError):
    """A ZIP with names that point out of it, or one name twice."""


class UnreadableError(LetterError):
    """Its reader failed: it crashed, or took too much time or memory."""


class StoreError(KamerbriefError):
    """The data folder."""


class StoreLockedError(StoreError):
    """Another process is writing."""


class StoreReadOnlyError(StoreError):
    """Nothing can be written there."""


class StoreModelError(StoreError):
    """Vectors of another embedding model."""


class StoreDamagedError(StoreError):
    """The stores disagree and cannot be mended."""


class ModelError(KamerbriefError):
    """A model server."""


class ModelUnavailableError(ModelError):
    """Not reached, or gave up after the retries."""


class ModelRejectedError(ModelError):
    """The server answered and said no: key, model name."""


class ContextTooLongError(ModelRejectedError):
    """More text than the model can take; with less it may work."""


class ModelRefusedError(ModelError):
    """The model, or a content filter, would not answer this. What it said for itself is not to be trusted."""


class ModelSenselessError(ModelError):
    """Its reply was not in the form that was asked for, nor was the next one."""


class BudgetError(ModelError):
    """What may be spent in a day is spent."""


class FetchError(KamerbriefError):
    """An official source of letters, or one file of it. The message names its address."""


class UnreachableError(FetchError):
    """Not reached, or too busy, and gave up after the retries. `retry_after` is how many seconds it asks to be left in
    peace, where it says so."""

    def __init__(self, what: str, hint: str = "", retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(what, hint)


class MissingError(FetchError):
    """It says that nothing is there."""


class UnusableError(FetchError):
    """It said no, or something that cannot be used: of another kind or host than was asked for, or too large."""


class LexiconError(KamerbriefError):
    """A language's data file is damaged, or lacks what is asked of it. The message names it."""


class WeightsError(KamerbriefError):
    """A file of fitted weights is damaged. The message names it, and the field that is wrong."""


class StoppedError(KamerbriefError):
    """The caller no longer wants it. No ModelError: nothing is to stand in for what nobody waits for."""
