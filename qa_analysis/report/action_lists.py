"""Each Team Manager's own actions to see to, and what to escalate: named people alone (tier A)."""

from pathlib import Path

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.identity import Identities
from qa_analysis.data.tables import Tables
from qa_analysis.measures.actions import states
from qa_analysis.measures.concerns import of_year, steps
from qa_analysis.report.workbook import write_workbook

ESCALATION = "escalation-for-the-quality-assurance-manager.xlsx"
INDEX = "action-lists.xlsx"
NOBODY = "Team Manager not recorded"
ESCALATE_AFTER = 40  # days over: as long again as the framework allows for an action
WIDTHS = {"What was agreed": 70, "Owner": 28, "Team Manager": 28, "Audit": 16, "Why": 40, "File": 24, "Missing": 50}


def write_action_lists(tables: Tables, names: dict[str, str], identities: Identities, folder: Path) -> None:
    """One workbook per Team Manager with anything to see to, an index of whose is whose, and the escalation list."""
    known = states(tables)
    open_ones, unsigned = to_do(tables, known), to_sign(tables, known)
    managers = sorted({*open_ones["manager"], *unsigned["manager"]}, key=lambda who: _person(who, names, identities))
    if managers:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    index = []
    for number, manager in enumerate(managers, start=1):
        mine, waiting = (frame[frame["manager"] == manager] for frame in (open_ones, unsigned))
        person, file = _person(manager, names, identities), f"actions-{number:03d}.xlsx"
        sheets = {
            "To do": (f"Open actions, oldest first: {person}", shown(mine, names, identities)),
            "To sign off": (f"Completed and not signed off: {person}", shown(waiting, names, identities)),
        }
        write_workbook(folder / file, sheets, widths=WIDTHS)
        index.append({"Team Manager": person, "Open": len(mine), "To sign off": len(waiting), "File": file})
    if index:
        write_workbook(folder / INDEX, {"Lists": ("Whose action list is whose", pd.DataFrame(index))}, widths=WIDTHS)
    write_escalation(tables, open_ones, names, identities, folder)


def write_escalation(
    tables: Tables, open_ones: DataFrame, names: dict[str, str], identities: Identities, folder: Path
) -> None:
    """The overdue actions to escalate, and immediate concerns with a step missing."""
    late, missing = to_escalate(open_ones), unfinished_concerns(tables)
    if late.empty and missing.empty:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    listed = shown(late, names, identities).assign(
        **{"Team Manager": [_person(who, names, identities) for who in late["manager"]], "Why": list(late["why"])}
    )
    sheets = {
        "Overdue actions": ("Overdue: safeguarding first, then those longest over", listed),
        "Immediate concerns": ("Immediate concerns of the year with a step missing", missing),
    }
    write_workbook(folder / ESCALATION, sheets, widths=WIDTHS)


def to_do(tables: Tables, known: DataFrame) -> DataFrame:
    """The open actions, oldest first, with their Team Manager and the days over their date. One row per action."""
    mine = known[known["is_open"]].assign(over=lambda rows: (tables.as_at - rows["due_on"]).dt.days.clip(lower=0))
    return _for_managers(mine).sort_values(["due_on", "agreed_on", "action_id"], na_position="last")


def to_sign(tables: Tables, known: DataFrame) -> DataFrame:
    """The completed actions nobody signed off, longest done first. One row per action."""
    return _for_managers(known[known["is_unsigned"]]).sort_values(["completed_on", "action_id"])


def to_escalate(open_ones: DataFrame) -> DataFrame:
    """The overdue actions about safeguarding, and those over for as long again as was allowed. One row per action."""
    late = open_ones[open_ones["is_overdue"]]
    serious = late["is_safeguarding"].fillna(value=False).astype(bool)
    chosen = late[serious | (late["over"] > ESCALATE_AFTER)]
    why = serious.loc[chosen.index].map({True: "about safeguarding", False: f"more than {ESCALATE_AFTER} days over"})
    return chosen.assign(why=why, serious=serious).sort_values(["serious", "due_on"], ascending=[False, True])


def unfinished_concerns(tables: Tables) -> DataFrame:
    """The immediate concerns of the year with a step that has not been taken. One row per concern."""
    held = of_year(tables)
    if held is None or held.empty:
        return pd.DataFrame(columns=["Concern", "Audit", "Found", "Missing"])
    absent = pd.DataFrame({step: day.isna() for step, day in steps(tables, held).items()})
    missing = [", ".join(absent.columns[row]) for row in absent.to_numpy()]
    listed = pd.DataFrame(
        {"Concern": held["concern_id"], "Audit": held["audit_id"], "Found": _days(held["found_on"]), "Missing": missing}
    )
    return listed[listed["Missing"] != ""].sort_values("Found", ignore_index=True)


def shown(actions: DataFrame, names: dict[str, str], identities: Identities) -> DataFrame:
    """Actions as their manager knows them. One row per action."""
    return pd.DataFrame(
        {
            "Action": actions["action_id"],
            "Audit": actions["audit_id"],
            "Child": identities.original(actions["child_id"]),
            "What was agreed": actions["description"],
            "Owner": [_person(who, names, identities) for who in actions["owner_id"]],
            "Safeguarding": actions["is_safeguarding"].map({True: "yes", False: "no"}),
            "Agreed": _days(actions["agreed_on"]),
            "Due": _days(actions["due_on"]),
            "Completed": _days(actions["completed_on"]),
            "Days over": actions.get("over"),
        }
    ).reset_index(drop=True)


def _for_managers(actions: DataFrame) -> DataFrame:
    return actions.assign(manager=actions["team_manager_id"].fillna(NOBODY))


def _person(who: object, names: dict[str, str], identities: Identities) -> str:
    """A worker by name, or by the identifier they are known by."""
    if not isinstance(who, str):
        return "not recorded"
    return names.get(who) or identities.originals.get(who, who)


def _days(days: Series) -> Series:
    written: Series = days.dt.strftime("%d/%m/%Y")
    return written
