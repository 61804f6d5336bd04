"""Which files are meant by what stands on a command line."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_meant_by(names: Iterable[str]) -> Iterator[Path]:
    """The files meant by paths, folders (all files below, but hidden ones and metadata records) and globs. What matches
    nothing stays as it is, to be reported with the others when it cannot be read."""
    for name in names:
        path = Path(name)
        matches = [] if exists(name) else [Path(match) for match in sorted(glob.glob(name, recursive=True))]  # noqa: PTH207
        for match in matches or [path]:
            yield from _below(match) if exists(match) and match.is_dir() else [match]


def exists(path: str | os.PathLike[str]) -> bool:
    """Whether it is there; False for what cannot be a path at all."""
    return os.path.exists(path)  # noqa: PTH110  (Path.exists raises for a name that is too long)


def _below(folder: Path) -> list[Path]:
    from kamerbrief.letters.metadata_record import is_record  # `--help` does without

    files = (path for path in folder.rglob("*") if path.is_file() and not is_record(path))
    return sorted(file for file in files if not any(p.startswith(".") for p in file.relative_to(folder).parts))
