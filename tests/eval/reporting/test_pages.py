"""The tables on the pages are those of the figures that were kept."""

import datetime
from pathlib import Path

import pytest

from eval.checked import EvalError
from eval.paths import MEASURED, SETS, TABLES
from eval.reporting import measured, pages
from eval.reporting.measured import Measured, Value, keep, load
from eval.runs.running import SCHEMAS, digest
from eval.sets.cases import load as load_cases

KEPT = Measured(
    command="python -m eval run golden-test --keep",
    date=datetime.date(2026, 11, 28),
    commit="0" * 40,
    figures={
        "recall": Value(value=0.5, low=0.25, high=0.8125, n=8),
        "whole": Value(value=1.0),
        "characters": Value(value=1019.4),
        "told": Value(text="94 paragraphs/s"),
    },
)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one record, and one for templates."""
    monkeypatch.setattr(measured, "MEASURED", tmp_path / "kept")
    monkeypatch.setattr(pages, "TABLES", tmp_path)
    keep("made", KEPT)
    return tmp_path


def test_no_table_on_a_page_is_stale() -> None:
    assert pages.stale() == [], "write them anew with `python -m eval tables`"


def test_every_template_and_every_record_is_of_use() -> None:
    shown = "".join(page.read_text() for page in pages.pages())
    templates = {path.stem: path.read_text() for path in TABLES.glob("*.md")}
    assert [name for name in templates if f"<!-- table: {name} -->" not in shown] == []
    used = "".join(templates.values())
    assert [path.stem for path in MEASURED.glob("*.json") if f'"{path.stem}"' not in used] == []


@pytest.mark.parametrize("path", sorted(MEASURED.glob("*.json")), ids=lambda path: path.stem)
def test_what_is_kept_was_measured_on_the_set_as_it_is(path: Path) -> None:
    found = load(path.stem)
    assert found.figures
    assert found.command.startswith("python -m eval ")
    if found.set in SCHEMAS:
        cases = load_cases(SETS / f"{found.set}.jsonl", SCHEMAS[found.set])
        assert found.set_sha256 == digest(cases), f"the set {found.set} is another one now: {found.command}"


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ('{{ share("made", "recall") }}', ".50"),
        ('{{ share("made", "recall", 3) }}', ".500"),
        ('{{ share("made", "whole") }}', "1.00"),
        ('{{ held("made", "recall", "≥ .50") }}', ".50"),
        ('{{ held("made", "recall", "≥ .51") }}', "**.50**"),
        ('{{ held("made", "recall", "≤ .49") }}', "**.50**"),
        ('{{ held("made", "whole", "1.00") }}', "1.00"),
        ('{{ interval("made", "recall") }}', ".25 to .81"),
        ('{{ count("made", "recall") }}, {{ others("made", "recall") }}', "4 of 8, 4 of 8"),
        ('{{ number("made", "characters") }}', "1,019"),
        ('{{ text("made", "told") }}', "94 paragraphs/s"),
    ],
)
def test_a_figure_is_written_as_its_template_wants_it(kept: Path, template: str, written: str) -> None:
    (kept / "some.md").write_text(f"| {template} |\n")
    assert pages.rewritten("a\n<!-- table: some -->\nold\n<!-- end -->\nb") == (
        f"a\n<!-- table: some -->\n| {written} |\n<!-- end -->\nb"
    )


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ('{{ share("made", "precision") }}', r"made\.json has no figure 'precision'"),
        ('{{ share("absent", "recall") }}', r"absent\.json cannot be read"),
        ('{{ share("made", "told") }}', r"made\.json: 'told' is no number"),
        ('{{ interval("made", "whole") }}', r"made\.json: 'whole' has no interval"),
        ('{{ count("made", "whole") }}', r"made\.json: 'whole' does not say of how many"),
        ('{{ held("made", "whole", "much") }}', "a goal is written as"),
        ("{{ odd }}", r"some\.md: UndefinedError"),
    ],
)
def test_a_figure_that_is_not_kept_is_told(kept: Path, template: str, complaint: str) -> None:
    (kept / "some.md").write_text(template)
    with pytest.raises(EvalError, match=complaint):
        pages.rendered("some")


def test_a_figure_that_changed_makes_its_table_stale(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kept / "some.md").write_text('| {{ share("made", "recall") }} |\n')
    page = kept / "page.md"
    page.write_text(pages.rewritten("<!-- table: some -->\n<!-- end -->\n"))
    monkeypatch.setattr(pages, "pages", lambda: [page])
    monkeypatch.setattr(pages, "ROOT", kept)
    assert pages.stale() == []
    keep("made", KEPT.model_copy(update={"figures": {"recall": Value(value=0.51)}}))
    assert pages.stale() == ["page.md: some"]


def test_what_is_kept_comes_back(kept: Path) -> None:
    assert load("made") == KEPT
    (kept / "kept" / "made.json").write_text('{"command": ""}')
    with pytest.raises(EvalError, match=r"made\.json: command: "):
        load("made")
