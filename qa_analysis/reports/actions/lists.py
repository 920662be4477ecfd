"""Each Team Manager's own actions to see to, and what to escalate: named people alone (tier A)."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import days_written
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.actions.concerns import of_year, steps
from qa_analysis.measures.actions.stock import states
from qa_analysis.month.named import Named

ESCALATION = "escalation-for-the-quality-assurance-manager.xlsx"
INDEX = "action-lists.xlsx"
NOBODY = "Team Manager not recorded"
ESCALATE_AFTER = 40  # days over: as long again as the framework allows for an action
WIDTHS = {"What was agreed": 70, "Owner": 28, "Team Manager": 28, "Audit": 16, "Why": 40, "File": 24, "Missing": 50}


def action_lists(named: Named) -> Iterator[Book]:
    """One workbook per Team Manager with anything to see to, and an index of the lists."""
    known = states(named.tables)
    open_ones, unsigned = to_do(named.tables, known), to_sign(known)
    managers = sorted({*open_ones["manager"], *unsigned["manager"]}, key=named.person)
    index = []
    for number, manager in enumerate(managers, start=1):
        mine, waiting = (frame[frame["manager"] == manager] for frame in (open_ones, unsigned))
        person, file = named.person(manager), f"actions-{number:03d}.xlsx"
        titles = {
            "To do": f"Open actions, oldest first: {person}",
            "To sign off": f"Completed and not signed off: {person}",
        }
        yield _book(file, titles, [shown(frame, named) for frame in (mine, waiting)], title=f"Actions: {person}")
        index.append({"Team Manager": person, "Open": len(mine), "To sign off": len(waiting), "File": file})
    if index:
        title = "Index of action lists"
        yield _book(INDEX, {"Lists": title}, [pd.DataFrame(index)], title=title)


def escalation(named: Named) -> Iterator[Book]:
    """The overdue actions to escalate, and immediate concerns with a step missing."""
    late = to_escalate(to_do(named.tables, states(named.tables)))
    missing = unfinished_concerns(named.tables)
    if late.empty and missing.empty:
        return
    listed = shown(late, named).assign(
        **{"Team Manager": [named.person(who) for who in late["manager"]], "Why": list(late["why"])}
    )
    titles = {
        "Overdue actions": "Overdue actions: safeguarding first, then the longest overdue",
        "Immediate concerns": "Immediate concerns of the year with a step not recorded",
    }
    yield _book(ESCALATION, titles, [listed, missing], title="Escalation list for the Quality Assurance Manager")


def to_do(tables: Tables, known: DataFrame) -> DataFrame:
    """The open actions, oldest first, with their Team Manager and the days over their date. One row per action."""
    mine = known[known["is_open"]].assign(over=lambda rows: (tables.as_at - rows["due_on"]).dt.days.clip(lower=0))
    return _for_managers(mine).sort_values(["due_on", "agreed_on", "action_id"], na_position="last")


def to_sign(known: DataFrame) -> DataFrame:
    """The completed actions nobody signed off, longest done first. One row per action."""
    return _for_managers(known[known["is_unsigned"]]).sort_values(["completed_on", "action_id"])


def to_escalate(open_ones: DataFrame) -> DataFrame:
    """The overdue actions about safeguarding, and those over for as long again as was allowed. One row per action."""
    late = open_ones[open_ones["is_overdue"]]
    serious = late["is_safeguarding"].fillna(value=False).astype(bool)
    chosen = late[serious | (late["over"] > ESCALATE_AFTER)]
    why = serious.loc[chosen.index].map({True: "about safeguarding", False: f"more than {ESCALATE_AFTER} days overdue"})
    return chosen.assign(why=why, serious=serious).sort_values(["serious", "due_on"], ascending=[False, True])


def unfinished_concerns(tables: Tables) -> DataFrame:
    """The immediate concerns of the year with a step that has not been taken, oldest first. One row per concern."""
    held = of_year(tables)
    if held is None or held.empty:
        return pd.DataFrame(columns=["Concern", "Audit", "Found", "Missing"])
    held = held.sort_values("found_on", kind="stable", ignore_index=True)
    absent = pd.DataFrame({step: day.isna() for step, day in steps(tables, held).items()})
    missing = [", ".join(absent.columns[row]) for row in absent.to_numpy()]
    listed = pd.DataFrame(
        {
            "Concern": held["concern_id"],
            "Audit": held["audit_id"],
            "Found": days_written(held["found_on"]),
            "Missing": missing,
        }
    )
    return listed[listed["Missing"] != ""].reset_index(drop=True)


def shown(actions: DataFrame, named: Named) -> DataFrame:
    """Actions as their manager knows them. One row per action."""
    return pd.DataFrame(
        {
            "Action": actions["action_id"],
            "Audit": actions["audit_id"],
            "Child": named.identities.original(actions["child_id"]),
            "What was agreed": actions["description"],
            "Owner": [named.person(who) for who in actions["owner_id"]],
            "Safeguarding": actions["is_safeguarding"].map({True: "yes", False: "no"}),
            "Agreed": days_written(actions["agreed_on"]),
            "Due": days_written(actions["due_on"]),
            "Completed": days_written(actions["completed_on"]),
            "Days overdue": actions.get("over"),
        }
    ).reset_index(drop=True)


def _book(file: str, titles: Mapping[str, str], held: Sequence[DataFrame], *, title: str) -> Book:
    """One sheet for each title, in order."""
    both = zip(titles.items(), held, strict=True)
    return Book(file, title, tuple(Sheet(name, about, table, widths=WIDTHS) for (name, about), table in both))


def _for_managers(actions: DataFrame) -> DataFrame:
    return actions.assign(manager=actions["team_manager_id"].fillna(NOBODY))
