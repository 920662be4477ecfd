"""The tables of the audit cycle report, ready to be shown. One row per what its name says."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first, counted, listed
from qa_analysis.measures.audit_cycle.after_audit import STEPS
from qa_analysis.measures.audit_cycle.forecast import RECORDS, TEAMS, WORKERS
from qa_analysis.measures.audit_cycle.plan import OVERDUE, PUT_IN
from qa_analysis.measures.audit_cycle.representative import COMPARED
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.themes.course import EMERGING, PERSISTENT
from qa_analysis.month.month import Month
from qa_analysis.reports.audit_cycle.words import about, number
from qa_analysis.telling.wording import last_cycles, share_of

GROUPS = {"team": "Team", "case_status": "Case status", "age_band": "Age"}
TREND, DATA, COMPLAINT = "trend", "performance data", "complaint or compliment"
REVIEW, SCRUTINY = "case review", "external scrutiny"
OF_SCRUTINY = ("Ofsted", "LGA diagnostic", "peer review")  # of whom a recommendation prepares for their next visit


def themes_table(month: Month) -> DataFrame:
    """Planned audits and those not done. One row per theme of the cycle."""
    lacking = figures_of(month.figures("planned_audits_not_done", by="theme_code"))
    rows = [[theme_name(month, one.group[0]), one.denominator, one.numerator] for one in lacking if one.is_given]
    return pd.DataFrame(rows, columns=["Theme", "Planned", "Not done"])


def routes_table(month: Month) -> DataFrame:
    """The audits of the cycle and of the year. One row per route."""
    year = {one.group[0]: one for one in figures_of(month.figures("audits_of_year", by="route", period=month.year))}
    now = {one.group[0]: one for one in figures_of(month.figures("audits_completed", by="route"))}
    rows = [[at_first(route), number(now[route]) if route in now else "0", number(one)] for route, one in year.items()]
    return pd.DataFrame(rows, columns=["Route", "This cycle", at_first(last_cycles(month))])


def coverage_table(month: Month, by: str) -> DataFrame:
    """The year's audits and the open children audited. One row per team, status or age."""
    audits = {one.group[0]: one for one in figures_of(month.figures("audits_of_year", by=by, period=month.year))}
    seen = {one.group[0]: one for one in figures_of(month.figures("open_children_audited", by=by, period=month.year))}
    groups = sorted({*audits, *seen}, key=_in_order)
    rows = [
        [
            at_first(group),
            number(audits[group]) if group in audits else "0",
            share_of(seen[group]) if group in seen else "",
        ]
        for group in groups
    ]
    return pd.DataFrame(rows, columns=[GROUPS[by], "Audits", "Open children audited"])


def random_table(month: Month, by: str) -> DataFrame:
    """Audits selected at random and how many the caseload would give. One row per team, status or age."""
    seen = figures_of(month.figures("random_audits_made_up", by=by, period=month.year))
    due = {one.group[0]: one for one in figures_of(month.figures("random_audits_expected", by=by, period=month.year))}
    rows = [
        [at_first(one.group[0]), f"{one.numerator:,}", f"{due[one.group[0]].value:.1f}"]
        for one in sorted(seen, key=lambda one: _in_order(one.group[0]))
        if one.is_given and one.group[0] in due and due[one.group[0]].is_given
    ]
    return pd.DataFrame(rows, columns=[at_first(COMPARED[by]), "Audits", "Expected from the caseload"])


def forecast_table(month: Month) -> DataFrame:
    """Who is expected to have no audit in a year. One row per number of audits a month."""
    found = figures_of(month.figures("expected_without_audit", by=("who", "audits a month")))
    held = {one.group: one for one in found if one.is_given}
    sizes = sorted({int(size) for _, size in held})
    groups = [who for who in (TEAMS, WORKERS, RECORDS) if any(who == named for named, _ in held)]
    rows = [[f"{size:,}", *(about(held[who, str(size)].value) for who in groups)] for size in sizes]
    there = {who: next(one.denominator for named, one in held.items() if named[0] == who) for who in groups}
    return pd.DataFrame(rows, columns=["Audits a month", *(f"{at_first(who)} (of {there[who]:,})" for who in groups)])


def managers_table(month: Month) -> DataFrame:
    """Managers who audited in the year. One row per role."""
    found = figures_of(month.figures("managers_who_audited", by="auditor_role", period=month.year))
    rows = [[at_first(one.group[0]), share_of(one)] for one in found]
    return pd.DataFrame(rows, columns=["Role", f"Audited in {last_cycles(month)}, of those in post"])


def workload_table(month: Month) -> DataFrame:
    """Who did the year's audits. One row per role."""
    people = {
        one.group[0]: one for one in figures_of(month.figures("auditors_active", by="auditor_role", period=month.year))
    }
    audits = figures_of(month.figures("audits_by_auditors_role", by="auditor_role", period=month.year))
    rows = [[at_first(one.group[0]), number(people.get(one.group[0])), number(one)] for one in audits]
    return pd.DataFrame(rows, columns=["Role", "People who audited", "Audits"])


def after_table(month: Month) -> DataFrame:
    """What was seen to after the audits of the cycle and of the year. One row per step that is recorded."""
    year, now = (
        {one.group[0]: one for one in figures_of(month.figures("after_audit_done", by="step", period=period))}
        for period in (month.year, month.month)
    )
    rows = [
        [at_first(step), share_of(now[step]) if step in now else "none asked for yet", share_of(year[step])]
        for step in STEPS
        if step in year
    ]
    return pd.DataFrame(rows, columns=["Step after the audit", "This cycle", at_first(last_cycles(month))])


def plan_table(month: Month) -> DataFrame:
    """The coming cycles: what is planned, and the revisits put in by themselves. One row per cycle and theme."""
    rows = [
        (one.period, theme_name(month, one.group[0]), at_first(one.note), number(one) if one.is_given else "not said")
        for one in figures_of(month.over_time("plan_ahead", by="theme_code"))
    ]
    for one in figures_of(month.over_time("plan_revisit", by="theme_code")):
        if PUT_IN in one.note:
            late = one.verdict == OVERDUE
            why = f"Close the loop, {one.note}{f', due since {month_name(one.period)}' if late else ''}"
            cycle = month.rules.cadence.after(month.month) if late else one.period
            rows.append((cycle, theme_name(month, one.group[0]), why, "to be decided"))
    shown = [[month_name(cycle), theme, why, audits] for cycle, theme, why, audits in sorted(rows)]
    return pd.DataFrame(shown, columns=["Cycle", "Theme", "Why it was chosen", "Audits planned"])


def candidates_table(month: Month) -> DataFrame:
    """What speaks for other themes. One row per theme and piece of evidence, by the alphabet."""
    columns = ["Theme", "Factor of the framework", "Evidence"]
    return pd.DataFrame(sorted([*_told_of(month), *_of_findings(month)]), columns=columns)


def _told_of(month: Month) -> list[tuple[str, str, str]]:
    """What others say: alerts, complaints, external reviews, and indicators."""

    def of(measure: str, by: str = "theme_code") -> list[Figure]:
        return [one for one in figures_of(month.over_time(measure, by=by)) if one.is_given]

    alerts = [(one, TREND, counted(one.value, "practice alert")) for one in of("evidence_alerts")]
    complaints = [(one, COMPLAINT, counted(one.value, "complaint")) for one in of("evidence_complaints")]
    reviews = [
        (one, _scrutiny(one.note), f"{counted(one.value, 'open recommendation')} of external reviews")
        for one in of("evidence_reviews")
    ]
    said = [
        (concern_name(month, one.group[0]), factor, f"{words} ({one.note})")
        for one, factor, words in [*alerts, *complaints, *reviews]
    ]
    short = of("evidence_indicators", by="indicator")
    return [*said, *((one.group[0], DATA, f"{one.value:g} against a {one.note}") for one in short)]


def _scrutiny(sources: str) -> str:
    """The factor that recommendations of some sources are: a review of cases, scrutiny from outside, or both."""
    named = [source.rpartition(" ")[0] for source in sources.split(", ")]
    factors = [SCRUTINY if source in OF_SCRUTINY else REVIEW for source in named]
    return listed(sorted(set(factors)))


def _of_findings(month: Month) -> list[tuple[str, str, str]]:
    """Areas for development that have begun to come up, or keep coming up."""
    said = {EMERGING: "an area for development that is emerging in audit findings",
            PERSISTENT: "a persistent area for development in audit findings"}  # fmt: skip
    return [
        (concern_name(month, one.group[0]), TREND, said[one.verdict])
        for name in ("theme_emergence", "theme_cycles")
        for one in figures_of(month.over_time(name, by=("theme_code", "polarity")))
        if one.verdict in said and one.group[-1] == "development"
    ]


def theme_name(month: Month, code: str) -> str:
    """What an audit theme is called; a code of the council's own as it is."""
    return month.rules.themes.get(code, code)


def concern_name(month: Month, code: str) -> str:
    """What a theme that somebody is concerned about is called: of a prompt, its name where it is lacking."""
    prompt = month.rules.codebook.get(code)
    return prompt.called("development") if prompt else theme_name(month, code)


def _in_order(group: str) -> str:
    """What groups are ordered by: "5-9" before "10-15"."""
    first = group.rstrip("+").partition("-")[0]
    return f"{int(first):03d}" if first.isdigit() else group
