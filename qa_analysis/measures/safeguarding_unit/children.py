"""How many children are cared for or on a child protection plan, and how many came and went."""

from collections.abc import Mapping
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.populations import UNIT_CHILDREN

DATASET, STATUS = "caseload", "case_status"
CARED_FOR, ON_A_PLAN = "CLA", "CP"
STATUSES: Final = (CARED_FOR, ON_A_PLAN)
BEGAN, ENDED = "began", "ended"
MONTHS: Final = 13  # the month, and the same month a year before


@declares(
    Measure(
        "unit_children",
        title="Children cared for or on a child protection plan",
        family=family.UNIT,
        counts="children who are cared for or on a child protection plan in the last list of open records of each "
        "month, up to a year before the month",
        by="case_status",
        limits="one status a child, the one in the list; a month without a list has no figure",
        unit="children",
    ),
    Measure(
        "unit_children_moved",
        title="Children whose care or plan began or ended",
        family=family.UNIT,
        counts="children with a status in the last list of the month and not in that of the month before (began), or "
        "the other way round (ended)",
        by="case_status+movement",
        limits="a child whose status began and ended between two lists is not seen; who changes from a plan to care "
        "counts as one ended and one begun; no figure without both lists",
        unit="children",
    ),
    needs=(DATASET,),
)
def children(tables: Tables) -> list[Figure]:
    """The children at each month end, and who came and went in the month. One figure per month, status and way."""
    ends = month_ends(tables)
    return [*_at_ends(tables, ends), *_moved(tables, ends)]


@remembered  # several measures ask for the same lists
def month_ends(tables: Tables) -> Mapping[str, DataFrame]:
    """The children of the last list of each month that has one, up to the month reported on. One row per child."""
    caseload = tables.optional(DATASET)
    if caseload is None or not tables.holds(DATASET, STATUS):
        return {}
    in_month = months_of(caseload["snapshot_on"])
    newest = caseload.groupby(in_month)["snapshot_on"].transform("max")
    last = caseload.assign(month=in_month)[caseload["snapshot_on"].eq(newest) & (in_month <= tables.month)]
    return {
        str(month): some[some[STATUS].isin(STATUSES) & some["child_id"].notna()].drop_duplicates("child_id")
        for month, some in last.groupby("month")
    }


def children_in(tables: Tables, months: tuple[str, ...]) -> int:
    """The children of the lists of some months, each counted once a month; none where one of the months has no list."""
    ends = month_ends(tables)
    return sum(len(ends[month]) for month in months) if set(months) <= set(ends) else 0


def _at_ends(tables: Tables, ends: Mapping[str, DataFrame]) -> list[Figure]:
    return [
        _count("unit_children", len(some), month, by=by, group=group)
        for month in tables.rules.cycles_up_to(tables.month, MONTHS)
        if month in ends
        for by, group, some in (
            ("", "", ends[month]),
            *((STATUS, status, ends[month][ends[month][STATUS] == status]) for status in STATUSES),
        )
    ]


def _moved(tables: Tables, ends: Mapping[str, DataFrame]) -> list[Figure]:
    before, now = (ends.get(months_after(tables.month, step)) for step in (-1, 0))
    if before is None or now is None:
        return []
    held = {
        status: tuple(set(some.loc[some[STATUS] == status, "child_id"]) for some in (before, now))
        for status in STATUSES
    }
    return [
        _count("unit_children_moved", len(moved), tables.month, by=(STATUS, "movement"), group=(status, way))
        for status, (then, since) in held.items()
        for way, moved in ((BEGAN, since - then), (ENDED, then - since))
    ]


def _count(
    measure: str, tally: int, month: str, *, by: str | tuple[str, ...], group: str | tuple[str, ...]
) -> Figure:  # fmt: skip
    return count(measure, tally, period=month, population=UNIT_CHILDREN, unit="children", by=by, group=group)
