"""The month of one service or team: what the month of the whole tells of it, and nothing that it does not."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from fixed_council import fixed_month
from pandas import DataFrame
from small import month, tables

from qa_analysis.errors import WrongUse
from qa_analysis.measures.figure import COLUMNS, Figure, dimensions, frame_of, parts
from qa_analysis.month.figures import Written
from qa_analysis.month.month import Month
from qa_analysis.month.place import OfPlace, of_place, places_of

NUMBERS = ["measure", "period", "population", "numerator", "denominator", "value", "lower", "upper", "verdict"]


@pytest.fixture(scope="module")
def whole() -> Month:
    return fixed_month()


def figures(*groups: tuple[tuple[str, ...], tuple[str, ...]]) -> DataFrame:
    return frame_of(
        [Figure(measure="x", period="2023-06", population="", by=by, group=group, value=number)
         for number, (by, group) in enumerate(groups)],
        as_at=pd.Timestamp("2023-07-10"),
    )  # fmt: skip


def told(held: DataFrame, column: str, name: str, *teams: str) -> list[tuple[str, str, float]]:
    rows = OfPlace(Written(held), column, name, frozenset(teams)).every
    return list(rows[["by", "group", "value"]].itertuples(index=False, name=None))


def test_the_figures_of_a_place_stand_as_if_it_were_the_whole() -> None:
    held = figures(
        (("service_area",), ("A",)), (("service_area",), ("B",)), (("indicator", "service_area"), ("I", "A")),
        (("service_area", "theme_code", "polarity"), ("A", "1.1", "strength")), ((), ()),
    )  # fmt: skip
    themes = ("theme_code+polarity", "1.1+strength", 3.0)
    assert told(held, "service_area", "A") == [("", "", 0.0), ("indicator", "I", 2.0), themes]


def test_a_service_keeps_the_figures_of_its_own_teams_and_of_no_other() -> None:
    held = figures((("team",), ("Oak",)), (("team",), ("Ash",)), (("indicator", "team"), ("I", "Oak")))
    assert told(held, "service_area", "A", "Oak") == [("team", "Oak", 0.0), ("indicator+team", "I+Oak", 2.0)]
    assert told(held, "team", "Oak") == [("", "", 0.0), ("indicator", "I", 2.0)]


def test_places_with_a_plus_in_their_names_are_told_apart() -> None:
    both = ("service_area", "team")
    held = figures((("service_area",), ("A+B",)), (both, ("A+B", "C")), (both, ("A", "Oak+Elm")), (("team",), ("B+C",)))
    assert told(held, "service_area", "A+B") == [("", "", 0.0), ("team", "C", 1.0)]
    assert told(held, "team", "Oak+Elm") == [("service_area", "A", 2.0)]


def test_no_figure_of_a_place_is_another_than_the_whole_tells(whole: Month) -> None:
    every = _as_written(whole.measures)
    for kind in ("service", "team"):
        for name in places_of(whole, kind):
            place = of_place(whole, **{kind: name})
            assert len(place.measures)
            assert _as_written(place.measures) <= every


def test_each_figure_by_a_place_is_in_the_month_of_that_place_and_in_no_other(whole: Month) -> None:
    by_team = {(row["measure"], row["period"], row["group"]) for _, row in _of(whole.measures, "team")}
    in_months = {
        (measure, period, team)
        for team in places_of(whole, "team")
        for measure, period in of_place(whole, team=team).measures[["measure", "period"]].itertuples(index=False)
    }
    assert by_team <= in_months


def test_what_no_place_owns_is_left_out_of_its_month(whole: Month) -> None:
    place = of_place(whole, team="Oak")
    assert set(place.quality["team"]) == {"Oak"}
    assert place.quotations.empty and place.restated.empty and place.restated_rows.empty
    assert place.scope.words == "Oak"
    assert list(place.measures.columns) == list(COLUMNS)


def test_rows_of_a_level_are_those_of_the_place_and_of_a_services_teams(whole: Month) -> None:
    levels = [("service", "Safeguarding"), ("team", "Oak"), ("team", "Rowan"), ("directorate", "All")]
    told = replace(whole, decisions=DataFrame(levels, columns=["level", "entity"]))
    assert list(of_place(told, service="Safeguarding").decisions["entity"]) == ["Safeguarding", "Oak"]
    assert list(of_place(told, team="Rowan").decisions["entity"]) == ["Rowan"]


def test_a_place_is_asked_for_whatever_its_capitals_and_a_misspelt_one_is_met(whole: Month) -> None:
    assert of_place(whole, service=" cared for ").scope.words == "Cared For"
    assert of_place(whole, service="\u202eCared For").scope.words == "Cared For"  # a letter that nobody sees
    assert of_place(whole) is whole
    with pytest.raises(WrongUse, match=r'There is no team "Oka" in the month\. Did you mean: Oak'):
        of_place(whole, team="Oka")
    with pytest.raises(WrongUse, match="a service or a team, not both"):
        of_place(whole, service="Cared For", team="Oak")


def test_the_year_of_practice_is_that_of_places_in_the_month_of_a_place() -> None:
    held = month(tables("2023-08", audits=[{"cycle_month": "2023-08"}]))
    assert (held.practice_year, of_place(held, team="North").practice_year) == (held.year, "2022-07/2023-06")


def _as_written(figures: DataFrame) -> set[tuple[str, ...]]:
    return set(figures[NUMBERS].astype(str).itertuples(index=False, name=None))


def _of(figures: DataFrame, column: str) -> Iterator[tuple[int, "pd.Series[str]"]]:
    chosen = figures[figures["by"].map(lambda by: dimensions(by) == (column,))]
    yield from chosen[chosen["group"] != "not recorded"].iterrows()


def test_parts_of_a_group_without_places_stay_apart() -> None:
    assert parts("indicator+team", "I+A+B") == ("I", "A+B")
