"""What the docs say is what the program does."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from eval.__main__ import app as suite
from eval.runs.files import RUNS
from kamerbrief.cli.main import app
from kamerbrief.records.answers import Answer, Citation, Sentence
from kamerbrief.settings import PREFIX, Settings
from tests.cli.test_cli import runner
from tests.conftest import ROOT

ENDLESS = {"serve", "mcp"}  # the tests of that room run them
USAGE = (ROOT / "docs" / "usage.md").read_text()


def test_the_commands_of_the_usage_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    run = runner(tmp_path)
    commands = re.findall(r"^\$ kamerbrief (.*)$", USAGE, re.MULTILINE)
    assert len(commands) > 8
    for command in commands:
        if command.split()[0] not in ENDLESS:
            assert run(*shlex.split(command)).stdout.strip()


def test_every_command_and_option_is_on_the_usage_page() -> None:
    group = get_command(app)
    assert set(re.findall(r"^\$ kamerbrief (\w+)", USAGE, re.MULTILINE)) == set(group.commands)  # type: ignore[attr-defined]
    options = {
        name
        for command in [*group.commands.values(), *group.commands["keys"].commands.values()]  # type: ignore[attr-defined]
        for parameter in command.params
        if parameter.param_type_name == "option"
        for name in parameter.opts
    }
    assert set(re.findall(r"(?<![\w-])(--?[a-z]+)\b", USAGE)) == options - {"--help"}


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


def test_the_evaluation_page_names_commands_and_runs_that_are_there() -> None:
    page = (ROOT / "docs" / "evaluation.md").read_text() + (ROOT / "README.md").read_text()
    commands = set(re.findall(r"python -m eval ([a-z]+)", page))
    assert commands == set(get_command(suite).commands)  # type: ignore[attr-defined]
    runs = {name for line in re.findall(r"python -m eval run ([a-z0-9 -]+)", page) for name in line.split()}
    assert len(runs) > 5
    assert runs <= {path.stem for path in RUNS.glob("*.toml")}
