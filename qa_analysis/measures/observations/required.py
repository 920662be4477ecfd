"""Whether each person was observed as often as is asked of them, and in the kind that is asked."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW, Figure, count, counts_by, labelled, share
from qa_analysis.measures.observations.half_years import Return
from qa_analysis.measures.observations.people import DATASET, EXPERIENCED, is_first_line, is_practitioner, people
from qa_analysis.measures.observations.people import MANAGERS as FIRST_LINE
from qa_analysis.measures.populations import OTHER_ROLES, TO_BE_OBSERVED
from qa_analysis.measures.posts import in_post
from qa_analysis.measures.too_few import hidden_groups

PLACES: Final = ("service_area", "team")
NONE, ONE, MORE = "none", "1", "2 or more"
LACKING: Final = (ONE, MORE)
NOT_SHOWN: Final = "not shown: too few people, or others would tell of them by subtraction"


@declares(
    Measure(
        "people_observed_as_required",
        title="People observed as often and in the kind that is required",
        family=family.OBSERVATIONS,
        counts="people of whom any observation was required in the year of two half-years who had as many as that, one "
        "of them of direct work or, of a first-line manager, of supervision, of all of them: all, by group and by "
        "service and team",
        by="staff_group, service_area, team",
        limits="only where staff were supplied; required is the whole part of two for each twelve months in post and "
        "not on long leave, the assessed year of the newly qualified left out; two observations on one day are one, "
        "and peer observations are counted apart; a person is in the group and team of their last month; by service "
        "and team in the cycles of the returns alone, and not of under three people",
        unit="share",
    ),
    Measure(
        "people_observed_often_enough",
        title="People observed as often as is required",
        family=family.OBSERVATIONS,
        counts="people of whom any observation was required in the year who had as many as that, of any kind, of all "
        "of them",
        by="staff_group",
        limits="as for people observed as required",
        unit="share",
    ),
    Measure(
        "people_observed_in_kind",
        title="People observed in the kind that is required",
        family=family.OBSERVATIONS,
        counts="people of whom any observation was required in the year who had one of direct work or, of a first-line "
        "manager, of supervision, of all of them",
        by="staff_group",
        limits="as for people observed as required; an observation whose kind is blank is of neither",
        unit="share",
    ),
    Measure(
        "people_lacking_observations",
        title="People who lacked an observation in the year",
        family=family.OBSERVATIONS,
        counts="people who at the end of the year lacked one observation, or two or more, in number or in kind",
        by="lacking",
        limits="as for people observed as required; of some of them none is required any more, because they left",
        unit="people",
    ),
    Measure(
        "people_not_due",
        title="People of whom no observation was required yet",
        family=family.OBSERVATIONS,
        counts="practitioners and first-line managers at work in the year for too few months for one observation to be "
        "required, the newly qualified left out",
        limits="as for people observed as required",
        unit="people",
    ),
    Measure(
        "people_of_other_roles",
        title="People in post of whose role no observation is asked",
        family=family.OBSERVATIONS,
        counts="people in post on the as-at date whose role is neither a practitioner's nor a first-line manager's, by "
        "role",
        by="role",
        limits="so that a role of practitioners that the rule observed_roles does not know is seen",
        unit="people",
    ),
    needs=(DATASET, "staff"),
)
def observed_as_required(tables: Tables) -> list[Figure]:
    """How many people were observed as required in the year: all, by group, service and team. Figures per question."""
    newest = Return.up_to(tables.month, tables.rules)
    if not newest.year:
        return []
    every = people(tables, newest.year)
    asked = every[every["required"] > 0]
    period = period_of(newest.year)
    labels = {"period": period, "population": TO_BE_OBSERVED}
    not_due = int(((every["required"] == 0) & (every["months"] > 0)).sum())
    return [
        *_of_groups(tables, asked, period),
        *(_of_places(tables, asked, period) if newest.due_in == tables.month else ()),
        *(
            count(
                "people_lacking_observations", int((classed(asked["lacking"]) == word).sum()), by="lacking", group=word,
                unit="people", **labels,
            )
            for word in LACKING
        ),
        count("people_not_due", not_due, unit="people", **labels),
        *_others(tables),
    ]  # fmt: skip


def classed(lacking: "pd.Series[int]") -> "pd.Series[str]":
    """How much is lacking, in words: none, one, or two or more."""
    return lacking.map({0: NONE, 1: ONE}).fillna(MORE)


def _of_groups(tables: Tables, asked: DataFrame, period: str) -> Iterator[Figure]:
    """All people, then those of each group. Figures per group and question."""
    is_enough, is_in_kind = asked["held"] >= asked["required"], asked["kind_held"] >= asked["kind_required"]
    had = {
        "people_observed_as_required": is_enough & is_in_kind,
        "people_observed_often_enough": is_enough,
        "people_observed_in_kind": is_in_kind,
    }
    for group in ("", EXPERIENCED, FIRST_LINE):
        some = asked["group"] == group if group else pd.Series(True, index=asked.index)
        for measure, met in had.items():
            if some.any():
                yield share(
                    measure, int(met[some].sum()), int(some.sum()), few=tables.rules.percentage_from, period=period,
                    population=TO_BE_OBSERVED, by="staff_group" if group else "", group=group,
                )  # fmt: skip


def _of_places(tables: Tables, asked: DataFrame, period: str) -> Iterator[Figure]:
    """The services and teams, those of too few people without their numbers. One figure per place.

    They are told of in the cycles of the returns alone: a figure that moved on month by month would tell of whoever
    was observed in between.
    """
    small = small_places(asked, tables.rules.floor[MANAGERS].children)
    for by in PLACES:
        for name, some in asked.assign(**{by: labelled(asked[by])}).groupby(by):
            met = int((some["lacking"] == 0).sum())
            told = share(
                "people_observed_as_required", met, len(some), few=tables.rules.percentage_from, period=period,
                population=TO_BE_OBSERVED, by=by, group=str(name),
            )  # fmt: skip
            yield _withheld(told) if name in small[by] else told


def small_places(asked: DataFrame, fewest: int) -> dict[str, set[object]]:
    """The services and teams that may not be told of: of too few people, or needed so that no subtraction tells of one.

    Services are held against the whole, the teams of each service against it; of a service that is not told of, no team
    is.
    """
    services = set(hidden_groups(labelled(asked["service_area"]).value_counts(sort=False).astype(float), fewest))
    teams: set[object] = set()
    for service, some in asked.groupby(labelled(asked["service_area"])):
        sizes = labelled(some["team"]).value_counts(sort=False).astype(float)
        teams |= set(sizes.index) if service in services else set(hidden_groups(sizes, fewest))
    return {"service_area": services, "team": teams}


def _withheld(figure: Figure) -> Figure:
    """A figure without its numbers."""
    nothing = float("nan")
    return figure.but(
        numerator=nothing, denominator=nothing, value=nothing, lower=nothing, upper=nothing, verdict=TOO_FEW,
        note=NOT_SHOWN,
    )  # fmt: skip


def _others(tables: Tables) -> list[Figure]:
    """The roles of whose holders nothing is asked. One figure per role."""
    posts = in_post(tables.frames["staff"], tables.as_at).drop_duplicates("worker_id", keep="last")
    rules = tables.rules
    others = posts[~is_first_line(posts, rules) & ~is_practitioner(posts["role"], rules)]
    labels = {"period": tables.month, "population": OTHER_ROLES, "unit": "people"}
    return counts_by(others, "role", "people_of_other_roles", **labels)


def still_in_post(tables: Tables, held: DataFrame) -> DataFrame:
    """Those of some people who hold a post on the day. One row per person."""
    return held[held["worker_id"].isin(in_post(tables.frames["staff"], tables.as_at)["worker_id"])]
