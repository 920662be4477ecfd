"""Words that several answers share: periods as people say them, groups, and the figures they are read from."""

from collections.abc import Sequence

from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import counted
from qa_analysis.measures.figure import Figure, figure_of, figures_of, joined
from qa_analysis.month.month import Month
from qa_analysis.questions.dimensions import many_of, one_of
from qa_analysis.questions.scope import Scope

NAMED = 3  # prompts or groups named in a sentence; the table has them all


def named(cycles: tuple[str, ...]) -> str:
    """A cycle or a range by its months: "July 2023 to June 2024"."""
    return " to ".join(month_name(month) for month in dict.fromkeys([cycles[0], cycles[-1]]))


def spoken(cycles: tuple[str, ...]) -> str:
    """A cycle or a range as people say it: "from July 2023 to June 2024"."""
    return f"{'in' if len(cycles) == 1 else 'from'} {named(cycles)}"


def when(scope: Scope) -> str:
    """The period of a question as people say it; nothing where it has none."""
    return spoken(scope.asked.cycles) if scope.asked.first else ""


def rows_of(month: Month, measure: str, by: str = "") -> DataFrame:
    """The figures of a measure split one way. One row per group."""
    table = month.measures
    return table[(table["measure"] == measure) & (table["by"] == by)]


def whole_of(month: Month, measure: str) -> Figure | None:
    """The figure of the whole; none where there is none."""
    rows = rows_of(month, measure)
    return figure_of(rows.iloc[0]) if len(rows) else None


def groups(tally: int, scope: Scope) -> str:
    """So many of what the answer is split by: "3 teams"."""
    return counted(tally, one_of(scope.asked.by), many_of(scope.asked.by))


def ends(rows: DataFrame, *, lowest: bool, few: int = NAMED) -> list[Figure]:
    """The figures with the lowest or the highest values, those of too few cases left out."""
    told = rows[rows["verdict"] == ""].sort_values("value", ascending=lowest, kind="stable")
    return figures_of(told.head(few))


def group_of(figure: Figure) -> str:
    """The group that a figure is of."""
    return joined(figure.group)


def and_more(parts: Sequence[str]) -> str:
    """Several parts of a sentence: "a; b; c"."""
    return "; ".join(parts)
