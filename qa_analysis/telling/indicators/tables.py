"""The tables of the report on performance."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import Figure, figures_of, joined
from qa_analysis.measures.performance.direction import ABOVE, BELOW
from qa_analysis.month.month import Month
from qa_analysis.telling.indicators.watched import Watched, by_place
from qa_analysis.telling.indicators.words import latest, target, travel

DIRECTION = "Direction of travel"


def indicators_table(month: Month, some: list[Watched]) -> DataFrame:
    """Each figure with its newest month, target, signal and since when. One row per figure."""
    rows = [
        {
            "Indicator": one.name, "Latest": latest(one, month.month), "Target": target(one),
            DIRECTION: travel(one), "Since": one.since,
        }
        for one in some
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Indicator", "Latest", "Target", DIRECTION, "Since"])


def places_table(month: Month) -> DataFrame:
    """Services and teams whose figure needs a look or differs from the others. One row per indicator and place."""
    beside = _beside(month)
    rows = [
        {
            "Indicator": one.name, "Service or team": one.place, "Latest": latest(one, month.month),
            DIRECTION: at_first(one.signal), "Since": one.since,
            "Beside the others": at_first(found.verdict) if (found := beside.get(one.group)) else "",
        }
        for one in by_place(month)
        if one.has_signal or (one.group in beside and beside[one.group].verdict in (ABOVE, BELOW))
    ]  # fmt: skip
    names = ["Indicator", "Service or team", "Latest", DIRECTION, "Since", "Beside the others"]
    return pd.DataFrame(rows, columns=names)


def charts_table(some: list[Watched]) -> DataFrame:
    """Which chart figures have, and why. One row per chart and reason."""
    said = [((at_first(one.direction.method), one.direction.note), one.name) for one in some if one.direction]
    return _together(said, ["Chart", "Why"])


def breaks_table(month: Month, some: list[Watched]) -> DataFrame:
    """The months in which a usual range begins anew, and why. One row per month and reason."""
    said = [((found.period, at_first(found.note)), one.name) for one in some for found in breaks_of(month, one)]
    return _together(sorted(said, key=lambda one: one[0]), ["From", "What changed"]).assign(
        From=lambda table: table["From"].map(month_name)
    )


def _together(said: list[tuple[tuple[str, str], str]], names: list[str]) -> DataFrame:
    """The figures of which the same is said, together. One row per what is said."""
    figures: dict[tuple[str, str], list[str]] = {}
    for what, figure in said:
        figures.setdefault(what, []).append(figure)
    rows = [(*what, "; ".join(held)) for what, held in figures.items()]
    return pd.DataFrame(rows, columns=[*names, "Figures"])


def breaks_of(month: Month, one: Watched) -> list[Figure]:
    """The breaks of one line among the months shown."""
    table = month.over_time(one.names.break_, by=joined(one.about.by))
    return figures_of(table[table["group"] == one.group])


def _beside(month: Month) -> dict[str, Figure]:
    found = [
        figure
        for place in ("service_area", "team")
        for figure in figures_of(month.figures("indicator_against_others", by=("indicator", place)))
    ]
    return {joined(figure.group): figure for figure in found}
