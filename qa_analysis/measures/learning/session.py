"""What a reflective learning session starts from: themes audited again, who was part of the audits, who came last."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, share
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.grades.windows import windows
from qa_analysis.measures.populations import EVERY_ROUTE, LAST_SESSION, SAME_THEME
from qa_analysis.measures.themes.in_audits import POLARITIES, audit_themes, in_order

SESSION = "reflective session"
INVITED_AS: Final[Mapping[str, str]] = MappingProxyType(  # the framework's "involved in the audit", by column
    {"key_worker_id": "key worker", "team_manager_id": "Team Manager", "service_manager_id": "Service Manager"}
)

BRIEFED_AS: Final[Mapping[str, str]] = MappingProxyType(  # "all those involved": those who audited, too
    {**INVITED_AS, "auditor_id": "auditor", "co_auditor_id": "co-auditor"}
)


@declares(
    Measure(
        "audited_again",
        title="Audits of themes audited again",
        family=family.LEARNING_SESSION,
        counts="headline audits of each audit theme that was audited both in this cycle and six months before, "
        "in each of the two cycles",
        by="theme_code",
        limits="two single cycles, without a verdict: that rests on three cycles pooled",
        unit="audits",
    ),
    Measure(
        "audited_again_good_or_better",
        title="Good or better, themes audited again",
        family=family.LEARNING_SESSION,
        counts="headline audits graded outstanding or good, of those graded, on the audit themes that were "
        "audited both in this cycle and six months before, in each of the two cycles",
        limits="two single cycles, without a verdict: that rests on three cycles pooled",
        unit="share",
    ),
    Measure(
        "audited_again_prevalence",
        title="Audits with a prompt, themes audited again",
        family=family.LEARNING_SESSION,
        counts="headline audits in which a prompt was found at least once, of all those on the audit themes that "
        "were audited both in this cycle and six months before, in each of the two cycles",
        by="theme_code+polarity",
        limits="findings without a code are not in it; two single cycles, without a verdict: that rests on three "
        "cycles pooled",
        unit="share",
    ),
    Measure(
        "session_to_invite",
        title="People to invite to the session",
        family=family.LEARNING_SESSION,
        counts="key workers, Team Managers and Service Managers of the cycle's audits of every route, and of the "
        "headline audits six months ago on an audit theme audited again, each person once",
        by="invited_as",
        limits="one person may be several of these, so the parts may add up to more than the whole",
        unit="people",
    ),
    Measure(
        "session_invited",
        title="People invited to the last session",
        family=family.LEARNING_SESSION,
        counts="people invited to the newest reflective session held by the as-at date, added up over its teams",
        by="held_on",
        limits="teams without both numbers, invited and came, are left out; only where learning events were supplied",
        unit="people",
    ),
    Measure(
        "session_attended",
        title="People who came to the last session",
        family=family.LEARNING_SESSION,
        counts="people who came to the newest reflective session held by the as-at date, added up over its teams",
        by="held_on",
        limits="teams without both numbers, invited and came, are left out; only where learning events were supplied",
        unit="people",
    ),
    Measure(
        "session_teams_invited",
        title="Teams invited to the last session",
        family=family.LEARNING_SESSION,
        counts="teams invited to the newest reflective session held by the as-at date",
        by="held_on",
        limits="teams without both numbers, invited and came, are left out; only where learning events were supplied",
        unit="teams",
    ),
    Measure(
        "session_teams_attended",
        title="Teams that came to the last session",
        family=family.LEARNING_SESSION,
        counts="teams of which at least one person came to the newest reflective session held by the as-at date",
        by="held_on",
        limits="teams without both numbers, invited and came, are left out; only where learning events were supplied",
        unit="teams",
    ),
)
def learning_session(tables: Tables) -> list[Figure]:
    """What the session on this cycle's audits starts from. One figure per question and group, nobody named."""
    return [*audited_again(tables), *to_invite(tables), *last_session(tables)]


def audited_again(tables: Tables) -> list[Figure]:
    """The themes audited now and six months ago: audits, good or better, and the prompts found, in both cycles.

    One figure per cycle, question and group; none where no theme was audited in both.
    """
    window = windows(tables)[SAME_THEME]
    if window.then.empty:
        return []
    codes = {way: _codes(tables, pd.concat([window.now, window.then]), way) for way in POLARITIES}
    return [
        row
        for audits, (cycle,) in ((window.then, window.then_cycles), (window.now, window.now_cycles))
        for row in _side(tables, audits, cycle, codes)
    ]


def involved(tables: Tables) -> DataFrame:
    """Who was part of the audits that the session talks of. One row per audit and person: `part` says as what.

    They are this cycle's audits, whatever their route, and those of six months ago on a theme audited again now.
    """
    return _parts(pd.concat([cycle_audits(tables), windows(tables)[SAME_THEME].then]), INVITED_AS)


def briefed(tables: Tables) -> DataFrame:
    """Who the briefing on this cycle is for: all who were part of its audits, whatever their route.

    One row per audit and person: `part` says as what.
    """
    return _parts(cycle_audits(tables), BRIEFED_AS)


def to_invite(tables: Tables) -> list[Figure]:
    """How many people were part of those audits: all, and as key worker, Team Manager or Service Manager."""
    people = involved(tables)
    labels = {"period": tables.month, "population": EVERY_ROUTE, "unit": "people"}
    recorded = [part for column, part in INVITED_AS.items() if tables.holds("audits", column)]
    by_part = {part: people.loc[people["part"] == part, "worker_id"].nunique() for part in recorded}
    return [
        count("session_to_invite", people["worker_id"].nunique(), **labels),
        *(count("session_to_invite", held, by="invited_as", group=part, **labels) for part, held in by_part.items()),
    ]


def last_session(tables: Tables) -> list[Figure]:
    """How many people and teams were asked to the newest reflective session, and how many came.

    One figure each, the day as group; none where no session was recorded by the day. Teams without both numbers are
    left out.
    """
    events = tables.optional("learning_events")
    if events is None or (sessions := events[events["kind"].eq(SESSION) & events["held_on"].notna()]).empty:
        return []
    newest = sessions[sessions["held_on"] == sessions["held_on"].max()]
    counted = newest.dropna(subset=["invited", "attended"])
    came = counted[counted["attended"] > 0]
    labels = {
        "period": tables.month, "population": LAST_SESSION, "by": "held_on",
        "group": f"{newest['held_on'].iloc[0]:%Y-%m-%d}",
    }  # fmt: skip
    return [
        count("session_invited", int(counted["invited"].sum()), unit="people", **labels),
        count("session_attended", int(counted["attended"].sum()), unit="people", **labels),
        count("session_teams_invited", counted["team"].nunique(), unit="teams", **labels),
        count("session_teams_attended", came["team"].nunique(), unit="teams", **labels),
    ]


def _parts(audits: DataFrame, columns: Mapping[str, str]) -> DataFrame:
    """Who is named in some columns of the audits. One row per audit and person."""
    told = audits[["audit_id", "cycle_month", "team", "service_area"]]
    parts = [told.assign(worker_id=audits[held], part=part) for held, part in columns.items() if held in audits]
    return pd.concat(parts, ignore_index=True).dropna(subset="worker_id")


def _codes(tables: Tables, audits: DataFrame, polarity: str) -> list[str]:
    """The prompts found in some audits, in the framework's order."""
    return in_order(audit_themes(tables, audits, polarity)["theme_code"].unique(), tables.rules)


def _side(tables: Tables, audits: DataFrame, cycle: str, codes: Mapping[str, list[str]]) -> list[Figure]:
    """One cycle's audits of the themes that both have; a prompt found in the other cycle alone has its zero here."""
    labels = {"period": cycle, "population": SAME_THEME}
    few = tables.rules.percentage_from
    is_good = graded(audits, "overall_grade", tables.rules)["is_good"]
    found = {polarity: audit_themes(tables, audits, polarity)["theme_code"].value_counts() for polarity in POLARITIES}
    return [
        *counts_by(audits, "theme_code", "audited_again", unit="audits", **labels),
        share("audited_again_good_or_better", int(is_good.sum()), len(is_good), few=few, **labels),
        *(
            share(
                "audited_again_prevalence", int(sizes.get(code, 0)), len(audits), few=few,
                by=("theme_code", "polarity"), group=(code, polarity), **labels,
            )
            for polarity, sizes in found.items()
            for code in codes[polarity]
        ),
    ]  # fmt: skip
