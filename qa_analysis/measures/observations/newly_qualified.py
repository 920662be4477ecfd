"""Observations of the newly qualified: how many, by whom, and against their programme where its number is given."""

from collections.abc import Iterator

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.observations.half_years import YEAR, Return
from qa_analysis.measures.observations.held import made_in
from qa_analysis.measures.observations.people import DATASET, NEWLY_QUALIFIED, at_work, observed_posts, people
from qa_analysis.measures.populations import NEWLY_QUALIFIED as POPULATION


@declares(
    Measure(
        "newly_qualified_people",
        title="People in their assessed and supported year",
        family=family.OBSERVATIONS,
        counts="practitioners at work in their assessed and supported year in any month of the year of two half-years, "
        "by the number of days on which they were observed in it",
        by="observed",
        limits="only where staff were supplied; the assessed year is twelve months from its start, or from the start "
        "of the post, unless its end is recorded",
        unit="people",
    ),
    Measure(
        "newly_qualified_seen_by_assessor",
        title="Observations of the newly qualified by a Team Manager or Practice Assessor Lead",
        family=family.OBSERVATIONS,
        counts="observations in somebody's assessed and supported year by the roles that the framework names, of those "
        "whose observer's role is recorded, in the year of two half-years",
        limits="only where staff were supplied; peer observations are left out",
        unit="share",
    ),
    Measure(
        "newly_qualified_as_programmed",
        title="Newly qualified people observed as often as their programme asks",
        family=family.OBSERVATIONS,
        counts="people of whom their programme asked any observation in the year of two half-years who had as many, "
        "of all of them",
        limits="only where the rule observations_of_newly_qualified says how many: the framework gives no number; the "
        "whole part of so many for each twelve months of the assessed year",
        unit="share",
    ),
    needs=(DATASET, "staff"),
)
def of_newly_qualified(tables: Tables) -> list[Figure]:
    """How often the newly qualified were observed in the year, by whom, and against their programme. Figures each."""
    newest = Return.up_to(tables.month, tables.rules)
    if not newest.year:
        return []
    every = people(tables, newest.year)
    newly = every[every["newly_months"] > 0]
    return [*_by_number(newly, newest), *_by_whom(tables, newest), *_programmed(tables, newly, newest)]


def _by_number(newly: DataFrame, newest: Return) -> Iterator[Figure]:
    """How many there were, and how many had none, one, two or more. One figure each."""
    labels = {"period": period_of(newest.year), "population": POPULATION, "unit": "people"}
    yield count("newly_qualified_people", len(newly), **labels)
    words = newly["newly_held"].map({0: "none", 1: "1", 2: "2"}).fillna("3 or more")
    for word in ("none", "1", "2", "3 or more") if len(newly) else ():
        yield count("newly_qualified_people", int((words == word).sum()), by="observed", group=word, **labels)


def _by_whom(tables: Tables, newest: Return) -> Iterator[Figure]:
    """The observations of the newly qualified by who is to observe them, of those whose observer's role is known."""
    seen = observed_newly(tables, newest)
    known = seen.dropna(subset="observer_role")
    if len(known):
        by_assessor = int(known["observer_role"].isin(tables.rules.observers_of_newly_qualified).sum())
        yield share(
            "newly_qualified_seen_by_assessor", by_assessor, len(known), few=tables.rules.percentage_from,
            period=period_of(newest.year), population=POPULATION,
        )  # fmt: skip


def observed_newly(tables: Tables, newest: Return) -> DataFrame:
    """The year's observations of people in their assessed and supported year. One row per observation."""
    worked = at_work(observed_posts(tables.frames["staff"], tables.rules), newest.year)
    newly = worked.loc[worked["group"] == NEWLY_QUALIFIED, ["worker_id", "month"]]
    made = made_in(tables, newest.year)
    made = made[~made["kind"].isin(tables.rules.observation_kinds_apart)]
    held = made.assign(month=months_of(made["observed_on"]))
    return held.merge(newly, on=["worker_id", "month"])


def _programmed(tables: Tables, newly: DataFrame, newest: Return) -> Iterator[Figure]:
    """How many were observed as often as their programme asks; nothing where nobody said how often that is."""
    number = tables.rules.observations_of_newly_qualified
    if number is None:
        return
    required = newly["newly_months"] * number // YEAR
    asked = newly[required > 0]
    if len(asked):
        met = int((asked["newly_held"] >= required[asked.index]).sum())
        yield share(
            "newly_qualified_as_programmed", met, len(asked), few=tables.rules.percentage_from,
            period=period_of(newest.year), population=POPULATION,
        )  # fmt: skip
