"""What the docs say is what the program does."""

import json
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from eval.commands.app import app as suite
from eval.paths import RUNS
from kamerbrief.cli.main import app
from kamerbrief.records.answers import Answer, Citation, Sentence
from kamerbrief.settings import PREFIX, Settings
from tests.cli.test_cli import runner
from tests.conftest import ROOT

ELSEWHERE = {"serve", "mcp", "fetch", "watch"}  # endless, or far away: the tests of their rooms run them
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "eval" / "sets" / "README.md"]
SUITE = ROOT / "eval"
USAGE = (ROOT / "docs" / "usage.md").read_text()


@pytest.mark.slow
def test_the_commands_of_the_usage_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAMERBRIEF_DATA_DIR", str(tmp_path / "data"))
    commands = re.findall(r"^\$ kamerbrief (.*)$", USAGE, re.MULTILINE)
    assert len(commands) > 8
    for command in commands:
        if command.split()[0] not in ELSEWHERE:
            done = CliRunner().invoke(app, shlex.split(command))
            assert done.exit_code == 0, (command, done.output)
            assert done.stdout.strip(), command


def test_every_command_and_option_is_on_the_usage_page() -> None:
    group = get_command(app)
    assert set(re.findall(r"^\$ kamerbrief (\w+)", USAGE, re.MULTILINE)) == set(group.commands)  # type: ignore[attr-defined]
    commands = list(group.commands.values())  # type: ignore[attr-defined]
    options = {
        name
        for command in [*commands, *(inner for one in commands for inner in getattr(one, "commands", {}).values())]
        for parameter in command.params
        if parameter.param_type_name == "option"
        for name in parameter.opts
    }
    assert set(re.findall(r"(?<![\w-])(--?[a-z]+(?:-[a-z]+)*)\b", USAGE)) == options - {"--help"}


def test_what_a_page_shows_of_a_command_is_there() -> None:
    """The command of each line that runs the program, and its options."""
    lines = [line for page in PAGES for line in re.findall(r"^\$ kamerbrief (.*)$", page.read_text(), re.MULTILINE)]
    assert len(lines) > 50
    for line in lines:
        words, command = shlex.split(line), get_command(app)
        while isinstance(inner := getattr(command, "commands", None), Mapping):
            assert words[0] in inner, line
            command = inner[words.pop(0)]
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in words if re.fullmatch(r"--?[a-z-]+", word)} <= options, line


def test_the_settings_are_those_of_the_program() -> None:
    assert set(re.findall(rf"`({PREFIX}[A-Z_]+)`", USAGE)) - {PREFIX} == {
        PREFIX + name.upper() for name in Settings.model_fields
    }


def test_the_fields_that_are_named_are_there() -> None:
    names = set(re.findall(r"`([a-z]+)`", USAGE[USAGE.index("prints the record") : USAGE.index("Filters, for")]))
    assert names <= {*Answer.model_fields, *Sentence.model_fields, *Citation.model_fields, "answered", "not_found"}


def test_every_dependency_has_its_line_and_its_pin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(name for extra in extras for name in extra)]
    named = {name.split("==")[0] for name in wanted}
    described = re.findall(
        r"^\| ([\w-]+) \| (?!licence)", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE
    )
    assert sorted(described) == sorted(named)
    pins = (ROOT / "constraints.txt").read_text().splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    assert {name.lower() for name in named} <= {pin.split("==")[0].lower() for pin in pins}
    assert {name for name in wanted if "==" in name} <= set(pins)


def test_the_readme_shows_what_the_program_prints(tmp_path: Path, sample: Path) -> None:
    readme = (ROOT / "README.md").read_text()
    run = runner(tmp_path)
    run("add", sample)
    shown = readme[readme.index("$ kamerbrief ask") : readme.index('$ kamerbrief ask "Wat kost')].split("\n", 1)[1]
    printed = run("ask", "Wie leidt de nieuwe Iraakse regering?").stdout
    assert " ".join(printed.split()) == " ".join(shown.split())
    assert "Dit staat niet in de brieven." in run("ask", "Wat kost de missie?").stdout


@pytest.mark.parametrize(
    ("page", "said"), [("README.md", "alinea 9"), ("docs/library.md", "no letter 'kst-1-1'")], ids=["readme", "library"]
)
def test_the_python_of_a_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: str, said: str
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    exec(compile("\n".join(blocks), page, "exec"), {})
    assert said in capsys.readouterr().out


def suite_commands() -> dict[str, set[str]]:
    """The commands of the evaluation suite, those of a group with its name before them, and the options of each."""
    found = {}
    for name, command in get_command(suite).commands.items():  # type: ignore[attr-defined]
        for inner, one in getattr(command, "commands", {"": command}).items():
            found[f"{name} {inner}".strip()] = {option for parameter in one.params for option in parameter.opts}
    return found


def named_on_pages() -> Iterator[tuple[str, str]]:
    """Every command of the evaluation suite that is named on a page, in a comment or a Makefile, and where."""
    inline, alone = r"`python -m eval ([^`]+)`", r"^[ \t$()A-Z./a-z]*python -m eval ([^`\n]+)$"
    for path in [*PAGES, ROOT / "Makefile", *sorted((ROOT / "service").rglob("*.py")), *SUITE.glob("*/*.py")]:
        for found in re.findall(f"{inline}|{alone}", path.read_text(), re.MULTILINE):
            yield path.name, " ".join("".join(found).split())
    for path in (ROOT / "service").rglob("weights.json"):
        yield path.name, json.loads(path.read_text())["command"].removeprefix("python -m eval ")


def test_every_command_of_the_suite_that_is_named_is_there_with_its_options() -> None:
    commands, seen = suite_commands(), set()
    for page, words in named_on_pages():
        name = next((name for name in commands if f"{words} ".startswith(f"{name} ")), None)
        assert name, f"{page}: python -m eval {words}"
        assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", words)) <= commands[name], f"{page}: python -m eval {words}"
        seen.add(name)
    assert seen == set(commands)


def test_no_page_runs_a_module_of_the_suite() -> None:
    assert not [path.name for path in PAGES if "python -m eval." in path.read_text()]


def test_the_runs_that_are_named_are_there() -> None:
    runs = {name for _, words in named_on_pages() if words.startswith("run ") for name in words.split()[1:]}
    named = {name for name in runs if re.fullmatch(r"[a-z][a-z0-9-]*", name)}
    assert len(named) > 5
    assert named <= {path.stem for path in RUNS.glob("*.toml")}
