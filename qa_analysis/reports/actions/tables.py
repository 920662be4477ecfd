"""The tables of the actions report, ready to be shown. One row per what its name says."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import at_first
from qa_analysis.measures.actions.flow import BRIDGE, FLOW
from qa_analysis.month.month import Month
from qa_analysis.reports.actions.words import bridge_steps


def actions_table(month: Month) -> DataFrame:
    """Open and overdue actions. One row per service."""
    open_ones, overdue = (
        month.figures(f"actions_{state}", by="service_area").set_index("group")["value"]
        for state in ("open", "overdue")
    )
    rows = [[service, int(size), int(overdue.get(service, 0))] for service, size in open_ones.items()]
    return pd.DataFrame(rows, columns=["Service", "Open", "Overdue"])


def flow_table(month: Month) -> DataFrame:
    """The stock of actions. One row per calendar month."""
    found = month.over_time("actions_flow", by="step")
    steps = zip(found["period"], found["group"], strict=True)
    held = dict(zip(steps, found["value"].astype(int), strict=True))
    rows = [
        [month_name(str(period)), *(held[period, step] for step in FLOW)] for period in dict.fromkeys(found["period"])
    ]
    return pd.DataFrame(rows, columns=["Month", "Open at start", "Agreed", "Closed", "Open at end"])


def bridge_table(month: Month) -> DataFrame:
    """From those open at the month's end to those open on the day. One row per step."""
    sizes = bridge_steps(month)
    end, day = month_name(month.month), day_name(month.as_at)
    names = (f"Open at the end of {end}", f"Agreed since, to {day}", f"Closed since, to {day}",
             "Open without a date of agreement", f"Open on {day}")  # fmt: skip
    signs = ("", "+", "\u2212", "+", "")
    rows = zip(BRIDGE, names, signs, strict=True)
    return pd.DataFrame(
        [[name, f"{sign}{sizes[step]:,}" if sizes[step] else "0"] for step, name, sign in rows],
        columns=["Step", "Actions"],
    )


def by_role(month: Month) -> DataFrame:
    """Open and overdue actions. One row per role of the owner."""
    open_ones, overdue = (
        month.figures(f"actions_{kind}", by="owner_role").set_index("group")["value"] for kind in ("open", "overdue")
    )
    sizes = [(str(role), int(size)) for role, size in open_ones.items()]
    rows = [[at_first(role), size, int(overdue.get(role, 0))] for role, size in sizes]
    return pd.DataFrame(rows, columns=["Owner's role", "Open", "Overdue"])


def overdue_by_age(month: Month) -> DataFrame:
    """Overdue actions. One row per band of days over."""
    found = month.figures("actions_overdue", by="days over")
    return pd.DataFrame({"Days overdue": found["group"], "Actions": found["value"].astype(int)})
