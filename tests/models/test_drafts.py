"""A model's reply is read as it grows: what is complete is given at once, and nonsense does no harm."""

import json
from typing import Any

import pytest

from kamerbrief.models.drafts import MOST_CHARACTERS, MOST_LABELS, MOST_SENTENCES, Parsed, parse_draft, parse_field
from kamerbrief.records.answers import DraftSentence

HELMETS = DraftSentence(text="Er zijn 1.000 helmen geleverd.", labels=("1.1",))
VESTS = DraftSentence(text='De minister noemt ze "vesten" {licht}, [en] é.', labels=("1.2", "2.3"))


def item(sentence: DraftSentence, *, labels_last: bool = False) -> dict[str, Any]:
    fields = [("sources", list(sentence.labels)), ("text", sentence.text)]
    return dict(reversed(fields) if labels_last else fields)


def reply(*sentences: DraftSentence, indent: int | None = None, **form: Any) -> str:
    return json.dumps({"sentences": [item(one, **form) for one in sentences]}, indent=indent)


def citing(labels: str) -> str:
    """A reply whose one sentence has these labels, in JSON."""
    return f'{{"sentences": [{{"sources": {labels}, "text": "Ja."}}]}}'


def numbered(count: int) -> list[DraftSentence]:
    return [DraftSentence(text=f"Zin {number}.", labels=("1.1",)) for number in range(count)]


BOTH = reply(HELMETS, VESTS)
FORMS = {
    "plain": BOTH,
    "on lines": reply(HELMETS, VESTS, indent=2),
    "close": BOTH.replace(", {", ",{").replace(": ", ":"),
    "labels last": reply(HELMETS, VESTS, labels_last=True),
    "letters as they are": json.dumps(json.loads(BOTH), ensure_ascii=False),
    "in a fence": f"```json\n{BOTH}\n```",
    "in prose": f"Hier is het antwoord:\n\n{BOTH}\n\nIk hoop dat dit helpt!",
    "with a field before": BOTH.replace("{", '{"thoughts": ["Eerst {dit}."], ', 1),
    "with an odd item": BOTH.replace('[{"sources"', '[null, {"sources": ["9.9"]}, {"sources"', 1),
}
FIELD_BEHIND = BOTH[:-1] + ', "sure": {"how": "zeer"}, "why": "het staat er, "}'


@pytest.mark.parametrize("text", [*FORMS.values(), FIELD_BEHIND], ids=[*FORMS, "with a field behind"])
def test_a_whole_reply_gives_its_sentences(text: str) -> None:
    assert parse_draft(text, whole=True) == Parsed(sentences=(HELMETS, VESTS))


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_sentence_is_given_once_its_brace_is_closed_and_stays(text: str) -> None:
    ends = [text.index("}", text.index(words)) + 1 for words in ("geleverd", "[en]")]
    for length in range(len(text) + 1):
        complete = (HELMETS, VESTS)[: sum(end <= length for end in ends)]
        got = parse_draft(text[:length], whole=False)
        assert got is not None
        assert got.sentences == complete, text[:length]


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_what_the_token_limit_cuts_off_keeps_its_complete_sentences(text: str) -> None:
    first = text.index("}", text.index("geleverd")) + 1
    for length in range(first, text.index("vesten") + 6):
        got = parse_draft(text[:length], whole=True)
        assert got is not None
        assert got.sentences == (HELMETS,), text[:length]


@pytest.mark.parametrize(
    ("so_far", "growing"),
    [
        ('{"sentences": [', ()),
        ('{"sentences": [{"sources": ["2.', ()),
        ('{"sentences": [{"sources": ["2.3"', ("2.3",)),
        ('{"sentences": [{"sources": ["2.3", "2.4"], "te', ("2.3", "2.4")),
        ('{"sentences": [{"sources": ["2.3"], "text": "Er zijn', ("2.3",)),
        ('{"sentences": [{"sources": ["2.3"], "text": "Ja."}', ()),
        ('{"sentences": [{"sources": ["2.3"], "text": "Ja."},', ()),
        ('{"sentences": [{"sources": ["2.3"], "text": "Ja."}, {"sources": ["1.1"], ', ("1.1",)),
        ('{"sentences": [{"sources": ["2.3"], "text": "Ja."}]', ()),
        ('{"sentences": [{"text": "Er zijn', ()),
        ('{"sentences": [{"text": "Ja.", "sources": ["2.3"', ("2.3",)),
    ],
)
def test_the_labels_of_a_sentence_are_there_before_its_text(so_far: str, growing: tuple[str, ...]) -> None:
    got = parse_draft(so_far, whole=False)
    assert got is not None
    assert got.growing == growing


MANY = [f"{number}.1" for number in range(1, 10_001)]


@pytest.mark.parametrize(
    ("labels", "read"),
    [
        ('["2.3"]', ("2.3",)),
        ('["2.3", "2.4", "2.3"]', ("2.3", "2.4")),
        ('["[2.3]"]', ("2.3",)),
        ('"2.3"', ("2.3",)),
        ('"[2.3], [2.4]"', ("2.3", "2.4")),
        ('["2.3, 2.4"]', ("2.3", "2.4")),
        ('["2.3 en 2.4."]', ("2.3", "2.4")),
        ('["Bron 2.3"]', ("2.3",)),
        ("[2.3]", ("2.3",)),
        ("2.3", ("2.3",)),
        ('[["2.3"], {"label": "2.4"}]', ("2.3", "2.4")),
        ('["10^12"]', ()),
        ('["1000000000000.1"]', ()),
        ('["1.1000000000000"]', ()),
        ('["2.3.4"]', ()),
        ('["-"]', ()),
        ("[]", ()),
        ("[2]", ()),
        ("[null, true, {}]", ()),
        ("null", ()),
        ("1e400", ()),
        (json.dumps(MANY), tuple(MANY[:MOST_LABELS])),
        (json.dumps(", ".join(MANY)), tuple(MANY[:MOST_LABELS])),
    ],
)
def test_labels_are_read_in_whatever_form_they_come(labels: str, read: tuple[str, ...]) -> None:
    got = parse_draft(citing(labels), whole=True)
    assert got is not None
    assert got.sentences == (DraftSentence(text="Ja.", labels=read),)


@pytest.mark.parametrize(
    ("sentences", "given", "enough"),
    [
        ([], [], False),
        ([HELMETS, VESTS], [HELMETS, VESTS], False),
        ([HELMETS, HELMETS], [HELMETS], True),
        ([HELMETS, VESTS, HELMETS], [HELMETS, VESTS], True),
        ([HELMETS, VESTS, DraftSentence(text=HELMETS.text, labels=("3.1",))], [HELMETS, VESTS], True),
        ([HELMETS] * 10_000, [HELMETS], True),
        (numbered(MOST_SENTENCES - 1), numbered(MOST_SENTENCES - 1), False),
        (numbered(10_000), numbered(MOST_SENTENCES), True),
    ],
    ids=["none", "two", "again", "again later", "with other labels", "for ever", "just short", "10,000"],
)
def test_more_than_is_of_use_is_not_read(
    sentences: list[DraftSentence], given: list[DraftSentence], enough: bool
) -> None:
    got = parse_draft(reply(*sentences), whole=False)
    assert got == Parsed(sentences=tuple(given), enough=enough)


def test_a_sentence_is_one_line_of_some_length() -> None:
    text = " Er\nzijn\t 1.000  helmen. " + "x" * 5_000
    got = parse_draft(json.dumps({"sentences": [{"sources": [], "text": text}]}), whole=True)
    assert got is not None
    (sentence,) = got.sentences
    assert sentence.text.startswith("Er zijn 1.000 helmen. xx")
    assert len(sentence.text) == MOST_CHARACTERS


NO_REPLY = [
    "",
    "Ja.",
    "{}",
    "[]",
    "null",
    '{"answer": "Ja."}',
    '{"sentences": "Ja."}',
    '{"sentences": null}',
    "{Ja}",
    "}{",
]


@pytest.mark.parametrize("text", NO_REPLY)
def test_what_is_no_reply_gives_none(text: str) -> None:
    assert parse_draft(text, whole=True) is None


NO_SENTENCE = [
    "null",
    "7",
    '"Ja."',
    "[]",
    "{}",
    '{"text": ""}',
    '{"text": " \\n"}',
    '{"text": 7}',
    '{"text": ["Ja."]}',
    "NaN",
]


@pytest.mark.parametrize("one", NO_SENTENCE)
def test_what_is_no_sentence_is_left_out(one: str) -> None:
    got = parse_draft(f'{{"sentences": [{one}, {json.dumps(item(HELMETS))}]}}', whole=True)
    assert got == Parsed(sentences=(HELMETS,))


NASTY = {
    "deep lists": citing("[" * 100_000),
    "deep and closed": citing("[" * 150 + "]" * 150),
    "deep objects": '{"sentences": ' * 100_000,
    "braces": "{" * 100_000 + "}" * 100_000,
    "NaN": citing("[NaN, Infinity, -Infinity]"),
    "null": citing("null").replace('"Ja."', "null"),
    "10^400": citing("1" + "0" * 400),
    "10^4299": citing("1" + "0" * 4299),  # the longest that Python writes out
    "10^100000": citing("1" + "0" * 100_000),
    "half a pair": citing('["\ud83d"]'),
    "half a pair, escaped": citing('["\\ud83d"]'),
    "NUL": citing('["\0"]'),
    "the same key twice": '{"sentences": [{"text": "Ja."}], "sentences": 7}',
    "a key of half a pair": '{"\udc00": 1, "sentences": []}',
}


@pytest.mark.parametrize("whole", [False, True], ids=["growing", "whole"])
@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_nasty_input_never_raises(text: str, whole: bool) -> None:
    for length in (len(text), len(text) - 1, len(text) * 2 // 3, len(text) // 2):
        got = parse_draft(text[:length], whole=whole)
        assert got is None or {one.labels for one in got.sentences} <= {()}


def test_a_damaged_reply_is_none_and_spoils_no_later_one() -> None:
    assert parse_draft(NASTY["half a pair"], whole=True) is None
    assert parse_draft(NASTY["half a pair, escaped"], whole=True) is None
    assert parse_draft(BOTH, whole=True) == Parsed(sentences=(HELMETS, VESTS))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ('{"question": "Hoe hoog?"}', "Hoe hoog?"),
        ('```json\n{"question": "Hoe hoog?"}\n```', "Hoe hoog?"),
        ('{"question": 7}', ""),
        ('{"vraag": "Hoe hoog?"}', ""),
        ('{"question": "Hoe', ""),
        ('{"question": "\ud83d"}', ""),
        ('["question"]', ""),
        ("Hoe hoog?", ""),
        ("}", ""),
        ("", ""),
    ],
)
def test_one_field_of_a_reply(text: str, question: str) -> None:
    assert parse_field(text, "question") == question
