"""What else changed between the two periods: auditors, mix of cases, form, children, how themes were picked."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import across
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, estimated, labelled, share
from qa_analysis.measures.grades.grades import Area, graded
from qa_analysis.measures.grades.windows import Window, graded_sides, windows
from qa_analysis.measures.populations import LEAD
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import newcombe
from qa_analysis.stats.standardised import Split, split_change

FACTORS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "service and case status": ("service_area", "case_status"),
        "age band": ("age_band",),
        "audit theme": ("theme_code",),
        "route": ("selection_route",),
        "auditor's role": ("auditor_role",),
    }
)


@declares(
    Measure(
        "loop_same_auditors",
        title="Change in good or better, same auditors",
        family=family.SIX_MONTHS_ON,
        counts="the share graded outstanding or good in the last three cycles, less that in the three six months "
        "before, among the headline audits of those who audited in both periods",
        by="key_area",
        limits="the same auditors may themselves have become stricter or milder",
        unit="difference of shares",
        compares_periods=True,
    ),
    Measure(
        "loop_mix",
        title="Change that comes from the mix of audits",
        family=family.SIX_MONTHS_ON,
        counts="the part of the change in good or better of the overall grade between the last three cycles and "
        "the three six months before that comes from another mix of audits, for each way of telling kinds "
        "of audit apart",
        by="factor",
        limits="has no interval; kinds of audit seen in one period alone count as mix",
        unit="difference of shares",
        compares_periods=True,
    ),
    Measure(
        "loop_remainder",
        title="Change that remains with the same mix of audits",
        family=family.SIX_MONTHS_ON,
        counts="the part of the change in good or better of the overall grade between the last three cycles and "
        "the three six months before that remains once both periods have the same mix of audits, for each "
        "way of telling kinds of audit apart",
        by="factor",
        limits="rests on the kinds of audit seen in both periods alone",
        unit="difference of shares",
        compares_periods=True,
    ),
    Measure(
        "loop_audits_by_same_auditors",
        title="Audits by auditors of both periods",
        family=family.SIX_MONTHS_ON,
        counts="headline audits of the last three cycles, and of the three six months before, that were done by "
        "somebody who audited in both periods, of all of that period",
        by="side",
        limits="an audit without a recorded auditor counts as not",
        unit="share",
    ),
    Measure(
        "loop_same_children",
        title="Children audited in both periods",
        family=family.SIX_MONTHS_ON,
        counts="children with a headline audit in the last three cycles and another in the three six months before",
        limits="audits of carers, which have no child, are not in it",
        unit="children",
    ),
    Measure(
        "loop_reviews_overlapping",
        title="Audits that look back into the earlier period",
        family=family.SIX_MONTHS_ON,
        counts="headline audits of the last three cycles whose review of practice begins on or before the day of "
        "the last audit of the period six months before, of those with a recorded beginning",
        limits="audits look back over six months, so some overlap is to be expected",
        unit="share",
    ),
    Measure(
        "loop_break",
        title="Breaks in the way of auditing",
        family=family.SIX_MONTHS_ON,
        counts="what changed in the way of auditing between the two periods, each reason counted as one: other "
        "people began to audit, another version of the audit form became the usual one, or most audits of the "
        "later period were on themes that the earlier did not look at",
        by="reason",
        limits="no figure where no such change is known",
        unit="breaks",
    ),
    Measure(
        "loop_picked_for_weakness",
        title="Earlier audits of themes picked for weakness",
        family=family.SIX_MONTHS_ON,
        counts="headline audits of the three cycles six months before whose audit theme the plan picked because "
        "it looked weak, of all of that period",
        limits="only where an audit plan was supplied; a theme picked because it looked weak tends to look "
        "better next time by itself",
        unit="share",
    ),
)
def likeness(tables: Tables) -> list[Figure]:
    """How alike the audits compared are, and what is left of the change where they are made alike. One figure each."""
    window = windows(tables)[LEAD]
    if window.now.empty or window.then.empty:
        return []
    return [
        *by_same_auditors(tables, window),
        *splits(tables, window),
        *who_and_what(tables, window),
        *picked(tables, window),
    ]


def by_same_auditors(tables: Tables, window: Window) -> list[Figure]:
    """The change as the auditors who audited in both periods graded it. One figure per area."""
    return [
        across(
            estimated("loop_same_auditors", found, unit="difference of shares", by=by, group=group, **_labels(tables)),
            window.breaks,
        )
        for (by, group), found in same_auditors(tables, window).items()
    ]


def same_auditors(tables: Tables, window: Window) -> Mapping[Area, Estimate]:
    """The difference of shares among the audits of those who audited in both periods, by area."""
    both = set(window.now["auditor_id"].dropna()) & set(window.then["auditor_id"].dropna())
    found = {}
    for label, _, now, then in graded_sides(tables, window):
        after, before = (side.loc[side["auditor_id"].isin(both), "is_good"] for side in (now, then))
        found[label] = newcombe(int(after.sum()), len(after), int(before.sum()), len(before))
    return found


def splits(tables: Tables, window: Window) -> list[Figure]:
    """The change of the overall grade split into mix and remainder, by each factor that was recorded."""
    rows: list[Figure] = []
    for factor, columns in FACTORS.items():
        found = split_by(tables, window, columns)
        if found is None:
            continue
        labels = {**_labels(tables), "by": "factor", "group": factor, "unit": "difference of shares"}
        mix = Estimate(
            found.mix, float("nan"), float("nan"), found.outside, method="change less remainder",
            note=f"audits of kinds seen in one period only: {found.outside}" if found.outside else "",
        )  # fmt: skip
        part = estimated("loop_mix", mix, **labels)
        rows += [
            part.but(reasons=(*part.reasons, *window.breaks)),  # its note says how many audits are of other kinds
            across(estimated("loop_remainder", found.remainder, **labels), window.breaks),
        ]
    return rows


def split_by(tables: Tables, window: Window, columns: tuple[str, ...]) -> Split | None:
    """The change of the overall grade split by kinds of audit; None where the kind was recorded in no audit."""
    now, then = (graded(side, "overall_grade", tables.rules) for side in (window.now, window.then))
    if pd.concat([now[list(columns)], then[list(columns)]]).isna().all(axis=None):
        return None
    counted = [_by_kind(side, columns) for side in (now, then)]
    (after, before) = (one.reindex(counted[0].index.union(counted[1].index), fill_value=0) for one in counted)
    return split_change(after["sum"], after["size"], before["sum"], before["size"])


def who_and_what(tables: Tables, window: Window) -> list[Figure]:
    """Audits by those who audited in both periods, children audited in both, reviews of the same months, and breaks."""
    both = set(window.now["auditor_id"].dropna()) & set(window.then["auditor_id"].dropna())
    children = set(window.now["child_id"].dropna()) & set(window.then["child_id"].dropna())
    looked_back = window.now["review_from_on"].dropna()
    few, labels = tables.rules.percentage_from, _labels(tables)
    return [
        *(
            share("loop_audits_by_same_auditors", int(side["auditor_id"].isin(both).sum()), len(side),
                  by="side", group=name, few=few, **labels)
            for name, side in (("now", window.now), ("then", window.then))
        ),
        count("loop_same_children", len(children), unit="children", **labels),
        share(
            "loop_reviews_overlapping", int((looked_back <= window.then["audited_on"].max()).sum()), len(looked_back),
            few=few, **labels,
        ),
        *(count("loop_break", 1, unit="breaks", by="reason", group=reason, **labels)
          for reason in window.breaks),
    ]  # fmt: skip


def picked(tables: Tables, window: Window) -> list[Figure]:
    """How many of the earlier audits were of a theme picked because it looked bad. One figure where there is a plan."""
    plan = tables.optional("audit_plan")
    if plan is None:
        return []
    weak = plan[plan["factor"].isin(tables.rules.picked_for_weakness)]
    themes = set(zip(weak["cycle_month"], weak["theme_code"], strict=True))
    chosen = [pair in themes for pair in zip(window.then["cycle_month"], window.then["theme_code"], strict=True)]
    few = tables.rules.percentage_from
    return [share("loop_picked_for_weakness", sum(chosen), len(chosen), few=few, **_labels(tables))]


def _by_kind(side: DataFrame, columns: tuple[str, ...]) -> DataFrame:
    """How many audits of each kind, and how many of them good. One row per kind."""
    kinds = pd.MultiIndex.from_frame(side[list(columns)].apply(labelled))
    counted: DataFrame = side["is_good"].groupby(kinds).agg(["sum", "size"])
    return counted


def _labels(tables: Tables) -> dict[str, str]:
    return {"period": tables.month, "population": LEAD}
