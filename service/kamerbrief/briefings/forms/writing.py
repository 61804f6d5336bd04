"""The forms of a briefing by their short names: md, html, docx and json."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamerbrief.language.lexicon import Lexicon
    from kamerbrief.records.briefings import Briefing


def write_form(briefing: "Briefing", form: str, lexicon: "Lexicon | None" = None) -> bytes:
    """The briefing in one of the forms; what they say themselves in the language of a lexicon, or else in Dutch."""
    # Each brings libraries with it that the others, and the command line, do without.
    if form == "docx":
        from kamerbrief.briefings.forms.docx import to_docx

        return to_docx(briefing, lexicon)
    if form == "html":
        from kamerbrief.briefings.forms.html import to_html

        return to_html(briefing, lexicon).encode()
    if form == "md":
        from kamerbrief.briefings.forms.markdown import to_markdown

        return to_markdown(briefing, lexicon).encode()
    return f"{briefing.model_dump_json(indent=2)}\n".encode()
