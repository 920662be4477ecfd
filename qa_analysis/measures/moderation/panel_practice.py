"""Whether moderation was done as the framework says: who sat, what reached the panel, why grades moved, how soon."""

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days, period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import are_named, is_of_cycles, records_of, remembered, with_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, estimated, share
from qa_analysis.measures.populations import EVERY_ROUTE
from qa_analysis.stats.estimate import Estimate

AUDITOR_SAT, AUDITOR_APART = "auditor's role sat on the panel", "auditor's role did not sit"
REASONS = ("practice", "form")


@declares(
    Measure(
        "panel_members",
        title="Decisions by standing members present",
        family=family.MODERATION,
        counts="panel decisions by how many of the standing members sat, for the month and for twelve cycles",
        by="standing members",
        limits="the framework names the members and no quorum",
        unit="decisions",
    ),
    Measure(
        "panel_role_sat",
        title="Decisions on which each standing role sat",
        family=family.MODERATION,
        counts="panel decisions on which a standing role sat, of those with a recorded panel, for the month and "
        "for twelve cycles",
        by="panel role",
        limits="the framework names the members and no quorum",
        unit="share",
    ),
    Measure(
        "panel_with_guest",
        title="Decisions with a guest on the panel",
        family=family.MODERATION,
        counts="panel decisions on which a role sat that is no standing member, for the month and for twelve cycles",
        limits="decisions without a recorded panel are not in it",
        unit="decisions",
    ),
    Measure(
        "panel_independence",
        title="Decisions by whether the auditor's role sat",
        family=family.MODERATION,
        counts="panel decisions by whether somebody of the auditor's own role sat, for the month and for twelve cycles",
        by="auditor's role",
        limits="a role is no person, so this is for information; line management cannot be seen",
        unit="decisions",
    ),
    Measure(
        "disputed_moderated",
        title="Disputed audits that reached the panel",
        family=family.MODERATION,
        counts="disputed audits on which the panel decided, by any route, of all disputed audits of the month or "
        "of twelve cycles",
        unit="share",
    ),
    Measure(
        "concern_moderated",
        title="Immediate concerns that reached the panel",
        family=family.MODERATION,
        counts="audits with an immediate concern (flag or form) on which the panel decided, by any route, of all "
        "such audits of the month or of twelve cycles",
        unit="share",
    ),
    Measure(
        "moderation_reason",
        title="Reasons for changed grades",
        family=family.MODERATION,
        counts="panel decisions whose overall grade differs from the auditor's, by whether the reason given is "
        "about practice or about how the form was filled in, for the month and for twelve cycles",
        by="reason_about",
        limits="every route; the overall grade alone; a decision on an audit without an overall grade counts as "
        "changed",
        unit="decisions changed",
    ),
    Measure(
        "days_audit_to_panel_median",
        title="Median days from audit to panel",
        family=family.MODERATION,
        counts="the median of the calendar days from audit to panel decision, for the month's audits and for "
        "those of twelve cycles",
        limits="missing dates and dates out of order are left out",
        unit="calendar days",
    ),
    Measure(
        "days_panel_to_feedback_median",
        title="Median days from panel to feedback",
        family=family.MODERATION,
        counts="the median of the calendar days from panel decision to feedback to the auditor, for the month's "
        "audits and for those of twelve cycles",
        limits="decisions not fed back yet and dates out of order are left out",
        unit="calendar days",
    ),
    Measure(
        "moderation_not_fed_back",
        title="Decisions not fed back",
        family=family.MODERATION,
        counts="panel decisions without a date of feedback to the auditor by the as-at date, for the month's "
        "audits and for those of twelve cycles",
        unit="decisions",
    ),
    needs=("moderations",),
)
def panel_practice(tables: Tables) -> list[Figure]:
    """The panel's make-up, independence, reach, reasons and pace, for the month and the year. One figure each."""
    year = tables.rolling_cycles
    return [
        row
        for months in ((tables.month,), year)
        for measure in (make_up, reach, reasons, pace)
        for row in measure(tables, months)
    ]


def make_up(tables: Tables, months: tuple[str, ...]) -> list[Figure]:
    """How many of the standing members sat, which of them, and whether the auditor's own role did.

    One figure per number of members, role and answer. The framework names the members and no quorum.
    """
    held, standing = decisions(tables, months), tables.rules.panel_roles
    sat = {panel: _roles(panel) for panel in held["panel"].unique()}  # a panel sits together for many audits
    panels, labels = [sat.get(panel, frozenset()) for panel in held["panel"]], _labels(months)
    recorded = [roles for roles in panels if roles]
    guests = sum(bool(roles - set(standing)) for roles in recorded)
    return [
        *counts_by(
            _answers("members", [str(len(roles & set(standing))) if roles else None for roles in panels]),
            "members", "panel_members", by="standing members", unit="decisions",
            groups=[str(number) for number in range(len(standing), -1, -1)], **labels,
        ),
        *(
            share(
                "panel_role_sat", sum(role in roles for roles in recorded), len(recorded),
                by="panel role", group=role, few=tables.rules.percentage_from, **labels,
            )
            for role in standing
        ),
        count("panel_with_guest", guests, unit="decisions", **labels),
        *counts_by(
            _answers("sat", _independence(held, panels)), "sat", "panel_independence", by="auditor's role",
            groups=(AUDITOR_SAT, AUDITOR_APART), unit="decisions", **labels,
        ),
    ]  # fmt: skip


def reach(tables: Tables, months: tuple[str, ...]) -> list[Figure]:
    """How many disputed audits and immediate concerns reached the panel, by any route. One figure each."""
    is_asked = is_of_cycles(tables, months)
    reached = are_named(tables, "moderations")[is_asked]
    flagged = {}
    if tables.holds("audits", "is_disputed"):  # where it was not recorded, how many is not known
        flagged["disputed_moderated"] = tables.audits["is_disputed"][is_asked].fillna(False).astype(bool)
    if tables.holds("audits", "is_immediate_concern") or tables.optional("immediate_concerns") is not None:
        flagged["concern_moderated"] = are_concerned(tables)[is_asked]
    return [
        share(
            measure, int((flag & reached).sum()), int(flag.sum()), few=tables.rules.percentage_from, **_labels(months)
        )
        for measure, flag in flagged.items()
    ]


def reasons(tables: Tables, months: tuple[str, ...]) -> list[Figure]:
    """Whether grades were changed for the practice or for the way the form was filled in. One figure per reason."""
    held = decisions(tables, months)
    changed = held[held["overall_grade"] != held["auditors_grade"]]
    return counts_by(
        changed, "reason_about", "moderation_reason", groups=REASONS, unit="decisions changed", **_labels(months)
    )


def pace(tables: Tables, months: tuple[str, ...]) -> list[Figure]:
    """Median days from audit to panel and from panel to feedback, and decisions not yet fed back. One figure each.

    Days that run backwards are a fault of a date, listed in the data quality, and left out.
    """
    held = decisions(tables, months)
    spans = {
        "days_audit_to_panel_median": (held["audited_on"], held["moderated_on"]),
        "days_panel_to_feedback_median": (held["moderated_on"], held["fed_back_on"]),
    }
    return [
        *(
            estimated(measure, _median(start, end), unit="calendar days", **_labels(months))
            for measure, (start, end) in spans.items()
        ),
        count("moderation_not_fed_back", int(held["fed_back_on"].isna().sum()), unit="decisions", **_labels(months)),
    ]


@remembered
def decisions(tables: Tables, months: tuple[str, ...]) -> DataFrame:
    """The panel's decisions on audits of some cycles. One row per decision, with the audit's day, role and grade."""
    held = records_of(tables, "moderations", is_of_cycles(tables, months))
    told = {"audited_on": None, "auditor_role": None, "overall_grade": "auditors_grade"}
    return with_audits(tables, held, told)


def _independence(held: DataFrame, panels: list[frozenset[str]]) -> list[str | None]:
    """Whether somebody of the auditor's role sat. A role is not a person, so this is where to look and no finding."""
    return [
        (AUDITOR_SAT if role in roles else AUDITOR_APART) if roles and pd.notna(role) else None
        for role, roles in zip(held["auditor_role"], panels, strict=True)
    ]


def _answers(name: str, values: list[str | None]) -> DataFrame:
    return pd.DataFrame({name: pd.Series(values, dtype="str")})


def are_concerned(tables: Tables) -> "Series[bool]":
    """Whether each audit is flagged as an immediate concern, or has the form for one. One answer per audit."""
    flagged: Series[bool] = tables.audits["is_immediate_concern"].fillna(False).astype(bool)
    return flagged | are_named(tables, "immediate_concerns")


def _median(start: Series, end: Series) -> Estimate:
    """The middle number of days, of those that have both dates in order."""
    known = start.notna() & end.notna() & (end >= start)
    days = calendar_days(start[known], end[known])
    note = "" if len(days) else "no dates recorded"
    middle = float(days.median()) if len(days) else float("nan")
    return Estimate(middle, float("nan"), float("nan"), len(days), method="median", note=note)


def _roles(panel: object) -> frozenset[str]:
    """The roles of a panel, none where it was not recorded."""
    return frozenset(filter(None, map(str.strip, panel.split(";")))) if isinstance(panel, str) else frozenset()


def _labels(months: tuple[str, ...]) -> dict[str, str]:
    return {"period": period_of(months), "population": EVERY_ROUTE}
