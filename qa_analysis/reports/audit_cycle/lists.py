"""Who had no audit, what is missing after audits, and the plan to edit: for named people alone (tier A)."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import days_written, month_name
from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.audit_cycle.after_audit import MISSING
from qa_analysis.measures.audit_cycle.coverage_of_year import key_workers
from qa_analysis.measures.audit_cycle.plan import COMING, OVERDUE, PUT_IN, coming, plan
from qa_analysis.measures.audit_cycle.steps_taken import steps_of_year
from qa_analysis.measures.audits.coverage import never_audited
from qa_analysis.measures.closing_the_loop.ledger import loops
from qa_analysis.month.named import Named

NEVER: Final = "never-audited.xlsx"
AFTER: Final = "missing-after-audits.xlsx"
PLAN: Final = "plan-of-coming-months.xlsx"
PLAN_COLUMNS: Final = ("cycle_month", "theme_code", "factor", "planned_audits", "is_planned", "revisit_of")
WIDTHS = {
    "Missing": 44,
    "Name": 32,
    "Team": 28,
    "Service": 28,
    "Key worker": 32,
    "theme_code": 32,
    "factor": 26,
    "Why it stands here": 60,
}


def never_audited_lists(named: Named) -> Iterator[Book]:
    """The teams and key workers with open records and no audit in the last twelve cycles."""
    teams = DataFrame(
        [[one.group[0], int(one.value)] for one in never_audited(named.tables)], columns=["Team", "Open records"]
    )
    workers = workers_without(named)
    if teams.empty and workers.empty:
        return
    yield Book(
        NEVER,
        "Teams and key workers without an audit in a year",
        (
            Sheet("Key workers", "Key workers with open records and no audit in the year", workers, widths=WIDTHS,
                  lines=("In alphabetical order, not ranked. Somebody new may not have been audited yet.",)),
            Sheet("Teams", "Teams with open records and no audit in the year", teams, widths=WIDTHS),
        ),
    )  # fmt: skip


def workers_without(named: Named) -> DataFrame:
    """Key workers whom no audit of the year reached. One row per key worker and team, by team and name."""
    workers = key_workers(named.tables)
    if workers is None:
        return DataFrame(columns=["Service", "Team", "Key worker", "Open records", "Oldest opened"])
    without = workers[~workers["is_audited"]]
    return (
        DataFrame(
            {
                "Service": without["service_area"],
                "Team": without["team"],
                "Key worker": [named.person(who) for who in without["key_worker_id"]],
                "Open records": without["records"],
                "Oldest opened": days_written(without["since"]),
            }
        )
        .sort_values(["Service", "Team", "Key worker"])
        .reset_index(drop=True)
    )


def after_audit_list(named: Named) -> Iterator[Book]:
    """What is missing after the year's audits, whose it is to see to, and for how long. One row per audit and step."""
    steps = steps_of_year(named.tables)
    missing = steps[steps["state"] == MISSING] if len(steps) else steps
    if missing.empty:
        return
    shown = DataFrame(
        {
            "For": missing["owner_as"].map(at_first),
            "Name": [named.person(who) for who in missing["owner_id"]],
            "Audit": missing["audit_id"],
            "Team": missing["team"],
            "Missing": missing["step"].map(at_first),
            "Days since the audit": missing["days"],
        }
    ).sort_values(["For", "Name", "Days since the audit", "Audit"], ascending=[True, True, False, True])
    title = "Missing after the audits of the year"
    yield Book(AFTER, title, (Sheet("Missing", title, shown.reset_index(drop=True), widths=WIDTHS),))


def plan_book(named: Named) -> Iterator[Book]:
    """The plan of the coming months with the revisits put in, to be changed and used as the audit plan."""
    rows = coming_plan(named.tables)
    if rows.empty:
        return
    first, *_, last = map(month_name, coming(named.tables))
    how = (
        "The coming cycles come first. Change, add or take out rows, fill in planned_audits, and put the file among "
        "the extracts in place of the last plan. Evidence for other themes is in the audit cycle report."
    )
    yield Book(
        PLAN,
        "Plan of the coming months",
        (Sheet("audit_plan", f"Audit plan with {first} to {last}", rows, widths=WIDTHS, lines=(how,)),),
    )


def coming_plan(tables: Tables) -> DataFrame:
    """The plan supplied and the revisits that it lacks, coming cycles first. One row per cycle and theme."""
    rows = pd.concat([_planned(tables), _put_in(tables)], ignore_index=True)
    is_past = rows["cycle_month"] <= tables.month
    return (
        rows.assign(is_past=is_past)
        .sort_values(["is_past", "cycle_month", "theme_code"], kind="stable")
        .drop(columns="is_past")
        .reset_index(drop=True)
    )


def _planned(tables: Tables) -> DataFrame:
    """The plan as it was supplied, past cycles too: the file takes its place among the extracts."""
    held = tables.optional("audit_plan")
    if held is None:
        return DataFrame(columns=[*PLAN_COLUMNS, "Why it stands here"])
    own = held[list(PLAN_COLUMNS)].astype(object)
    return own.assign(
        is_planned=own["is_planned"].map({True: "yes", False: "no"}),
        **{"Why it stands here": "in the plan supplied"},
    )


def _put_in(tables: Tables) -> DataFrame:
    """The revisits due in the coming cycles and not planned; those overdue in the first of them."""
    first, raised_in = coming(tables)[0], {one.theme: one.raised for one in loops(tables)}
    rows: list[dict[str, Any]] = []
    for one in plan(tables):
        if one.measure == "plan_revisit" and PUT_IN in one.note:
            raised = one.note.partition(",")[0]
            late = f", overdue since {month_name(one.period)}" if one.verdict == OVERDUE else ""
            rows.append(
                {
                    "cycle_month": one.period if one.verdict == COMING else first, "theme_code": one.group[0],
                    "factor": "close the loop", "planned_audits": None, "is_planned": "yes",
                    "revisit_of": raised_in[one.group[0]], "Why it stands here": f"revisit: {raised}{late}",
                }
            )  # fmt: skip
    return DataFrame(rows, columns=[*PLAN_COLUMNS, "Why it stands here"])
