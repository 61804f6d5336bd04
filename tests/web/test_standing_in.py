"""What the page says where the letters' own words stand in for a language model that failed."""

from pathlib import Path

from kamerbrief import Kamerbrief
from tests.http.service import QUESTION
from tests.web.served import browsing, served


def test_it_is_said_that_the_words_of_the_letters_stand_in(tmp_path: Path, sample: Path) -> None:
    said = "Het taalmodel gaf geen bruikbaar antwoord. Dit zijn de woorden van de brieven zelf."
    with Kamerbrief(tmp_path) as kb:
        kb.add(sample)
        answer = kb.ask(QUESTION)
        failed = answer.model_copy(update={"id": "f" * 32, "failure": "http://127.0.0.1:9/v1 is not reached"})
        kb.log.add(failed)
        with served(kb) as address, browsing(address) as http:
            assert said in http.get(f"/questions/{failed.id}").text
            assert said not in http.get(f"/questions/{answer.id}").text
