"""Items one by one, and what they come to."""

from collections.abc import Generator

import pytest

from kamerbrief.streams import Stream


def counted(upto: int, left: list[str]) -> Generator[int, None, str]:
    try:
        for number in range(upto):
            if number == 3:
                raise LookupError("three")
            yield number
        return f"{upto} numbers"
    finally:
        left.append("left")


def test_the_items_come_and_then_the_result() -> None:
    stream = Stream(counted(2, []))
    assert list(stream) == [0, 1]
    assert stream.result == "2 numbers"
    assert list(stream) == []
    assert stream.finish() == "2 numbers"


def test_finishing_passes_over_the_items_to_come() -> None:
    stream = Stream(counted(3, []))
    assert next(stream) == 0
    assert stream.finish() == "3 numbers"


def test_a_result_of_nothing_is_a_result() -> None:
    def nothing() -> Generator[int, None, None]:
        yield 1

    stream = Stream(nothing())
    with pytest.raises(ValueError, match="to its end, and has no result: iterate on"):
        _ = stream.result
    assert stream.finish() is None


def test_there_is_no_result_before_the_end() -> None:
    stream = Stream(counted(1, []))
    assert next(stream) == 0
    with pytest.raises(ValueError, match="has no result"):
        _ = stream.result


def test_closing_stops_the_work_and_leaves_no_result() -> None:
    left: list[str] = []
    with Stream(counted(3, left)) as stream:
        next(stream)
    assert left == ["left"]
    assert list(stream) == []
    with pytest.raises(ValueError, match="has no result"):
        stream.finish()


def test_work_that_fails_raises_and_leaves_no_result() -> None:
    stream = Stream(counted(5, []))
    with pytest.raises(LookupError, match="three"):
        stream.finish()
    with pytest.raises(ValueError, match="has no result"):
        _ = stream.result


def test_nothing_is_done_before_the_first_item_is_asked_for() -> None:
    left: list[str] = []
    Stream(counted(1, left)).close()
    assert left == []


def test_who_forgets_a_stream_stops_the_work() -> None:
    left: list[str] = []
    stream = Stream(counted(2, left))
    next(stream)
    del stream
    assert left == ["left"]
