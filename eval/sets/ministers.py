"""The set of questions to ministers: real questions of members with the real answers, built from the documents.

    python -m eval.sets.ministers [--data ../shared/data]     prints the set as JSON Lines

It is never kept in the repository. Gold are all paragraphs of the answer, as alternatives. The questions themselves are
not in the index; pages of other papers beside the answers make it hard.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.sets.cases import Case, CaseSet, Gold, text_hash
from eval.sets.corpus import DATA, read_documents
from kamerbrief.records.letters import Letter, Section


def build(letters: Mapping[str, Letter], data: Path) -> CaseSet[Case]:
    """A case for every question that has an answer; one answer may serve several ("Antwoord 5 en 6")."""
    found = [
        _case(stem, letter, asked, answer)
        for stem, letter in letters.items()
        for asked, answer in pairs(letter)
        if letter.kind == "answers"
    ]
    return CaseSet(data / "answers-to-members", tuple(found))


def pairs(letter: Letter) -> Iterator[tuple[Section, list[Section]]]:
    """Each section with a question, and the sections that answer it."""
    for asked in letter.sections:
        if asked.kind == "question":
            answers = [s for s in letter.sections if s.kind == "answer" and set(s.numbers) & set(asked.numbers)]
            if answers and question_text(letter, asked):
                yield asked, answers


def question_text(letter: Letter, asked: Section) -> str:
    return "\n".join(p.text for p in letter.paragraphs if p.section == asked.number)


def _case(stem: str, letter: Letter, asked: Section, answers: list[Section]) -> Case:
    numbers = {section.number for section in answers}
    gold = [
        Gold(letter=stem, paragraph=p.number, sha256=text_hash(p.text), start=0, end=len(p.text))
        for p in letter.paragraphs
        if p.section in numbers
    ]
    return Case(
        id=f"{stem}-{asked.number}",
        question=question_text(letter, asked),
        language="nl",
        kind="real",
        paraphrase=False,
        answerable=True,
        unanswerable_kind=None,
        letters=(stem,),
        gold=tuple(gold),
        nuggets=(),
        answer="",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the set of questions to ministers.")
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    for case in build(read_documents(data), data).cases:
        print(json.dumps(case.model_dump(mode="json"), ensure_ascii=False))


if __name__ == "__main__":
    main()
