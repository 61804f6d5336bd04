"""The writer that asks a language model. What it writes is a draft, and is not trusted."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamerbrief.answers.excerpts import Excerpt, excerpts_of, fit, harmless
from kamerbrief.answers.question import Question
from kamerbrief.embedding.tokens import count_tokens
from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.models.chat import ChatRequest
from kamerbrief.models.drafts import parse_field
from kamerbrief.models.prompts import Prompt, load_prompt
from kamerbrief.models.spending import Usage
from kamerbrief.models.writing import ChatClient, Prepare, Writing, write
from kamerbrief.proof.sources import Sources
from kamerbrief.records.answers import Turn

# cl100k_base counts for all models: others take up to some 30 % more tokens for Dutch.
MARGIN = 1.3


@dataclass(frozen=True)
class TokenBudget:
    """`context` is what the model can take, question and answer; `reserve` is the answer's share of it."""

    context: int
    reserve: int


class ChatWriter:
    """Writes drafts with a model of a server. `prompts` is the folder of the prompt files."""

    name = "model"

    def __init__(self, client: ChatClient, model: str, prompts: Path, budget: TokenBudget) -> None:
        self.model = model
        self._client = client
        self._prompts = prompts
        self._budget = budget

    def write(
        self,
        question: Question,
        sources: Sources,
        today: datetime.date,
        usage: Usage,
        prepare: Prepare = lambda _: None,
    ) -> Writing:
        """The draft of an answer. Raises PromptError.

        `prepare` is called with the labels of a sentence while its text is still being written.
        """
        prompt = self.prompt("answer", question.lexicon)
        given = {"question": harmless(question.text), "today": format_date(today)}
        return self.draft(prompt, given, excerpts_of(sources), usage, prepare)

    def prompt(self, name: str, lexicon: Lexicon) -> Prompt:
        """The prompt for texts in a language, which may be one of another language. Raises PromptError."""
        return load_prompt(self._prompts, name, lexicon.text("models.prompts"))

    def draft(
        self,
        prompt: Prompt,
        given: Mapping[str, object],
        excerpts: Sequence[Excerpt],
        usage: Usage,
        prepare: Prepare = lambda _: None,
    ) -> Writing:
        """The draft that a prompt asks for out of as many of the excerpts as fit, sentence by sentence as the model
        completes them. `given` are the prompt's other variables. Raises PromptError."""

        def request(budget: int) -> ChatRequest:
            fitting = fit(excerpts, self._room(budget, prompt, given))
            system, user = prompt.render(**given, sources=fitting)
            return ChatRequest(self.model, system, user, prompt.schema, self._budget.reserve)

        most = self._budget.context - self._budget.reserve
        return write(self._client, prompt, request, most, usage, prepare)

    def room(self, prompt: Prompt, given: Mapping[str, object]) -> int:
        """How many tokens of excerpts can be put to the model at once."""
        return self._room(self._budget.context - self._budget.reserve, prompt, given)

    def most_tokens(self, prompt: Prompt, given: Mapping[str, object], excerpts: Sequence[Excerpt]) -> Usage:
        """What a draft takes at most, as far as can be told beforehand."""
        asked = count_tokens("".join(prompt.render(**given, sources=excerpts)))
        return Usage(round(asked * MARGIN), self._budget.reserve)

    def _room(self, budget: int, prompt: Prompt, given: Mapping[str, object]) -> int:
        return round(budget / MARGIN) - count_tokens("".join(prompt.render(**given, sources=[])))

    def condense(self, question: Question, turns: Sequence[Turn], usage: Usage) -> str:
        """The question as it stands without the turns before it, in the model's words; "" where it gives none.

        Raises ModelError, PromptError.
        """
        prompt = self.prompt("condense", question.lexicon)
        told = [{"question": harmless(turn.question), "answer": harmless(turn.answer)} for turn in turns]
        system, user = prompt.render(question=harmless(question.text), turns=told)
        request = ChatRequest(self.model, system, user, prompt.schema, self._budget.reserve)
        reply = self._client.chat(request)
        usage.add(request, reply.text, reply)
        return parse_field(reply.text, "question")
