"""What was seen in observations, by the codebook that audits go by, and what was agreed because of it."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.observations.half_years import Return, last_day
from qa_analysis.measures.observations.held import made_in
from qa_analysis.measures.observations.people import DATASET
from qa_analysis.measures.populations import OBSERVATIONS
from qa_analysis.measures.themes.in_audits import POLARITIES, in_order

NOT_TOLD_APART = "not said which"
SIDES = (*POLARITIES, NOT_TOLD_APART)
CODED_IN = {"strength": "strengths_theme_code", "development": "development_theme_code"}
WRITTEN_IN = {"strength": "strengths", "development": "development"}


@declares(
    Measure(
        "observed_theme",
        title="Observations with a theme",
        family=family.OBSERVATIONS,
        counts="observations in which a theme of the codebook was seen, strengths and areas for development apart, in "
        "the half-year of the newest return and in the year that ends with it",
        by="theme_code+polarity",
        limits="only observations that somebody coded; where one theme is given for both what went well and what to "
        "develop, it is not said which; each observer sees other people, so counts are not compared",
        unit="observations",
    ),
    Measure(
        "observations_coded",
        title="Observations with a code",
        family=family.OBSERVATIONS,
        counts="observations of the half-year, and of the year, that carry a theme of the codebook, of all of them",
        unit="share",
    ),
    needs=(DATASET,),
)
def observed_themes(tables: Tables) -> list[Figure]:
    """The themes seen in the observations of the half-year and of the year. One figure per theme and side."""
    newest = Return.up_to(tables.month, tables.rules)
    periods = dict.fromkeys(filter(None, (newest.half_year, newest.year)))
    return [row for months in periods for row in _seen(tables, made_in(tables, months), period_of(months))]


@declares(
    Measure(
        "actions_from_observations",
        title="Actions agreed because of an observation",
        family=family.OBSERVATIONS,
        counts="actions whose source is an observation that were agreed in the half-year of the newest return",
        unit="actions",
    ),
    Measure(
        "actions_from_observations_done",
        title="Actions because of an observation that were completed",
        family=family.OBSERVATIONS,
        counts="actions whose source is an observation that were agreed in the half-year and completed by the as-at "
        "date, of all of them",
        limits="those agreed last have had the least time",
        unit="share",
    ),
    needs=(DATASET,),
)
def actions_from_observations(tables: Tables) -> list[Figure]:
    """The actions that observations led to in the half-year, and how many are done. One figure each."""
    newest = Return.up_to(tables.month, tables.rules)
    if not newest.half_year:
        return []
    first, last = pd.Timestamp(f"{newest.half_year[0]}-01"), last_day(newest.last)
    agreed = tables.actions[
        (tables.actions["source"] == "observation") & tables.actions["agreed_on"].between(first, last)
    ]
    labels = {"period": newest.period, "population": OBSERVATIONS}
    rows = [count("actions_from_observations", len(agreed), unit="actions", **labels)]
    if len(agreed):
        done, few = int(agreed["completed_on"].notna().sum()), tables.rules.percentage_from
        rows.append(share("actions_from_observations_done", done, len(agreed), few=few, **labels))
    return rows


def coded_sides(made: DataFrame) -> DataFrame:
    """Each theme that an observation shows, and on which side. One row per observation, theme and side."""
    sides = [
        DataFrame({"observation_id": made["observation_id"], "theme_code": _code_of(made, side), "polarity": side})
        for side in SIDES
    ]
    return pd.concat(sides, ignore_index=True).dropna(subset="theme_code")


def _code_of(made: DataFrame, side: str) -> "Series[str]":
    """The theme of one side: its own code; else the observation's one code, where only that side was written of."""
    own = [made[column] for column in CODED_IN.values()]
    is_apart = own[0].notna() | own[1].notna()
    both = {name: made[column].notna() for name, column in WRITTEN_IN.items()}
    only = {"strength": both["strength"] & ~both["development"], "development": both["development"] & ~both["strength"]}
    if side == NOT_TOLD_APART:
        return made["theme_code"].mask(is_apart | only["strength"] | only["development"])
    return made[CODED_IN[side]].fillna(made["theme_code"].where(~is_apart & only[side]))


def _seen(tables: Tables, made: DataFrame, period: str) -> Iterator[Figure]:
    labels = {"period": period, "population": OBSERVATIONS}
    held = coded_sides(made)
    if len(made):
        coded = held["observation_id"].nunique()
        yield share("observations_coded", coded, len(made), few=tables.rules.percentage_from, **labels)
    sizes = held.groupby(["theme_code", "polarity"]).size()
    for code in in_order(sizes.index.get_level_values("theme_code").unique(), tables.rules):
        for side in SIDES:
            if (code, side) in sizes.index:
                yield count(
                    "observed_theme", int(sizes[code, side]), by=("theme_code", "polarity"), group=(code, side),
                    unit="observations", **labels,
                )  # fmt: skip
