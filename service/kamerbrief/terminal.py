"""How records look on a terminal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.table import Table
from rich.text import Text

from kamerbrief.errors import LetterError
from kamerbrief.letters.labels import label, official_url
from kamerbrief.records import Added, Answer, Citation, Hit, Letter, LetterHead

OUTCOMES = {"new": "added", "same": "there already", "changed": "replaced an older text"}


def adding(outcomes: Iterator[Added | LetterError], total: int, *, quiet: bool) -> Iterator[Added | LetterError]:
    """Passes outcomes on while showing a bar with letters per second, and a line for each letter added."""
    with _progress(quiet) as progress:
        task = progress.add_task("adding", total=total)
        for outcome in outcomes:
            progress.advance(task)
            if isinstance(outcome, Added) and not quiet:
                about = f"{outcome.paragraphs} paragraphs, {OUTCOMES[outcome.outcome]}"
                progress.console.print(
                    f"[bold]{escape(outcome.letter)}[/bold]  {escape(outcome.label)}  [dim]{about}[/dim]"
                )
            yield outcome


@contextmanager
def reindexing(total: int) -> Iterator[Callable[[LetterHead], None]]:
    """Shows a bar; call what it gives once a letter."""
    with _progress(quiet=False) as progress:
        task = progress.add_task("indexing", total=total)
        yield lambda _letter: progress.advance(task)


class _Speed(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f} letters/s", style="dim")


def _progress(quiet: bool) -> Progress:
    console = Console(stderr=quiet)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Speed())
    return Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal)


def show_answer(answer: Answer) -> None:
    """The sentences with [1] [2], then each citation: label, section, and the paragraph with the quote marked."""
    console = Console(highlight=False)
    if answer.status == "not_found":
        console.print(Text(answer.message or "", style="bold"))
        if answer.nearest:
            console.print("\nNearest paragraphs:", style="dim")
            show_hits(answer.nearest)
        return
    paragraphs: dict[tuple[str, int], list[Citation]] = {}
    line = Text()
    for sentence in answer.sentences:
        line.append(sentence.text, style="bold")
        for citation in sentence.citations:
            key = (citation.letter, citation.paragraph)
            paragraphs.setdefault(key, []).append(citation)
            line.append(f" [{list(paragraphs).index(key) + 1}]", style="cyan")
        line.append(" ")
    console.print(line)
    for number, citations in enumerate(paragraphs.values(), 1):
        console.print()
        _show_citations(console, number, citations)


def _show_citations(console: Console, number: int, citations: Sequence[Citation]) -> None:
    """One paragraph with the words quoted from it marked: in colour, or between » and « where there is none."""
    one = citations[0]
    console.print(Text(f"[{number}] ", style="cyan").append(one.label, style="not cyan"))
    for place in (one.heading, one.url):
        if place:
            console.print(Padding(Text(place, style="dim"), (0, 0, 0, 4)))
    text, at = Text(), 0
    for start, end in sorted({(citation.start, citation.end) for citation in citations}):
        text.append(one.text[at:start])
        quote = one.text[start:end] if console.is_terminal else f"»{one.text[start:end]}«"
        text.append(quote, style="black on yellow")
        at = end
    text.append(one.text[at:])
    console.print(Padding(text, (0, 0, 0, 4)))


def show_hits(hits: Sequence[Hit]) -> None:
    """Hits, best first: where it stands, its scores, its text."""
    console = Console(highlight=False)
    if not hits:
        console.print("Nothing found.")
    for number, hit in enumerate(hits, 1):
        numbers = ", ".join(str(n) for n in hit.paragraphs)
        scores = f"{hit.scores.fused:.3f} (dense {hit.scores.dense:.3f}, words {hit.scores.lexical:.1f})"
        console.print(
            Text(f"{number}. ", style="cyan")
            .append(f"{hit.label}, alinea {numbers}")
            .append(f"  {scores}", style="dim")
        )
        if hit.heading:
            console.print(Padding(Text(hit.heading, style="dim"), (0, 0, 0, 4)))
        console.print(Padding(Text(hit.text), (0, 0, 0, 4)))


def show_letters(heads: Sequence[LetterHead]) -> None:
    """A row a letter."""
    console = Console(highlight=False)
    table = Table("date", "id", "subject", "ministry", box=None, pad_edge=False)
    for head in heads:
        subject = head.title or head.dossier_name or ""
        table.add_row(str(head.date or ""), head.id, Text(subject), Text(", ".join(head.ministries)))
    console.print(table if heads else "No letters.")


def show_letter(letter: Letter, paragraph: int | None) -> None:
    """The letter's head, then its sections and numbered paragraphs, then its notes; or one paragraph alone."""
    console = Console(highlight=False)
    sections = {section.number: section for section in letter.sections}
    if paragraph is None:
        _show_head(console, letter)
    last = 0
    for one in letter.paragraphs:
        if paragraph not in (None, one.number):
            continue
        heading = sections[one.section].heading
        if one.section != last and heading:
            console.print(Text(f"\n{heading}", style="bold"))
        last = one.section
        console.print(Text(f"{one.number:>4}  ", style="cyan").append(one.text, style="not cyan"))
    if paragraph is None and letter.footnotes:
        console.print()
        for note in letter.footnotes:
            where = f" (alinea {note.paragraph})" if note.paragraph else ""
            console.print(Text(f"{note.mark:>4}  {note.text}{where}", style="dim"))


def _show_head(console: Console, letter: Letter) -> None:
    console.print(Text(label(letter), style="bold"))
    signed = "; ".join(", ".join(p for p in (s.name, s.office) if p) for s in letter.signatories)
    rows = {
        "id": letter.id,
        "subject": letter.title,
        "dossier": " ".join(p for p in (letter.dossier, letter.dossier_name) if p),
        "date": letter.date and str(letter.date),
        "ministry": ", ".join(letter.ministries),
        "reference": letter.reference,
        "signed": signed,
        "link": official_url(letter),
    }
    for name, value in rows.items():
        if value:
            console.print(Text(f"{name:10}", style="dim").append(value, style="not dim"))
