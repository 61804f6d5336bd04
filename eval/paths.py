"""Where things lie in the checkout, and beside it."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "kst-27925-504.txt"
DATA = ROOT.parent / "shared" / "data"
"""The real documents, which are no part of the repository."""

SETS = ROOT / "eval" / "sets"
RUNS = ROOT / "eval" / "runs"
BASELINES = ROOT / "eval" / "baselines"
RESULTS = ROOT / "eval" / "results"
CACHE = ROOT / "eval" / "cache"
MEASURED = ROOT / "eval" / "measured"
TABLES = ROOT / "eval" / "tables"
