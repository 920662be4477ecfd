"""How far what follows an audit was seen to: note, alert, copy, actions and their dates, the next supervision."""

from collections.abc import Iterator, Mapping

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audit_cycle.after_audit import DONE, LATE, MISSING, STEPS, Held, each_step, steps_after
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, share
from qa_analysis.measures.populations import EVERY_ROUTE


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
    return [
        row
        for cycles in ((tables.month,), tables.rolling_cycles)
        for row in _figures(
            tables,
            {step: held[held["cycle_month"].isin(cycles)] for step, held in steps_by_name(tables).items()},
            period_of(cycles),
        )
    ]


def steps_of_year(tables: Tables) -> DataFrame:
    """Every step after every audit of the year and how it stands. One row per audit and step."""
    return steps_after(Held.of(tables, audits_of_year(tables)))


@remembered
def steps_by_name(tables: Tables) -> Mapping[str, DataFrame]:
    """How each step stands after every audit of the year: of each step one row per audit, without whose it is."""
    columns, audits = ["audit_id", "cycle_month", "state", "owner_as"], audits_of_year(tables)
    if audits.empty:
        return dict.fromkeys(STEPS, DataFrame({name: pd.Series(dtype="str") for name in columns}))
    every = each_step(Held.of(tables, audits))
    few = {"cycle_month": "category", "state": "category"}  # few different words, looked at many times
    return {step: every[step][columns].astype(few) for step in STEPS}


def _figures(tables: Tables, steps: Mapping[str, DataFrame], period: str) -> Iterator[Figure]:
    labels = {"period": period, "population": EVERY_ROUTE}
    sizes = {step: held["state"].value_counts() for step, held in steps.items()}
    asked = {step: [int(sizes[step].get(state, 0)) for state in (DONE, LATE, MISSING)] for step in STEPS}
    for step, (done, late, missed) in asked.items():
        if whole := done + late + missed:
            few = tables.rules.percentage_from
            yield share("after_audit_done", done + late, whole, few=few, by="step", group=step, **labels)
    missing = pd.concat([held[held["state"] == MISSING] for held in steps.values()])
    if any(map(sum, asked.values())):
        yield count("after_audit_missing", len(missing), unit="steps", **labels)
    yield from counts_by(missing, "owner_as", "after_audit_missing", by="whose", unit="steps", **labels)
