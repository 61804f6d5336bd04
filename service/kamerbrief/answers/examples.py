"""Questions to begin with, out of the letters themselves: only such as are found to be answered from the letter that
they come from."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.records.answers import Answer
from kamerbrief.records.letters import Letter

_TRIES = 2  # questions of each kind of one letter
_SHORTEST, _LONGEST = 30, 150  # characters of a question that members asked
_HEADING = re.compile(r"[^\W\d_][\w-]+(?: [\w-]+){1,6}")
_SUBJECT = 90  # characters


def examples(letters: Iterable[Letter], ask: Callable[[str], Answer], count: int) -> list[str]:
    """At most `count` questions, of each letter one before any has another, and not all of one kind. `ask` answers; a
    question that it does not answer, or out of another letter, is none."""
    waiting = [(letter.id, asked_of(letter, lexicon_of(letter.language))) for letter in letters]
    found: list[str] = []
    kinds: Counter[str] = Counter()
    while waiting and len(found) < count:
        letter_id, questions = waiting.pop(0)
        for kind, question in questions:
            if kinds[kind] < max(1, count - 1) and _answered(ask(question), letter_id):
                found.append(question)
                kinds[kind] += 1
                waiting.append((letter_id, questions))
                break
    return found


def asked_of(letter: Letter, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """What could be asked of a letter, each with its kind: what members asked, unless they ask the minister himself;
    what it says about its subject, and under a heading; who signed."""
    kinds = {section.number: section.kind for section in letter.sections}
    to_whom = re.compile(rf"\b(?:{lexicon.any_of('examples.to_whom')})\b", re.IGNORECASE)
    members = (
        one.text
        for one in letter.paragraphs
        if kinds[one.section] == "question"
        and _SHORTEST < len(one.text) < _LONGEST
        and one.text.count("?") == 1
        and one.text.endswith("?")
        and not to_whom.search(one.text)
    )
    yield from (("members", one) for one in islice(members, _TRIES))
    subject = letter.title or letter.dossier_name or ""
    if 0 < len(subject) < _SUBJECT and not re.search(r"[«“\"]", subject):
        yield "about", lexicon.text("examples.about").format(subject=_inside(subject))
    headings = (
        section.heading
        for section in letter.sections
        if section.kind == "text" and section.heading and _HEADING.fullmatch(section.heading)
    )
    for heading in islice(headings, _TRIES):
        yield "under", lexicon.text("examples.about").format(subject=_inside(heading))
    if letter.signatories and 0 < len(subject) < _SUBJECT:
        yield "signed", lexicon.text("examples.signed").format(subject=_inside(subject))


def _inside(words: str) -> str:
    """As they stand within a sentence: names of several capitals keep theirs."""
    return words if words[1:2].isupper() else words[0].lower() + words[1:]


def _answered(answer: Answer, letter_id: str) -> bool:
    cited = {citation.letter for sentence in answer.sentences for citation in sentence.citations}
    return cited == {letter_id}
