"""Made PDFs: pages on which words, boxes and lines are put at places, in points from below left."""

from collections.abc import Iterable, Sequence

FONTS = {"plain": "Helvetica", "bold": "Helvetica-Bold", "italic": "Helvetica-Oblique", "serif": "Times-Roman"}
LEAD = 13
"""The distance between two lines of type of 10 points."""


class Drawn:
    """The content of one page."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def text(self, x: float, y: float, text: str, style: str = "plain", size: float = 10) -> "Drawn":
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self._parts.append(f"BT /{style} {size} Tf {x} {y} Td ({escaped}) Tj ET")
        return self

    def lines(
        self, x: float, y: float, lines: Iterable[str], style: str = "plain", size: float = 10, lead: float = LEAD
    ) -> "Drawn":
        """Lines one under the other, the first at `y`."""
        for number, line in enumerate(lines):
            self.text(x, y - number * lead, line, style, size)
        return self

    def box(self, x: float, y: float, width: float, height: float, paint: str = "S") -> "Drawn":
        """A rectangle, stroked ("S") or filled with grey ("f")."""
        self._parts.append(f"q 0.8 g {x} {y} {width} {height} re {paint} Q")
        return self

    def path(self, *points: tuple[float, float], paint: str = "S") -> "Drawn":
        """A line through the points."""
        (x, y), *rest = points
        steps = " ".join(f"{to_x} {to_y} l" for to_x, to_y in rest)
        self._parts.append(f"q {x} {y} m {steps} {paint} Q")
        return self

    def raw(self, operators: str) -> "Drawn":
        """Anything else, as it stands in a PDF."""
        self._parts.append(operators)
        return self

    def content(self) -> bytes:
        return "\n".join(self._parts).encode("cp1252")


def made_pdf(pages: Sequence[Drawn]) -> bytes:
    """A PDF of A4 pages."""
    fonts = "".join(
        f"/{name}<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>" for name, font in FONTS.items()
    )
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        f"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}"
        f"/MediaBox[0 0 595 842]/Resources<</Font<<{fonts}>>>>>>endobj\n".encode()
    ]
    for number, page in enumerate(pages):
        content, at = page.content(), 3 + 2 * number
        parts.append(b"%d 0 obj<</Type/Page/Parent 2 0 R/Contents %d 0 R>>endobj\n" % (at, at + 1))
        parts.append(b"%d 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (at + 1, len(content), content))
    return b"%PDF-1.4\n" + b"".join(parts) + b"trailer<</Root 1 0 R/Size 99>>\n%%EOF"
