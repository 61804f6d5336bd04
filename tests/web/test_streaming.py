"""Sentences come one by one, as they are proven; what is not proven is told; a connection that breaks is told too."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from kamerbrief import Kamerbrief
from tests.http.service import QUESTION, serving
from tests.servers import Reply, free_port, piece, scripted_server
from tests.web.browsing import opened
from tests.web.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
TRUE = "Nederland heeft 1.000 helmen geleverd aan de Koerdische Regionale Autoriteiten."
FALSE = "Nederland heeft 2.500 helmen geleverd aan de Koerdische Regionale Autoriteiten."


def slowly(go_on: Event) -> Callable[[Any], Reply]:
    """A model that says what is true, and what is not only when it is told to go on."""

    def reply(request: Any) -> Reply:
        (line,) = [one for one in request["messages"][1]["content"].splitlines() if "1.000 helmen" in one]
        label = line[1 : line.index("]")]
        start, rest = (f'{{"sources": ["{label}"], "text": "{text}"}}' for text in (TRUE, FALSE))

        def body() -> Iterator[bytes]:
            yield b"data: %s\n\n" % json.dumps(piece(f'{{"sentences": [{start}')).encode()
            while not go_on.wait(0.05):
                yield b": waiting\n\n"
            for chunk in (piece(f", {rest}]}}"), piece(finish_reason="stop")):
                yield b"data: %s\n\n" % json.dumps(chunk).encode()
            yield b"data: [DONE]\n\n"

        return Reply(body=body(), headers={"Content-Type": "text/event-stream"})

    return reply


@contextmanager
def with_model(kb: Kamerbrief, go_on: Event) -> Iterator[str]:
    """The address of a service over the same letters, whose model waits."""
    with ExitStack() as stack:
        model = stack.enter_context(scripted_server(slowly(go_on)))
        stack.callback(go_on.set)
        chat = {"chat_model": "m", "chat_base_url": model.url}
        other = stack.enter_context(Kamerbrief(settings=kb.settings.model_copy(update=chat)))
        yield stack.enter_context(served(other))


def test_a_sentence_is_there_before_the_answer_is_and_stays_where_it_is(browser: "Browser", kb: Kamerbrief) -> None:
    go_on = Event()
    with with_model(kb, go_on) as address, opened(browser, address) as page:
        page.fill("#question", QUESTION)
        page.keyboard.press("Enter")
        first = page.locator(".sentence").first
        first.wait_for()
        assert first.inner_text().startswith(TRUE)
        assert page.locator(".answer__end").count() == 0
        assert page.locator(".answer[aria-busy]").count() == 1
        place = first.bounding_box()
        go_on.set()
        page.locator(".answer__end").wait_for()
        assert first.bounding_box() == place
        left_out = page.locator(".left-out summary")
        assert left_out.inner_text() == "1 zin weggelaten: getal niet in de bron"
        left_out.click()
        assert page.locator(".left-out .fault").inner_text() == "2.500"


def test_where_the_service_ends_half_way_it_is_told_and_the_question_is_kept(
    browser: "Browser", kb: Kamerbrief
) -> None:
    go_on = Event()
    with ExitStack() as stack:
        service = stack.enter_context(ExitStack())
        address = service.enter_context(with_model(kb, go_on))
        page = stack.enter_context(opened(browser, address, strict=False))
        page.fill("#question", QUESTION)
        page.keyboard.press("Enter")
        page.locator(".sentence").first.wait_for()
        service.close()
        page.get_by_text("De verbinding werd verbroken").wait_for()
        assert page.locator("#question").input_value() == QUESTION
        assert page.locator(".sentence").count() == 1


def test_a_service_that_is_killed_half_way_and_begun_anew_answers_when_asked_again(
    browser: "Browser", tmp_path: Path, sample: Path
) -> None:
    folder, port, go_on = tmp_path / "data", str(free_port()), Event()
    with Kamerbrief(folder) as kb:
        kb.add(sample)
    with ExitStack() as stack:
        model = stack.enter_context(scripted_server(slowly(go_on)))
        stack.callback(go_on.set)
        chat = {"chat_model": "m", "chat_base_url": model.url}
        with serving(folder, port=port, **chat) as service:
            page = stack.enter_context(opened(browser, service.url, strict=False))
            page.fill("#question", QUESTION)
            page.keyboard.press("Enter")
            page.locator(".sentence").wait_for()
            service.process.kill()
            page.get_by_text("De verbinding werd verbroken").wait_for()
        first, second = page.locator(".answer").nth(0), page.locator(".answer").nth(1)
        assert first.locator(".sentence").count() == 1
        assert first.locator(".answer__end, .actions").count() == 0
        assert page.url == f"{service.url}/"
        go_on.set()
        with serving(folder, port=port, **chat):
            page.get_by_role("button", name="Vraag", exact=True).click()
            second.locator(".answer__end").wait_for()
            assert second.locator(".answer__question").inner_text() == QUESTION
            assert first.locator(".answer__end").count() == 0
            page.reload()
            assert page.locator(".answer").count() == page.locator(".answer__end").count() == 1
