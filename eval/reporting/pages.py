"""Tables on pages, written from what was measured.

A page holds a table between `<!-- table: NAME -->` and `<!-- end -->`; `eval/tables/NAME.md` is its template (Jinja).
In it a figure is named by the record that keeps it (`eval/measured`) and its name there:

    share("golden-test", "citation precision")              .87, or with digits=3 .873
    held("golden-test", "citation precision", "≥ .90")      the same, in bold where it misses the goal
    interval("golden-test", "citation precision")           .78 to .95
    count("golden-test", "near answered")                   4 of 9; others(…) counts those it is not: 5 of 9
    best("vital facts covered", "briefings-lead-test", …)  the highest of several
    number("speed-asking", "…")                             1,019; text(…) what a value says that is no number
    record("speed-asking").figures                          all of a record, to be gone through; figure(…) one
"""

import operator
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from eval.checked import EvalError
from eval.paths import ROOT, TABLES
from eval.reporting.measured import Measured, Value, load

_TABLE = re.compile(r"(<!-- table: ([a-z0-9-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_GOALS = {"≥": operator.ge, "≤": operator.le, "": operator.eq}


def pages() -> list[Path]:
    """The pages that tables may be on."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def rewritten(page: str) -> str:
    """A page with its tables as the figures are. Raises EvalError for a table without a template, or a figure that is
    not kept."""
    return _TABLE.sub(lambda found: f"{found[1]}{rendered(found[2])}{found[4]}", page)


def stale() -> list[str]:
    """The tables that differ from the figures that are kept, as "page: table"."""
    return [
        f"{page.relative_to(ROOT)}: {name}"
        for page in pages()
        for _, name, there, _ in _TABLE.findall(page.read_text("utf-8"))
        if there != rendered(name)
    ]


def rendered(name: str) -> str:
    """A table in Markdown. Raises EvalError."""
    environment = Environment(
        loader=FileSystemLoader(TABLES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        share=share,
        held=held,
        best=best,
        interval=interval,
        count=count,
        others=others,
        number=number,
        text=text,
        figure=figure,
        record=record,
    )
    try:
        return environment.get_template(f"{name}.md").render()
    except TemplateError as error:
        raise EvalError(f"{TABLES / name}.md: {type(error).__name__}: {error}") from None


def record(name: str) -> Measured:
    return load(name)


def figure(name: str, of: str) -> Value:
    if of not in record(name).figures:
        raise EvalError(f"eval/measured/{name}.json has no figure {of!r}")
    return record(name).figures[of]


def share(name: str, of: str, digits: int = 2) -> str:
    return as_share(_number(name, of), digits)


def as_share(value: float, digits: int = 2) -> str:
    """A share without its leading zero, as it is written in tables: .87, 1.00."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return re.sub(r"^(-?)0\.", r"\1.", str(rounded))


def held(name: str, of: str, goal: str, digits: int = 2) -> str:
    """A share, in bold when it misses its goal as it is written."""
    written, wanted = share(name, of, digits), re.fullmatch(r"([≥≤]?) ?(\d*\.?\d+)", goal)
    if not wanted:
        raise EvalError(f"a goal is written as ≥ .90, not {goal!r}")
    return written if _GOALS[wanted[1]](float(written), float(wanted[2])) else f"**{written}**"


def best(of: str, *names: str) -> str:
    """The highest share of several records."""
    return as_share(max(_number(name, of) for name in names))


def interval(name: str, of: str, digits: int = 2) -> str:
    value = figure(name, of)
    if value.low is None or value.high is None:
        raise EvalError(f"eval/measured/{name}.json: {of!r} has no interval")
    return f"{as_share(value.low, digits)} to {as_share(value.high, digits)}"


def count(name: str, of: str) -> str:
    """How many of how many a share is."""
    n = _of_how_many(name, of)
    return f"{round(_number(name, of) * n)} of {n}"


def others(name: str, of: str) -> str:
    """How many of how many it is not."""
    n = _of_how_many(name, of)
    return f"{n - round(_number(name, of) * n)} of {n}"


def number(name: str, of: str, digits: int = 0) -> str:
    return f"{_number(name, of):,.{digits}f}"


def text(name: str, of: str) -> str:
    return figure(name, of).text


def _number(name: str, of: str) -> float:
    value = figure(name, of).value
    if value is None:
        raise EvalError(f"eval/measured/{name}.json: {of!r} is no number")
    return value


def _of_how_many(name: str, of: str) -> int:
    n = figure(name, of).n
    if n is None:
        raise EvalError(f"eval/measured/{name}.json: {of!r} does not say of how many")
    return n
