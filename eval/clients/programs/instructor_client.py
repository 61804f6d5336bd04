"""instructor, which asks for objects of a class in several ways."""
# needs: instructor==1.17.0

import instructor
from openai import OpenAI
from pydantic import BaseModel
from telling import FOUND, KEY, OPENAI, QUESTION, Trying


class Reply(BaseModel):
    """An answer."""

    answer: str
    sources: list[str]


trying = Trying("instructor")
for mode in (instructor.Mode.TOOLS, instructor.Mode.JSON, instructor.Mode.JSON_SCHEMA):
    with trying.works(f"`Mode.{mode.name}`"):
        client = instructor.from_openai(OpenAI(base_url=OPENAI, api_key=KEY), mode=mode)
        asked = [{"role": "user", "content": QUESTION}]
        made = client.chat.completions.create(model="kamerbrief", messages=asked, response_model=Reply, max_retries=0)
        assert FOUND in made.answer
trying.tell()
