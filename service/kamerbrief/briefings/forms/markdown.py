"""A briefing as Markdown: CommonMark with tables and footnotes, as GitHub and pandoc read it."""

import re
from collections.abc import Iterator

from kamerbrief.briefings.forms.layout import Block, Page, lay_out
from kamerbrief.briefings.forms.marking import Row, Said, Source
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.records.briefings import Briefing

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~^$&@]|:(?=//|[\w+-]+:)|(?<=www)\.|(?<=-)-", re.IGNORECASE)
_OPENING = re.compile(r"^(\(?(?:[0-9]{1,9}|[a-z]|[ivxlcdm]+)(?=[.)](?:\s|$))|(?=[-+=:]))", re.IGNORECASE)


def to_markdown(briefing: Briefing, lexicon: Lexicon | None = None) -> str:
    """The whole briefing, the definitions of its footnotes at the end."""
    page = lay_out(briefing, lexicon)
    return "\n\n".join(_blocks(page)) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    yield f"# {inert(page.title)}"
    facts = [f"- {name}: {inert(value)}" for name, value in page.facts]
    letters = [f"  - {_line(row)}" for row in page.letters]
    yield "\n".join([*facts, f"- {page.words['letters']}:", *letters])
    yield from map(inert, page.remarks)
    for block in page.blocks:
        yield f"## {block.heading}"
        if block.rows:
            yield _table(block) if block.columns else "\n".join(f"- {_line(row)}" for row in block.rows)
        if block.rest:
            yield block.rest
    if page.sources:
        yield "\n".join(map(_definition, page.sources))


def _table(block: Block) -> str:
    rows = [block.columns, ["---"] * len(block.columns), *([_said(cell) for cell in row] for row in block.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _line(row: Row) -> str:
    return " – ".join(_said(said) for said in row)


def _said(said: Said) -> str:
    return inert(said.text) + "".join(f"[^{mark.source}]" for mark in said.marks)


def _definition(source: Source) -> str:
    address = f", <{source.url}>" if source.url else ""
    return f"[^{source.number}]: {inert(source.label)}{address}: “{inert(source.quote)}”"


def inert(text: str) -> str:
    """The text so that it renders as itself: a backslash before each sign that could be markup where it stands."""
    return _OPENING.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", text))
