"""From a question to an answer, step by step. What is proven first leaves first.

    understand   what is asked, and whether it can be              understanding.py
    reply        to thanks and greetings, and no more               talk.py
    look up      what the letters' own records answer               record.py
    follow up    the question as it stands without the turns       follow_ups.py
    look         of which letter, where it names one; for the      looking.py: naming.py,
                 best chunks for each of its parts; what the       question_parts.py, extractive.py
                 letters' own sentences say to it, how sure
    write        what a language model drafts, where there is      drafting.py, chat_writer.py
                 one; then what was read
    prove        each drafted sentence, and whether it is to       selection.py, proof/
                 the point
    tell         the record of it all                              telling.py

Understanding comes before the rest, so that what is wrong with a question is known at once (Kamerbrief.stream).

The extractive writer always reads: it costs no tokens, tells how sure an answer is and which paragraphs may hold it,
and adds what a model's draft does not prove.
"""

from collections.abc import Generator
from functools import partial

from kamerbrief.answers.drafting import write
from kamerbrief.answers.follow_ups import Followed, follow_up
from kamerbrief.answers.looking import look
from kamerbrief.answers.means import Asked, Means
from kamerbrief.answers.record import Recorded, from_records
from kamerbrief.answers.selection import prove
from kamerbrief.answers.talk import small_talk, without_opening
from kamerbrief.answers.telling import Said, tell, tell_unsearched
from kamerbrief.models.spending import Usage
from kamerbrief.models.writing import Written
from kamerbrief.records.answers import Answer, Sentence
from kamerbrief.stopwatch import Stopwatch
from kamerbrief.streams import Stream


def answer(by: Means, asked: Asked) -> Generator[Sentence, None, Answer]:
    """The proven sentences as they come, and in the end the whole answer.

    Raises PromptError, and ModelError where the model fails and nothing stands in.
    """
    clock, usage = Stopwatch(), Usage()
    if reply := small_talk(asked.question):
        replied = tell_unsearched(by, asked, Said(clock, asked.question.lexicon), reply)
        by.log(replied)
        return replied
    own = without_opening(asked.question)
    with by.store.reading() as store:
        recorded = from_records(by, store, asked, own)
    if recorded:
        return (yield from _say(by, asked, recorded, Said(clock, asked.question.lexicon)))
    said = Said(clock, asked.question.lexicon)
    chat = by.chat if asked.writer == "model" else None
    spent = by.purse.empty() if chat else None
    if spent and not by.stand_in:
        raise spent
    model = None if spent else chat
    try:
        followed = Followed(own)
        if asked.turns:
            with clock("condense"):
                reword = partial(model.condense, usage=usage) if model else None
                followed = follow_up(own, asked.turns, reword)
        looked = look(by, followed, asked, clock)
        question, proposal = looked.named.question, looked.proposal
        model = None if looked.named.missing else model
        with Stream(write(by, model, question, looked.searched, proposal, usage, clock)) as writing:
            for proposed in writing:
                with clock("verify"):
                    judged = prove(by.prover, proposed, question, proposal, said.sentences)
                yield from said.take(judged)
    finally:
        by.purse.pay(usage)
    written = Written(failure=spent) if spent else writing.result
    told = tell(by, asked, looked, followed.failure, written, said, usage)
    by.log(told)
    return told


def _say(by: Means, asked: Asked, recorded: Recorded, said: Said) -> Generator[Sentence, None, Answer]:
    """What the letters' records say, proven by them."""
    for one in recorded.says:
        with said.clock("verify"):
            judged = by.prover.prove(one.draft, one.sources)
        yield from said.take(judged)
    told = tell_unsearched(by, asked, said, recorded.message, recorded.nearest)
    by.log(told)
    return told
