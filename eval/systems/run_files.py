"""Run files (`eval/runs/*.toml`): what is asked of which system, in a few lines."""

import tomllib
from pathlib import Path
from typing import Literal, Self, get_args

from pydantic import Field, ValidationError, model_validator

from eval.checked import Checked, EvalError, first_error
from eval.sets.cases import Split
from kamerbrief.index.search import Ranking

SetName = Literal[
    "golden",
    "ministers",
    "notes",
    "conversations",
    "record",
    "far-off",
    "injection",
    "unfaithful",
    "briefings",
    "promises",
    "changes",
]
"""Of the last three a case is a briefing."""
BRIEFED: tuple[SetName, ...] = ("briefings", "promises", "changes")
Baseline = Literal["lead", "lexrank", "textrank"]
SystemName = Literal["library", "service", "llamaindex"] | Baseline


class Run(Checked):
    """One run. `set` and perhaps a `split` of it are asked of `system`, over `all` letters or the `sample` one alone.

    `k` is how many hits a question gets, `ranking` the weights of search (of the library only), `pages` how many pages
    of other papers stand beside the letters as distractors. A service is at `url`, and is asked by `parallel` threads.
    With `writer` "model" the library's `model` writes, with `context` tokens of which `reserve` are for its answer; the
    server is that of KAMERBRIEF_CHAT_BASE_URL. Briefings are the library's, or of a baseline at most `words` words
    (0: as many as the library may have): the first sentences of the letters (`lead`), or those that sumy ranks highest
    (`lexrank`, `textrank`).
    """

    set: SetName
    split: Split | None = None
    letters: Literal["all", "sample"] = "all"
    system: SystemName = "library"
    url: str = ""
    k: int = Field(default=10, ge=1, le=100)
    ranking: Ranking = Ranking()
    writer: Literal["extractive", "model"] = "extractive"
    model: str = ""
    context: int = Field(default=8192, ge=1000)
    reserve: int = Field(default=700, ge=100)
    pages: int = Field(default=0, ge=0)
    parallel: int = Field(default=1, ge=1, le=64)
    words: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.system == "service") != bool(self.url):
            raise ValueError('a service, and only a service, has a url: system = "service", url = "http://…"')
        if (self.writer == "model") != bool(self.model):
            raise ValueError('a model, and only a model, has a name: writer = "model", model = "…"')
        if self.set in ("injection", "unfaithful", "conversations") and self.system != "library":
            raise ValueError(f'the set {self.set} needs more of the library than to be asked: system = "library"')
        if self.set != "briefings" and self.system in get_args(Baseline):
            raise ValueError(f'{self.system} writes briefings, and answers nothing: set = "briefings"')
        if self.set in BRIEFED and self.system in ("service", "llamaindex"):
            raise ValueError(f"{self.system} is not asked for briefings: they are of the library, or a baseline's")
        if self.system == "service" and self.pages:
            raise ValueError("pages are added to a store of this run's own; a service has its letters already")
        return self


def load_run(path: Path) -> Run:
    """A run file. Raises EvalError that names the file, and the key that is wrong or unknown."""
    try:
        return Run.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        raise EvalError(f"{path}: {first_error(error)}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EvalError(f"{path}: cannot be read: {error}") from None
