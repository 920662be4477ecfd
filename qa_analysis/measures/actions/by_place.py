"""How many actions each team, and each service, has to see to: open, overdue, and done without a sign-off."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.framework import MANAGERS
from qa_analysis.measures.actions.stock import states
from qa_analysis.measures.audits.linked import numbered
from qa_analysis.measures.declared import declares
from qa_analysis.measures.figure import TOO_FEW, Figure, count, counts_by, labelled
from qa_analysis.measures.populations import ALL_ACTIONS

STATES: Final = {"actions_open": "is_open", "actions_overdue": "is_overdue", "actions_unsigned": "is_unsigned"}


@declares(adds_to=tuple(STATES), needs=("actions",))
def actions_of_places(tables: Tables) -> list[Figure]:
    """Actions to see to by team, and those to sign off by service. One figure per state and place that has any action.

    A team whose actions are of so few children or people that a count would tell of one of them has no number.
    """
    known, hidden = states(tables), few(tables)
    labels = {"period": tables.month, "population": ALL_ACTIONS, "unit": "actions"}
    teams = sorted(known["team"].dropna().unique())
    tallies = {state: known.loc[known[state], "team"].value_counts() for state in STATES.values()}
    unsigned = counts_by(known[known["is_unsigned"]], "service_area", "actions_unsigned", **labels)
    by_team = (
        count(measure, int(tallies[state].get(team, 0)), by="team", group=str(team), **labels)
        for team in teams
        for measure, state in STATES.items()
    )
    return [*unsigned, *(_kept_back(one) if one.group[0] in hidden else one for one in by_team)]


def few(tables: Tables) -> frozenset[str]:
    """The teams whose actions are of fewer children or people than the floor, and one more where one stands alone.

    Without the other a service's own count would give it away.
    """
    known = tables.actions[["team", "owner_id", "service_area", "child_id", "audit_id"]].dropna(subset="team")
    actions = known[["team"]].assign(
        owner_id=numbered(known["owner_id"]), service_area=labelled(known["service_area"]),
        child=numbered(known["child_id"].fillna(known["audit_id"])),
    )  # fmt: skip
    return frozenset(team for _, held in actions.groupby("service_area") for team in _few_of_service(tables, held))


def _few_of_service(tables: Tables, actions: DataFrame) -> Iterator[str]:
    """The teams of one service too small to be told of, smallest first, and as many more as hide them."""
    teams = actions.groupby("team")
    counts = DataFrame({"children": teams["child"].nunique(), "people": teams["owner_id"].nunique()})
    floor, sizes = tables.rules.floor[MANAGERS], teams.size().to_dict()
    small = {str(team) for team, *both in counts.itertuples() if not floor.is_reached(children=both[0], people=both[1])}
    if not small:
        return
    yield from tuple(small)
    for team in sorted(map(str, sizes), key=lambda one: (sizes[one], one)):
        if team in small:
            continue
        if len(small) > 1 and _is_enough(tables, actions[actions["team"].isin(small)]):
            return
        small.add(team)
        yield team


def _is_enough(tables: Tables, actions: DataFrame) -> bool:
    return tables.rules.floor[MANAGERS].is_reached(
        children=actions["child"].nunique(), people=actions["owner_id"].nunique()
    )


def _kept_back(figure: Figure) -> Figure:
    return figure.but(value=float("nan"), verdict=TOO_FEW, note="not shown: actions of too few children or people")
