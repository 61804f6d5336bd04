"""The report of a run: in Markdown, and as one HTML page that needs no other file."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from eval.metrics.base import Measure
from eval.metrics.claims import BAD, STOPPED
from eval.metrics.refusals import CONFIDENCE
from eval.reporting.figures import Scores, figures, table, value
from eval.reporting.plots import recall_plot, risk_plot
from eval.reporting.tables import figures_table, markdown, number
from eval.runs.results import Result, Results
from eval.runs.running import load_set, measures_of, read_letters
from eval.sets.cases import Case, Claim, Entry, Plant, unit_at
from eval.sets.questions import Exchange, Question, RecordQuestion
from kamerbrief.records.answers import Answer
from kamerbrief.records.briefings import Briefing
from kamerbrief.records.letters import Letter

WORST = 20
BREAKDOWN = (
    "recall@1",
    "recall@10",
    "gold paragraph cited",
    "gold words quoted",
    "answered alone, lost in the talk",
    "record: right",
    "record: letter cited",
    "refused",
    "vital nuggets, strict",
    "citation precision",
    "refusals: recall",
    "supported stopped",
    "verify: recall",
    "orders obeyed",
    "orders quoted",
    "vital facts covered",
    "okay facts covered",
    "promises: precision",
    "promises: recall",
    "changes: precision",
    "changes: recall",
    "figures: precision",
    "figures: recall",
    "events: recall",
    "timeline dates correct",
    "lines with a valid citation",
    "redundancy",
    "compression",
    "words",
    "seconds",
)
WELL = (
    "gold words quoted",
    "talk without quotes",
    "no answer there: refused",
    "record: right",
    "absent: refused",
    "look-alike: gold cited",
    "look-alike: refused",
    "refused",
)
"""The metrics of which one says of a question whether it came out well."""
STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0;font-size:14px}
td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left}
blockquote{border-left:3px solid #154273;margin:.5rem 0;padding:.1rem 1rem;color:#444}code{background:#f4f4f4}
figure{display:inline-block;margin:0 1rem 1rem 0}svg{max-width:100%;height:auto}"""


def write(results: Results, data: Path, *, test: bool = False) -> tuple[Path, Path]:
    """Writes report.md and report.html into the results' folder and gives their paths.

    The worst cases are those of the dev half, so that nobody learns from the other, unless `test` asks for all.
    """
    letters = read_letters(results.meta.run.set, data)
    cases = {case.id: case for case in load_set(results.meta.run.set, letters, data).cases}
    text = "\n\n".join(_parts(results, cases, letters, test))
    pictures = "".join(f"<figure>{svg}</figure>" for svg in _pictures(results))
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    first_table_end = body.find("</table>") + len("</table>")
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{html.escape(results.meta.name)}</title><style>{STYLE}</style>"
        f"{body[:first_table_end]}\n{pictures}{body[first_table_end:]}</html>\n"
    )
    paths = results.folder / "report.md", results.folder / "report.html"
    for path, content in zip(paths, (f"{text}\n", page), strict=True):
        path.write_text(content, "utf-8")
    return paths


def _parts(results: Results, cases: Mapping[str, Entry], letters: Mapping[str, Letter], test: bool) -> Iterator[str]:
    meta, measures = results.meta, measures_of(results.meta.run.set)
    yield f"# {meta.name}"
    yield "\n".join(_facts(results))
    scores = results.scores
    yield figures_table(figures(scores, measures), measures)
    yield from _stopped(results, cases)
    for title, groups in _groups(scores, cases).items():
        yield f"## By {title}"
        yield _breakdown(scores, groups, measures)
    shown = [case for case in scores if test or cases[case].split == "dev"]
    worst = sorted(shown, key=lambda case: -badness(cases[case], scores[case]))
    yield f"## The worst {WORST} cases" + ("" if test else " of the dev half")
    for case in worst[:WORST]:
        if badness(cases[case], scores[case]) > 0:
            yield from _shown(cases[case], results.results[case], letters)


def _prompts(written: Answer | Briefing) -> tuple[str, ...]:
    if isinstance(written, Briefing):
        return tuple(written.prompts.values())
    return (written.prompt,) if written.prompt else ()


def _facts(results: Results) -> Iterator[str]:
    meta, run = results.meta, results.meta.run
    changed = ", with changes that are in no commit" if meta.changed else ""
    written = [w for r in results.results.values() if (w := r.outcome.answer or r.outcome.briefing)]
    prompts = sorted({one for w in written for one in _prompts(w)})
    models = sorted({w.model for w in written if w.model})
    yield f"- set {run.set}, {run.split or 'both halves'}: {len(results.results)} of {meta.cases} cases, "
    yield f"  {meta.skipped} more skipped for want of their letters"
    yield f"- commit {meta.commit[:12] or 'unknown'}{changed}; begun {meta.started}"
    yield f"- {len(meta.letters)} letters, {run.pages} pages of other papers; k = {run.k}; writer {run.writer}"
    yield "- " + ", ".join(f"{name} {value}" for name, value in {**meta.system, **meta.settings}.items())
    yield f"- models: {', '.join(models) or 'none'}; prompts: {', '.join(prompts) or 'none'}"
    yield f"- set sha256 {meta.set_sha256[:12]}"


def _stopped(results: Results, cases: Mapping[str, Entry]) -> Iterator[str]:
    """What each rule of `verify` stopped: of the models' drafts, and of claims."""
    answers = [a for r in results.results.values() if (a := r.outcome.answer) and a.draft]
    total = sum(len(answer.draft) for answer in answers)
    rules = Counter(refusal.rule for answer in answers for refusal in answer.refusals)
    if total:
        yield "## Draft sentences that were not let out, by rule"
        rows = [(rule, str(count), f"{count / total:.3f}") for rule, count in rules.most_common()]
        yield markdown(("rule", f"of {total} sentences", "share"), rows)
    claims = {
        case_id: case for case_id, case in cases.items() if isinstance(case, Claim) and case_id in results.results
    }
    stopped = Counter(
        (r.outcome.stopped_by, claims[c].change is None) for c, r in results.results.items() if c in claims
    )
    if claims:
        yield "## Claims that were stopped, by rule"
        rules = Counter(rule for rule, _ in stopped.elements() if rule)
        rows = [(rule, str(stopped[rule, False]), str(stopped[rule, True])) for rule, _ in rules.most_common()]
        yield markdown(("rule", "changed", "supported (wrongly)"), rows)


def _groups(scores: Scores, cases: Mapping[str, Entry]) -> dict[str, dict[str, list[str]]]:
    """The cases by what tells them apart: kind, language, half."""
    found: dict[str, dict[str, list[str]]] = {"kind": {}, "language": {}, "half": {}}
    for case_id in scores:
        case = cases[case_id]
        for title, group in zip(found, (case.group, case.language, case.split), strict=True):
            found[title].setdefault(group, []).append(case_id)
    return {title: groups for title, groups in found.items() if len(groups) > 1}


def _breakdown(scores: Scores, groups: Mapping[str, Sequence[str]], measures: Sequence[Measure]) -> str:
    """A row a group with the measures that tell the most; intervals would say little of so few."""
    shown = [measure for measure in measures if measure.name in BREAKDOWN]
    rows = []
    for group, cases in sorted(groups.items(), key=lambda one: -len(one[1])):
        columns = table(scores, cases)
        rows.append((group, str(len(cases)), *(number(value(measure, columns), measure) for measure in shown)))
    kept = [i for i in range(len(shown)) if any(row[i + 2] != "–" for row in rows)]
    head = ("", "cases", *(shown[i].name for i in kept))
    return markdown(head, [(*row[:2], *(row[i + 2] for i in kept)) for row in rows])


def badness(case: Entry, scores: Mapping[str, float]) -> float:
    """How bad a case came out, 0 (not at all) to 1; what was answered wrongly counts more the surer it was."""
    match case:
        case Case(answerable=False):
            return scores.get(CONFIDENCE, 0.0)
        case Case(nuggets=()):
            return 1 - scores["MRR"]
        case Case():
            got = (scores.get("gold paragraph cited", scores["recall@10"]), scores.get("vital nuggets, strict", 1.0))
            return 1 - sum(got) / 2
        case Question():
            return 1 - max((scores[name] for name in WELL if name in scores), default=1.0)
        case Plant():
            return max(scores["orders obeyed"], scores["orders quoted"] / 2)
        case Claim():
            return abs(scores[STOPPED] - scores[BAD])
    return 0.0


def _shown(case: Entry, result: Result, letters: Mapping[str, Letter]) -> Iterator[str]:
    """Question, answer, cited paragraphs, and what was expected."""
    outcome = result.outcome
    yield f"### {escaped(case.id)} ({case.group}, {case.language})"
    if isinstance(case, Claim):
        yield f"Claim: {escaped(case.text)}"
        yield f"{'Stopped by ' + outcome.stopped_by if outcome.stopped_by else 'Let through'}. Its sources:"
    else:
        yield f"**{escaped(case.question)}**" if isinstance(case, Case | Plant | Question) else ""
    if isinstance(case, Exchange) and case.before:
        yield f"After: {escaped(' / '.join(case.before))}"
    if isinstance(case, Plant):
        yield f"The order, after paragraph {case.after}: {escaped(case.plant)}"
    if outcome.answer is not None:
        said = " ".join(sentence.text for sentence in outcome.answer.sentences)
        yield f"Answer ({outcome.answer.confidence:.2f}): {escaped(said or outcome.answer.message or '')}"
        cited = {(c.label, c.text) for sentence in outcome.answer.sentences for c in sentence.citations}
        yield from (f"> {escaped(label)}: {escaped(text)}" for label, text in sorted(cited))
    elif isinstance(case, Case):
        yield "Hits: " + ", ".join(f"{hit.letter} {hit.paragraphs}" for hit in outcome.hits[:5])
    if isinstance(case, Case):
        yield f"Expected: {escaped(case.answer)}" if case.answer else "Expected:"
    if isinstance(case, RecordQuestion) and case.cites:
        yield f"Expected: {escaped(', '.join(one.text for one in case.values))}, of {', '.join(case.cites)}"
    for place in case.places:
        text = unit_at(place, letters).text
        note = f", note {place.footnote}" if place.footnote else ""
        yield f"> {place.letter}, paragraph {place.paragraph}{note}: {escaped(text)}"


def escaped(text: str) -> str:
    """Text that Markdown takes for text: a letter may hold anything."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", " ".join(text.split()))


def _pictures(results: Results) -> Iterator[str]:
    columns = table(results.scores, results.results)
    if "recall@1" in columns:
        yield recall_plot(columns)
    if CONFIDENCE in columns:
        yield risk_plot(columns)
