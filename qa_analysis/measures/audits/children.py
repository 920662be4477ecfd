"""How many of the children open to the council were audited in the year, and how many planned audits were not done."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share, shares_by
from qa_analysis.measures.populations import EVERY_ROUTE, OPEN_CHILDREN

GROUPS = ("service_area", "team", "case_status", "age_band")
CARERS = "fostering"  # a household's record: its audits name no child


@declares(
    Measure(
        "open_children_audited",
        title="Open children audited in the year",
        family=family.AUDITS,
        counts="children open at the newest month end of the caseload supplied who were audited in the last twelve "
        "cycles, by any route, of all those open then",
        by="service_area, team, case_status, age_band",
        limits="only where a caseload was supplied; households of foster carers are left out, whose audits name no "
        "child; audits of children who have closed since are not in it; a child opened last week counts as one who "
        "could have been audited",
        unit="share",
    ),
)
def children_audited(tables: Tables) -> list[Figure]:
    """The share of open children audited in the year: all, by service and by age. One figure each."""
    open_ones = open_children(tables)
    if open_ones is None or open_ones.empty:
        return []
    labels = {"period": period_of(tables.rolling_cycles), "population": OPEN_CHILDREN}
    few = tables.rules.percentage_from
    whole = share("open_children_audited", int(open_ones["is_audited"].sum()), len(open_ones), few=few, **labels)
    groups = (shares_by(open_ones, by, "is_audited", "open_children_audited", few=few, **labels) for by in GROUPS)
    return [whole, *(row for rows in groups for row in rows)]


def open_children(tables: Tables) -> DataFrame | None:
    """The children open at the newest month end, and whether they were audited in the year. One row per child.

    None where no caseload was supplied, or no audit names its child.
    """
    caseload, audits = tables.optional("caseload"), tables.audits
    if caseload is None or audits["child_id"].isna().all():
        return None
    newest = caseload[caseload["snapshot_on"] == caseload["snapshot_on"].max()]
    children = newest[(newest["case_status"] != CARERS) & newest["child_id"].notna()].drop_duplicates("child_id")
    audited = audits.loc[audits["cycle_month"].isin(tables.rolling_cycles), "child_id"].dropna()
    held: DataFrame = children.assign(is_audited=children["child_id"].isin(audited))
    return held


@declares(
    Measure(
        "planned_audits_not_done",
        title="Planned audits not done",
        family=family.AUDITS,
        counts="audits that the plan asked for on a theme in a cycle and that were not done by the as-at date, of all "
        "that it asked for, in the month and in those of the last twelve cycles that the plan gives numbers for",
        by="theme_code",
        limits="only where the plan supplied gives numbers; more audits than planned on one theme do not make up for "
        "fewer on another; audits of every route count as done; the extract has no column for why one was not done; "
        "by theme for the month alone",
        unit="share",
    ),
)
def not_done(tables: Tables) -> list[Figure]:
    """Planned audits that were not done, of those planned: the month's, its themes' and the year's. One figure each."""
    plan = shortfall(tables)
    of_month = plan[plan["cycle_month"] == tables.month]
    themes = [(str(theme), some) for theme, some in of_month.groupby("theme_code") if len(of_month) > 1]
    asked = [
        (tables.month, "", of_month),
        *((tables.month, theme, some) for theme, some in themes),
        (period_of(tables.rolling_cycles), "", plan),
    ]
    return [
        share(
            "planned_audits_not_done", int(some["missing"].sum()), int(some["planned_audits"].sum()), period=period,
            population=EVERY_ROUTE, by="theme_code" if theme else "", group=theme, few=tables.rules.percentage_from,
        )
        for period, theme, some in asked
        if some["planned_audits"].sum() > 0
    ]  # fmt: skip


def shortfall(tables: Tables) -> DataFrame:
    """The year's planned audits with how many were not done. One row per cycle and theme: planned_audits, missing."""
    plan, key = tables.optional("audit_plan"), ["cycle_month", "theme_code"]
    if plan is None:
        return pd.DataFrame({**dict.fromkeys(key, pd.Series(dtype="str")), "planned_audits": [], "missing": []})
    known = plan[plan["cycle_month"].isin(tables.rolling_cycles) & plan["planned_audits"].notna()]
    done = tables.audits.groupby(key).size().rename("done")
    both = known[[*key, "planned_audits"]].join(done, on=key).fillna({"done": 0})
    return both.assign(missing=(both["planned_audits"] - both["done"]).clip(lower=0))
