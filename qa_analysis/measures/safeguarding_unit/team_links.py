"""Which teams have a reviewing officer as their link, where the council keeps that."""

from collections.abc import Mapping
from typing import Final

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.populations import TEAMS_WITH_CHILDREN
from qa_analysis.measures.posts import in_post
from qa_analysis.measures.safeguarding_unit.children import month_ends

DATASET, COLUMN = "staff", "link_team"
LINKED: Final = "teams_with_link"


@declares(
    Measure(
        LINKED,
        title="Teams with a link officer",
        family=family.UNIT,
        counts="teams that hold cared-for children or children on a plan at the newest month end and have a reviewing "
        "officer in post as their link on the as-at date, of all such teams",
        limits="only where the list of staff says who is which team's link; what a link does in the team is not "
        "recorded",
        unit="share",
    ),
    Measure(
        "teams_without_link",
        title="Teams without a link officer",
        family=family.UNIT,
        counts="1 for each of those teams that has no reviewing officer in post as its link on the as-at date",
        by="link_team",
        limits="only where the list of staff says who is which team's link",
        unit="teams",
    ),
    needs=(DATASET, "caseload"),
)
def team_links(tables: Tables) -> list[Figure]:
    """How many teams have a link officer, and which have none. One figure, and one per team without."""
    ends = month_ends(tables)
    if not ends or not tables.holds(DATASET, COLUMN):
        return []
    linked = links(tables)
    teams = sorted(set(ends[max(ends)]["team"].dropna()))
    without = [team for team in teams if team not in linked]
    labels = {"period": tables.month, "population": TEAMS_WITH_CHILDREN}
    few = tables.rules.percentage_from
    whole = [share(LINKED, len(teams) - len(without), len(teams), few=few, **labels)] if teams else []
    return [
        *whole,
        *(count("teams_without_link", 1, unit="teams", by=COLUMN, group=team, **labels) for team in without),
    ]


def links(tables: Tables) -> Mapping[str, frozenset[str]]:
    """The officers who are each team's link on the day; one officer may be the link of several teams."""
    held = in_post(tables.frames[DATASET], tables.as_at).dropna(subset=COLUMN)
    pairs = [(team.strip(), who) for who, teams in zip(held["worker_id"], held[COLUMN], strict=True)
             for team in str(teams).split(";")]  # fmt: skip
    return {team: frozenset(who for of, who in pairs if of == team) for team, _ in pairs if team}
