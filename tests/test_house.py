"""The rules of the house that no linter knows: docs/architecture.md says why."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

LINES = 300
SOURCES = sorted([*ROOT.glob("service/**/*.py"), *ROOT.glob("eval/**/*.py")])
TESTS = sorted(ROOT.glob("tests/**/*.py"))
DOORS = {
    "openai": [  # and three scripts that try the service as others do
        "eval/clients/programs/instructor_client.py",
        "eval/clients/programs/litellm_proxy.py",
        "eval/clients/programs/openai_python.py",
        "service/kamerbrief/models/openai_client.py",
    ],
    "torch": [  # only where the reader is trained, by whoever has it
        "eval/fitting/reader/judging.py",
        "eval/fitting/reader/network.py",
        "eval/fitting/reader/training.py",
    ],
    "chromadb": ["eval/systems/llamaindex.py", "service/kamerbrief/store/vectors.py"],  # the peer keeps its own
    # One room makes a text's terms, another indexes them. PyStemmer gives the same stems (of 129,327 words none
    # differs), and would be one package more, with stop words and the folding of accents written by hand.
    "tantivy": ["service/kamerbrief/language/terms.py", "service/kamerbrief/store/words.py"],
}
PUBLIC = {"_replace", "_asdict", "_fields", "_make", "_exit"}  # though their names begin so: named tuples, os


def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def in_house(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name not in PUBLIC


def reached_into(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where code takes a private name of another's: `one._name`, `from room import _name`, "room._name" as a string."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass
            case ast.Attribute(attr=name) if is_private(name):
                yield node.lineno, ast.unparse(node)
            case ast.ImportFrom(names=names):
                yield from ((node.lineno, one.name) for one in names if is_private(one.name))
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=arguments):
                if called in ("getattr", "setattr", "delattr", "hasattr"):
                    texts = [one.value for one in arguments if isinstance(one, ast.Constant)]
                    yield from (
                        (node.lineno, text)
                        for text in texts
                        if isinstance(text, str) and any(map(is_private, text.split(".")))
                    )


def imported(tree: ast.AST) -> Iterator[str]:
    """The packages that are imported anywhere in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.split(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def test_no_test_reaches_into_private_names() -> None:
    assert [f"{in_house(path)}:{line} {what}" for path in TESTS for line, what in reached_into(read(path))] == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("kb._search.find()", 1),
        ("from kamerbrief.room import _helper", 1),
        ("monkeypatch.setattr('kamerbrief.room._helper', 1)", 1),
        ("getattr(kb, '_search')", 1),
        ("self._name", 0),
        ("os._exit(0)", 0),
        ("one.__class__", 0),
        ("states._replace(tokens=1)", 0),
        ("from kamerbrief.room import helper as _helper", 0),
    ],
)
def test_what_reaches_into_private_names(code: str, count: int) -> None:
    assert len(list(reached_into(ast.parse(code)))) == count


def test_files_are_short() -> None:
    long = {in_house(path): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > LINES}
    assert long == {}


@pytest.mark.parametrize("package", DOORS)
def test_a_package_has_one_door(package: str) -> None:
    assert [in_house(path) for path in SOURCES if package in imported(read(path))] == DOORS[package]


def test_help_waits_for_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv[1:] = ['--help']; from kamerbrief.cli.main import main\n"
        "try: main()\nfinally: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "typer" in loaded
    heavy = {"chromadb", "fastapi", "numpy", "onnxruntime", "openai", "pydantic", "rich", "sqlalchemy", "tantivy"}
    assert loaded & heavy == set()
