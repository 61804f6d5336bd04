"""Other people's programs, tried with a running service: each in an environment of its own, with its version pinned.

What is tried of a program is a script in `programs/`, by Python (.py) or Node (.mjs). Its line `needs:` names the
packages that are installed for it; it is given the service's address, a key, its data folder and the program
`kamerbrief`, and prints a line of JSON: a `Tried`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from eval.checked import Checked, EvalError, first_error
from eval.paths import SAMPLE
from eval.speed.asking import PROGRAM
from eval.speed.load import served
from kamerbrief.library import Kamerbrief

PROGRAMS = Path(__file__).parent / "programs"
INSTALLED = "installed"  # a file in an environment that is whole
LONGEST = 600  # seconds that an installation or a script may take
_NEEDS = re.compile(r"^(?:#|//) needs: (.+)$", re.MULTILINE)


class Tried(Checked):
    """What came of a program: what works, what is refused as it is to be (and why), and what is broken (and how)."""

    client: str
    version: str
    works: list[str]
    refused: dict[str, str]
    broken: dict[str, str]


def scripts() -> dict[str, Path]:
    """The scripts by their names."""
    found = (path for path in sorted(PROGRAMS.iterdir()) if path.suffix in {".py", ".mjs"})
    return {path.stem.replace("_", "-"): path for path in found if _NEEDS.search(path.read_text())}


def missing() -> str:
    """What Node's scripts take and is not on this machine, if anything."""
    return next((one for one in ("node", "npm") if not shutil.which(one)), "")


@contextmanager
def service() -> Iterator[list[str]]:
    """A service over the sample letter that wants a key; what scripts are given of it."""
    with tempfile.TemporaryDirectory() as folder:
        with Kamerbrief(folder) as kb:
            kb.add(SAMPLE)
            key = kb.keys.create("clients", "reader")
        with served(Path(folder)) as (http, _, _):
            yield [str(http.base_url), key, folder, str(PROGRAM)]


def tried(script: Path, given: list[str], folder: Path) -> Tried:
    """What comes of a script. Its environment is made in the folder, or used where it is there. Raises EvalError."""
    needs = _NEEDS.findall(script.read_text())[0].split()
    place = folder / f"{script.stem}-{sha256(' '.join(needs).encode()).hexdigest()[:8]}"
    command = (python_with if script.suffix == ".py" else node_with)(needs, place)
    # Node finds modules from where the script lies.
    for one in PROGRAMS.glob(f"*{script.suffix}"):
        shutil.copy(one, place)
    said = run([*command, script.name, *given], place)
    try:
        return Tried.model_validate_json(said.stdout.strip().rpartition("\n")[2])
    except ValidationError as error:
        raise EvalError(f"{script.name}: {first_error(error)}: {said.stdout}{said.stderr}") from None


def python_with(needs: list[str], place: Path) -> list[str]:
    """The command of Python with these packages."""
    python = str(place / "bin" / "python")
    if not (place / INSTALLED).exists():
        venv.create(place, with_pip=True, clear=True)
        run([python, "-m", "pip", "install", "--quiet", *needs], place, check=True)
        (place / INSTALLED).touch()
    return [python]


def node_with(needs: list[str], place: Path) -> list[str]:
    """The command of Node with these packages, for scripts in this place."""
    if not (place / INSTALLED).exists():
        place.mkdir(parents=True, exist_ok=True)
        (place / "package.json").write_text("{}")
        run(["npm", "install", "--no-audit", "--no-fund", *needs], place, check=True)
        (place / INSTALLED).touch()
    return ["node"]


def run(command: list[str], folder: Path, *, check: bool = False) -> "subprocess.CompletedProcess[str]":
    """What a command said, in a folder that is its home too. Raises EvalError if it fails and is checked."""
    own = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        command, cwd=folder, env=own | {"HOME": str(folder)}, capture_output=True, text=True, timeout=LONGEST
    )
    if check and done.returncode:
        print(done.stderr, file=sys.stderr)
        raise EvalError(f"{' '.join(command)}: exit code {done.returncode}")
    return done
