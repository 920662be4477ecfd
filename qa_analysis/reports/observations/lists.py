"""Who still needs an observation, what was not returned, and what observers wrote: for named people alone (tier A)."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import days_written, month_name, span_name
from qa_analysis.english import at_first, in_letters
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.observations.forecast import needing
from qa_analysis.measures.observations.half_years import Return
from qa_analysis.measures.observations.held import IN_TIME, made_in, when_returned
from qa_analysis.measures.observations.people import KIND_OF, people
from qa_analysis.measures.observations.required import still_in_post
from qa_analysis.month.named import Named

INDEX: Final = "observation-lists.xlsx"
RETURNS: Final = "observation-returns.xlsx"
NOTES: Final = "observation-notes.xlsx"
NOBODY: Final = "Manager not recorded"
WIDTHS = {
    "Person": 30, "Team": 28, "Group": 26, "Observer": 30, "Manager": 32, "What went well": 70, "What to develop": 70,
    "Theme of what went well": 16, "Theme of what to develop": 16, "Returned": 16, "Kind still needed": 18,
}  # fmt: skip


def manager_lists(named: Named) -> Iterator[Book]:
    """One workbook per manager of anybody who still needs an observation, and an index of the lists."""
    held = still_needed(named.tables)
    if held.empty:
        return
    held = held.assign(manager=held["manager_id"].fillna(NOBODY))
    ends, index = month_name(Return.up_to(named.tables.month, named.tables.rules).to_come[-1]), []
    for number, manager in enumerate(sorted(held["manager"].unique(), key=named.person), start=1):
        mine, person = held[held["manager"] == manager], named.person(manager)
        file, title = f"observations-{number:03d}.xlsx", f"Observations still needed by the end of {ends}: {person}"
        yield Book(
            file, title, (Sheet("Still needed", title, shown(mine, named), widths=WIDTHS, lines=_how(named.tables)),)
        )
        index.append({"Manager": person, "People": len(mine), "File": file})
    title = "Index of lists of observations still needed"
    yield Book(INDEX, title, (Sheet("Lists", title, DataFrame(index), widths=WIDTHS),))


def _how(tables: Tables) -> tuple[str, ...]:
    """What to know before reading a manager's list."""
    half = span_name(Return.up_to(tables.month, tables.rules).period)
    return (
        f"Observed counts the days of {half}; observed since counts those after it that are known of.",
        f"Required are {in_letters(tables.rules.observations_a_year)} a year, of fewer months in post and not on long "
        "leave the whole part of their share.",
    )


def still_needed(tables: Tables) -> DataFrame:
    """Who in post still needs an observation by the end of the year that has begun. One row per person.

    As `people` has it, with what was held in the half-year, and `since`: the days observed after it, up to the day.
    """
    newest = Return.up_to(tables.month, tables.rules)
    if not newest.half_year:
        return DataFrame()
    then = needing(tables, newest)
    now = people(tables, (*newest.half_year, *newest.to_come)).set_index("worker_id")
    held = then.assign(
        since=then["worker_id"].map(now["held"]) - then["held"],
        kind_since=then["worker_id"].map(now["kind_held"]) - then["kind_held"],
        lacking=then["worker_id"].map(now["lacking"]),
    )
    return still_in_post(tables, held[held["lacking"] > 0])


def shown(held: DataFrame, named: Named) -> DataFrame:
    """The people of one manager as the manager knows them. One row per person."""
    is_kind_lacking = held["kind_held"] + held["kind_since"] < held["kind_required"]
    return (
        DataFrame(
            {
                "Person": [named.person(who) for who in held["worker_id"]],
                "Team": held["team"],
                "Group": held["group"].map(at_first),
                "Required": held["required"],
                "Observed": held["held"],
                "Observed since": held["since"],
                "Still needed": held["lacking"],
                "Kind still needed": held["group"].map(KIND_OF).where(is_kind_lacking, ""),
            }
        )
        .sort_values(["Team", "Person"])
        .reset_index(drop=True)
    )


def returns_list(named: Named) -> Iterator[Book]:
    """The half-year's observations that came late or have not been received. One row per observation."""
    newest = Return.up_to(named.tables.month, named.tables.rules)
    made = made_in(named.tables, newest.half_year)
    if not named.tables.holds("observations", "received_on"):
        return
    made = made.assign(returned=when_returned(made, newest))
    missing = made[made["returned"] != IN_TIME].sort_values(["returned", "observed_on", "observation_id"])
    if missing.empty:
        return
    table = DataFrame(
        {
            "Observation": missing["observation_id"],
            "Person": [named.person(who) for who in missing["worker_id"]],
            "Observer": [named.person(who) for who in missing["observer_id"]],
            "Observed": days_written(missing["observed_on"]),
            "Kind": missing["kind"],
            "Returned": missing["returned"].map(at_first),
            "Received": days_written(missing["received_on"]),
        }
    ).reset_index(drop=True)
    title = f"Observations of {span_name(newest.period)} returned late or not received"
    yield Book(RETURNS, title, (Sheet("Returns", title, table, widths=WIDTHS),))


def notes_list(named: Named) -> Iterator[Book]:
    """What observers wrote in the half-year, to celebrate and to plan training from. One row per observation."""
    newest = Return.up_to(named.tables.month, named.tables.rules)
    made = made_in(named.tables, newest.half_year)
    made = made[made["strengths"].notna() | made["development"].notna()].sort_values(["observed_on", "observation_id"])
    if made.empty:
        return
    table = DataFrame(
        {
            "Observation": made["observation_id"],
            "Person": [named.person(who) for who in made["worker_id"]],
            "Observed": days_written(made["observed_on"]),
            "Kind": made["kind"],
            "What went well": made["strengths"],
            "Theme of what went well": made["strengths_theme_code"].fillna(""),
            "What to develop": made["development"],
            "Theme of what to develop": made["development_theme_code"].fillna(made["theme_code"]).fillna(""),
        }
    ).reset_index(drop=True)
    title = f"What observers wrote, {span_name(newest.period)}"
    lines = ("Ask the person, and leave out what would tell of a family, before anything is shared.",)
    yield Book(NOTES, title, (Sheet("Notes", title, table, widths=WIDTHS, lines=lines),))
