"""The evaluation suite: `python -m eval --help`."""

import sys

from eval.checked import EvalError
from eval.commands.app import app
from kamerbrief.errors import KamerbriefError


def main() -> None:
    """What is wrong is told in one line."""
    try:
        app()
    except (EvalError, KamerbriefError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
