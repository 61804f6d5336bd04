"""Other retrieval pipelines over the same documents, to know what ours is worth.

A peer is built as its own quickstart builds it, and not tuned: what is compared is what someone gets who starts with
it. It has our embedding model, so that the difference is the pipeline's and not the model's. Nothing is downloaded.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import chromadb
import tiktoken
from chromadb.config import Settings
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.node_parser.text.utils import split_by_sentence_tokenizer_internal
from llama_index.core.schema import TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore
from nltk.tokenize import PunktSentenceTokenizer

from eval.sets.corpus import read_documents
from eval.sets.passages import pages as other_pages
from eval.systems.outcomes import Outcome, Ranked
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import PassageText
from kamerbrief.embedding.tokens import ENCODING
from kamerbrief.records.letters import Letter

BATCH = 64  # nodes a call of the embedder, which spreads them over its threads
GAP = "\n\n"


@dataclass(frozen=True)
class Layout:
    """A letter as one text. `places` says where its paragraphs stand in it: (number, start, end), in order."""

    letter: str
    text: str
    places: tuple[tuple[int, int, int], ...]

    def paragraphs(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the paragraphs of which a character stands between `start` and `end` (exclusive)."""
        return tuple(number for number, first, last in self.places if first < end and last > start)


def lay_out(letter: Letter) -> Layout:
    """Headings and paragraphs with blank lines between. Members' questions are left out, as our own chunker does: they
    would be found for every question that repeats them, and no gold paragraph is among them."""
    sections = {section.number: section for section in letter.sections}
    pieces: list[str] = []
    places: list[tuple[int, int, int]] = []
    position = 0
    for number, group in itertools.groupby(letter.paragraphs, key=lambda paragraph: paragraph.section):
        if sections[number].kind == "question":
            continue
        if heading := sections[number].heading:
            pieces.append(heading)
            position += len(heading) + len(GAP)
        for paragraph in group:
            places.append((paragraph.number, position, position + len(paragraph.text)))
            pieces.append(paragraph.text)
            position += len(paragraph.text) + len(GAP)
    return Layout(letter.id, GAP.join(pieces), tuple(places))


class LlamaIndex:
    """LlamaIndex's vector index over Chroma, kept in `folder`: the letters of `data` and `pages` pages of other papers,
    split by its SentenceSplitter as that is by default (1,024 tokens, 200 of them overlap), the `k` nearest nodes.

    It only retrieves. A node is told as the paragraphs that it holds a part of.
    """

    def __init__(self, folder: Path, data: Path, pages: int, k: int) -> None:
        letters = list(read_documents(data).values())
        if pages:
            letters += other_pages(data, pages)
        self._layouts = {letter.id: lay_out(letter) for letter in letters}
        # No telemetry: nothing leaves the machine. Without a function of its own, Chroma's would fetch a model.
        client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        collection = client.get_or_create_collection("quickstart", embedding_function=None)
        index = VectorStoreIndex.from_documents(
            [Document(id_=one.letter, text=one.text) for one in self._layouts.values()],
            storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
            embed_model=_E5(model_name=E5Embedder.name, embed_batch_size=BATCH),
            transformations=[splitter()],
        )
        self._nodes = collection.count()
        self._retriever = index.as_retriever(similarity_top_k=k)

    def describe(self) -> dict[str, str]:
        packages = ("llama-index-core", "llama-index-vector-stores-chroma")
        return {
            "system": "llamaindex",
            "embedder": E5Embedder.name,
            "nodes": str(self._nodes),
            **{name: version(name) for name in packages},
        }

    def ask(self, question: str) -> Outcome:
        return Outcome(hits=tuple(self._ranked(found.node) for found in self._retriever.retrieve(question)))

    def _ranked(self, node: TextNode) -> Ranked:
        layout = self._layouts[node.ref_doc_id]
        paragraphs = layout.paragraphs(node.start_char_idx, node.end_char_idx)
        return Ranked(letter=layout.letter, paragraphs=paragraphs, characters=len(node.text))


def splitter() -> SentenceSplitter:
    """The default splitter, but for where its tokenizers come from: by itself it downloads their data where
    TIKTOKEN_CACHE_DIR or NLTK_DATA names a folder without them. It cuts the same either way."""
    return SentenceSplitter(
        tokenizer=tiktoken.get_encoding(ENCODING).encode_ordinary,
        chunking_tokenizer_fn=partial(split_by_sentence_tokenizer_internal, tokenizer=PunktSentenceTokenizer()),
    )


class _E5(BaseEmbedding):  # type: ignore[misc]  # mypy takes LlamaIndex for Any, as it need not be installed
    """Our embedder as LlamaIndex wants one: a node's text with nothing in front but what E5 itself asks for."""

    _embedder: E5Embedder = PrivateAttr(default_factory=E5Embedder)

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(value) for value in self._embedder.questions([query])[0]]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: Sequence[str]) -> list[list[float]]:
        found = self._embedder.passages([PassageText("", text, ()) for text in texts])
        return [[float(value) for value in one.vector] for one in found]
