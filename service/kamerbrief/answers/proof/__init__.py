"""The rules of `verify` for a sentence that is worded otherwise than its sources, in the order of judging.py."""
