"""A briefing as one HTML page that needs no other file and no script."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kamerbrief.briefings.forms.layout import lay_out
from kamerbrief.briefings.forms.timeline import draw
from kamerbrief.briefings.parts import TIMELINE
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.records.briefings import Briefing

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def to_html(briefing: Briefing, lexicon: Lexicon | None = None) -> str:
    """The whole briefing. The texts are not trusted: the template escapes every one."""
    template = _ENVIRONMENT.get_template("briefing.html")
    return template.render(page=lay_out(briefing, lexicon), picture=draw(TIMELINE.shown(briefing), lexicon))
