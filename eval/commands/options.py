"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Keep = Annotated[bool, typer.Option("--keep", help="keep the figures for the tables of the pages (eval/measured)")]
DataFolder = Annotated[Path, typer.Option("--data", help="the folder of real documents")]
