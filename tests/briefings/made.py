"""Briefings for the tests of the forms: one of the sample letter with real quotes, and one of hostile texts."""

import datetime
from typing import TypeVar

from kamerbrief.letters.labels import label, official_url, unit_label
from kamerbrief.letters.reading import read_letter
from kamerbrief.records.answers import Citation
from kamerbrief.records.briefings import Actor, BriefedLetter, Briefing, Change, Commitment, Event, Figure, Line
from kamerbrief.records.letters import Key
from tests.conftest import SAMPLE

LineT = TypeVar("LineT", bound=Line)

LETTER = read_letter(SAMPLE)
ASKED = "Het verzoek daartoe is gedaan tijdens het ordedebat van 2 september jl. en 9 september jl."
SUPPORT = (
    "Het kabinet steunt daarom het initiatief van de Verenigde Staten om een brede internationale coalitie tegen"
    " IS(IS) in het leven te roepen."
)
REGIME = (
    "Het verwelkomt daarom de totstandkoming van een nieuwe Iraakse regering onder leiding van Haider al-Abadi, waarin"
    " sjiieten, soennieten en Koerden zijn vertegenwoordigd."
)
DELIVERED = (
    "De door Defensie ingevlogen Nederlandse humanitaire hulpgoederen zijn door OCHA overgedragen aan lokale"
    " organisaties voor distributie onder ontheemden; 70 procent in de regio Dohuk, waar zich de meeste ontheemden"
    " bevinden, en 30 procent in de regio Erbil."
)
UNDECIDED = "Er zijn tijdens de Top geen concrete besluiten genomen over NAVO’s betrokkenheid in Irak."
COALITION = (
    "Op 4 september jl. kondigden de Verenigde Staten een internationale coalitie in de strijd tegen IS(IS) aan."
)
TALKS = "Nederland is in gesprek met de Verenigde Staten en andere landen over de plannen van de coalitie."
SPEECH = "Meer zal ook duidelijk worden in de toespraak van President Obama later vandaag."
OPTIONS = (
    "Op basis van de gesprekken met bondgenoten en partners zal het kabinet bezien hoe Nederland een bijdrage kan"
    " leveren, waarbij alle opties bekeken zullen worden."
)
HELMETS = (
    "Om tegemoet te komen aan de noden van de Koerdische Regionale Autoriteiten heeft Nederland 1.000 helmen en 1.000"
    " kogelwerende vesten geleverd."
)
TRANSPORT = (
    "Ook zal Nederland het transport verzorgen van wapens en munitie, die door verschillende (Oost-)Europese landen ter"
    " beschikking worden gesteld."
)
HOSTILE = [
    "**vet** _schuin_ *ook* `code` ~~weg~~ <script>alert(1)</script> <b>vet</b>",
    "| pijp | \\| \\\\| | einde \\",
    "1. een lijst",
    "(1) een lijst",
    "- streep -- en --- strepen",
    "+ plus",
    "# kop ##",
    "> aanhaling",
    "===",
    "***",
    "[^1]: een noot [^1] en [een link](https://evil.example) ![beeld](x.png)",
    "&amp; &lt;b&gt; &#64; & <!-- stil --> <https://evil.example> ]]>",
    "https://evil.example www.evil.example a@evil.example",
    "een regel\nen nog een\r\n\r\n# kop\n\n    code\t| x",
    "nul\x00 bel\x07 \x1b[31m rood \x0b \x85 \ufffe einde",
    "links\u202erechts\u200f \u2066om\u2069 שלום",
    "{{ page.title }} {% raw %} {# niets #} $x$ :smile: ^hoog^",
    "\"><svg onload=alert(1)> ' onmouseover='alert(1)",
]


def cite(quote: str) -> Citation:
    """A citation of the sample letter, in which the quote must stand."""
    paragraph = next(it for it in LETTER.paragraphs if quote in it.text)
    start = paragraph.text.index(quote)
    return Citation(
        letter=LETTER.id,
        paragraph=paragraph.number,
        label=unit_label(LETTER, Key(LETTER.id, paragraph.number)),
        heading=None,
        url=official_url(LETTER),
        text=paragraph.text,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def cited(kind: type[LineT], quote: str, *more: str, **fields: object) -> LineT:
    """A line in the letter's words; `more` is what it cites besides."""
    return kind.model_validate({"text": quote, "citations": tuple(map(cite, (quote, *more))), **fields})


def sample(**changed: object) -> Briefing:
    """What a briefing of the sample letter may be."""
    filled: dict[str, object] = {
        "id": "b1",
        "made_at": datetime.datetime(2025, 11, 25, 9, 30, tzinfo=datetime.UTC),
        "subject": "De strijd tegen IS(IS) in Irak",
        "dossiers": ("27925",),
        "length": "short",
        "letters": (
            BriefedLetter(
                letter=LETTER.id,
                label=label(LETTER),
                title="Bestrijding internationaal terrorisme",
                date=LETTER.date,
                senders=tuple(f"{it.name} ({it.office})" for it in LETTER.signatories),
                why="past het best bij het onderwerp",
            ),
        ),
        "left_out": 3,
        "in_short": (cited(Line, SUPPORT), cited(Line, COALITION, SUPPORT)),
        "decided": (cited(Line, HELMETS),),
        "commitments": (
            cited(Commitment, OPTIONS, who="het kabinet", deadline="2015-01"),
            cited(Commitment, TRANSPORT, who="Nederland", deadline="2015-01-31"),
            cited(Commitment, TALKS),
        ),
        "figures": (
            cited(Figure, DELIVERED, number="70 procent", date=LETTER.date),
            cited(Figure, HELMETS, number="1.000 helmen", date=LETTER.date),
        ),
        "timeline": (
            cited(Event, SUPPORT, date="2014"),
            cited(Event, DELIVERED, date="2014-08"),
            cited(Event, ASKED, date="2014-09-02"),
            cited(Event, COALITION, date="2014-09-04"),
            cited(Event, SPEECH, date="2014-09-10"),
            cited(Event, TRANSPORT, date="2014-11"),
        ),
        "actors": (
            cited(Actor, REGIME, name="Haider al-Abadi", part="leider van de nieuwe Iraakse regering"),
            cited(Actor, SPEECH, name="Obama", part="President"),
        ),
        "changes": (Change(earlier=cited(Line, OPTIONS), later=cited(Line, TRANSPORT)),),
        "open_points": (cited(Line, UNDECIDED),),
        "failures": ({"letter": "kst-1-1", "reason": "model"},),
    }
    return Briefing.model_validate(filled | changed)


def hostile(text: str) -> Briefing:
    """A briefing in which every text is this one."""
    whole = {"letter": "l", "paragraph": 1, "heading": None, "url": "javascript:alert(1)", "start": 0, "end": len(text)}
    line: dict[str, object] = {
        "text": text,
        "citations": (Citation.model_validate({**whole, "label": text, "text": text, "quote": text}),),
    }
    return sample(
        subject=text,
        dossiers=(text,),
        letters=(BriefedLetter(letter="l", label=text, title=text, date=None, senders=(text, text), why=text),),
        in_short=(line,),
        decided=(line,),
        commitments=({**line, "who": text, "deadline": text},),
        figures=({**line, "number": text},),
        timeline=({**line, "date": text}, {**line, "date": "2014"}, {**line, "date": "2015"}),
        actors=({**line, "name": text, "part": text},),
        changes=({"earlier": line, "later": line},),
        open_points=(line,),
        failures=({"letter": text, "reason": "model", "detail": text},),
        failure=text,
    )
