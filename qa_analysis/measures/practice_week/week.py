"""When Practice Week was, and who its leaders and elected members are."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of
from qa_analysis.framework import Rules
from qa_analysis.measures.audits.linked import is_among, is_of_cycles

ROUTE: Final = (
    "practice week"  # of an audit; a kind of learning event, and a factor of the audit plan, are called the same
)
LEADERS, MEMBERS, OTHERS = "senior leaders", "elected members", "others"
GROUPS: Final = (LEADERS, MEMBERS, OTHERS)
DAYS: Final = 7


@dataclass(frozen=True)
class Week:
    """The newest Practice Week: its month, the audit cycle of that month, and its first day where that is known."""

    month: str
    cycle: str
    first: pd.Timestamp | None

    @property
    def last(self) -> pd.Timestamp | None:
        """The last of its seven days."""
        return None if self.first is None else self.first + pd.Timedelta(days=DAYS - 1)

    def holds(self, days: Series) -> "Series[bool]":
        """Whether each day lies in the week; none does where nobody knows which it was."""
        if self.first is None or self.last is None:
            return Series(False, index=days.index)
        return days.between(self.first, self.last)


def week_of(tables: Tables) -> Week | None:
    """The newest Practice Week up to the month reported on; None where the council had not begun before it."""
    year = int(tables.month[:4])
    for month in (_month(tables.rules, one) for one in (year, year - 1)):
        cycle = tables.rules.cadence.from_month(month)
        if tables.rules.first_cycle <= cycle <= tables.month:
            return Week(month, cycle, _first_day(tables, month))
    return None


def _month(rules: Rules, year: int) -> str:
    """The month of a year's Practice Week: that of its first day, or of the rule."""
    day = rules.practice_week.get(str(year))
    return day[:7] if day else f"{year}-{rules.practice_week_month:02}"


def _first_day(tables: Tables, month: str) -> pd.Timestamp | None:
    """The first day as the council gives it, or the Monday of the week in which all its events were held."""
    if day := tables.rules.practice_week.get(month[:4]):
        return pd.Timestamp(day)
    mondays = {day - pd.Timedelta(days=day.weekday()) for day in events(tables, month)["held_on"].dropna()}
    return mondays.pop() if len(mondays) == 1 else None


def events(tables: Tables, month: str) -> DataFrame:
    """The learning events of a Practice Week. One row per event and team; none where they were not supplied."""
    held = tables.optional("learning_events")
    if held is None:
        return DataFrame({"event_id": [], "held_on": pd.Series(dtype="datetime64[us]"), "invited": [], "attended": []})
    found: DataFrame = held[held["kind"].eq(ROUTE) & months_of(held["held_on"]).eq(month)]
    return found


def audits_of(tables: Tables, week: Week) -> DataFrame:
    """The audits of Practice Week, whatever their day, each with who audited. One row per audit."""
    found = tables.audits[is_of_cycles(tables, (week.cycle,)) & is_among(tables.audits, "selection_route", (ROUTE,))]
    return found.assign(took_part=group_of(found["auditor_role"], tables.rules))


def of_cycle_by(tables: Tables, week: Week, group: str) -> DataFrame:
    """The audits of the week's cycle, whatever their route, by auditors of one group. One row per audit."""
    of_cycle: DataFrame = tables.audits[is_of_cycles(tables, (week.cycle,))]
    return of_cycle[group_of(of_cycle["auditor_role"], tables.rules).eq(group)]


def group_of(roles: Series, rules: Rules) -> Series:
    """Whether each role is a senior leader's, an elected member's or another."""
    groups = dict[str, str]()
    for group, of_group in ((LEADERS, rules.senior_leader_roles), (MEMBERS, rules.elected_member_roles)):
        groups |= dict.fromkeys([role.casefold() for role in of_group], group)
    of_role = {role: groups.get(role.casefold(), OTHERS) for role in roles.dropna().unique()}
    return roles.map(of_role).fillna(OTHERS).astype("str")
