"""The month as everyone may read it: the rows of the shared edition and nothing else."""

from dataclasses import dataclass

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import period_of
from qa_analysis.errors import DisclosureFailed
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.family import FOR_EVERYONE
from qa_analysis.measures.figure import Figure, Names
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import SHARED
from qa_analysis.measures.shared_edition.protected import ALMOST_ALL, FEW
from qa_analysis.month.figures import Written
from qa_analysis.month.month import Month


@dataclass(frozen=True, repr=False)
class SharedMonth(Month):
    """A month that holds the figures of the shared edition alone, and no table besides.

    Raises:
        DisclosureFailed: a figure of another population was put into it.
    """

    def __post_init__(self) -> None:
        if strays := sorted(set(self.measures.loc[self.measures["population"] != SHARED, "measure"])):
            raise DisclosureFailed(
                f'A report that everyone may read was given "{strays[0]}", which is no figure of the {SHARED}. '
                "Take it from qa_analysis/measures/shared_edition/protected.py, or leave it out."
            )

    @property
    def now(self) -> str:
        """The cycles the edition is about, as the measures write them."""
        return self._pooled(self.month)

    @property
    def then(self) -> str:
        """The same number of cycles six months before."""
        return self._pooled(self.rules.cycle_before(self.month))

    def told(self, measure: str, *, by: Names = (), group: Names = (), period: str | None = None) -> Figure | None:
        """One figure of the edition; None where there is none."""
        return self.figure(
            measure, by=by, group=group, period=self.now if period is None else period, population=SHARED
        )

    def _pooled(self, last: str) -> str:
        return period_of(self.rules.cycles_up_to(last, POOLED_CYCLES))


def is_said(figure: Figure) -> bool:
    """Whether the edition has a number or a word for it: all but what rests on too few."""
    return figure.is_given or figure.verdict in (FEW, ALMOST_ALL)


def place(figure: Figure) -> float:
    """Where it stands among others of the edition: the share, with few below and almost all above every one."""
    return figure.value if figure.is_given else float(figure.verdict == ALMOST_ALL)


def shared_of(month: Month) -> SharedMonth:
    """A month with everything left out that not everyone may read."""
    held = {name: getattr(month, name) for name in Month.__dataclass_fields__}
    tables = {name: table.iloc[:0] for name, table in held.items() if isinstance(table, DataFrame)}
    figures = pd.concat(
        [month.held.of(name) for name, measure in declared().items() if measure.family in FOR_EVERYONE],
        ignore_index=True,
    )
    return SharedMonth(**{**held, **tables, "held": Written(figures)})
