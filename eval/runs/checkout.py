"""Which state of the code something was measured on."""

import subprocess
from typing import TypedDict

from eval.paths import ROOT

NO_CODE = (":!eval/baselines", ":!eval/measured", ":!eval/tables")


class Checkout(TypedDict):
    """The commit of this checkout ("" outside of one), and whether it has changes besides."""

    commit: str
    changed: bool


def checkout() -> Checkout:
    """Changes are those of the code; new baselines and figures are none."""
    changes = _git("status", "--porcelain", "--", "service", "prompts", "eval", *NO_CODE)
    return Checkout(commit=_git("rev-parse", "HEAD"), changed=bool(changes))


def _git(*words: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()
