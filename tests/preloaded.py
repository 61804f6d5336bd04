"""What a process that is forked off for the program has at its start: its imports, what a service reads before it is
ready, and the embedded model."""

from importlib import import_module

from platformdirs import user_cache_path

from kamerbrief.embedding import e5
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.moments import find_moments
from tests.network import engine

for name in (
    "kamerbrief.library",
    "kamerbrief.cli.progress",
    "kamerbrief.http.app",
    "kamerbrief.http.serve",
    "kamerbrief.models.openai_client",
    "openai.resources.chat.completions",
    "chromadb",
    "chromadb_rust_bindings",
):
    import_module(name)
vars(e5)["E5Engine"] = engine
engine(user_cache_path("kamerbrief"))
count_tokens("")
for lexicon in lexicons():
    find_moments("", None, lexicon)
