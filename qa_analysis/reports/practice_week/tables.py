"""The tables of the report on Practice Week, ready to be shown. One row per what its name says."""

from typing import Final

from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import figures_of
from qa_analysis.measures.practice_week.calibration import DIFFERENCES
from qa_analysis.measures.practice_week.week import GROUPS
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import TOO_FEW_TO_SHOW, share_of, tally

ACTIVITIES: Final = {
    "Audits": "practice_week_audits", "People who audited": "practice_week_auditors",
    "Observations": "practice_week_observations",
}  # fmt: skip


def took_part_table(month: Month, of: str) -> DataFrame:
    """Who did how much. One row per activity that is counted, one column per group of people."""
    rows = [
        [activity, *(tally(month.figure(measure, by="took_part", group=group, period=of)) for group in GROUPS)]
        for activity, measure in ACTIVITIES.items()
        if not month.figures(measure, by="took_part", period=of).empty
    ]
    return DataFrame(rows, columns=["Activity", *map(at_first, GROUPS)])


def kinds_table(month: Month, of: str) -> DataFrame:
    """What was observed in the week. One row per kind."""
    found = figures_of(month.figures("practice_week_observations", by="kind", period=of))
    return DataFrame([[at_first(one.group[0]), tally(one)] for one in found], columns=["Kind", "Observations"])


def grades_table(month: Month, of: str) -> DataFrame:
    """The grades of the week's audits beside those of the cycle's headline audits. One row per grade."""
    rows = []
    for grade in month.rules.grades:
        here = month.figure("practice_week_grades", by="grade", group=grade, period=of)
        headline = month.figure("grade_count", by="grade", group=grade, period=of)
        if here is not None:
            rows.append([at_first(grade), tally(here), tally(headline) if headline else "Not in this report"])
    return DataFrame(rows, columns=["Grade", "Audits of Practice Week", f"Headline audits of {month_name(of)}"])


def differences_table(month: Month, of: str) -> DataFrame:
    """Which way leaders' grades differ. One row per way."""
    found = figures_of(month.figures("leader_differences", by="difference", period=of))
    kept = {one.group[0]: one for one in found}
    rows = [[at_first(word), tally(kept[word])] for word in DIFFERENCES if word in kept]
    return DataFrame(rows, columns=["Overall grade", "Records"])


def areas_table(month: Month, of: str) -> DataFrame:
    """How often both graded each key area alike. One row per key area."""
    rows = [
        [name, share_of(one) if one else at_first(TOO_FEW_TO_SHOW)]
        for area, name in month.rules.key_areas.items()
        for one in [month.figure("leader_agreement", by="key_area", group=area, period=of)]
    ]
    return DataFrame(rows, columns=["Key area", "Same grade"])


def year_table(month: Month) -> DataFrame:
    """Senior leaders' audits cycle by cycle. One row per cycle."""
    found = figures_of(month.over_time("audits_by_senior_leaders", periods=month.cycles))
    return DataFrame([[month_name(one.period), tally(one)] for one in found], columns=["Cycle", "Audits"])
