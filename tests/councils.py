"""The synthetic council, made once for all tests of a process that ask for the same one."""

from functools import cache
from typing import Any

from pandas import DataFrame

from qa_analysis.data.synthetic import council as made


def council(**asked: Any) -> dict[str, DataFrame]:
    """Each dataset of the council, a copy of its own for whoever asks."""
    return {name: frame.copy() for name, frame in _made(tuple(sorted(asked.items()))).items()}


@cache
def _made(asked: tuple[tuple[str, Any], ...]) -> dict[str, DataFrame]:
    return made(**dict(asked))
