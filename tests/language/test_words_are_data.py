"""The words of a language stand in its lexicon, and not in code."""

import ast
import re
from collections.abc import Iterator

import pytest

from kamerbrief.language.lexicon import lexicon_of
from tests.conftest import ROOT

SERVICE = ROOT / "service" / "kamerbrief"
# The official papers of the States General, its offices and the spelling of compounds are Dutch in a letter of any
# language: what these files read is a form, as much as the XML is one.
OFFICIAL = {f"letters/{name}.py" for name in ("hyphens", "letterhead", "offices", "papers", "questions")}


def words_in(code: str) -> set[str]:
    """The frequent Dutch words in the word lists and regular expressions of a file."""
    dutch = set(lexicon_of("nl").words("detection.frequent")) - set(lexicon_of("en").words("detection.frequent"))
    return {
        word for text in _lists(ast.parse(code)) for word in re.findall(r"[^\W\d_]+", text.lower()) if word in dutch
    }


def _lists(tree: ast.AST) -> Iterator[str]:
    """Strings that list words: with alternatives in them, or beside others in a tuple, list or set."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\w\|\w", node.value):
            yield node.value
        elif isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 1:
            texts = [one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            yield from (text for text in texts if text.isalpha())


def test_no_code_lists_dutch_words() -> None:
    found = {path.relative_to(SERVICE).as_posix(): words_in(path.read_text()) for path in SERVICE.rglob("*.py")}
    listing = {file for file, words in found.items() if words}
    assert listing == OFFICIAL


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (r"re.compile(r'\b(?:niet|geen)\b')", {"niet"}),
        ("JOINS = ('en', 'of')", {"en"}),
        ("JOINS = frozenset(['en', 'tot'])", {"en", "tot"}),
        ('"""Zo is het: niet anders."""', set()),
        ("label = 'Brief van de minister'", set()),
        ("re.compile(r'a|b')", set()),
    ],
)
def test_what_lists_dutch_words(code: str, words: set[str]) -> None:
    assert words_in(code) == words
