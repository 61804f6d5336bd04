"""Places on a page, and the direction in which text is drawn."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_UPRIGHT = 4
"""Degrees that text may lie off a right angle; scans that were laid in askew do by 1 to 3."""


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points from below left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def gap(self, other: "Box") -> float:
        """How far two lie apart, along the axis where they do most; below zero where they overlap."""
        across = max(self.left - other.right, other.left - self.right)
        return max(across, self.bottom - other.top, other.bottom - self.top)

    def within(self, other: "Box", reach: float = 1.0) -> bool:
        """Whether it lies in the other one, or sticks out by no more than `reach`."""
        return (
            self.left >= other.left - reach
            and self.right <= other.right + reach
            and self.bottom >= other.bottom - reach
            and self.top <= other.top + reach
        )

    @staticmethod
    def around(boxes: "Iterable[Box]") -> "Box":
        """The smallest that holds all of them, at least one."""
        lefts, bottoms, rights, tops = zip(*((box.left, box.bottom, box.right, box.top) for box in boxes), strict=True)
        return Box(min(lefts), min(bottoms), max(rights), max(tops))

    def straight(self, askew: float) -> "Box":
        """Where it lies once the page, turned around its corner, is no longer askew; it keeps its size."""
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        right = x * math.cos(askew) + y * math.sin(askew) - x
        up = y * math.cos(askew) - x * math.sin(askew) - y
        return Box(self.left + right, self.bottom + up, self.right + right, self.top + up)

    def turned(self, turn: int, sheet: "Box") -> "Box":
        """The same rectangle where `sheet` is looked at so that text drawn at `turn` degrees is upright."""
        if turn == 90:
            low, high = sheet.right - self.right, sheet.right - self.left
            return Box(self.bottom - sheet.bottom, low, self.top - sheet.bottom, high)
        if turn == 180:
            return Box(sheet.right - self.right, sheet.top - self.top, sheet.right - self.left, sheet.top - self.bottom)
        if turn == 270:
            return Box(sheet.top - self.top, self.left - sheet.left, sheet.top - self.bottom, self.right - sheet.left)
        return Box(self.left - sheet.left, self.bottom - sheet.bottom, self.right - sheet.left, self.top - sheet.bottom)


def turn_of(radians: float) -> tuple[int, float] | None:
    """The direction of text (all against the clock) in degrees: 0, 90, 180 or 270, and by how much it is askew in
    radians; None where it lies slanted, or nowhere."""
    if not math.isfinite(radians):
        return None
    degrees = math.degrees(radians) % 360
    nearest = round(degrees / 90) * 90
    return (nearest % 360, math.radians(degrees - nearest)) if abs(degrees - nearest) <= _UPRIGHT else None
