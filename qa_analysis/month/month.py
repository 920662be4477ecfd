"""One month, ready to be told: the figures, the quality of the data, what SMT decided, and where it all came from.

Everything here may be published at tier B: no identifier of a person is in it, and no free text but the quotations,
which were approved one by one and masked, and what managers say of their month where nothing in it may name anybody;
both are for tier B alone (docs/decisions/012, 037).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from pandas import DataFrame

from qa_analysis.data.scope import WHOLE, Scope
from qa_analysis.dates import day_name, month_name, period_of
from qa_analysis.english import counted
from qa_analysis.framework import Rules
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.figure import Figure, Names, figure_of, joined
from qa_analysis.month.figures import Figures

CAUSES = ("late", "changed", "deleted", "rules", "software", "later", "rest")  # each a part of now less then
RESTATED = [
    "published_in", "against", "measure", "period", "population", "by", "group", "kind", "then", "now",
    "numerator_then", "numerator_now", "denominator_then", "denominator_now", "said_then", "said_now",
    "cause", *(f"by_{cause}" for cause in CAUSES),
]  # fmt: skip
ROWS_RESTATED = ["published_in", "dataset", "late", "changed", "deleted"]
SETTLING = [
    "measure", "group", "lag", "changes", "mean", "mean_lower", "mean_upper", "median", "median_lower", "median_upper",
    "band_lower", "band_upper", "status", "slope", "slope_p",
]  # fmt: skip
CYCLES_PUBLISHED = ["cycle", "state", "reports"]
NARRATIVES = ["month", "level", "entity", "state", "part", "text"]
NONE_RESTATED = pd.DataFrame(columns=RESTATED)


@dataclass(frozen=True, repr=False)
class Month:
    """What a notebook tells. `held` are its figures; `quality` has one row per issue; and so on.

    `restated` has one row per figure published before that is another today, `restated_rows` one row per dataset whose
    records are, and `settling` one row per measure or indicator and number of months later. `narratives` has
    one row per line of what services and teams say of the month, `cycles_published` one row per cycle of the year, as
    its reports were on time or late. `compared` names the publications that the month was held against: without one,
    nothing can be said of what changed.
    """

    month: str
    as_at: date
    rules: Rules
    supplied: tuple[str, ...]
    held: Figures
    quality: DataFrame
    decisions: DataFrame
    extracts: DataFrame
    restated: DataFrame
    quotations: DataFrame
    scope: Scope = WHOLE
    restated_rows: DataFrame = field(default_factory=lambda: DataFrame(columns=ROWS_RESTATED))
    settling: DataFrame = field(default_factory=lambda: DataFrame(columns=SETTLING))
    compared: tuple[str, ...] = ()
    narratives: DataFrame = field(default_factory=lambda: DataFrame(columns=NARRATIVES))
    cycles_published: DataFrame = field(default_factory=lambda: DataFrame(columns=CYCLES_PUBLISHED))

    @property
    def measures(self) -> DataFrame:
        """Every figure of the month. One row per figure."""
        return self.held.every

    def __repr__(self) -> str:
        """The month in a few lines, for whoever shows it in a notebook."""
        place = self.scope.words or "the whole"
        return "\n".join(
            [
                f"Audit cycle {month_name(self.month)}, {place}, data as at {day_name(self.as_at)}",
                f"{counted(len(self.supplied), 'dataset')} supplied: {', '.join(self.supplied)}",
                f"{counted(len(declared()), 'measure')} to ask for, such as "
                'this.figures("good_or_better", by="key_area")',
            ]
        )

    def figure(
        self,
        measure: str,
        *,
        by: Names = (),
        group: Names = (),
        period: str | None = None,
        population: str | None = None,
    ) -> Figure | None:
        """One figure; None where there is none."""
        rows = self.figures(measure, by=by, period=period, population=population)
        (places,) = (rows["group"].to_numpy() == joined(group)).nonzero()
        return figure_of(rows.iloc[places[0]]) if len(places) else None

    def figures(
        self, measure: str, *, by: Names = (), period: str | None = None, population: str | None = None
    ) -> DataFrame:
        """The figures of one measure and dimension. One row per group (and population where none is named)."""
        table = self.held.of(measure)
        asked = {"by": joined(by), "period": self.month if period is None else period, "population": population}
        # As arrays: a report asks three hundred times, and of a small table pandas takes ten times as long.
        chosen = [table[name].to_numpy() == value for name, value in asked.items() if value is not None]
        return table[np.logical_and.reduce(chosen)]

    def over_time(self, measure: str, *, by: Names = (), periods: Sequence[str] | None = None) -> DataFrame:
        """The figures of one measure and dimension in several periods, or in all. One row per period and group."""
        table = self.held.of(measure)
        chosen = table[table["by"] == joined(by)]
        return chosen if periods is None else chosen[chosen["period"].isin(periods)]

    def count(
        self,
        measure: str,
        *,
        by: Names = (),
        group: Names = (),
        period: str | None = None,
        population: str | None = None,
    ) -> int:
        """A count; 0 where there is none of that measure, period and group."""
        found = self.figure(measure, by=by, group=group, period=period, population=population)
        return int(found.value) if found else 0

    @property
    def cycles(self) -> tuple[str, ...]:
        """The year of cycles that ends with the month, none before the council's first; oldest first."""
        return self.rules.cycles_up_to(self.month, self.rules.rolling_cycles)

    @property
    def year(self) -> str:
        """The same year as the measures write it."""
        return period_of(self.cycles)

    @property
    def place_year(self) -> str:
        """The year over which a service or a team is told of, as the measures write it; nothing before there is one."""
        return period_of(self.rules.place_cycles(self.month))

    @property
    def practice_year(self) -> str:
        """The year over which practice is told of: of a place the one that moves on by whole quarters."""
        return self.year if self.scope.is_whole else self.place_year
