"""The table of parts: what an entry says is searched for, chosen, shown and told in the guide."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from kamerbrief.briefings.choose.composing import compose, rooms
from kamerbrief.briefings.find.points import Candidate, Point, find_points
from kamerbrief.briefings.find.statements import statements
from kamerbrief.briefings.forms.layout import lay_out
from kamerbrief.briefings.parts import PARTS, Part, words
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.records.briefings import Briefing, Line
from tests.briefings.made import LETTER, sample
from tests.conftest import ROOT


class Allied(Briefing):
    """A briefing with one more part."""

    allies: tuple[Line, ...] = ()


def find_allies(of_letter: Sequence[Candidate]) -> Iterator[Point]:
    for one in of_letter:
        if "Verenigde Staten" in one.text and one.start is not None:
            yield one.point()


ALLIES = Part("allies", find=find_allies, turn=1, room=words(100, 200, 300))


def naming_allies() -> Lexicon:
    """Dutch with the words of the new part."""
    dutch = lexicon_of("nl")
    forms = dutch.table("briefings.forms")
    headings = {**forms["headings"], "allies": "Bondgenoten"}
    columns = {**forms["columns"], "allies": ["Wat"]}
    told = {**dutch.table("briefings"), "forms": {**forms, "headings": headings, "columns": columns}}
    return replace(dutch, data={**dutch.data, "briefings": told})


def test_an_entry_a_field_and_its_words_are_all_that_a_new_part_needs() -> None:
    parts = (*PARTS, ALLIES)
    noise = np.random.default_rng(1)
    of_letter = [
        replace(one, vector=noise.normal(size=384).astype(np.float32)) for one in statements(LETTER, chunks=[])
    ]
    found = find_points(LETTER, of_letter, {part.name: part.find for part in parts if part.find})
    lines, shown = compose([found], "normal", parts=parts)
    briefing = Allied.model_validate({**dict(sample()), **lines, "shown": shown})
    block = next(block for block in lay_out(briefing, naming_allies(), parts).blocks if block.name == "allies")
    assert block.heading == "Bondgenoten"
    told = [cell.text for (cell,) in block.rows]
    assert told == [line.text for line in briefing.allies]
    assert any("Verenigde Staten" in text for text in told)
    assert all(cell.marks for (cell,) in block.rows)
    assert sum(len(text.split()) for text in told) <= rooms("normal", found.words, parts)["allies"] <= 200


def test_the_guide_names_every_part_in_the_order_of_reading() -> None:
    headings = lexicon_of("nl").table("briefings.forms.headings")
    table = (ROOT / "docs" / "briefings.md").read_text().split("| part | what |")[1].split("\n\n")[0]
    assert re.findall(r"^\| ([A-Z][\w ]+) \|", table, re.MULTILINE) == [headings[part.name] for part in PARTS]


def test_every_part_is_a_field_of_the_briefing_and_takes_its_points_in_turn() -> None:
    assert {part.name for part in PARTS} <= {*Briefing.model_fields}
    turns = [part.turn for part in PARTS if part.find]
    assert len(set(turns)) == len(turns)
