"""Text recognition (OCR) of pages that are pictures, by OCRmyPDF: a program of its own, where it is installed.

It gets a folder of its own, none of our settings, and limits: of time, memory and files. What
it makes of the file is read as any PDF is: the pages with their words invisible over the picture.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from kamerbrief.errors import NoTextError, UnrecognisedError
from kamerbrief.settings import environment_for_others

LANGUAGE = "nld"
INSTALL = "install OCRmyPDF with Dutch (Debian: ocrmypdf and tesseract-ocr-nld; else the extra kamerbrief[ocr])"
_LARGEST = 100  # megapixels of a page: A4 at 300 dots an inch has 9, A3 at 600 has 70
_LACKS = 3  # its exit code where a program or a language is missing
_LIMITS = ((resource.RLIMIT_AS, 4_000_000_000), (resource.RLIMIT_FSIZE, 1_000_000_000))
"""Bytes of memory, and of a file, for each process: a page of 196 megapixels in black and white takes .4 GB."""


def can_recognise() -> bool:
    """Whether OCRmyPDF is here, and Tesseract with Dutch, which it calls."""
    tesseract = shutil.which("tesseract")
    if _program() is None or tesseract is None:
        return False
    languages = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, check=False).stdout
    return LANGUAGE in languages.split()


def recognised(data: bytes, name: str, pages: Iterable[int], seconds: float) -> bytes:
    """The PDF with the text of these pages; of all where none is named. Raises NoTextError, with what to do, where they
    cannot be recognised: UnrecognisedError where the program is not here."""
    program = _program()
    if program is None:
        raise UnrecognisedError(_unread(name), INSTALL)
    with tempfile.TemporaryDirectory(prefix="kamerbrief-") as folder:
        scan, text = Path(folder) / "scan.pdf", Path(folder) / "text.pdf"
        scan.write_bytes(data)
        named = ",".join(map(str, pages))
        options = ["--force-ocr", "--deskew", "--language", LANGUAGE, "--max-image-mpixels", str(_LARGEST)]
        # Else it passes over a page that takes it three minutes, as one may on a busy machine.
        options += ["--tesseract-timeout", f"{seconds:.0f}"]
        # Nobody sees the picture again: it need not be small, nor fit to be kept for ever.
        options += ["--output-type", "pdf", "--optimize", "0", "--quiet", *(["--pages", named] if named else [])]
        code, said = _run([*program, *options, str(scan), str(text)], folder, seconds)
        if code is None:
            raise NoTextError(_unread(name), f"recognising it took more than {seconds:.0f} s; split it, or allow more")
        if code == _LACKS:
            raise UnrecognisedError(_unread(name), f"{INSTALL}: {said}")
        if code:
            raise NoTextError(_unread(name), f"OCRmyPDF cannot read it (exit code {code}): {said}")
        return text.read_bytes()


def _unread(name: str) -> str:
    return f"{name} is a scan: pages without text"


def _program() -> Sequence[str] | None:
    """How it is called: of the environment that this runs in, else of the system."""
    beside = Path(sys.executable).with_name("ocrmypdf")
    found = str(beside) if beside.is_file() else shutil.which("ocrmypdf")
    return [found] if found else None


def _run(command: Sequence[str], folder: str, seconds: float) -> tuple[int | None, str]:
    """Its exit code, None where it was ended; and the first line that it said."""
    own = {"TMPDIR": folder, "OMP_THREAD_LIMIT": "1"}  # it takes a page for each core itself
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment_for_others() | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        for kind, most in _LIMITS:
            with suppress(AttributeError, OSError):  # of Linux alone; what it starts has them too
                resource.prlimit(process.pid, kind, (most, most))
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None, ""
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return process.returncode, lines[0][:200] if lines else ""
