"""The periods that the unit is told of: the month, the last three together, the year, and that of places."""

from typing import Final

from qa_analysis.data.tables import Tables

LATELY: Final = 3  # months: as long as the period that verdicts on grades rest on
Months = tuple[str, ...]


def lately(tables: Tables) -> Months:
    """The month and the two before it, none before the council's first."""
    return tables.rules.cycles_up_to(tables.month, LATELY)


def told_periods(tables: Tables) -> tuple[Months, ...]:
    """The month, the last three and the year, each once: in a council's first month they are the same."""
    return tuple(dict.fromkeys(((tables.month,), lately(tables), tables.rolling_cycles)))


def each_month(tables: Tables) -> tuple[Months, ...]:
    """Every month of the year by itself, then the last three and the year, each once."""
    return tuple(dict.fromkeys((*((month,) for month in tables.rolling_cycles), *told_periods(tables))))
