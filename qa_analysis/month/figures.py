"""The figures of a month, however they came: read from a table, or measured when they are first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import pandas as pd
from pandas import DataFrame

from qa_analysis.measures.catalogue import known
from qa_analysis.measures.figure import COLUMNS


class Figures(Protocol):
    """Where the figures of a month come from."""

    @property
    def every(self) -> DataFrame:
        """All of them, family by family. One row per figure."""

    def of(self, measure: str) -> DataFrame:
        """Those of one measure. One row per figure.

        Raises:
            WrongUse: nobody declares such a measure.
        """


@dataclass(frozen=True, eq=False)
class Written:
    """Figures that stand in a table already."""

    every: DataFrame

    def of(self, measure: str) -> DataFrame:
        """The rows of one measure. Whether there is such a measure is asked of the catalogue only where it has none."""
        return self._by_measure[measure] if measure in self._by_measure else NO_FIGURES.assign(measure=known(measure))

    @cached_property
    def _by_measure(self) -> Mapping[str, DataFrame]:
        return {str(name): rows for name, rows in self.every.groupby("measure", sort=False)}


NO_FIGURES = DataFrame({name: pd.Series(dtype="float64") for name in COLUMNS}).astype(
    dict.fromkeys(set(COLUMNS) - {"numerator", "denominator", "value", "lower", "upper"}, "str")
)
