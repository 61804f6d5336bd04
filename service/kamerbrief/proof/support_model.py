"""The model of support, fitted by `python -m eval.fitting.support` (which prints this file); none is set by hand."""

from kamerbrief.linear import Linear

SUPPORT = Linear(
    bias=-19.61,
    weights={
        "apart": -121.8,
        "english": 1.656,
        "english_apart": 4.12,
        "english_mean": 1.551,
        "length": -0.9433,
        "local_window": 9.368,
        "mean": 8.029,
        "mutual_window": 8.272,
        "spread": 26.48,
    },
)
THRESHOLD = 0.488
