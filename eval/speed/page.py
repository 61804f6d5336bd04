"""What the page takes in a browser: each view beside an empty page, in turn, so under the same load of the machine.

The service is `kamerbrief serve` over the sample letter and a long one; the empty page comes from a server of its own.
Chromium tells when it first painted something; what a view adds is the difference of the two.
"""

import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import httpx

from eval.checked import EvalError
from eval.paths import SAMPLE
from eval.speed.base import Row
from eval.speed.load import served
from kamerbrief.library import Kamerbrief

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONG = "letters/kamerbrief-water-en-bodem-2022.pdf"  # 32 pages
EMPTY = b'<!doctype html><html lang="nl"><meta charset="utf-8"><title>Leeg</title><p>Leeg</p></html>'
REPEATS = 15
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.name === "first-contentful-paint") done(one.startTime);
}).observe({ type: "paint", buffered: true }))"""
_OWN = re.compile(r'(?:src|href)="(/static/[^"]+)"')


def measure_page(folder: Path, data: Path) -> list[Row]:
    """Of each view: the service's time for it, first paint, and the bytes it loads; `folder` is to be filled.

    Raises EvalError where there is no Chromium.
    """
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if not chromium:
        raise EvalError("Chromium is not installed (Debian: apt-get install chromium; or name it in CHROMIUM)")
    with Kamerbrief(folder) as kb:
        long = kb.add(data / LONG).letter
        kb.add(SAMPLE)
    views = {
        "ask": ("/", "≤ 100 ms"),
        "letters": ("/letters", ""),
        "letter of 32 pages": (f"/letters/{long}", "≤ 300 ms"),
    }
    with served(folder) as (client, _, _), _empty() as empty, _browser(chromium) as page:
        base = str(client.base_url).rstrip("/")
        return [row for name, view in views.items() for row in _view(page, client, empty, name, base, *view)]


def _view(page: "Page", client: httpx.Client, empty: str, name: str, base: str, path: str, goal: str) -> Iterator[Row]:
    for address in (empty, base + path):  # what a warm browser and a warm service have by then
        _painted(page, address)
    both = [(_painted(page, base + path), _painted(page, empty)) for _ in range(REPEATS)]
    view, alone = median(one for one, _ in both), median(one for _, one in both)
    told = f"{view:.0f} ms; an empty page {alone:.0f} ms; {view - alone:+.0f} ms"
    yield Row(f"{name}, first paint", told, view, goal)
    seconds = median(client.get(path).elapsed.total_seconds() for _ in range(REPEATS))
    yield Row(f"{name}, the service's time", f"{1000 * seconds:.0f} ms", 1000 * seconds)
    text = client.get(path).text
    loaded = len(text.encode()) + sum(len(client.get(one).content) for one in set(_OWN.findall(text)))
    yield Row(f"{name}, all it loads", f"{loaded / 1000:.0f} kB", goal="≤ 100 kB")


def _painted(page: "Page", address: str) -> float:
    """Milliseconds from the start of the navigation to the first paint of something."""
    page.goto(address)
    return float(page.evaluate(PAINTED))


@contextmanager
def _browser(chromium: str) -> Iterator["Page"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page(locale="nl-NL")
        browser.close()


@contextmanager
def _empty() -> Iterator[str]:
    """The address of an empty page."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(ConnectionError):  # a browser that went on meanwhile
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(EMPTY)))
                self.end_headers()
                self.wfile.write(EMPTY)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
