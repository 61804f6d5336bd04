"""How records look on a terminal. Letters are untrusted: no character of theirs may steer it (see `printable`)."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kamerbrief.letters.labels import label, official_url
from kamerbrief.letters.numbering import Numbering
from kamerbrief.presenting import footnote_text, marks, notes_of, place_of, read_through, title_of, way_of
from kamerbrief.records.answers import Answer, Citation, Hit, Via
from kamerbrief.records.fetching import Fetched, FetchJob, FetchReport
from kamerbrief.records.letters import Footnote, Letter, LetterHead, Paragraph
from kamerbrief.records.references import LetterReferences
from kamerbrief.records.service import Key
from kamerbrief.records.versions import Version

_AUTHORS = {"model": "{}", "both": "{} and out of the letters", "extractive": "no model: {} had no proven answer"}
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def printable(text: str) -> str:
    """The text with each control character replaced by one "\ufffd", so that places in it stay."""
    return text.translate(_CONTROLS)


def count(number: int, noun: str) -> str:
    """ "1 letter", "2 letters"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def open_console() -> Console:
    """What is printed on."""
    return Console(highlight=False)


def say(console: Console, text: Text, indent: int = 0, lead: str = "") -> None:
    """Prints wrapped and indented, with no trailing spaces; `lead` stands in the indent of the first line."""
    text.plain = printable(text.plain)
    front = Text(printable(lead).ljust(indent), style="cyan")
    for line in text.wrap(console, max(20, console.width - indent)):
        line.rstrip()
        console.print(Text.assemble(front, line), soft_wrap=True)
        front = Text(" " * indent)


def show_answer(answer: Answer) -> None:
    """The sentences with [1] [2], then each citation: label, section, and the paragraph with the quote marked. Bold
    are the very words that answer, where any are known, or else the sentences."""
    console = open_console()
    if answer.asked not in ("", answer.question):
        say(console, Text(f"Asked: {answer.asked}\n", style="dim"))
    if answer.status == "not_found":
        say(console, Text(answer.message or "", style="bold"))
        if answer.nearest:
            console.print("\nNearest paragraphs:", style="dim")
            show_hits(answer.nearest)
        return
    numbering = Numbering()
    line, wrote = Text(), answer.sentences[0].writer
    focused = any(sentence.focus for sentence in answer.sentences)
    for sentence in answer.sentences:
        if answer.writer == "both" and sentence.writer != wrote:
            line.append("\n\nIn the letters' own words: " if line else "")
        elif line:
            line.append(" ")
        wrote = sentence.writer
        at = len(line)
        line.append(sentence.text, style="" if focused else "bold")
        if sentence.focus:
            line.stylize("bold", at + sentence.focus.start, at + sentence.focus.end)
        for mark in marks(numbering, sentence.citations):
            line.append(f" {mark}", style="cyan")
    say(console, line)
    if answer.message:
        console.print()
        say(console, Text(answer.message, style="yellow"))
    ways = {hit.letter: hit.via for hit in answer.hits}
    for number, citations in enumerate(numbering.all(), 1):
        console.print()
        _show_citations(console, number, citations, ways.get(citations[0].letter))
    if answer.model:
        refused = f"; {count(len(answer.refusals), 'sentence')} not let out" if answer.refusals else ""
        read = f"; read by {answer.reader}" if answer.reader else ""
        console.print()
        say(console, Text(f"Written by {_AUTHORS[answer.writer].format(answer.model)}{refused}{read}.", style="dim"))


def _show_citations(console: Console, number: int, citations: Sequence[Citation], via: Via | None) -> None:
    """One paragraph with the words quoted from it marked: in colour, or between » and « where there is none."""
    one = citations[0]
    say(console, Text.assemble((f"[{number}] ", "cyan"), one.label))
    if via:
        say(console, Text(way_of(via), style="dim"), indent=4)
    if one.heading:
        say(console, Text(one.heading, style="dim"), indent=4)
    if one.url:
        console.print(Text(f"    {one.url}", style="dim"), soft_wrap=True)  # a wrapped link is a broken one
    coloured = console.color_system is not None and not console.no_color
    text, at = Text(), 0
    for start, end in sorted({(citation.start, citation.end) for citation in citations}):
        text.append(one.text[at:start])
        quote = one.text[start:end] if coloured else f"»{one.text[start:end]}«"
        text.append(quote, style="black on yellow")
        at = end
    text.append(one.text[at:])
    say(console, text, indent=4)


def show_hits(hits: Sequence[Hit]) -> None:
    """Hits, best first: where it stands, its scores, its text."""
    console = open_console()
    if not hits:
        console.print("Nothing found.")
    for number, hit in enumerate(hits, 1):
        scores = f"{hit.scores.fused:.3f} (dense {hit.scores.dense:.3f}, words {hit.scores.lexical:.3f})"
        say(console, Text.assemble((f"{number}. ", "cyan"), place_of(hit), (f"  {scores}", "dim")))
        if hit.via:
            say(console, Text(way_of(hit.via), style="dim"), indent=4)
        if hit.heading:
            say(console, Text(hit.heading, style="dim"), indent=4)
        say(console, Text(hit.text), indent=4)


def show_letters(heads: Sequence[LetterHead]) -> None:
    """A row a letter."""
    table = Table(box=None, pad_edge=False)
    for name in ("date", "id"):
        table.add_column(name, no_wrap=True)  # an id is there to be copied
    for name in ("subject", "ministry"):
        table.add_column(name)
    for head in heads:
        cells = (str(head.date or ""), head.id, title_of(head), ", ".join(head.ministries))
        table.add_row(*(Text(printable(cell)) for cell in cells))
    open_console().print(table if heads else "No letters.")


def show_versions(versions: Sequence[Version]) -> None:
    """A row a version, oldest first."""
    table = Table("version", "added", "paragraphs", "text", box=None, pad_edge=False)
    for one in versions:
        table.add_row(str(one.number), f"{one.added_at:%Y-%m-%d %H:%M}", str(one.paragraphs), one.text_sha256[:12])
    open_console().print(table)


def show_keys(keys: Sequence[Key]) -> None:
    """A table: name, role, made when, valid until when."""
    table = Table("name", "role", "made", "valid until", box=None, pad_edge=False)
    for key in keys:
        end = f"{key.expires_at:%Y-%m-%d}" if key.expires_at else ""
        end = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else end
        table.add_row(Text(key.name), key.role, f"{key.created_at:%Y-%m-%d}", end)
    open_console().print(table)


def counts(report: FetchReport) -> str:
    """ "1 new, 0 changed, 214 same, …"."""
    return ", ".join(f"{number} {name}" for name, number in report.model_dump(exclude={"failures"}).items())


def show_fetched(one: Fetched) -> None:
    """A line: a record or a file, what became of it, and its letters where they are called otherwise."""
    letters = ", ".join(letter for letter in one.letters if letter != one.id)
    text = Text.assemble(
        (printable(one.id), "bold"), (f"  {one.outcome}", "dim"), printable(f"  {letters}" if letters else "")
    )
    open_console().print(text, soft_wrap=True)


def show_fetches(jobs: Sequence[FetchJob]) -> None:
    """A row a fetch: its id, source, state, when it is due, and what came of it last."""
    table = Table(box=None, pad_edge=False)
    table.add_column("id", no_wrap=True)  # it is there to be copied
    for name in ("source", "every", "state", "due (UTC)", "last"):
        table.add_column(name)
    for job in jobs:
        source = next(name for name in ("publications", "parliament", "feed") if getattr(job.request, name))
        every = f"{job.request.every_hours} h" if job.request.every_hours else ""
        last = job.failure or (counts(job.report) if job.report else "")
        due = f"{job.due_at:%Y-%m-%d %H:%M}" if job.due_at else ""
        table.add_row(*(Text(printable(cell)) for cell in (job.id, source, every, job.state, due, last)))
    open_console().print(table if jobs else "No fetches.")


def show_letter(letter: Letter, paragraph: int | None) -> None:
    """The letter's head, then its sections and numbered paragraphs, then its notes; or one paragraph with its notes."""
    console = open_console()
    if paragraph is not None:
        one = letter.paragraphs[paragraph - 1]
        _show_paragraph(console, filter(None, [letter.sections[one.section - 1].heading]), one)
        _show_notes(console, notes_of(letter, paragraph))
        return
    _show_head(console, letter)
    for headings, one in read_through(letter):
        _show_paragraph(console, headings, one)
    _show_notes(console, letter.footnotes)


def _show_notes(console: Console, notes: Sequence[Footnote]) -> None:
    if notes:
        console.print()
    for note in notes:
        say(console, Text(footnote_text(note), style="dim"), indent=6, lead=f"{note.mark:>4}")


def show_references(found: LetterReferences, *, told: bool) -> None:
    """The papers that a letter refers to, each with its place and its address or that it is among the letters; and the
    letters that refer to it. What is attached to what stands apart. That there are none is `told` where asked."""
    console = open_console()
    papers = {
        attached: [
            (one.id or "", one.text, " ".join(filter(None, [one.paper, "" if one.here else one.url])))
            for one in found.refers_to
            if (one.kind == "attached") == attached
        ]
        for attached in (True, False)
    }
    letters = {
        "Attachments": found.attachments,
        "Referred to by": found.referred_by,
        "Replaced by": found.replaced_by,
        "Withdrawn by": found.withdrawn_by,
    }
    for title, rows in (
        ("Attached to", papers[True]),
        ("Refers to", papers[False]),
        *(
            (name, [(one.id, one.title or one.label, f"{one.paper or ''} {one.date or ''}".strip()) for one in of])
            for name, of in letters.items()
        ),
    ):
        if rows:
            console.print()
            say(console, Text(title, style="bold"))
            for named, text, more in rows:
                say(
                    console,
                    Text.assemble((printable(named), "bold"), f"  {printable(text)}  ", (more, "dim")),
                    indent=4,
                )
    if told and not any((*papers.values(), *letters.values())):
        say(console, Text("It refers to nothing, and no letter here refers to it."))


def show_report(letter: Letter) -> None:
    """What was taken for something else than text, a row for all on one page by the same signs; "look" where one sign
    stands alone."""
    console = open_console()
    say(console, Text(f"{letter.id}: {letter.source.name}", style="bold"))
    if not letter.report:
        console.print(
            "Nothing is told of its reading but its text. Letters that an older version added have no report."
        )
        return
    table = Table("page", "taken as", "sure", "signs", "text", box=None, pad_edge=False)
    for (page, kind, sure, signs), alike in groupby(
        letter.report, lambda one: (one.page, one.kind, one.sure, one.signs)
    ):
        text = " / ".join(one.text for one in alike)
        cells = (str(page or ""), kind, "yes" if sure else "look", ", ".join(signs), text)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(table)


def _show_paragraph(console: Console, headings: Iterable[str], paragraph: Paragraph) -> None:
    for heading in headings:
        say(console, Text(f"\n{heading}", style="bold"))
    style = "dim" if paragraph.kind == "figure" else ""
    say(console, Text(paragraph.text, style=style), indent=6, lead=f"{paragraph.number:>4}")


def _show_head(console: Console, letter: Letter) -> None:
    say(console, Text(label(letter), style="bold"))
    signed = "; ".join(", ".join(p for p in (s.name, s.office) if p) for s in letter.signatories)
    rows = {
        "id": letter.id,
        "version": str(letter.version) if letter.version > 1 else "",
        "subject": letter.title,
        "dossier": " ".join(p for p in (letter.dossier, letter.dossier_name) if p),
        "date": letter.date and str(letter.date),
        "ministry": ", ".join(letter.ministries),
        "reference": letter.reference,
        "signed": signed,
        "link": official_url(letter),
        "scan": "text recognised (OCR), the words may hold errors" if letter.source.recognised else "",
    }
    for name, value in rows.items():
        if value:
            say(console, Text.assemble((f"{name:10}", "dim"), value))
