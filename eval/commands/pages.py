"""The tables of the pages."""

from typing import Annotated

import typer


def tables(
    check: Annotated[bool, typer.Option("--check", help="write nothing, and fail when a table is stale")] = False,
) -> None:
    """Writes the tables of the README and of docs from the figures that were kept (eval/measured)."""
    from eval.reporting.pages import pages, rewritten, stale

    found = stale()
    for one in found:
        print(one)
    if check:
        raise typer.Exit(bool(found))
    for page in pages():
        old = page.read_text("utf-8")
        if (new := rewritten(old)) != old:
            page.write_text(new, "utf-8")
