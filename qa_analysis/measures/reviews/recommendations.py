"""The recommendations of reviews from outside: how many are open, for how long, and on which themes."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, labelled
from qa_analysis.measures.populations import RECOMMENDATIONS

DATASET: Final = "external_reviews"
SOURCE, THEME = "source", "theme_code"
LABELS: Final = {"population": RECOMMENDATIONS}


@declares(
    Measure(
        "recommendations_open",
        title="Recommendations open",
        family=family.REVIEWS,
        counts="recommendations of reviews from outside that are not closed by the as-at date, all and by source; the "
        "denominator is all that were made by then",
        by=SOURCE,
        limits="only where external reviews were supplied; one that is closed without a day counts as closed",
        unit="recommendations",
    ),
    Measure(
        "recommendations_open_longest",
        title="Longest a recommendation has been open",
        family=family.REVIEWS,
        counts="calendar days from the review to the as-at date of the open recommendation that has waited longest, "
        "all and by source",
        by=SOURCE,
        unit="days",
    ),
    Measure(
        "recommendations_made",
        title="Recommendations made in the year",
        family=family.REVIEWS,
        counts="recommendations of reviews dated in the last twelve cycles, all and by source",
        by=SOURCE,
        unit="recommendations",
    ),
    Measure(
        "recommendations_closed",
        title="Recommendations closed in the year",
        family=family.REVIEWS,
        counts="recommendations closed in the last twelve cycles, all and by source",
        by=SOURCE,
        limits="those closed without a day are left out",
        unit="recommendations",
    ),
    Measure(
        "recommendations_by_theme",
        title="Recommendations open on a theme",
        family=family.REVIEWS,
        counts="recommendations that are not closed by the as-at date on each prompt or audit theme; the denominator "
        "is all that were made on it by then",
        by=THEME,
        limits="those without a theme are counted as not recorded",
        unit="recommendations",
    ),
    needs=(DATASET,),
)
def recommendations(tables: Tables) -> list[Figure]:
    """How many recommendations are open, made and closed, by source, and open by theme. One figure each."""
    held = tables.frames[DATASET]
    groups = [("", "", held), *((SOURCE, str(name), some) for name, some in held.groupby(labelled(held[SOURCE])))]
    return [
        *(row for by, group, some in groups for row in _of_group(tables, some, by, group)),
        *_by_theme(tables, held),
    ]


def still_open(held: DataFrame) -> DataFrame:
    """The recommendations that are not closed. One row each."""
    return held[held["status"].fillna("").ne("closed") & held["closed_on"].isna()]


def waiting(tables: Tables) -> DataFrame:
    """The open recommendations, oldest first, with the days since their review. One row each: days."""
    some = still_open(tables.frames[DATASET])
    days = (tables.as_at - some["dated_on"]).dt.days
    return some.assign(days=days).sort_values(["dated_on", "recommendation_id"], kind="stable")


def _of_group(tables: Tables, some: DataFrame, by: str, group: str) -> Iterator[Figure]:
    still, year, labels = still_open(some), tables.rolling_cycles, {**LABELS, "by": by, "group": group}
    now = {"period": tables.month, **labels}
    yield count("recommendations_open", len(still), unit="recommendations", **now).but(
        numerator=len(still), denominator=len(some)
    )
    if len(still):
        longest = int((tables.as_at - still["dated_on"].min()).days)
        yield count("recommendations_open_longest", longest, unit="days", **now)
    for measure, day in (("recommendations_made", "dated_on"), ("recommendations_closed", "closed_on")):
        size = int(months_of(some[day]).isin(year).sum())
        yield count(measure, size, period=period_of(year), unit="recommendations", **labels)


def _by_theme(tables: Tables, held: DataFrame) -> Iterator[Figure]:
    for theme, some in held.groupby(labelled(held[THEME])):
        still = len(still_open(some))
        yield count(
            "recommendations_by_theme", still, period=tables.month, by=THEME, group=str(theme), unit="recommendations",
            **LABELS,
        ).but(numerator=still, denominator=len(some))  # fmt: skip
