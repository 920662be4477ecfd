"""Who audits: managers of every level, outside their own line, beside new managers, and for how many hours."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures import family
from qa_analysis.measures.audit_cycle.lines import own_line
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, share
from qa_analysis.measures.moderation.panel_movement import by_role
from qa_analysis.measures.populations import EVERY_ROUTE, MANAGERS_IN_POST, NEW_MANAGERS, month_and_year
from qa_analysis.measures.posts import in_post


@declares(
    Measure(
        "managers_who_audited",
        title="Managers who audited in the year",
        family=family.AUDIT_CYCLE,
        counts="managers in post whose role audits, and IROs, FIROs, CP Chairs and Panel Advisors, who audited or "
        "audited alongside in the last twelve cycles, of all of them, on the as-at date",
        by="auditor_role",
        limits="only where staff were supplied; the Practice Improvement Team is not in it; roles held by under three "
        "people are put together; whoever began last week counts as one who could have audited",
        unit="share",
    ),
    needs=("staff",),
)
def managers_who_audited(tables: Tables) -> list[Figure]:
    """The share of managers who audited: all, and by role. One figure each."""
    posts = in_post(tables.frames["staff"], tables.as_at)
    posts = posts[
        posts["role"].isin(set(tables.rules.auditor_roles) - {tables.rules.induction_alongside})
    ].drop_duplicates("worker_id", keep="last")
    year = audits_of_year(tables)
    did = {*year["auditor_id"].dropna(), *year["co_auditor_id"].dropna()}
    people = DataFrame({"auditor_id": posts["worker_id"], "auditor_role": posts["role"]})
    people["has_audited"] = people["auditor_id"].isin(did)
    if people.empty:
        return []
    few, labels = tables.rules.percentage_from, {"population": MANAGERS_IN_POST}
    rows = [_part(people, few=few, period=period_of(tables.rolling_cycles), **labels)]
    for role, some in by_role(people, tables.rules.floor[MANAGERS].auditors).groupby("auditor_role"):
        rows.append(_part(some, few=few, period=period_of(tables.rolling_cycles), group=str(role), **labels))
    return rows


def _part(people: DataFrame, *, few: int, period: str, population: str, group: str = "") -> Figure:
    return share(
        "managers_who_audited", int(people["has_audited"].sum()), len(people), few=few, period=period,
        population=population, by="auditor_role" if group else "", group=group,
    )  # fmt: skip


@declares(
    Measure(
        "audits_outside_own_line",
        title="Audits outside the auditor's own line",
        family=family.AUDIT_CYCLE,
        counts="audits by somebody who on that day was neither the key worker, the reviewing officer, a manager of the "
        "case nor in its team, of the audits by people who held a post then, for the month and for twelve cycles",
        limits="only where staff were supplied; managers up to Service Manager: an Assistant Director or the Director "
        "manages every case, so their audits are left out; so are those of people of whom no post is known",
        unit="share",
    ),
    Measure(
        "audits_in_own_line",
        title="Audits within the auditor's own line",
        family=family.AUDIT_CYCLE,
        counts="audits of the month and of twelve cycles by somebody near the case, by what they were to it",
        by="how",
        limits="as for audits outside the auditor's own line; the first that holds of key worker, reviewing officer, "
        "manager of the case, same team",
        unit="audits",
    ),
    needs=("staff",),
)
def outside_own_line(tables: Tables) -> list[Figure]:
    """Audits outside the auditor's own line, and how near the others were. One figure per question."""
    year = audits_of_year(tables)
    near = own_line(year, tables.frames["staff"], tables.rules)
    near = near.assign(cycle_month=year["cycle_month"])
    return [row for audits, period in month_and_year(tables, near) for row in _near(tables, audits, period)]


def _near(tables: Tables, near: DataFrame, period: str) -> Iterator[Figure]:
    known = near[near["is_known"]]
    if known.empty:
        return
    labels = {"period": period, "population": EVERY_ROUTE}
    outside = int((known["how"] == "").sum())
    yield share("audits_outside_own_line", outside, len(known), few=tables.rules.percentage_from, **labels)
    inside = known[known["how"] != ""]
    yield from counts_by(inside, "how", "audits_in_own_line", unit="audits", **labels)


@declares(
    Measure(
        "induction_audits",
        title="Induction audits",
        family=family.AUDIT_CYCLE,
        counts="audits of the month and of twelve cycles that were part of somebody's induction",
        unit="audits",
    ),
    Measure(
        "new_managers_audited_alongside",
        title="New managers who audited alongside the Practice Improvement Team",
        family=family.AUDIT_CYCLE,
        counts="managers who first took a manager's post within the last twelve cycles and are in it still who have "
        "done an audit beside one of the Practice Improvement Team, of all of them",
        limits="only where staff were supplied; the framework does not say how soon, so whoever began last week is in "
        "it; a post held before the staff list begins is not seen",
        unit="share",
    ),
)
def induction(tables: Tables) -> list[Figure]:
    """Induction audits of the month and the year, and new managers who have had theirs. One figure each."""
    year = audits_of_year(tables)
    of_induction = year[year["selection_route"] == "induction"]
    labels = {"population": EVERY_ROUTE, "unit": "audits"}
    rows = [
        count("induction_audits", len(audits), period=period, **labels)
        for audits, period in month_and_year(tables, of_induction)
    ]
    staff = tables.optional("staff")
    return [*rows, *([] if staff is None else _new_managers(tables, staff))]


def _new_managers(tables: Tables, staff: DataFrame) -> list[Figure]:
    rules = tables.rules
    manages = staff[staff["role"].isin({*rules.management_ranks, *rules.roles_to_be_ready})]
    first = manages.groupby("worker_id")["started_on"].min()
    begins = pd.Timestamp(f"{tables.rolling_cycles[0]}-01")
    new = {*first[first >= begins].index} & {*in_post(manages, tables.as_at)["worker_id"]}
    if not new:
        return []
    team = staff.loc[staff["role"] == rules.induction_alongside, "worker_id"]
    beside = tables.audits[tables.audits["co_auditor_id"].isin(team)]
    done = new & {*beside["auditor_id"].dropna()}
    return [
        share(
            "new_managers_audited_alongside", len(done), len(new), few=rules.percentage_from,
            period=period_of(tables.rolling_cycles), population=NEW_MANAGERS,
        )
    ]  # fmt: skip


@declares(
    Measure(
        "auditors_active",
        title="People who audited",
        family=family.AUDIT_CYCLE,
        counts="people who did an audit of the last twelve cycles",
        by="auditor_role",
        limits="roles of under three auditors are put together; whoever audited in two roles is in both",
        unit="people",
    ),
    Measure(
        "audits_by_auditors_role",
        title="Audits of the year by the auditor's role",
        family=family.AUDIT_CYCLE,
        counts="audits of the last twelve cycles by the role of who did them",
        by="auditor_role",
        limits="roles of under three auditors are put together",
        unit="audits",
    ),
    Measure(
        "hours_of_audits",
        title="Hours of auditing",
        family=family.AUDIT_CYCLE,
        counts="audits, and audits alongside, of the month and of twelve cycles, times the hours that the council says "
        "an audit takes",
        limits="only where the rule hours_of_an_audit says how many; no time was measured",
        unit="hours",
    ),
    Measure(
        "hours_of_decisions",
        title="Hours of moderation",
        family=family.AUDIT_CYCLE,
        counts="panel decisions on audits of the month and of twelve cycles, times those who sat, times the hours that "
        "the council says a decision takes each of them",
        by="panel role",
        limits="only where the rule hours_of_a_decision says how many; a decision without a recorded panel is not in "
        "it; on how many each standing role sat is told without hours too (panel_role_sat)",
        unit="hours",
    ),
)
def workload(tables: Tables) -> list[Figure]:
    """Who did how many audits of the year by role, and the hours they took. One figure per role and question."""
    year, rules = audits_of_year(tables), tables.rules
    labels = {"period": period_of(tables.rolling_cycles), "population": EVERY_ROUTE}
    rows = [count("auditors_active", year["auditor_id"].nunique(), unit="people", **labels)]
    for role, some in by_role(year, rules.floor[MANAGERS].auditors).groupby("auditor_role"):
        named = {**labels, "by": "auditor_role", "group": str(role)}
        rows.append(count("auditors_active", some["auditor_id"].nunique(), unit="people", **named))
        rows.append(count("audits_by_auditors_role", len(some), unit="audits", **named))
    for audits, period in month_and_year(tables, year):
        rows += _hours(tables, audits, period, rules)
    return rows


def _hours(tables: Tables, audits: DataFrame, period: str, rules: Rules) -> Iterator[Figure]:
    labels = {"period": period, "population": EVERY_ROUTE, "unit": "hours"}
    if rules.hours_of_an_audit is not None:
        done = len(audits) + int(audits["co_auditor_id"].notna().sum())
        yield count("hours_of_audits", done * rules.hours_of_an_audit, **labels)
    if rules.hours_of_a_decision is not None and tables.optional("moderations") is not None:
        panels = tables.moderations.loc[tables.moderations["audit_id"].isin(audits["audit_id"]), "panel"]
        sat = _sat(panels)
        yield count("hours_of_decisions", sum(sat.values()) * rules.hours_of_a_decision, **labels)
        for role, times in sorted(sat.items()):
            hours = times * rules.hours_of_a_decision
            yield count("hours_of_decisions", hours, by="panel role", group=role, **labels)


def _sat(panels: Series) -> Counter[str]:
    """How often each role sat, over all the decisions."""
    return Counter(role.strip() for panel in panels.dropna() for role in panel.split(";") if role.strip())
