"""The program: its commands and groups of them. What takes long to import is imported by the command that needs it."""

from collections.abc import Callable

import typer

from eval.commands import clients, fit, gate, kills, measures, pages, runs, scans, sets, speed

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Measures kamerbrief, and compares what was measured."
)
_commands: list[Callable[..., None]] = [
    *(runs.run, runs.report, runs.table, runs.compare, runs.judge, gate.gate, pages.tables),
    *(sets.sets, sets.ministers, sets.candidates),
    *(
        measures.reading,
        scans.recognition,
        scans.scanned_notes,
        measures.references,
        measures.following,
        measures.retrieval,
    ),
    *(clients.clients, clients.adr, kills.kills),
]
for command in _commands:
    app.command()(command)
app.add_typer(fit.app, name="fit", help="Fits the weights of the service, on dev and on sets that measure nothing.")
app.add_typer(speed.app, name="speed", help="Measures how long things take, beside what is told by the same machine.")
