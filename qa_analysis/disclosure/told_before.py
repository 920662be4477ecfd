"""Keeps what was told of a place as it was told, until it differs by enough: a late record must not stand alone.

A record that comes late, or a grade put right, changes a figure of a place by one child, and whoever has both editions
would subtract them. So a figure of the same year stays as the newest edition had it, and is told anew where it differs
by as many cases as the floor asks for, as after a faulty extract, or with the next quarter (docs/decisions/027). Of the
staff survey the whole stays as well: a form that came late would be what one person answered (046).
"""

from typing import Final

from pandas import DataFrame, Series

from qa_analysis.disclosure.small_places import NUMBERS, is_of_place
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.family import STAFF_SURVEY

NAMED: Final = ["measure", "period", "population", "by", "group"]  # no two figures of an edition have all of them alike
TELLS: Final = [*NUMBERS, "note", "verdict", "reasons"]
COUNTS: Final = ["numerator", "denominator"]
AS_WRITTEN: Final = 1e-9  # written with ten digits: less than this is rounding


def as_told_before(figures: DataFrame, before: DataFrame, rules: Rules) -> DataFrame:
    """The figures, those of a place that differ by too few from what was told before as they were told then.

    `before` has the newest figure of every name that was published. One row per figure.
    """
    places = before[(is_of_place(before) | _is_of_survey(before)) & before["value"].notna()].set_index(NAMED)[TELLS]
    then = places.reindex(figures.set_index(NAMED).index).set_axis(figures.index)
    is_kept = then["value"].notna() & figures["value"].notna() & _differ_by_few(figures, then, rules)
    return figures.assign(**{name: figures[name].mask(is_kept, then[name]) for name in TELLS})


def _differ_by_few(now: DataFrame, then: DataFrame, rules: Rules) -> "Series[bool]":
    """Whether each figure is another than before, and by fewer cases than would hide a child."""
    apart, of_survey = (now[COUNTS] - then[COUNTS]).abs(), _is_of_survey(now)
    apart = apart.assign(forms=(now["value"] - then["value"]).abs().where(of_survey & now["method"].eq("count")))
    differs = (now[[*COUNTS, "value"]] - then[[*COUNTS, "value"]]).abs() > AS_WRITTEN
    fewest = of_survey.map({True: rules.staff_survey_floor + 1, False: rules.floor[MANAGERS].children})
    return differs.any(axis=1) & ~apart.ge(fewest, axis=0).any(axis=1)


def _is_of_survey(figures: DataFrame) -> "Series[bool]":
    """Whether each figure is of the yearly survey of staff."""
    return (
        figures["measure"].map(lambda name: name in declared() and declared()[name].family == STAFF_SURVEY).astype(bool)
    )
