"""How far what follows an audit was seen to: note, alert, copy, actions and their dates, the next supervision."""

from collections.abc import Iterator

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audit_cycle.after_audit import DONE, LATE, MISSING, STEPS, steps_after
from qa_analysis.measures.audit_cycle.coverage_of_year import audits_of_year
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, share
from qa_analysis.measures.populations import EVERY_ROUTE, month_and_year


@declares(
    Measure(
        "after_audit_done",
        title="Steps after an audit that were taken",
        family=family.AUDIT_CYCLE,
        counts="audits of the month and of twelve cycles after which a step was taken by the as-at date, in time or "
        "late, of those that it was asked for and known of",
        by="step",
        limits="a step that the council records of no audit has no figure; one that is not due yet is left out",
        unit="share",
    ),
    Measure(
        "after_audit_missing",
        title="Steps missing after audits, by who has to take them",
        family=family.AUDIT_CYCLE,
        counts="steps missing after audits of the month and of twelve cycles, by whether they are for the auditor, the "
        "Team Manager or the supervisor to take",
        by="whose",
        limits="as for the steps that were taken; an audit may lack several",
        unit="steps",
    ),
)
def steps_taken(tables: Tables) -> list[Figure]:
    """What was seen to after the audits of the month and the year, and what is missing. One figure per step or post."""
    held = steps_of_year(tables)
    return [row for steps, period in month_and_year(tables, held) for row in _figures(tables, steps, period)]


@remembered
def steps_of_year(tables: Tables) -> DataFrame:
    """Every step after every audit of the year and how it stands. One row per audit and step."""
    return steps_after(
        audits_of_year(tables),
        tables.actions,
        tables.optional("supervision"),
        tables.optional("staff"),
        tables.as_at,
        rules=tables.rules,
    )


def _figures(tables: Tables, steps: DataFrame, period: str) -> Iterator[Figure]:
    labels = {"period": period, "population": EVERY_ROUTE}
    sizes = steps.groupby(["step", "state"]).size().to_dict()
    asked = {step: [sizes.get((step, state), 0) for state in (DONE, LATE, MISSING)] for step in STEPS}
    for step, (done, late, missed) in asked.items():
        if whole := done + late + missed:
            few = tables.rules.percentage_from
            yield share("after_audit_done", done + late, whole, few=few, by="step", group=step, **labels)
    missing = steps[steps["state"] == MISSING]
    if any(map(sum, asked.values())):
        yield count("after_audit_missing", len(missing), unit="steps", **labels)
    yield from counts_by(missing, "owner_as", "after_audit_missing", by="whose", unit="steps", **labels)
