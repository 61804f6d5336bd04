"""A server of embeddings that mean nothing: a text's vector is drawn by its hash. It takes next to no time, so that who
adds letters is busy with the stores and not with the model."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np

DIMENSION = 64


@contextmanager
def made_vectors() -> Iterator[dict[str, str]]:
    """The settings, as a process's environment, of who is to use the server while the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/v1"
            yield {"KAMERBRIEF_EMBEDDING_MODEL": "made", "KAMERBRIEF_EMBEDDING_BASE_URL": url}
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        data = [{"object": "embedding", "index": at, "embedding": _drawn(text)} for at, text in enumerate(texts)]
        usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
        body = json.dumps({"object": "list", "model": "made", "data": data, "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _drawn(text: str) -> str:
    """As OpenAI's package asks for it: 32-bit numbers in base64."""
    digest = hashlib.shake_256(text.encode()).digest(DIMENSION)
    vector = np.frombuffer(digest, np.int8).astype(np.float32)
    return base64.b64encode(vector.tobytes()).decode()
