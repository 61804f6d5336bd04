"""Other people's programs, tried with the service."""

import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from eval.checked import EvalError
from eval.commands.options import Keep


def clients(
    names: Annotated[
        list[str] | None, typer.Argument(help="which scripts of eval/clients/programs; all without")
    ] = None,
    into: Annotated[Path | None, typer.Option(help="a folder that keeps the environments between runs")] = None,
    kept: Keep = False,
) -> None:
    """Tries other people's programs with a running service: installs each, and prints a line of JSON of what works."""
    from eval.clients.trying import missing, scripts, service, tried
    from eval.reporting.measured import Value, keep, load, of_command

    known, found = scripts(), {}
    if odd := set(names or ()) - set(known):
        raise EvalError(f"{', '.join(sorted(odd))}: no such script, there are: {', '.join(known)}")
    with tempfile.TemporaryDirectory() as folder, service() as given:
        for name in names or known:
            if known[name].suffix == ".mjs" and (program := missing()):
                print(f"{name} is left out: {program} is not installed (Debian: apt-get install nodejs npm)")
                continue
            found[name] = tried(known[name], given, (into or Path(folder)).absolute())
            print(found[name].model_dump_json(), flush=True)
    if kept:
        figures = dict(load("clients").figures) if names else {}
        for one in found.values():
            right = len(one.works) + len(one.refused)
            n = right + len(one.broken)
            figures[one.client] = Value(value=round(right / n, 4), n=n, text=one.version)
            figures[f"{one.client}: works"] = Value(text=", ".join(one.works))
            figures[f"{one.client}: does not"] = Value(text=_told({**one.refused, **one.broken}))
        keep("clients", of_command("python -m eval clients --keep", figures))
    raise typer.Exit(any(one.broken for one in found.values()))


def adr(
    rules: Annotated[
        Path, typer.Argument(help="the ruleset: media/linter.yaml of Logius-standaarden/API-Design-Rules")
    ],
    into: Annotated[Path | None, typer.Option(help="a folder that keeps the environment between runs")] = None,
    kept: Keep = False,
) -> None:
    """Lints the contract of the service by the Dutch API Design Rules, with Spectral, which npm installs."""
    from eval.clients.linting import SPECTRAL, linted
    from eval.reporting.measured import Value, keep, of_command

    with tempfile.TemporaryDirectory() as folder:
        found = linted(rules, (into or Path(folder)).absolute())
    for one in found:
        print(one)
    counts = {kind: sum(one.startswith(kind) for one in found) for kind in ("error", "warning")}
    print(", ".join(f"{kind}s: {n}" for kind, n in counts.items()))
    if kept:
        figures = {f"{kind}s": Value(value=n, goal="0") for kind, n in counts.items()}
        digest = sha256(rules.read_bytes()).hexdigest()[:16]
        told = {"linter": Value(text=SPECTRAL), "ruleset": Value(text=f"{rules.name}, sha256 {digest}")}
        keep("adr", of_command("python -m eval adr linter.yaml --keep", {**told, **figures}))
    raise typer.Exit(counts["error"] > 0)


def _told(reasons: dict[str, str]) -> str:
    return "; ".join(f"{what}: {why}" for what, why in reasons.items())
