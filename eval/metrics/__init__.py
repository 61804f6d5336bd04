"""The metrics, a small class each. A metric looks at one case and gives a number, or None where it does not apply; a
measure makes one figure of the numbers of many cases."""
