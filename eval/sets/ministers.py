"""The set of questions to ministers: real questions of members with the real answers, built from the documents.

It is never kept in the repository. Gold are all paragraphs of the answer, as alternatives. The questions themselves are
not in the index; pages of other papers beside the answers make it hard.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.sets.cases import Case, CaseSet, Gold, text_hash
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
