"""Other people's programs, tried with the service: those that are installed here anyhow."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from eval.clients.trying import Tried, scripts
from kamerbrief import Kamerbrief
from tests.http.service import PROGRAM, serving

VERSION = re.compile(r"(==|.@)\d+(\.\d+)+$")


def test_each_script_pins_what_it_needs() -> None:
    for name, path in scripts().items():
        needs = re.search(r"^(?:#|//) needs: (.+)$", path.read_text(), re.MULTILINE)
        assert needs, name
        assert [one for one in needs[1].split() if not VERSION.search(one)] == [], name


@pytest.mark.slow
@pytest.mark.parametrize("name", ["openai-python", "mcp-python"])
def test_a_program_that_is_here_works(tmp_path: Path, sample: Path, name: str) -> None:
    folder = tmp_path / "data"
    with Kamerbrief(folder) as kb:
        kb.add(sample)
        key = kb.keys.create("clients", "reader")
    with serving(folder) as service:
        given = [service.url, key, str(folder), str(PROGRAM)]
        done = subprocess.run([sys.executable, scripts()[name], *given], capture_output=True, text=True, timeout=120)
    found = Tried.model_validate_json(done.stdout)
    assert found.broken == {}
    assert found.works
