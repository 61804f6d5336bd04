"""The program `llm`, with the service as one of its models."""
# needs: llm==0.36

import json
import os
import subprocess
import sys
from pathlib import Path

from telling import FOUND, KEY, OPENAI, QUESTION, Trying

PLACE = Path.cwd() / "llm"
PLACE.mkdir(exist_ok=True)
MODEL = {
    "model_id": "kb",
    "model_name": "kamerbrief",
    "api_base": OPENAI,
    "api_key_name": "kb",
    "supports_schema": True,
}
(PLACE / "extra-openai-models.yaml").write_text(json.dumps([MODEL]))  # which is YAML too
(PLACE / "keys.json").write_text(json.dumps({"kb": KEY}))


def llm(*arguments: str) -> str:
    command = [sys.executable, "-m", "llm", *arguments]
    done = subprocess.run(command, env={**os.environ, "LLM_USER_PATH": str(PLACE)}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


trying = Trying("llm")
with trying.works("text"):
    assert FOUND in llm("-m", "kb", "--no-stream", QUESTION)
with trying.works("stream"):
    assert FOUND in llm("-m", "kb", QUESTION)
with trying.works("`-c`"):
    assert llm("-m", "kb", "-c", "En hoeveel vesten?")
with trying.works("`-s`, orders of a system"):
    assert FOUND in llm("-m", "kb", "-s", "Be brief.", QUESTION)
with trying.works("`--schema`"):
    assert FOUND in json.loads(llm("-m", "kb", "--schema", "answer str", QUESTION))["answer"]
trying.tell()
