"""The settings, read from the environment (KAMERBRIEF_*) once and frozen."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kamerbrief.errors import SettingsError

PREFIX = "KAMERBRIEF_"
Folder = Annotated[Path, AfterValidator(Path.expanduser)]
Caution = Literal["low", "normal", "high"]


def _shipped_prompts() -> Path:
    """The prompts that come with the package; in a checkout they lie at its top."""
    package = Path(__file__).parent
    return next(
        (folder for folder in (package / "prompts", package.parent.parent / "prompts") if folder.is_dir()), package
    )


class Settings(BaseSettings):
    """Every setting with its default. `KAMERBRIEF_DATA_DIR` sets `data_dir`, and so on; an empty variable sets nothing.

    PDFs of at most `max_kept_bytes` are kept with their letters, so that their pages can be shown (0: none is).
    Recognising the text of a scanned file may take `ocr_timeout` seconds (0: scans are not read).

    `embedding_model` empty means the embedded multilingual-e5-small; with a name, embeddings come from the
    OpenAI-compatible server at `embedding_base_url`.

    `chat_model` empty means that no language model writes. It takes `chat_context` tokens, `chat_reserve` of them for
    its answer. Prices are of a million tokens, in the currency that `cost_a_day` is in too (0: no limit). A briefing
    that may take more than `briefing_tokens` must be confirmed. With `stand_in` the extractive writer answers where the
    model fails or its draft is not proven. `caution` is how much worse a wrong answer of that writer is than none.

    Letters are fetched from the repository at `publications_url` and the Tweede Kamer's at `parliament_url`. A source's
    files lie on the host that it is asked at, or on one of the `fetch_hosts` (with commas between them). There are
    `fetch_delay` seconds between two requests; one may take `fetch_timeout` seconds in all.

    Of the log of answers: whether it holds the questions, and how many days answers stay (0: for ever). Of the service:
    what one key may ask for (0: no limit), how many seconds a request may take, which other
    sites' pages may call it (with commas between them), and whom its users can turn to.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    data_dir: Folder = Field(default_factory=lambda: user_data_path("kamerbrief"))
    cache_dir: Folder = Field(default_factory=lambda: user_cache_path("kamerbrief"))
    max_source_bytes: int = Field(default=50_000_000, ge=1)
    max_kept_bytes: int = Field(default=10_000_000, ge=0)
    ocr_timeout: float = Field(default=600.0, ge=0)
    embedding_model: str = ""
    embedding_base_url: str = ""
    embedding_api_key: SecretStr = SecretStr("")
    embedding_timeout: float = Field(default=60.0, gt=0)
    chat_model: str = ""
    chat_base_url: str = ""
    chat_api_key: SecretStr = SecretStr("")
    chat_timeout: float = Field(default=60.0, gt=0)
    chat_context: int = Field(default=8192, ge=1000)
    chat_reserve: int = Field(default=700, ge=100)
    chat_price_prompt: float = Field(default=0.0, ge=0)
    chat_price_completion: float = Field(default=0.0, ge=0)
    cost_a_day: float = Field(default=0.0, ge=0)
    briefing_tokens: int = Field(default=200_000, ge=0)
    stand_in: bool = True
    caution: Caution = "normal"
    publications_url: str = "https://repository.overheid.nl/sru"
    parliament_url: str = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
    fetch_hosts: str = ""
    fetch_delay: float = Field(default=1.0, ge=0)
    fetch_timeout: float = Field(default=120.0, gt=0)
    log_questions: bool = True
    keep_answers_days: int = Field(default=0, ge=0)
    requests_a_minute: int = Field(default=0, ge=0)
    tokens_a_day: int = Field(default=0, ge=0)
    request_timeout: float = Field(default=120.0, gt=0)
    max_upload_files: int = Field(default=20, ge=1)
    cors_origins: str = ""
    contact_name: str = "kamerbrief"
    contact_email: str = "beheer@example.org"
    contact_url: str = "https://example.org/kamerbrief"
    prompts_dir: Folder = Field(default_factory=_shipped_prompts)


def load(**values: Any) -> Settings:
    """The settings of the environment, with `values` over them.

    Raises SettingsError that names the variable when one is unknown or cannot be read.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsError(f"unknown setting {unknown[0]}", "known are " + ", ".join(sorted(known)))
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX + "*"
        raise SettingsError(f"setting {name} cannot be used", first["msg"]) from None


def environment_for_others() -> dict[str, str]:
    """The environment of this process without its settings, some of which are secret: for programs it starts that need
    none of them."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
