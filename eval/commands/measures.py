"""What is measured without a run: the reading of letters, and the order of what search finds."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from eval.checked import EvalError
from eval.commands.options import DataFolder, Keep
from eval.paths import DATA

AsJson = Annotated[bool, typer.Option("--json", help="print it as JSON")]


def reading(
    data: DataFolder = DATA,
    batch: Annotated[int | None, typer.Option(help="only the truths of this batch; kept apart")] = None,
    as_json: AsJson = False,
    kept: Keep = False,
) -> None:
    """Measures the reading of letters against truths made by hand, and prints every mismatch."""
    from eval.metrics.letter_reading import judge, table, total
    from eval.reporting.measured import Value, keep, of_command
    from eval.sets.truths import documents, load_truths
    from kamerbrief.letters.reading import read_letter

    if not data.is_dir():
        raise EvalError(f"{data} is not there: give the folder of real documents with --data")
    truths = [truth for truth in load_truths() if batch in (None, truth.batch)]
    if not truths:
        raise EvalError(f"there is no truth of batch {batch}")
    judgements = {
        file: judge(truth, read_letter(content, name=file)) for file, content, truth in documents(data, truths)
    }
    scores = {file: judgement.score for file, judgement in judgements.items()}
    scores["all"] = total(scores.values())
    mismatches = {file: judgement.mismatches for file, judgement in judgements.items()}
    if kept:
        found = {
            f"{what}: {name}": Value(value=round(share, 4), n=n)
            for what, counts in scores["all"]._asdict().items()
            for name, share, n in (
                ("precision", counts.precision, counts.found),
                ("recall", counts.recall, counts.true),
            )
        }
        found["documents"] = Value(value=len(judgements))
        name, only = ("reading", "") if batch is None else (f"reading-batch-{batch}", f" --batch {batch}")
        keep(name, of_command(f"python -m eval reading{only} --keep", found))
    if as_json:
        counts = {file: {k: v._asdict() for k, v in score._asdict().items()} for file, score in scores.items()}
        print(json.dumps({"counts": counts, "mismatches": mismatches}, ensure_ascii=False, indent=2))
        return
    print(table(scores))
    for file, lines in mismatches.items():
        for line in lines:
            print(f"{file}: {line}")


def references(
    data: DataFolder = DATA,
    half: Annotated[Literal["dev", "test"], typer.Option(help="of the letters; of test only totals are told")] = "dev",
    kept: Keep = False,
) -> None:
    """Measures how the papers that letters name are found, against what a careful reader found."""
    from eval.metrics.reference_finding import judge, total
    from eval.reporting.measured import Value, keep, of_command
    from eval.sets.references import load_references, read_named

    if not data.is_dir():
        raise EvalError(f"{data} is not there: give the folder of real documents with --data")
    judged = [
        (case, *judge(case, letter)) for case, letter in read_named(data, load_references()) if case.split == half
    ]
    by_group = {
        group: [counts for case, counts, _ in judged if group in ("all", case.group)]
        for group in ("all", *sorted({case.group for case, *_ in judged}))
    }
    found = dict[str, Value]()
    for group, all_counts in by_group.items():
        counts = total(all_counts)
        found[f"{group}: precision"] = Value(value=round(counts.precision, 4), n=counts.found)
        found[f"{group}: recall"] = Value(value=round(counts.recall, 4), n=counts.true)
        print(f"{group:20} {len(all_counts):4} letters  P {counts.precision:.3f} of {counts.found:3}", end="")
        print(f"  R {counts.recall:.3f} of {counts.true:3}")
    if kept:
        keep(f"references-{half}", of_command(f"python -m eval references --half {half} --keep", found))
    for case, _, lines in judged if half == "dev" else ():
        for line in lines:
            print(f"{case.id}: {line}")


def following(data: DataFolder = DATA, kept: Keep = False) -> None:
    """Measures how often search finds what a reference leads to, with and without following references."""
    import tempfile

    from eval.reporting.measured import Value, keep, of_command
    from eval.sets.following import load_followed, papers
    from kamerbrief.library import Kamerbrief

    if not data.is_dir():
        raise EvalError(f"{data} is not there: give the folder of real documents with --data")
    cases = load_followed().cases
    found = dict[str, Value]()
    with tempfile.TemporaryDirectory() as folder, Kamerbrief(folder) as kb:
        added = list(kb.add_all(papers(data)))
        for name, follow in (("as always", False), ("--follow", True)):
            hits = {case.id: kb.search(case.question, k=10, follow=follow) for case in cases}
            missed = [case.id for case in cases if not any(case.words in hit.text for hit in hits[case.id])]
            share = 1 - len(missed) / len(cases)
            found[f"{name}: recall@10"] = Value(value=round(share, 4), n=len(cases))
            print(f"{name:10} recall@10 {share:.3f} of {len(cases)}, in {len(added)} letters; missed: {missed}")
    if kept:
        keep("following", of_command("python -m eval following --keep", found))


def retrieval(
    data: DataFolder = DATA,
    pages: Annotated[int, typer.Option(help="how many pages of other papers stand beside the answers")] = 5023,
    cache: Annotated[Path | None, typer.Option(help="a folder that keeps vectors between runs")] = None,
    context: Annotated[
        Literal["none", "subject", "question"], typer.Option(help="what stands in front of a chunk")
    ] = "subject",
    ask_with_subject: Annotated[bool, typer.Option(help="put the subject in front of each question")] = False,
    variant: Annotated[list[str] | None, typer.Option(help="only this row; may be given again")] = None,
    as_json: AsJson = False,
    kept: Keep = False,
) -> None:
    """Measures how well search finds ministers' answers to members' questions, and other orders beside it."""
    from eval.metrics.ranks import by_halves, table
    from eval.reporting.measured import Value, keep, of_command
    from eval.systems.rankers import AS_SHIPPED, VARIANTS, ranked

    known = [*VARIANTS, AS_SHIPPED]
    if odd := set(variant or ()) - set(known):
        raise EvalError(f"{', '.join(sorted(odd))}: no such row, there are: {', '.join(known)}")
    asked, ranks, chunks = ranked(data, pages, cache, context, ask_with_subject, variant or known)
    rows = by_halves(asked, ranks)
    if kept:
        found = {
            f"{row}: {half}: {measure}": Value(value=round(value, 4))
            for row, halves in rows.items()
            for half, figures in halves.items()
            for measure, value in figures.items()
        }
        words = "".join(f" --variant '{one}'" for one in variant or ())
        command = f"python -m eval retrieval --pages {pages} --context {context}{words} --keep"
        name = f"retrieval-{pages}" if context == "subject" else f"retrieval-{pages}-{context}"
        keep(name, of_command(command, found))
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{len(asked)} questions ({sum(one.dev for one in asked)} dev), {chunks} chunks, context: {context}")
    print("\n".join(table(rows)))
