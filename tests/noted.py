"""A small letter with a note, for whoever finds, quotes or shows them."""

LETTER = """\
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 3 maart 2020

Betreft: Opslag van vuurwerk

Het vuurwerk wordt gekeurd voordat het vervoerd mag worden. De eisen aan het vervoer staan in de ADR. De inspectie ziet
daarop toe, en de provincie kijkt of de opslag veilig is.

De brandweer maakt voor iedere opslag een aanvalsplan.1 De kosten daarvan zijn voor de gemeente, die ze verhaalt op de
ondernemer.

De Minister van Infrastructuur en Waterstaat,
C. van Nieuwenhuizen

1 Een aanvalsplan geeft de aanrijroute, de plaats van de gevaarlijke stoffen en de uitgangen.
"""
QUESTION = "Wat geeft een aanvalsplan van de brandweer?"
PROSE = "Voor wie zijn de kosten van een aanvalsplan?"
"""A question that the text answers, and no note."""
NOTE = "Een aanvalsplan geeft de aanrijroute, de plaats van de gevaarlijke stoffen en de uitgangen."
