"""Calls that are stopped while a model server is at work for them, over real HTTP, in every phase."""

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from kamerbrief.errors import ModelError, StoppedError
from kamerbrief.models.calls import Call, calling, current
from kamerbrief.models.openai_client import OpenAIClient
from tests.asking import BOTH_WAYS, DONE, GOOD, REQUEST, Asking, in_pieces, whole
from tests.conftest import ROOT
from tests.servers import Reply, piece, scripted_server, streams, vectors

SILENT = Reply(0, stalls=True)
HALF_WAY = streams(piece("een "), missing=9, stalls=True)
SOON = 1.0


def embed(client: OpenAIClient) -> object:
    return client.embed("some-model", ["tekst"])


EVERY_WAY = pytest.mark.parametrize("ask", [whole, in_pieces, embed])


def is_stopped(call: Call, ask: Callable[[], object], begun: Callable[[], object]) -> bool:
    """Whether the asking, in another thread, ends soon after the call is stopped; that is once it has begun."""

    def asking() -> object:
        with calling(call):
            return ask()

    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(asking)
        wait_for(begun)
        time.sleep(0.05)  # until it waits
        assert not asked.done()
        call.stop()
        return isinstance(asked.exception(SOON), StoppedError)


def wait_for(event: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not event():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@EVERY_WAY
def test_a_server_that_says_nothing_is_left(ask: Callable[[OpenAIClient], object]) -> None:
    with scripted_server(SILENT) as server:
        client = OpenAIClient(server.url)
        assert is_stopped(Call("1"), lambda: ask(client), lambda: server.requests)
        assert server.left.wait(SOON)
    assert len(server.requests) == 1


def test_a_stream_is_left_between_its_pieces() -> None:
    got: list[str] = []
    with scripted_server(HALF_WAY) as server:
        client = OpenAIClient(server.url)
        assert is_stopped(Call("1"), lambda: got.extend(client.stream(REQUEST)), lambda: got)
        assert server.left.wait(SOON)
    assert got == ["een "]


def test_a_stream_is_left_while_its_reader_is_at_other_work() -> None:
    with scripted_server(HALF_WAY) as server, calling(Call("1")) as call:
        stream = OpenAIClient(server.url).stream(REQUEST)
        next(stream)
        call.stop()
        assert server.left.wait(SOON)
        with pytest.raises(StoppedError):
            next(stream)


def test_pieces_that_came_before_the_stop_are_not_given_after_it() -> None:
    with scripted_server(streams(piece("een "), piece("twee"), missing=9, stalls=True)) as server:
        stream = OpenAIClient(server.url).stream(REQUEST)
        with calling(Call("1")) as call:
            next(stream)
        time.sleep(0.1)
        call.stop()
        with pytest.raises(StoppedError):
            next(stream)


@EVERY_WAY
def test_a_wait_before_the_next_try_is_cut_short(ask: Callable[[OpenAIClient], object]) -> None:
    with scripted_server(Reply(429, {}, {"Retry-After": "60"})) as server:
        client = OpenAIClient(server.url)
        assert is_stopped(Call("1"), lambda: ask(client), lambda: server.requests)
    assert len(server.requests) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full queue refuses, and no connection hangs")
@EVERY_WAY
def test_a_server_that_does_not_take_the_connection_is_left(ask: Callable[[OpenAIClient], object]) -> None:
    with socket.socket() as full, socket.socket() as first:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        first.connect(full.getsockname())  # the one place in the queue
        client = OpenAIClient(f"http://127.0.0.1:{full.getsockname()[1]}/v1")
        begun = time.monotonic()
        assert is_stopped(Call("1"), lambda: ask(client), lambda: time.monotonic() > begun + 0.2)


@EVERY_WAY
def test_a_server_that_takes_the_connection_and_does_not_shake_hands_is_left(
    ask: Callable[[OpenAIClient], object],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = OpenAIClient(f"https://127.0.0.1:{server.getsockname()[1]}/v1")
        taken: list[socket.socket] = []

        def take() -> bool:
            taken.append(server.accept()[0])
            return True

        assert is_stopped(Call("1"), lambda: ask(client), take)
        with taken[0] as connection:
            connection.settimeout(SOON)
            while connection.recv(4096):  # the client's greeting, then the end
                pass


@EVERY_WAY
def test_what_was_stopped_before_it_began_asks_nothing(ask: Callable[[OpenAIClient], object]) -> None:
    with scripted_server(GOOD) as server, calling(Call("1")) as call:
        call.stop()
        with pytest.raises(StoppedError) as raised:
            ask(OpenAIClient(server.url))
    assert not server.requests
    assert not isinstance(raised.value, ModelError)


def test_one_call_is_stopped_and_another_of_the_same_client_is_not() -> None:
    late = Reply(body=GOOD.body, delay=0.5)
    with scripted_server(late, SILENT) as server, ThreadPoolExecutor(1) as threads:
        client = OpenAIClient(server.url)
        other = threads.submit(client.chat, REQUEST)
        wait_for(lambda: server.requests)
        assert is_stopped(Call("1"), lambda: client.chat(REQUEST), lambda: len(server.requests) == 2)
        assert other.result().text


def test_the_call_is_named_to_the_server() -> None:
    good = streams(piece("ja"), piece(None, "stop"), DONE)
    with scripted_server(GOOD, good, Reply(body=vectors([1.0])), GOOD) as server:
        client = OpenAIClient(server.url)
        with calling(Call("een-twee-3")):
            whole(client)
            in_pieces(client)
            embed(client)
        whole(client)
    assert [headers.get("x-request-id") for headers in server.headers] == ["een-twee-3"] * 3 + [None]


def test_the_current_call_is_that_of_the_innermost_block() -> None:
    outer, inner = Call("1"), Call("2")
    assert current() is None
    with calling(outer):
        with calling(inner):
            assert current() is inner
        assert current() is outer
    assert current() is None


def test_work_is_cancelled_whether_the_stop_comes_before_or_after_it() -> None:
    call, before, done, after = Call("1"), Future[None](), Future[None](), Future[None]()
    call.take(before)
    call.take(done)
    done.set_result(None)
    assert not call.stopped
    call.stop()
    call.take(after)
    assert call.stopped
    assert (before.cancelled(), done.cancelled(), after.cancelled()) == (True, False, True)


# The client's thread.


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "kamerbrief-calls"]


@pytest.fixture
def no_threads() -> Iterator[None]:
    """The clients of other tests are gone."""
    gc.collect()
    wait_for(lambda: not threads())
    yield
    wait_for(lambda: not threads())


@pytest.mark.usefixtures("no_threads")
def test_the_thread_starts_with_the_first_call_and_ends_with_the_client() -> None:
    with scripted_server(GOOD) as server:
        client = OpenAIClient(server.url)
        assert not threads()
        whole(client)
        whole(client)
        assert len(threads()) == 1
        gone = weakref.ref(client)
        del client
        assert not gone()


@pytest.mark.usefixtures("no_threads")
def test_closing_a_client_stops_what_runs_and_all_later_calls() -> None:
    with scripted_server(SILENT) as server, ThreadPoolExecutor(1) as threads:
        client = OpenAIClient(server.url)
        asked = threads.submit(whole, client)
        wait_for(lambda: server.requests)
        client.close()
        client.close()
        assert isinstance(asked.exception(SOON), StoppedError)
        assert server.left.wait(SOON)
        with pytest.raises(StoppedError):
            whole(client)
        with pytest.raises(StoppedError):
            in_pieces(client)


def test_a_client_that_was_never_used_can_be_closed() -> None:
    client = OpenAIClient("http://127.0.0.1:9/v1")
    client.close()
    with pytest.raises(StoppedError):
        whole(client)


@pytest.fixture
def _hears_ctrl_c() -> Iterator[None]:
    """What a shell starts in the background ignores Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_hears_ctrl_c")
@BOTH_WAYS
def test_ctrl_c_leaves_the_server(ask: Asking) -> None:
    with scripted_server(SILENT) as server:
        client = OpenAIClient(server.url)

        def interrupt() -> None:
            wait_for(lambda: server.requests)
            os.kill(os.getpid(), signal.SIGINT)

        threading.Thread(target=interrupt).start()
        with pytest.raises(KeyboardInterrupt):
            ask(client)
        assert server.left.wait(SOON)


ASK_AND_END = """
import sys, threading, time
from kamerbrief.models.openai_client import OpenAIClient
from tests.asking import REQUEST

client = OpenAIClient(sys.argv[1])
print(client.chat(REQUEST).text)
stream = client.stream(REQUEST)
print(next(stream))
threading.Thread(target=client.chat, args=(REQUEST,), daemon=True).start()
time.sleep(0.3)
"""


def test_a_program_ends_though_nobody_closed_its_client_and_a_call_still_runs() -> None:
    with scripted_server(GOOD, HALF_WAY, SILENT) as server:
        command = [sys.executable, "-X", "dev", "-W", "error", "-c", ASK_AND_END, server.url]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split() == ['{"dam":', '"12', 'meter"}', "een"]
    assert "Warning" not in done.stderr
    assert len(server.requests) == 3
