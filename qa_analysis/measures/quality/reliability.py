"""How far the month's numbers can be relied on: what was recorded, what could not be read, what is at issue."""

from collections.abc import Mapping

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.advice import UNREADABLE
from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.populations import ALL_ACTIONS, EVERY_EXTRACT, EVERY_RECORD, EVERY_ROUTE

PLACE = ["file", "sheet", "row"]  # of an issue
ROW_PLACE = ["source_file", "source_sheet", "source_row"]  # the same, of a record


@declares(
    Measure(
        "issues",
        title="Data quality issues",
        family=family.DATA_QUALITY,
        counts="what a contract or the reading of an extract objects to, in the records known by the as-at date",
        by="dataset+rule+severity",
        limits="of the extracts as they are today: what was corrected since is not in it",
        unit="issues",
    ),
    Measure(
        "cells_unreadable",
        title="Cells that could not be read",
        family=family.DATA_QUALITY,
        counts="cells that hold something which could not be read for certain, in the records known by the as-at date; "
        "each is among the data quality issues",
        limits="such a cell counts as blank, and its row is left out where it means nothing without it",
        unit="cells",
    ),
    Measure(
        "recorded_unreadable",
        title="Audits with a field that could not be read",
        family=family.DATA_QUALITY,
        counts="audits of the cycle, every route, in which a field that figures need holds something that could not be "
        "read: neither recorded nor blank",
        by="field",
        limits="no figure where every such field could be read",
        unit="audits",
    ),
    Measure(
        "records_in_order",
        title="Records in order",
        family=family.DATA_QUALITY,
        counts="records of a month that no rule objects to, of all its records, for each core dataset and each "
        "of the twelve months",
        by="dataset",
        limits="whether rules are kept, not whether what was recorded is true",
        unit="share",
    ),
    Measure(
        "recorded",
        title="Audits that carry what figures need",
        family=family.DATA_QUALITY,
        counts="audits of the cycle, every route, with each field that figures need filled in, of all its audits",
        by="field",
        limits="that a field is filled in, not that it is right",
        unit="share",
    ),
    Measure(
        "actions_completion_unreadable",
        title="Actions with an unreadable date of completion",
        family=family.ACTIONS,
        counts="actions agreed by the as-at date whose date of completion holds something that cannot be read, "
        "such as Yes or 31/06",
        limits="neither known open nor known done; until corrected such an action stands among the open ones",
        unit="actions",
    ),
    is_of_month=False,
)
def reliability(tables: Tables, issues: DataFrame, contracts: Mapping[str, Contract]) -> list[Figure]:
    """Issues by kind, records without one by month, and how complete the month's records are. One figure each."""
    return [
        *issue_counts(tables, issues),
        *records_in_order(tables, issues, contracts),
        *completeness(tables),
        *unreadable(tables),
        completion_unreadable(tables),
    ]


def issue_counts(tables: Tables, issues: DataFrame) -> list[Figure]:
    """How many issues the extracts have, by dataset, rule and severity, and how many cells none could read."""
    labels = {"period": tables.month, "population": EVERY_EXTRACT, "unit": "issues"}
    grouped = issues.groupby(["dataset", "rule", "severity"]).size()
    return [
        count("issues", len(issues), **labels),
        count("cells_unreadable", int(issues["rule"].isin(UNREADABLE).sum()), **(labels | {"unit": "cells"})),
        *(
            count("issues", int(size), by=("dataset", "rule", "severity"), group=group, **labels)
            for group, size in zip(grouped.index, grouped, strict=True)
        ),
    ]


def records_in_order(tables: Tables, issues: DataFrame, contracts: Mapping[str, Contract]) -> list[Figure]:
    """The share of each month's records that no rule objects to, core datasets, over the year. One figure per month."""
    return [
        row
        for name, contract in contracts.items()
        if contract.is_core and name in tables.frames
        for row in _by_month(tables, name, contract, issues[issues["dataset"] == name])
    ]


def completeness(tables: Tables) -> list[Figure]:
    """What share of the month's audits carry what the figures need. One figure per field."""
    audits, rules = cycle_audits(tables), tables.rules
    areas = audits[list(rules.grade_columns.values())]
    held = {
        "overall grade": audits["overall_grade"].isin(rules.grades),
        "all six area grades": areas.notna().all(axis=1),
        "service": audits["service_area"].notna(),
        "team": audits["team"].notna(),
        "notice date": audits["notice_on"].notna(),
        "impact on the child": audits["impact_statement"].notna(),
        **_in_other(tables, audits, "findings", "a finding"),
        **_in_other(tables, audits, "family_feedback", "family contact"),
    }
    return [
        share(
            "recorded", int(flag.sum()), len(audits), by="field", group=field,
            period=tables.month, population=EVERY_ROUTE, few=rules.percentage_from,
        )
        for field, flag in held.items()
    ]  # fmt: skip


def unreadable(tables: Tables) -> list[Figure]:
    """In how many of the month's audits a field holds something that could not be read. One figure per such field."""
    of_cycle = cycle_audits(tables).index
    labels = {"period": tables.month, "population": EVERY_ROUTE, "unit": "audits"}
    fields = {
        "overall grade": ("overall_grade",),
        "all six area grades": tuple(tables.rules.grade_columns.values()),
        "notice date": ("notice_on",),
    }
    held = {
        field: int(
            pd.concat([tables.unread("audits", column)[of_cycle] for column in columns], axis=1).any(axis=1).sum()
        )
        for field, columns in fields.items()
    }
    return [
        count("recorded_unreadable", size, by="field", group=field, **labels) for field, size in held.items() if size
    ]


def completion_unreadable(tables: Tables) -> Figure:
    """How many actions hold a date of completion that cannot be read: neither known open nor known done. One figure."""
    unread = int(tables.unread("actions", "completed_on").sum())
    labels = {"period": tables.month, "population": ALL_ACTIONS, "unit": "actions"}
    return count("actions_completion_unreadable", unread, **labels)


def _in_other(tables: Tables, audits: DataFrame, dataset: str, field: str) -> dict[str, Series]:
    """Whether each audit has a record in another dataset; nothing where that was not supplied."""
    other = tables.optional(dataset)
    return {} if other is None else {field: audits["audit_id"].isin(other["audit_id"])}


def _by_month(tables: Tables, name: str, contract: Contract, issues: DataFrame) -> list[Figure]:
    """Each month's records of one dataset, and how many have no issue."""
    frame = tables.frames[name]
    rows = frame[ROW_PLACE].set_axis(PLACE, axis=1)
    in_order = pd.Series(~_places(rows).isin(_places(issues[PLACE])), index=frame.index)
    grouped = in_order.groupby(_month_of(frame, contract, tables)).agg(["sum", "size"])
    return [
        share(
            "records_in_order", int(row["sum"]), int(row["size"]), by="dataset", group=name,
            period=str(month), population=EVERY_RECORD, few=tables.rules.percentage_from,
        )
        for month, row in grouped.iterrows()
        if month in tables.rolling_cycles
    ]  # fmt: skip


def _places(rows: DataFrame) -> pd.MultiIndex:
    """Where records stand, a blank sheet (as of a CSV) written one way."""
    return pd.MultiIndex.from_frame(rows.assign(sheet=rows["sheet"].fillna("")).astype({"row": "float64"}))


def _month_of(frame: DataFrame, contract: Contract, tables: Tables) -> Series:
    """The cycle of an audit or of a record about one; otherwise the month in which it happened."""
    if "cycle_month" in frame:
        return frame["cycle_month"]
    if "audit_id" in contract.key or contract.happens_on is None:
        return frame["audit_id"].map(tables.audits.set_index("audit_id")["cycle_month"])
    months: Series = months_of(frame[contract.happens_on])
    return months
