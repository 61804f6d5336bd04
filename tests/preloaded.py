"""What a process that is forked off for the program has before it starts: its imports, and the embedded model."""

import chromadb  # noqa: F401
from platformdirs import user_cache_path

import kamerbrief.cli.progress
import kamerbrief.http.app
import kamerbrief.http.serve
import kamerbrief.library  # noqa: F401
from kamerbrief.embedding import e5
from tests.network import engine

vars(e5)["E5Engine"] = engine
engine(user_cache_path("kamerbrief"))
