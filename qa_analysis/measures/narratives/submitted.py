"""Which services and teams sent in what they say of the month, of those there are, and which parts are empty."""

from collections.abc import Iterator
from math import nan
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.english import listed
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.narratives.places import COLUMN, SERVICE, TEAM, expected, month_end, places_on
from qa_analysis.measures.populations import REPORTS_EXPECTED, REPORTS_SENT

DATASET: Final = "narratives"
SLOTS: Final = ("achievements", "challenges", "mitigating_actions")
CALLED: Final = {"achievements": "achievements", "challenges": "challenges", "mitigating_actions": "mitigating actions"}
MISSING, EMPTY, PART, WHOLE = "not sent in", "nothing written", "part empty", "all three parts"


@declares(
    Measure(
        "narratives_in",
        title="Narratives sent in",
        family=family.NARRATIVES,
        counts="services, and teams, whose narrative of the month holds anything, of those with somebody in post on "
        "the month's last day; the note names those that are missing",
        by="level",
        limits="teams that ever had a Team Manager or were audited in the year, and the services they belong to; a "
        "vacant manager's post makes no team vanish; without staff there is no figure",
        unit="share",
    ),
    Measure(
        "narrative_parts",
        title="Parts of a narrative that are written",
        family=family.NARRATIVES,
        counts="of achievements, challenges and mitigating actions, those that a service or a team wrote of the month; "
        "the verdict says whether it was sent in and the note which parts are empty",
        by="service_area, team",
        limits="whether something is written, not what",
        unit="parts",
    ),
    needs=(DATASET,),
)
def narratives_in(tables: Tables) -> list[Figure]:
    """How many services and teams sent in what they say, and the parts of each. Two figures, and one per place."""
    sent = sent_in(tables)
    places = places_on(tables, month_end(tables.month))
    asked = [] if places is None else expected(places)
    extra = [one for one in sent if one not in asked]
    return [*_shares(tables, asked, sent), *(_parts(tables, one, sent.get(one)) for one in [*asked, *extra])]


def sent_in(tables: Tables) -> dict[tuple[str, str], dict[str, str]]:
    """What each service and team wrote of the month, by level and name: the text of each part, blank where empty."""
    rows = of_month(tables)
    return {
        (str(row["level"]), str(row["entity"])): {slot: _text(row[slot]) for slot in SLOTS}
        for row in rows.to_dict("records")
    }


def of_month(tables: Tables) -> DataFrame:
    """The narratives of the month. One row per service and team that sent one in."""
    rows = tables.frames[DATASET]
    of_place = rows["level"].isin(COLUMN) & rows["entity"].notna()
    return rows[(rows["month"] == tables.month) & of_place].sort_values(["level", "entity"], kind="stable")


def state_of(parts: dict[str, str] | None) -> str:
    """Whether a narrative was sent in, and how much of it is written."""
    if parts is None:
        return MISSING
    filled = sum(map(bool, parts.values()))
    return {0: EMPTY, len(SLOTS): WHOLE}.get(filled, PART)


def _shares(
    tables: Tables, asked: list[tuple[str, str]], sent: dict[tuple[str, str], dict[str, str]]
) -> Iterator[Figure]:  # fmt: skip
    for level in (SERVICE, TEAM):
        names = [name for one, name in asked if one == level]
        lacking = [name for name in names if state_of(sent.get((level, name))) in (MISSING, EMPTY)]
        if names:
            found = share(
                "narratives_in", len(names) - len(lacking), len(names), period=tables.month,
                population=REPORTS_EXPECTED, by="level", group=level, few=1,
            )  # fmt: skip
            note = f"missing: {listed(lacking)}" if lacking else ""
            yield found.but(note=note, lower=nan, upper=nan, method="count")  # all of them, and no sample


def _parts(tables: Tables, place: tuple[str, str], parts: dict[str, str] | None) -> Figure:
    level, name = place
    empty = [CALLED[slot] for slot in SLOTS if not (parts or {}).get(slot)]
    state = state_of(parts)
    return Figure(
        measure="narrative_parts", period=tables.month, population=REPORTS_SENT, by=(COLUMN[level],), group=(name,),
        value=float(len(SLOTS) - len(empty)), unit="parts", method="count", verdict=state,
        note=f"empty: {listed(empty)}" if state == PART else state,
    )  # fmt: skip


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
