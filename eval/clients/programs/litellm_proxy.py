"""litellm as a proxy between a program and the service."""
# needs: litellm[proxy]==1.80.5

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
from openai import BadRequestError, OpenAI
from pydantic import BaseModel
from telling import FOUND, KEY, OPENAI, QUESTION, Trying

ASKED = [{"role": "user", "content": QUESTION}]
LONGEST = 120  # seconds until the proxy is there


class Reply(BaseModel):
    answer: str
    sources: list[str]


def main(client: OpenAI) -> None:
    trying = Trying("litellm", "litellm as a proxy")
    make = client.chat.completions.create
    with trying.works("text"):
        message = make(model="letters", messages=ASKED).choices[0].message
        assert FOUND in message.content
        assert message.annotations[0].url_citation.title.startswith("Kamerstuk 27 925")
    with trying.works("stream"):
        chunks = list(make(model="letters", messages=ASKED, stream=True, stream_options={"include_usage": True}))
        assert FOUND in "".join(one.choices[0].delta.content or "" for one in chunks if one.choices)
    with trying.works("a talk"):
        said = [
            *ASKED,
            {"role": "assistant", "content": make(model="letters", messages=ASKED).choices[0].message.content},
        ]
        assert make(model="letters", messages=[*said, {"role": "user", "content": "En hoeveel vesten?"}]).choices
    with trying.works("`response_format`"):
        parsed = client.chat.completions.parse(model="letters", messages=ASKED, response_format=Reply)
        assert FOUND in parsed.choices[0].message.parsed.answer
        made = make(model="letters", messages=ASKED, response_format={"type": "json_object"})
        assert json.loads(made.choices[0].message.content)["found"]
    with trying.works("errors"):
        try:
            make(model="letters", messages=ASKED, response_format={"type": "json_schema"})
        except BadRequestError as error:
            told = str(error)
        assert "the schema is missing" in told
    with trying.refused('`tool_choice="required"` of a tool that takes no answer', "no tools are called"):
        tool = {"type": "function", "function": {"name": "add", "parameters": {"type": "object", "properties": {}}}}
        make(model="letters", messages=ASKED, tools=[tool], tool_choice="required")
    trying.tell()


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
behind = {"model": "openai/kamerbrief", "api_base": OPENAI, "api_key": KEY}
Path("litellm.yaml").write_text(json.dumps({"model_list": [{"model_name": "letters", "litellm_params": behind}]}))
command = [str(Path(sys.executable).with_name("litellm")), "--config", "litellm.yaml"]
local = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
with (
    Path("litellm.log").open("w") as log,
    subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=log, stderr=log, env=local
    ) as process,
):
    try:
        until = time.monotonic() + LONGEST
        while time.monotonic() < until and process.poll() is None:
            with suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{port}/health/liveliness").status_code == 200:
                    break
            time.sleep(0.2)
        main(OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="sk-anything", max_retries=0))
    finally:
        process.terminate()
