"""What finds the points of each part of a briefing among the statements of one letter, in the order of the letter."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kamerbrief.briefings.find import cues
from kamerbrief.briefings.find.actors import actors
from kamerbrief.briefings.find.dates import coming, dates
from kamerbrief.briefings.find.figures import figures
from kamerbrief.briefings.find.points import Candidate, Neighbour, Point
from kamerbrief.briefings.find.statements import LEAST_WORDS
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.records.briefings import Actor, Commitment, Event, Figure, Note
from kamerbrief.records.letters import Letter

PROMISED = 0.65  # the chance from which on a statement is called a promise; so for the others
SURELY = 0.5  # and where its words promise by themselves; of held-out sentences 86 of 100 are promises with these two
DECIDED = 0.4
OPEN = 0.4
LEAST_TOLD = 4  # words of a sentence that is held against another letter's
KEPT = 40  # lines of a letter among which key points are chosen
ALL = "all"  # the name of all that a letter says
MOST_WORDS = 75  # of a line: longer ones are no points


def find_key_points(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    """The lines that are likeliest to be key facts, the likeliest first, each with the sentences around it."""
    around = defaultdict(list)
    for one in of_letter:
        place = Neighbour(one.statement.start, one.statement.end, one.words, one.worth["key"])
        around[one.statement.paragraph.number].append(place)
    likeliest = sorted(_standing_alone(of_letter), key=lambda one: -one.worth["key"])[:KEPT]
    for one in likeliest:
        yield replace(one.point(), around=tuple(around[one.statement.paragraph.number]))


def find_decisions(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    for one in _standing_alone(of_letter):
        if one.worth["decision"] >= DECIDED or (
            cues.decides(one.text, one.lexicon) and one.worth["decision"] >= DECIDED / 2
        ):
            yield one.point()


def find_open_points(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    for one in _standing_alone(of_letter):
        if one.worth["open"] >= OPEN or (cues.leaves_open(one.text, one.lexicon) and one.worth["open"] >= OPEN / 2):
            yield one.point()


def find_promises(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    """Also those that point back: who promised is told, and by when."""
    for one in _whole(of_letter):
        letter = one.statement.letter
        sure = cues.promises(one.text, one.lexicon, bool(letter.date and one.deadline))
        if one.worth["promise"] >= (SURELY if sure else PROMISED) and not cues.takes_back(one.text, one.lexicon):
            yield one.point(Commitment, who=cues.who(one.text, one.lexicon, letter.signatories), deadline=one.deadline)


def noted_promise(note: Note, letter: Letter) -> Commitment:
    """What a model noted of a letter as a promise, with who does it and by when."""
    lexicon = lexicon_of(letter.language)
    return Commitment(
        text=note.text,
        citations=note.citations,
        writer=note.writer,
        who=cues.who(note.text, lexicon, letter.signatories),
        deadline=coming(dates(note.text, letter.date, lexicon), letter.date),
    )


def find_all(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    """All that a letter says of the matter, to hold it against another letter."""
    for one in _sentences(of_letter):
        courtesy = one.lexicon.pattern("briefings.statements.courtesy")
        if one.words >= LEAST_TOLD and not one.text.rstrip().endswith((":", "?")) and not courtesy.search(one.text):
            yield one.point()


def find_figures(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    """Those of tables too."""
    for one in of_letter:
        for start, end in figures(one.text, one.lexicon):
            yield one.point(Figure, number=one.text[start:end], date=one.statement.letter.date)


def find_events(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    for one in _sentences(of_letter):
        for date in one.dates:
            yield one.point(Event, date=date)


def find_actors(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    """Each where the letter names it first."""
    named: set[str] = set()
    for one in _sentences(of_letter):
        for name, part in actors(one.text, one.lexicon):
            if name not in named:
                named.add(name)
                yield one.point(Actor, name=name, part=part)


def _sentences(of_letter: Iterable[Candidate]) -> Iterator[Candidate]:
    return (one for one in of_letter if not one.in_table)


def _whole(of_letter: Iterable[Candidate]) -> Iterator[Candidate]:
    """The sentences that say something of the matter."""
    for one in _sentences(of_letter):
        courtesy = one.lexicon.pattern("briefings.statements.courtesy")
        if one.words >= LEAST_WORDS and not one.text.rstrip().endswith((":", "?")) and not courtesy.search(one.text):
            yield one


def _standing_alone(of_letter: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of those the ones that are understood alone and are not too long for a line."""
    return (one for one in _whole(of_letter) if one.start is not None and one.words <= MOST_WORDS)
