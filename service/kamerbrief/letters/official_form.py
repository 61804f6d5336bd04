"""How official texts refer to a paper: by number 3.43 of the Aanwijzingen voor de regelgeving."""

import re

from kamerbrief.letters.labels import label
from kamerbrief.records.letters import LetterHead

_PAPER = re.compile(r"kst-(\d{4,5})(?:-([0-9A-Z()-]+))?-([0-9A-Z]+)")
_APPENDIX = re.compile(r"ah-(tk|ek)-(\d{4})\d{2}(\d{2})-(\d+)")


def official_form(letter: LetterHead) -> str:
    """ "Kamerstukken II 2013/14, 27925, nr. 504", "Kamerstukken I 2008/09, 31700 VI, D", "Aanhangsel Handelingen II
    2023/24, nr. 1314"; without the year where the letter does not tell it. What is no official paper has its label."""
    if match := _APPENDIX.fullmatch(letter.id):
        chamber, start, end, number = match.groups()
        return f"Aanhangsel Handelingen {'I' if chamber == 'ek' else 'II'} {start}/{end}, nr. {number}"
    if match := _PAPER.fullmatch(letter.id):
        dossier, part, number = match.groups()
        years = re.fullmatch(r"(\d{4})\D+\d{2}(\d{2})", letter.session_year or "")
        joined = "" if part is None else f"-{part}" if part[0].isdigit() else f" {part}"
        chamber, shown = ("II", f"nr. {number}") if number[0].isdigit() else ("I", number)
        year = f" {years[1]}/{years[2]}" if years else ""
        return f"Kamerstukken {chamber}{year}, {dossier}{joined}, {shown}"
    return label(letter)
