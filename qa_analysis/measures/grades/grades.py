"""How good practice was graded: overall and in the six key areas, this month, six months ago and over time."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import NOT_APPLICABLE, Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import Codes
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, labelled, share, shares_by
from qa_analysis.measures.populations import HEADLINE

Area = tuple[tuple[str, ...], tuple[str, ...]]  # how figures name a grade: () and (), or what it is by and which it is
OVERALL: Area = ((), ())
PLACES = ("service_area", "team")
BY = (*PLACES, "theme_code")
NO_GRADE: Final = np.int8(-1)
RUN_CHART_CYCLES = 24  # two years: long enough to see a baseline year and what followed


def areas(rules: Rules) -> Mapping[Area, str]:
    """The overall grade and the six key areas, each with the column that holds it."""
    return {OVERALL: "overall_grade"} | {
        (("key_area",), (area,)): column for area, column in rules.grade_columns.items()
    }


def places_on_scale(grades_given: tuple[Codes, "pd.Index[str]"], rules: Rules) -> Codes:
    """The place on the scale, 0 the best, of what a column of grades says by number (`coded`); NO_GRADE where none."""
    codes, known = grades_given
    return np.append(pd.Index(rules.grades).get_indexer(known).astype(np.int8), NO_GRADE)[codes]


def graded(audits: DataFrame, column: str, rules: Rules) -> DataFrame:
    """The audits with a grade on the four-grade scale, and whether it is good or better. One row per graded audit."""
    on_scale = audits[audits[column].isin(rules.grades)]
    return on_scale.assign(is_good=on_scale[column].isin(rules.good_grades))


def _is_good(grades_given: Series, rules: Rules) -> Series:
    """As `graded`, of the grades alone: an audit has ninety columns, and this is asked for every area and cycle."""
    return grades_given[grades_given.isin(rules.grades)].isin(rules.good_grades)


@declares(
    Measure(
        "good_or_better",
        title="Good or better",
        family=family.GRADES,
        counts="headline audits graded outstanding or good, of those graded on the four-grade scale, in the "
        "month, in twelve cycles together and in each of the 23 cycles before the month",
        by="key_area, service_area, team, theme_code, family",
        limits="the auditors' grades, not the panel's; areas marked not applicable and blank grades leave the "
        "denominator; by service and team for the twelve cycles to the end of a quarter alone; by audit theme for the "
        "month and the twelve cycles, by "
        "whether a family engaged for the twelve cycles alone, where family feedback was supplied",
        unit="share",
    ),
    Measure(
        "grade_count",
        title="Audits by grade",
        family=family.GRADES,
        counts="headline audits given each grade, overall and in each key area, in this cycle and in the one six "
        "months before",
        by="grade, key_area+grade",
        limits="the auditors' grades, not the panel's; blank grades are counted as not recorded",
        unit="audits",
    ),
)
def grades(tables: Tables) -> list[Figure]:
    """Good-or-better shares and counts of each grade. One figure per population, group and cycle."""
    year = tables.rolling_cycles
    earlier = tables.rules.cycle_before(tables.month)
    return [
        *good_or_better(tables, (tables.month,)),
        *places(tables, (tables.month,), columns=BY),
        *good_or_better(tables, year),
        *places(tables, tables.place_cycles),
        *places(tables, year, columns=("theme_code",)),
        *(row for cycle in _cycles_before(tables) for row in good_or_better(tables, (cycle,))),
        *grade_counts(tables, tables.month),
        *(grade_counts(tables, earlier) if not headline_audits(tables, months=(earlier,)).empty else []),
    ]


def good_or_better(tables: Tables, months: tuple[str, ...]) -> list[Figure]:
    """The share graded good or better over some cycles, overall and by key area. One figure per area."""
    columns, labels = areas(tables.rules), _labels(tables, months)
    audits = headline_audits(tables, months=months, columns=tuple(columns.values()))
    found = {area: _is_good(audits[column], tables.rules) for area, column in columns.items()}
    return [
        share("good_or_better", int(is_good.sum()), len(is_good), by=by, group=group, **labels)
        for (by, group), is_good in found.items()
        if len(is_good) or not by
    ]


def places(tables: Tables, months: tuple[str, ...], *, columns: tuple[str, ...] = PLACES) -> list[Figure]:
    """The share graded good or better by service and team, or as asked. One figure per group that has any."""
    audits = headline_audits(tables, months=months, columns=("overall_grade", *columns))
    overall = graded(audits, "overall_grade", tables.rules)
    labels = _labels(tables, months)
    return [row for place in columns for row in shares_by(overall, place, "is_good", "good_or_better", **labels)]


def grade_counts(tables: Tables, month: str) -> list[Figure]:
    """How many audits had each grade, overall and by key area. One figure per grade (and area)."""
    audits, rules = headline_audits(tables, months=(month,)), tables.rules
    every = (*rules.grades, NOT_APPLICABLE)
    return [
        row
        for area, column in areas(rules).items()
        for row in _counted(audits[column], rules.grades if area == OVERALL else every, area, month=month)
    ]


def _counted(values: Series, scale: tuple[str, ...], area: Area, *, month: str) -> Iterator[Figure]:
    """Each grade of the scale, none left out; and the blanks where there are any."""
    sizes, (by, group) = labelled(values).value_counts(), area
    for grade in (*scale, *(["not recorded"] if "not recorded" in sizes else [])):
        yield count(
            "grade_count", int(sizes.get(grade, 0)),
            period=month, population=HEADLINE, unit="audits", by=(*by, "grade"), group=(*group, grade),
        )  # fmt: skip


def _labels(tables: Tables, months: tuple[str, ...]) -> dict[str, Any]:
    """Which cycles and which audits a figure is about."""
    return {"period": period_of(months), "population": HEADLINE, "few": tables.rules.percentage_from}


def _cycles_before(tables: Tables) -> Iterator[str]:
    """The cycles of the run chart before the month, those that hold any headline audit."""
    held = set(tables.audits.loc[tables.audits["selection_route"].isin(tables.rules.headline_routes), "cycle_month"])
    return (cycle for cycle in tables.rules.cycles_up_to(tables.month, RUN_CHART_CYCLES)[:-1] if cycle in held)
