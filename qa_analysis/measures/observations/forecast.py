"""Who will not have been observed as required by the end of the year that has just begun, if things go on as before."""

from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, estimated, share
from qa_analysis.measures.observations.half_years import YEAR, Return
from qa_analysis.measures.observations.people import DATASET, people
from qa_analysis.measures.observations.required import LACKING, NONE, classed, still_in_post
from qa_analysis.measures.populations import TO_BE_OBSERVED
from qa_analysis.stats.proportions import Others, predicted

ANY: Final = "1 or more"


@declares(
    Measure(
        "people_still_needing",
        title="People who still need an observation half-way through the year",
        family=family.OBSERVATIONS,
        counts="people in post who at the end of the half-year of the newest return still needed an observation that "
        "the year begun with it requires, in number or in kind; and all of whom any is required, by whether they "
        "needed none any more, one, or two or more",
        by="needed",
        limits="planned leavers and leave counted as far as staff tells; people who join later are not in it",
        unit="people",
    ),
    Measure(
        "needed_and_had",
        title="People who had what they still needed by the end of the year before",
        family=family.OBSERVATIONS,
        counts="people who half-way through the year that ends with the half-year of the newest return still needed "
        "one observation, or two or more, and had been observed as required by its end, of all who did",
        by="needed",
        limits="what the forecast rests on; whoever left or went on leave is in it, with what was then required",
        unit="share",
    ),
    Measure(
        "people_expected_to_miss",
        title="People expected not to be observed as required by the end of the year",
        family=family.OBSERVATIONS,
        counts="people who still need an observation half-way through the year and will not have it by its end, if as "
        "many of them have it as of those who needed as many half-way through the year before",
        limits="a forecast and no target; the range does not count that times may change; only where the council has "
        "been at it for two half-years; those who needed one and those who needed more are put together where under "
        "five of either are known",
        unit="people",
    ),
    needs=(DATASET, "staff"),
)
def expected_to_miss(tables: Tables) -> list[Figure]:
    """How many people still need an observation, and how many are expected to go without. Figures per question."""
    newest = Return.up_to(tables.month, tables.rules)
    if not newest.half_year:
        return []
    ahead = needing(tables, newest)
    period = period_of((*newest.half_year, *newest.to_come))
    labels = {"period": period, "population": TO_BE_OBSERVED}
    sizes = _sizes(ahead)
    return [
        count("people_still_needing", sum(sizes[word] for word in LACKING), unit="people", **labels),
        *(
            count("people_still_needing", size, by="needed", group=word, unit="people", **labels)
            for word, size in sizes.items()
        ),
        *_forecast(tables, newest, ahead, period),
    ]


def needing(tables: Tables, newest: Return) -> DataFrame:
    """Who in post needs what by the end of the year that has just begun. One row per person of whom any is required.

    As `people` has it, what was held being that of the half-year returned.
    """
    every = people(tables, (*newest.half_year, *newest.to_come), seen_in=newest.half_year)
    return still_in_post(tables, every[every["required"] > 0])


def before(tables: Tables, newest: Return) -> DataFrame:
    """Who needed what half-way through the year before, and whether they had it. One row per person who needed any.

    `needed` is how much in words; `has_had` whether nothing was lacking at the end.
    """
    half = len(newest.half_year)
    halfway = people(tables, newest.year, seen_in=newest.year[:-half]).set_index("worker_id")["lacking"]
    ended = people(tables, newest.year)
    needed = classed(ended["worker_id"].map(halfway))
    held = ended.assign(needed=needed, has_had=ended["lacking"] == 0)
    return held[(held["required"] > 0) & (needed != NONE)]


def _sizes(held: DataFrame) -> dict[str, int]:
    """How many need none any more, one, and two or more."""
    words = classed(held["lacking"])
    return {word: int((words == word).sum()) for word in (NONE, *LACKING)}


def _forecast(tables: Tables, newest: Return, ahead: DataFrame, period: str) -> list[Figure]:
    """The forecast with what it rests on; nothing where there is no whole year to go by."""
    if len(newest.year) < YEAR:
        return []
    known, few = before(tables, newest), tables.rules.percentage_from
    had = {word: known.loc[known["needed"] == word, "has_had"] for word in LACKING}
    sizes = _sizes(ahead)
    if any(len(had[word]) < few for word in LACKING if sizes[word]):
        had, sizes = {ANY: known["has_had"]}, {ANY: sum(sizes[word] for word in LACKING)}
    rows = [
        share(
            "needed_and_had", int(held.sum()), len(held), few=few, by="needed", group=word,
            period=period_of(newest.year), population=TO_BE_OBSERVED,
        )
        for word, held in had.items()
        if len(held)
    ]  # fmt: skip
    if any(len(had[word]) < few for word in had if sizes[word]):
        return rows
    found = predicted(Others(sizes[word], int((~had[word]).sum()), len(had[word])) for word in had)
    told = estimated("people_expected_to_miss", found, period=period, population=TO_BE_OBSERVED, unit="people")
    return [*rows, told]
