"""Who did what in Practice Week: training, observations and audits, all of them beside the headline figures."""

from collections.abc import Iterator

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.populations import PRACTICE_WEEK
from qa_analysis.measures.practice_week.week import GROUPS, LEADERS, MEMBERS, Week, audits_of, events, group_of, week_of


@declares(
    Measure(
        "practice_week_events",
        title="Training events of Practice Week",
        family=family.PRACTICE_WEEK,
        counts="learning events of the kind practice week in the month of the newest Practice Week",
        limits="only where learning events were supplied; who of those who came was a senior leader or an elected "
        "member is not recorded",
        unit="events",
    ),
    Measure(
        "practice_week_came",
        title="People who came to training in Practice Week",
        family=family.PRACTICE_WEEK,
        counts="people who came to those events, all of them added up",
        limits="only where it is recorded; whoever came to two events counts twice",
        unit="people",
    ),
    needs=("learning_events",),
)
def training(tables: Tables) -> list[Figure]:
    """How many events Practice Week had, and how many came. One figure each."""
    week = week_of(tables)
    if week is None:
        return []
    held, labels = events(tables, week.month), {"period": week.cycle, "population": PRACTICE_WEEK}
    came = held["attended"].dropna()
    return [
        count("practice_week_events", held["event_id"].nunique(), unit="events", **labels),
        *([count("practice_week_came", int(came.sum()), unit="people", **labels)] if len(came) else []),
    ]


@declares(
    Measure(
        "practice_week_observations",
        title="Observations in Practice Week",
        family=family.PRACTICE_WEEK,
        counts="observations of practice made on the seven days of Practice Week, by who observed and by kind",
        by="took_part, kind",
        limits="only where the week's first day is known: from the rule practice_week, or from its training events "
        "where all were held in one week",
        unit="observations",
    ),
    needs=("observations",),
)
def observations(tables: Tables) -> list[Figure]:
    """How many observations were made in the week, by whom and of what. One figure per group and kind."""
    week = week_of(tables)
    if week is None or week.first is None:
        return []
    rows = tables.frames["observations"]
    held = rows[week.holds(rows["observed_on"])]
    held = held.assign(took_part=group_of(held["observer_role"], tables.rules))
    kinds = held["kind"].fillna("not recorded").value_counts().sort_index()
    labels = {"period": week.cycle, "population": PRACTICE_WEEK, "unit": "observations"}
    return [
        *_by_group("practice_week_observations", held, week),
        *(count("practice_week_observations", int(many), by="kind", group=str(kind), **labels)
          for kind, many in kinds.items()),
    ]  # fmt: skip


@declares(
    Measure(
        "practice_week_audits",
        title="Audits of Practice Week",
        family=family.PRACTICE_WEEK,
        counts="audits whose route is practice week, of the cycle of the newest Practice Week, by who audited",
        by="took_part",
        limits="the leaders chose the records, so these audits are in no headline figure and tell nothing of all "
        "records",
        unit="audits",
    ),
    Measure(
        "practice_week_auditors",
        title="People who audited in Practice Week",
        family=family.PRACTICE_WEEK,
        counts="people who did one of these audits, by who they are",
        by="took_part",
        unit="people",
    ),
    Measure(
        "practice_week_grades",
        title="Audits of Practice Week by grade",
        family=family.PRACTICE_WEEK,
        counts="those of these audits that senior leaders and other officers graded, by overall grade",
        by="grade",
        limits="as for audits of Practice Week; of under three children, or by under three people, no grade is counted",
        unit="audits",
    ),
)
def audits(tables: Tables) -> list[Figure]:
    """How many audits of Practice Week there were, by whom, and how graded. One figure per group and grade."""
    week = week_of(tables)
    if week is None:
        return []
    held, labels = audits_of(tables, week), {"period": week.month, "population": PRACTICE_WEEK}
    people = {group: some["auditor_id"].nunique() for group, some in held.groupby("took_part")}
    return [
        *_by_group("practice_week_audits", held, week),
        *(count("practice_week_auditors", people.get(group, 0), unit="people", by="took_part", group=group, **labels)
          for group in GROUPS),
        *_grades(tables, held[held["took_part"] != MEMBERS], labels),
    ]  # fmt: skip


def _by_group(measure: str, rows: DataFrame, week: Week) -> Iterator[Figure]:
    """All, and those of each group; a group that did none has zero."""
    unit = measure.removeprefix("practice_week_")
    labels = {"period": week.cycle, "population": PRACTICE_WEEK, "unit": unit}
    yield count(measure, len(rows), **labels)
    for group in GROUPS:
        yield count(measure, int((rows["took_part"] == group).sum()), by="took_part", group=group, **labels)


def _grades(tables: Tables, graded: DataFrame, labels: dict[str, str]) -> Iterator[Figure]:
    """The audits of each grade, where they are of enough children, and by so many that nobody's own are told."""
    floor = tables.rules.floor[MANAGERS]
    children = graded["child_id"].fillna(graded["audit_id"]).nunique()
    if children < floor.children or graded["auditor_id"].nunique() < floor.auditors:
        return
    for grade in tables.rules.grades:
        many = int((graded["overall_grade"] == grade).sum())
        yield count("practice_week_grades", many, unit="audits", by="grade", group=grade, **labels)


@declares(
    Measure(
        "audits_by_senior_leaders",
        title="Audits by senior leaders",
        family=family.PRACTICE_WEEK,
        counts="audits of each cycle of the last twelve done by somebody whose role is a senior leader's, every route",
        limits="which roles are senior leaders' is the rule senior_leader_roles",
        unit="audits",
    ),
)
def through_the_year(tables: Tables) -> list[Figure]:
    """How many audits senior leaders did in each cycle of the year. One figure per cycle."""
    by_leader = tables.audits[group_of(tables.audits["auditor_role"], tables.rules) == LEADERS]
    tally = by_leader["cycle_month"].value_counts()
    return [
        count(
            "audits_by_senior_leaders", int(tally.get(cycle, 0)), period=cycle, population=PRACTICE_WEEK, unit="audits"
        )
        for cycle in tables.rolling_cycles
    ]
