"""The weights of the writer, fitted by `python -m eval.fitting.answers` (which prints these); none is set by hand."""

from kamerbrief.linear import Linear

RANKING = Linear(
    bias=0,
    weights={
        "asks": -4.325,
        "before": 2.863,
        "central": -28.28,
        "cover": 2.516,
        "fused": 49.4,
        "holds": 0.9369,
        "holds date": 1.893,
        "holds figure": 2.122,
        "length": -0.03558,
        "lists": 0.5423,
        "named": 0.2263,
        "nearness": 76.11,
        "opens": 1.511,
        "stems": 2.904,
    },
)
RERANKING = Linear(
    bias=0,
    weights={
        "asks": 0,
        "before": 3.243,
        "central": -30.96,
        "cover": 1.42,
        "fused": 52.1,
        "holds": 1.137,
        "holds date": 1.907,
        "holds figure": 2.171,
        "length": -0.1072,
        "lists": 0.8214,
        "matched": 8.473,
        "matched together": 4.128,
        "named": -0.2819,
        "nearness": 50.45,
        "opens": -0.2522,
        "stems": 0.001981,
    },
)
CONFIDENCE = Linear(
    bias=-15.92,
    weights={
        "cosine": 23.21,
        "cover": -0.7624,
        "denied": -2.026,
        "dense": -4.181,
        "dutch": -0.5923,
        "figures": -0.923,
        "first": 0.6973,
        "lacks": -1.297,
        "lacks figure": -1.283,
        "lead": -5.339,
        "matched": -0.5214,
        "share": 2.478,
        "unmet": -2.81,
    },
)
THRESHOLD = 0.45
