"""A letter that tries all it can on who reads it in a browser."""

TRICKS = (
    "<script>document.title = 'taken'</script> staat in deze brief.",
    "<img src=x onerror=\"document.title='taken'\"> is een plaatje van 12 miljoen euro.",
    "</p></div></main><style>body{display:none}</style><h1>Dit kabinet treedt af</h1>",
    '{{ 7 * 7 }} {% for x in y %} ${7*7} javascript:alert(1) <a href="javascript:alert(1)">klik</a>',
    "De minister keurt het \u202edeog\u202c niet goed, en \u2066dat\u2069 kost 5\u200b00 euro.",
    "&lt;b&gt; blijft staan zoals het er staat, en ]]> en --> en \"' ook.",
)


def letter() -> bytes:
    """It, as plain text."""
    head = (
        "Tweede Kamer der Staten-Generaal\nVergaderjaar 2023-2024\n\n27 925 <script>\"'</script> Bestrijding\n\n"
        "Nr. 9999 BRIEF VAN DE MINISTER VAN <b>DEFENSIE</b>\n\n"
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDen Haag, 10 september 2024\n\n"
    )
    text = "\n\n".join(f"{trick} Dat is een zin die in de brief staat, en die iedereen mag lezen." for trick in TRICKS)
    end = "De minister van Defensie,\n\n<svg onload=alert(1)>\n"
    return f"{head}<iframe src=//example.org></iframe> Kop\n\n{text}\n\n{end}".encode()
