"""The page of the architecture shows the rooms and the arrows that the code has."""

import ast
import re
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "service" / "kamerbrief"
_FILE = r"`((?:\w+/)+\w+\.(?:py|md|json|toml))`"
PAGE = ROOT / "docs" / "architecture.md"
GROUND = frozenset(("clock", "errors", "files", "linear", "once", "records", "settings", "stopwatch", "streams"))
"""What every room stands on; the picture draws no arrows to it."""


def _room(path: Path) -> str:
    """The room of a file: its folder under the package, or its own name where it lies at the top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterable[str]:
    """The modules of kamerbrief that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "kamerbrief":
            yield from [node.module] if node.module != "kamerbrief" else [f"kamerbrief.{it.name}" for it in node.names]


def _arrows() -> dict[str, set[str]]:
    """Which rooms each room imports, without the ground floor."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        if (here := _room(path)) != "__init__":
            there = {module.split(".")[1] for module in _imports(path) if module.count(".")}
            found.setdefault(here, set()).update(there - {here})
    return {room: there - GROUND for room, there in found.items() if room not in GROUND}


def _reduced(arrows: dict[str, set[str]]) -> set[tuple[str, str]]:
    """The arrows that no longer way through other rooms tells already. Raises CycleError where rooms go in a circle."""
    below: dict[str, set[str]] = {}
    for room in TopologicalSorter(arrows).static_order():
        below[room] = {it for other in arrows.get(room, ()) for it in (other, *below[other])}
    return {
        (room, other)
        for room, there in arrows.items()
        for other in there
        if not any(other in below[between] for between in there - {other})
    }


def test_the_picture_shows_the_rooms_and_the_arrows_that_are() -> None:
    picture = re.search(r"```mermaid\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert picture is not None
    drawn = set(re.findall(r"^ +(\w+) --> (\w+)$", picture[1], re.MULTILINE))
    there = _reduced(_arrows())
    right = "\n".join(f"    {room} --> {other}" for room, other in sorted(there))
    assert drawn == there, f"the arrows of docs/architecture.md should be:\n{right}"


def test_the_ground_floor_stands_on_nothing_else() -> None:
    stands_on = {
        module.split(".")[1] for path in PACKAGE.rglob("*.py") if _room(path) in GROUND for module in _imports(path)
    }
    assert stands_on <= GROUND


def test_every_room_is_described() -> None:
    described = set(re.findall(r"^\| `(\w+)(?:/|\.py)?` ", PAGE.read_text(), re.MULTILINE))
    assert described == {*_arrows(), *GROUND}


def test_every_file_that_the_docs_name_is_there() -> None:
    pages = [*ROOT.glob("docs/**/*.md"), ROOT / "README.md"]
    named = {(page.name, name) for page in pages for name in re.findall(_FILE, page.read_text())}
    assert [
        (page, name) for page, name in sorted(named) if not any((at / name).exists() for at in (PACKAGE, ROOT))
    ] == []


def test_every_decision_is_linked_from_the_page() -> None:
    records = {path.name for path in (ROOT / "docs" / "decisions").glob("*.md")}
    assert set(re.findall(r"\(decisions/([\w-]+\.md)\)", PAGE.read_text())) == records
