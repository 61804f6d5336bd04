"""The records of a letter's pages as they are on paper."""

from dataclasses import dataclass

from pydantic import Field

from kamerbrief.records.base import Record

MOST_WIDE, MOST_HIGH = 1000, 2000
"""Pixels of a picture: A4 has 120 an inch, with letters of 10 points that can be read well."""


class Box(Record):
    """Where marked words stand on a page, a line of them, as shares of its width and height from the top left."""

    left: float
    top: float
    width: float
    height: float


class PaperPage(Record):
    """A page of the PDF that a letter was read from, one of so many. Its width and height are in points (1/72 inch);
    `boxes` are those of the words that were asked for, as far as they were found on it."""

    number: int = Field(ge=1)
    pages: int = Field(ge=1)
    width: float = Field(gt=0)
    height: float = Field(gt=0)
    boxes: tuple[Box, ...] = ()


class PageAsked(Record):
    """Which page: the one with this number or, of that and those after it, the one with most of these quotes. All are
    found in it, and marked in its picture where that is wanted."""

    number: int = Field(ge=1)
    quotes: tuple[str, ...] = ()
    further: bool = False
    drawn: bool = False


@dataclass(frozen=True)
class Drawn:
    """A page, and its picture where it was wanted: rows of pixels, top first, each of three bytes: red, green, blue."""

    page: PaperPage
    width: int = 0
    height: int = 0
    pixels: bytes = b""
