"""What a process that is forked off for the program has at its start: its imports, what a service reads before it is
ready, and the embedded model."""

import chromadb
import chromadb_rust_bindings
import openai.resources.chat.completions
from platformdirs import user_cache_path

import kamerbrief.cli.progress
import kamerbrief.http.app
import kamerbrief.http.serve
import kamerbrief.library
import kamerbrief.models.openai_client  # noqa: F401
from kamerbrief.embedding import e5
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.moments import find_moments
from tests.network import engine

__all__ = ["chromadb", "chromadb_rust_bindings", "openai"]

vars(e5)["E5Engine"] = engine
engine(user_cache_path("kamerbrief"))
count_tokens("")
for lexicon in lexicons():
    find_moments("", None, lexicon)
