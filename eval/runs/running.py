"""A run: each case asked, judged and put on disk."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, get_args

from eval.checked import EvalError
from eval.metrics import (
    answers,
    briefings,
    changes,
    citations,
    claims,
    conversations,
    drafts,
    findings,
    off_topic,
    plants,
    promises,
    record_questions,
    refusals,
    resources,
    retrieval,
)
from eval.metrics.base import Asked, Measure, Metric, Proves
from eval.paths import SAMPLE, SETS
from eval.runs.checkout import checkout
from eval.runs.results import Meta, Result, appending, begin
from eval.sets import ministers
from eval.sets.briefs import Brief, Sequel
from eval.sets.cases import Case, CaseSet, Claim, Entry, Plant, load
from eval.sets.corpus import further, read_documents, read_further
from eval.sets.planting import planted
from eval.sets.questions import Exchange, OffTopic, RecordQuestion
from eval.systems.library import Library, LostError, System, baseline, library, system
from eval.systems.outcomes import Outcome
from eval.systems.run_files import BRIEFED, Baseline, Run, SetName
from kamerbrief.briefings.choose.composing import most_words
from kamerbrief.records.answers import Refusal, Turn
from kamerbrief.records.letters import Letter

SCHEMAS: dict[SetName, type[Entry]] = {
    "golden": Case,
    "notes": Case,
    "conversations": Exchange,
    "record": RecordQuestion,
    "far-off": OffTopic,
    "injection": Plant,
    "unfaithful": Claim,
    "briefings": Brief,
    "promises": Brief,
    "changes": Sequel,
}
ABSENT = "absent"
"""No folder of the documents: where they are looked for in it, the sample letter is alone."""

_ANSWERS = (retrieval, answers, citations, drafts, refusals, resources)
_MODULES: dict[SetName, Sequence[Any]] = {
    "golden": _ANSWERS,
    "notes": _ANSWERS,
    "ministers": (retrieval,),
    "conversations": (conversations,),
    "record": (record_questions,),
    "far-off": (off_topic,),
    "injection": (plants,),
    "unfaithful": (claims,),
    "briefings": (briefings, findings),
    "promises": (promises,),
    "changes": (changes,),
}


def metrics_of(name: SetName) -> list[Metric[Any]]:
    return [metric for module in _MODULES[name] for metric in module.METRICS]


def measures_of(name: SetName) -> list[Measure]:
    return [measure for module in _MODULES[name] for measure in module.MEASURES]


OF_THEIR_OWN: tuple[SetName, ...] = ("promises", "changes")
"""The sets that are of other letters than the documents."""

Ask = Callable[[Any], Outcome]
Judge = Callable[[Entry, Outcome], Result]


@dataclass(frozen=True)
class Progress:
    """How far a run is: of `total` cases `done` are on disk. `lost` says why it had to end before the last."""

    done: int
    total: int
    lost: str = ""


def load_set(name: SetName, letters: Mapping[str, Letter], data: Path) -> CaseSet[Any]:
    """A set by its name. Raises EvalError."""
    if name == "ministers":
        return ministers.build(letters, data)
    return load(SETS / f"{name}.jsonl", SCHEMAS[name])


def read_letters(name: SetName, data: Path) -> dict[str, Letter]:
    """The letters that a set is about, by name, as far as they are here."""
    if name in OF_THEIR_OWN:
        return read_further(_named(name), data)
    return read_documents(data)


def _named(name: SetName) -> list[str]:
    return sorted({letter for case in load(SETS / f"{name}.jsonl", SCHEMAS[name]).cases for letter in case.needs})


def folder_of(run: Run, data: Path) -> Path:
    """Where the documents are looked for that a run is about."""
    return data / ABSENT if run.letters == "sample" else data


def perform(
    name: str, run: Run, folder: Path, data: Path, cache: Path, *, fresh: bool = False, found: Library | None = None
) -> Iterator[Progress]:
    """Runs what is not yet in the folder, telling the progress after each case. Raises EvalError.

    A system that is lost in the middle ends the run with what it has; the same call goes on from there. `found` is a
    library that holds the run's letters already, for several runs that ask the same one.
    """
    data = folder_of(run, data)
    letters = read_letters(run.set, data)
    cases = load_set(run.set, letters, data)
    asked = cases.askable(letters, run.split)
    if not asked:
        raise EvalError(f"{name}: no case of the set {run.set} can be asked: its letters are not in {data}")
    with _asking(run, letters, data, cache, found) as (ask, proves, described, settings):
        meta = Meta(
            name=name,
            run=run,
            **checkout(),
            started=datetime.now(UTC).isoformat(timespec="seconds"),
            set_sha256=digest(cases),
            letters={letter.id: letter.text_sha256 for letter in letters.values()},
            settings=settings,
            system=described,
            cases=len(asked),
            skipped=sum(run.split in (None, case.split) for case in cases.cases) - len(asked),
        )
        there = begin(folder, meta, fresh=fresh)
        left = [case for case in asked if case.id not in there]
        judge = _judge(metrics_of(run.set), letters, proves)
        yield from _ask_all(left, ask, judge, folder, run.parallel, Progress(len(there), len(asked)))


def _ask_all(
    left: Sequence[Any], ask: Ask, judge: Judge, folder: Path, parallel: int, progress: Progress
) -> Iterator[Progress]:
    """Asks what is left, a result on disk before the progress is told."""
    yield progress
    threads = ThreadPoolExecutor(parallel)
    try:
        with appending(folder) as results:
            for case, outcome in zip(left, threads.map(ask, left), strict=True):
                results.put(judge(case, outcome))
                progress = replace(progress, done=progress.done + 1)
                yield progress
    except LostError as lost:
        yield replace(progress, lost=str(lost))
    finally:
        threads.shutdown(cancel_futures=True)  # what is not begun is for the next time


@contextmanager
def _asking(
    run: Run, letters: Mapping[str, Letter], data: Path, cache: Path, found: Library | None
) -> Iterator[tuple[Ask, Proves | None, dict[str, str], dict[str, str]]]:
    """How a case of the run's set is put, whether `verify` can be asked, and what the system is made of."""
    if run.system in get_args(Baseline):
        extract, made_of = baseline(run.system)

        def extracted(chosen: Sequence[Letter]) -> Outcome:
            return Outcome(lines=tuple(extract(chosen, run.words or most_words(chosen))))

        yield _briefs(extracted, letters), None, made_of, {}
    elif run.set == "injection":
        alone = data / ABSENT
        with library(run, alone, cache) as plain, library(run, alone, cache) as scratch:
            yield _plants(plain, scratch), None, plain.describe(), _settings(plain.kb)
    elif run.system == "library":
        texts = further(_named(run.set), data) if run.set in OF_THEIR_OWN else None
        with nullcontext(found) if found else library(run, data, cache, texts) as kept:
            yield _of_library(run.set, kept, letters), kept.proves, kept.describe(), _settings(kept.kb)
    else:
        with system(run, data) as other:
            yield _questions(other), None, other.describe(), {}


def _of_library(name: SetName, found: Library, letters: Mapping[str, Letter]) -> Ask:
    if name == "unfaithful":
        return _claims(found, letters)
    if name == "conversations":
        return _exchanges(found)
    if name in BRIEFED:
        return _briefs(lambda chosen: Outcome(briefing=found.brief(chosen)), letters)
    return _questions(found)


def _questions(found: System) -> Ask:
    return lambda case: found.ask(case.question)


def _exchanges(found: Library) -> Ask:
    """Each turn is put after those before it, with the answers that these were given; all but an opening alone, too."""

    @cache
    def said(questions: tuple[str, ...]) -> Outcome:
        before = tuple(
            Turn(question=question, answer=_told(said(questions[: number + 1])))
            for number, question in enumerate(questions[:-1])
        )
        return found.ask(questions[-1], before)

    def ask(case: Exchange) -> Outcome:
        outcome = said((*case.before, case.question))
        if case.turn in ("opening", "talk"):
            return outcome
        return outcome.model_copy(update={"answer_alone": said((case.alone,)).answer})

    return ask


def _told(outcome: Outcome) -> str:
    """What a reader of an answer saw."""
    answer = outcome.answer
    return " ".join(s.text for s in answer.sentences) or answer.message or "" if answer else ""


def _briefs(write: Callable[[Sequence[Letter]], Outcome], letters: Mapping[str, Letter]) -> Ask:
    def ask(case: Brief | Sequel) -> Outcome:
        begun = time.perf_counter()
        outcome = write([letters[stem] for stem in case.letters])
        return outcome.model_copy(update={"seconds": time.perf_counter() - begun})

    return ask


def _claims(found: Library, letters: Mapping[str, Letter]) -> Ask:
    def ask(case: Claim) -> Outcome:
        verdict = found.kb.check(case.text, [(letters[s.letter].id, s.paragraph) for s in case.sources])
        return Outcome(stopped_by=verdict.rule if isinstance(verdict, Refusal) else "")

    return ask


def _plants(plain: Library, scratch: Library) -> Ask:
    """The letter with the plant takes the place of the one before it in `scratch`; `plain` has it as it is."""

    def ask(case: Plant) -> Outcome:
        scratch.kb.add(planted(case), name=SAMPLE.name)
        without = plain.ask(case.question).answer
        return scratch.ask(case.question).model_copy(update={"answer_without": without})

    return ask


def _judge(metrics: Sequence[Metric[Any]], letters: Mapping[str, Letter], proves: Proves | None) -> Judge:
    def judge(case: Entry, outcome: Outcome) -> Result:
        asked = Asked(case, outcome, letters, proves)
        scores = {metric.name: value for metric in metrics if (value := metric(asked)) is not None}
        return Result(case=case.id, outcome=outcome, scores=scores)

    return judge


def _settings(kb: Any) -> dict[str, str]:
    """The settings that are no secrets and no folders of this machine."""
    return {
        name: str(value)
        for name, value in kb.settings.model_dump().items()
        if not name.endswith(("_dir", "_key", "_url")) and str(value)
    }


def digest(cases: CaseSet[Any]) -> str:
    """The SHA-256 of a set: of what its cases say, not of how its file is written."""
    return hashlib.sha256("\n".join(case.model_dump_json() for case in cases.cases).encode()).hexdigest()
