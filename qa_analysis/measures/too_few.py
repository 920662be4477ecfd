"""Which groups are too few to be told of, and which others go with them so that no subtraction tells of them."""

from collections.abc import Hashable

from pandas import DataFrame, Series

from qa_analysis.measures.figure import CALLED_BY_COUNCIL, TOO_FEW, Figure

SERVICE, TEAM = "service_area", "team"
Place = tuple[str, str]  # a dimension and its value


def hidden_groups(sizes: "Series[float]", floor: int) -> list[Hashable]:
    """The groups of too few cases, and the next smallest until they are several of enough cases together."""
    ordered = sizes.sort_values(kind="stable")
    many = int((ordered < floor).sum())
    while many and many < len(ordered) and (many < 2 or ordered.iloc[:many].sum() < floor):
        many += 1
    return list(ordered.index[:many])


def places_of_few(people: DataFrame, floor: int) -> frozenset[Place]:
    """The services and teams that are not told of, by who works in each.

    A service of too few is hidden with the next smallest and all their teams; a team of too few with the next smallest
    of its service. `people` has one row per person and place: worker_id, service_area and team.
    """
    services = hidden_groups(_sizes(people, SERVICE), floor)
    found = {(SERVICE, str(service)) for service in services}
    for service, some in people.groupby(SERVICE):
        teams = some[TEAM].unique() if service in services else hidden_groups(_sizes(some, TEAM), floor)
        found |= {(TEAM, str(team)) for team in teams}
    return frozenset(found)


def withheld_where(figure: Figure, few: frozenset[Place], *, note: str) -> Figure:
    """The figure, without its numbers where it is of a place of too few."""
    named = zip(figure.by, figure.group, strict=True)
    if not any(place in few for place in named if place[0] in CALLED_BY_COUNCIL):
        return figure
    return without_numbers(figure, note=note)


def without_numbers(figure: Figure, *, note: str) -> Figure:
    """The figure as one that rests on too few to be told."""
    nothing = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"), float("nan"))
    return figure.but(**nothing, verdict=TOO_FEW, note=note, reasons=())


def _sizes(people: DataFrame, column: str) -> "Series[float]":
    return people.groupby(column)["worker_id"].nunique().astype(float)
