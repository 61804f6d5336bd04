"""ONNX Runtime, kept from telling its maker about those who use it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["InferenceSession", "load"]

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
