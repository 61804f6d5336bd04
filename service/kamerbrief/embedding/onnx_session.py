"""ONNX Runtime, kept from telling its maker about those who use it."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kamerbrief.files import write_whole

__all__ = ["InferenceSession", "load", "load_built"]

_log = logging.getLogger(__name__)
_OPT_OUT = "ORT_DISABLE_TELEMETRY"
_ERRORS_ONLY = 3


@contextmanager
def _opted_out() -> Iterator[None]:
    """From 1.29 on, importing it reports the process to Microsoft under an id that it writes to the user's cache
    directory, unless this variable stands at that moment: https://github.com/microsoft/onnxruntime/pull/27379.

    The environment is given back as it was.
    """
    before = os.environ.get(_OPT_OUT)
    os.environ[_OPT_OUT] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_OPT_OUT]
        else:
            os.environ[_OPT_OUT] = before


with _opted_out():
    from onnxruntime import InferenceSession, SessionOptions, disable_telemetry_events


def load(model: bytes) -> InferenceSession:
    """The network of an ONNX model, on one core a run. Raises what ONNX Runtime raises where it cannot be read."""
    disable_telemetry_events()  # for Windows, where the variable is not looked at
    options = SessionOptions()
    options.log_severity_level = _ERRORS_ONLY
    # Two runs of one thread each beat one run of two threads, most of all when the cores have other work as well.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # it remembers a plan for every length of text it has seen
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def load_built(path: Path, build: Callable[[], bytes]) -> InferenceSession:
    """The network that is kept at a path; where there is none, or it is damaged, it is built, and kept there."""
    try:
        return load(path.read_bytes())
    except FileNotFoundError:
        pass
    except Exception as error:  # ONNX Runtime has a class of its own for each way a file can be damaged
        _log.warning("%s cannot be used and is built anew: %s", path, error)
    model = build()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, model)
    except OSError as error:
        _log.warning("%s cannot be written, so that each start builds the model anew: %s", path, error)
    return load(model)
