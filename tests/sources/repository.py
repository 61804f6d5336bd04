"""A repository of official publications on a loopback port: made papers, and the recorded ones, behind SRU 2.0."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

_NAMES = (
    'xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse" xmlns:gzd="http://standaarden.overheid.nl/sru" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/"'
)
_RECORD = """<sru:record><sru:recordData><gzd:gzd><gzd:originalData><overheidwetgeving:meta><overheidwetgeving:owmskern>
<dcterms:identifier>{id}</dcterms:identifier><dcterms:modified>{modified}</dcterms:modified>
</overheidwetgeving:owmskern>{main}</overheidwetgeving:meta></gzd:originalData><gzd:enrichedData>{files}
<gzd:timestamp>{modified}T12:00:00+02:00</gzd:timestamp></gzd:enrichedData></gzd:gzd></sru:recordData></sru:record>"""
_PAPER = """<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><kamerstuk>
<kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2020-2021</tekstregel>
<tekstregel inhoud="kamernummer">2</tekstregel></kamerstukkop>
<dossier><dossiernummer><dossiernr>{dossier}</dossiernr></dossiernummer><titel>Waterbeheer</titel></dossier>
<stuk><stuknr>Nr. <ondernummer kamer="2">{number}</ondernummer></stuknr>
<titel>BRIEF VAN DE MINISTER VAN INFRASTRUCTUUR EN WATERSTAAT</titel>
<algemeen><vrije-tekst><tekst status="goed"><al>Den Haag, 6 juli 2021</al>
<al>{text}</al></tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"""
_METADATA = """<metadata_gegevens><metadata name="DC.identifier" content="{id}"/>
<metadata name="OVERHEIDop.documenttitel" content="{title}"/></metadata_gegevens>"""


@dataclass
class Reply:
    """What is sent for a path: the connection breaks off after `cut` bytes of the body, or a byte comes every `drip`
    seconds."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip: float = 0


@dataclass
class Paper:
    """A paper that the repository has: its text, the day of its last change, and its forms."""

    text: str
    modified: str = "2021-07-07"
    forms: tuple[str, ...] = ("xml",)


@dataclass
class Repository:
    """A running one. `papers` are listed, by their ids and in this order; `listed_twice` are on the last page once
    more. `attachments` are PDFs, each of the paper that is named; what lies there is in `always`. `faults` are sent for
    a path before its right answer, one after the other; `asked` are the paths that were asked for, `queries` and
    `filters` (of OData) what was searched for."""

    url: str
    papers: dict[str, Paper] = field(default_factory=dict)
    listed_twice: tuple[str, ...] = ()
    attachments: dict[str, str] = field(default_factory=dict)
    faults: dict[str, list[Reply]] = field(default_factory=dict)
    always: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    filters: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    not_modified: int = 0

    def times(self, part: str) -> Counter[str]:
        """How often each path was asked for that has this in it."""
        return Counter(path for path in self.asked if part in path)

    def reply(self, path: str, asked: dict[str, list[str]], headers: dict[str, str]) -> Reply:
        self.asked.append(path)
        self.filters += asked.get("$filter", [])
        self.agents.add(headers.get("user-agent", ""))
        if self.faults.get(path):
            return self.faults[path].pop(0)
        if path in self.always:
            return self.always[path]
        if path == "/sru":
            return self._found(asked)
        *_, name, form, _file = path.split("/")
        paper = self.papers.get(name)
        if paper is None or form not in (*paper.forms, "metadata"):
            return Reply(status=404)
        body = made_file(name, paper.text, form)
        tag = f'"{hash(body)}"'
        if headers.get("if-none-match") == tag:
            self.not_modified += 1
            return Reply(status=304)
        kind = {"html": "text/html", "pdf": "application/pdf"}.get(form, "application/xml")
        return Reply(body, headers={"Content-Type": kind, "ETag": tag})

    def _found(self, asked: dict[str, list[str]]) -> Reply:
        self.queries.append(asked["query"][0])
        since = self.queries[-1].partition('dt.modified>="')[2][:10]
        ids = [name for name, paper in self.papers.items() if paper.modified >= since]
        ids += [name for name in self.listed_twice if name in ids]
        if 'dt.type=="Bijlage"' in self.queries[-1]:
            ids = [name for name, of in self.attachments.items() if f'w.hoofddocument=="{of}"' in self.queries[-1]]
        start, most = int(asked["startRecord"][0]), int(asked["maximumRecords"][0])
        page = ids[start - 1 : start - 1 + most]
        records = "".join(self._record(name) for name in page)
        after = start + len(page)
        more = f"<sru:nextRecordPosition>{after}</sru:nextRecordPosition>" if after <= len(ids) else ""
        body = (
            f"<sru:searchRetrieveResponse {_NAMES}><sru:version>2.0</sru:version>"
            f"<sru:numberOfRecords>{len(ids)}</sru:numberOfRecords><sru:records>{records}</sru:records>{more}"
            "</sru:searchRetrieveResponse>"
        )
        return Reply(body.encode(), headers={"Content-Type": "application/xml;charset=utf-8"})

    def _record(self, name: str) -> str:
        paper = self.papers.get(name, Paper("", forms=("pdf",)))
        forms = (*paper.forms, "metadata") if paper.forms else ()
        of = self.attachments.get(name)
        main = f"<overheidwetgeving:hoofddocument>{of}</overheidwetgeving:hoofddocument>" if of else ""
        files = "".join(
            f'<gzd:itemUrl manifestation="{form}">{self.url}{path_of(name, form)}</gzd:itemUrl>' for form in forms
        )
        return _RECORD.format(id=name, modified=paper.modified, files=files, main=main)


def path_of(name: str, form: str) -> str:
    return f"/frbr/{name}/{form}/{'metadata' if form == 'metadata' else name}.{'xml' if form == 'metadata' else form}"


def made_file(name: str, text: str, form: str) -> bytes:
    _, dossier, number = name.split("-")
    if form == "metadata":
        return _METADATA.format(id=name, title=f"Brief {number} over water").encode()
    if form == "html":
        return f"<html><body><p>Den Haag, 6 juli 2021</p><p>{text}</p></body></html>".encode()
    return _PAPER.format(dossier=dossier, number=number, text=text).encode()


@contextmanager
def repository(**papers: Paper) -> Iterator[Repository]:
    """A repository at `url`, which is asked at `url`/sru."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            with lock:
                reply = there.reply(parts.path, parse_qs(parts.query), headers)
            self.close_connection = True
            if reply.status == 0:
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                if not reply.drip:
                    self.wfile.write(reply.body[: reply.cut])
                    return
                for at in range(len(reply.body)):
                    self.wfile.write(reply.body[at : at + 1])
                    time.sleep(reply.drip)

        def log_message(self, *_: object) -> None:
            pass

    lock = threading.Lock()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        there = Repository(f"http://127.0.0.1:{server.server_port}", papers)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield there
        finally:
            server.shutdown()
            thread.join()
