"""The contract by the Dutch API Design Rules: by their own ruleset, and the linter that it is written for."""

import json
from pathlib import Path

import httpx

from eval.checked import EvalError
from eval.clients.trying import missing, node_with, run, service

SPECTRAL = "@stoplight/spectral-cli@6.16.3"
_KINDS = ("error", "warning", "information", "hint")


def linted(rules: Path, folder: Path) -> list[str]:
    """What the linter finds in the contract, a line each that begins with its kind. Raises EvalError."""
    if program := missing():
        raise EvalError(f"{program} is not installed (Debian: apt-get install nodejs npm)")
    place = folder / SPECTRAL.rpartition("/")[2]
    node = node_with([SPECTRAL], place)
    with service() as (url, *_):
        (place / "openapi.json").write_text(httpx.get(f"{url}/v1/openapi.json").text)
    command = [
        "node_modules/.bin/spectral",
        "lint",
        "--quiet",
        "-f",
        "json",
        "-r",
        str(rules.absolute()),
        "openapi.json",
    ]
    said = run([*node, *command], place)
    # `--quiet` leaves the sum out; what else it says is no finding.
    try:
        found = json.loads(said.stdout)
    except ValueError:
        raise EvalError(f"the linter failed: {said.stdout}{said.stderr}") from None
    return [
        f"{_KINDS[one['severity']]} {one['code']} at {'.'.join(map(str, one['path']))}: {one['message']}"
        for one in found
    ]
