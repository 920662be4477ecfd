"""What followed each audit graded inadequate: actions, another audit, an immediate concern, the panel, supervision."""

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_among, is_of_cycles, records_of
from qa_analysis.measures.closing_the_loop.in_supervision import discussed
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.moderation.panel_practice import are_concerned
from qa_analysis.measures.populations import GRADED_WORST

AGREED, ALL_DONE, AGAIN = "an action agreed", "every action completed", "child audited again"
CONCERN, PANEL, SUPERVISION = "immediate concern raised", "moderated by the panel", "discussed in supervision"
NOTHING = "none of these"
STEPS = (AGREED, ALL_DONE, AGAIN, CONCERN, PANEL, SUPERVISION)


@declares(
    Measure(
        "inadequate_audits",
        title="Audits graded inadequate",
        family=family.GRADES,
        counts="audits of twelve cycles, every route, that auditors graded with the lowest grade overall",
        limits="the auditors' grades, not the panel's; every route, so more than those of the headline",
        unit="audits",
    ),
    Measure(
        "inadequate_followed",
        title="Audits graded inadequate, by what followed",
        family=family.GRADES,
        counts="audits of twelve cycles, every route, that auditors graded with the lowest grade overall, by what "
        "followed by the as-at date, of all of them: an action agreed, an immediate concern raised, moderated by the "
        "panel, discussed in supervision, the child audited again later, none of these; and every action completed, of "
        "those with an action",
        by="step",
        limits="what does not name the audit is not seen; the child audited again of audits that name a child alone; "
        "moderated where panel decisions were supplied; "
        "discussed in supervision where supervision was supplied and names audits; an audit done last week has had "
        "little time",
        unit="share",
    ),
)
def inadequate_audits(tables: Tables) -> list[Figure]:
    """Audits graded inadequate in the year, and what followed. One figure per step; the count alone where none was."""
    held, labels = followed(tables), {"period": period_of(tables.rolling_cycles), "population": GRADED_WORST}
    number = count("inadequate_audits", len(held), unit="audits", **labels)
    known = {step: held[step].dropna().astype(bool) for step in (*STEPS, NOTHING) if step in held}
    return [
        number,
        *(
            share(
                "inadequate_followed", int(flag.sum()), len(flag), by="step", group=step,
                few=tables.rules.percentage_from, **labels,
            )
            for step, flag in known.items()
            if len(flag)
        ),
    ]  # fmt: skip


def followed(tables: Tables) -> DataFrame:
    """The year's audits graded inadequate with what followed each. One row per audit, oldest cycle first.

    A step is blank where it cannot be known; `actions`, `actions_open`, `again_on`, `discussed_on` and `panel_grade`
    are for the list. A step of a dataset that was not supplied is no column.
    """
    is_inadequate = is_of_cycles(tables, tables.rolling_cycles) & is_among(
        tables.audits, "overall_grade", tables.rules.grades[-1:]
    )
    audits = tables.audits[is_inadequate].sort_values(["cycle_month", "audit_id"])
    own = records_of(tables, "actions", is_inadequate, columns=("audit_id", "completed_on"))
    agreed = own.groupby("audit_id")["completed_on"].agg(["size", "count"])
    actions = audits["audit_id"].map(agreed["size"]).fillna(0).astype(int)
    done = audits["audit_id"].map(agreed["count"]).fillna(0).astype(int)
    moderated = records_of(tables, "moderations", is_inadequate)
    newest = moderated.sort_values(["moderated_on", "moderation_id"]).drop_duplicates("audit_id", keep="last")
    again = _audited_again(tables, audits)
    steps = {
        AGREED: actions > 0,
        ALL_DONE: (actions == done).astype("boolean").mask(actions == 0),
        AGAIN: again.notna().astype("boolean").mask(audits["child_id"].isna()),
        CONCERN: _concerned(tables, audits),
    }
    if tables.optional("moderations") is not None:
        steps[PANEL] = audits["audit_id"].isin(newest["audit_id"])
    extra = {
        "actions": actions, "actions_open": actions - done, "again_on": again,
        "panel_grade": audits["audit_id"].map(newest.set_index("audit_id")["overall_grade"]),
    }  # fmt: skip
    days = discussed(tables, audits)
    if days is not None:
        steps[SUPERVISION], extra["discussed_on"] = days["discussed_on"].notna(), days["discussed_on"]
    some = DataFrame({step: flag for step, flag in steps.items() if step != ALL_DONE}, index=audits.index)
    nothing = ~some.astype("boolean").fillna(value=False).any(axis=1)
    return audits.assign(**steps, **{NOTHING: nothing}, **extra)


def _concerned(tables: Tables, audits: DataFrame) -> Series:
    """Whether an immediate concern was raised; blank where nothing supplied could say so. One value per audit."""
    is_told = tables.optional("immediate_concerns") is not None or tables.audits["is_immediate_concern"].notna().any()
    raised: Series = are_concerned(tables).loc[audits.index].astype("boolean")
    return raised if is_told else raised.mask(raised.notna())


def _audited_again(tables: Tables, audits: DataFrame) -> Series:
    """The day of the first later audit of the same child, blank where there was none. One value per audit."""
    asked = audits[["child_id", "audited_on"]].assign(row=audits.index).dropna()
    every = tables.audits[["child_id", "audited_on"]][tables.audits["child_id"].isin(asked["child_id"])]
    both = asked.merge(every.dropna(), on="child_id", suffixes=("", "_later"))
    later = both[both["audited_on_later"] > both["audited_on"]].groupby("row")["audited_on_later"].min()
    found: Series = pd.to_datetime(later.reindex(audits.index)).astype("datetime64[us]")
    return found
