"""What a figure holds, and that a table of figures can be taken apart into the figures again."""

from dataclasses import FrozenInstanceError
from math import isnan, nan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import found

from qa_analysis.framework import resource
from qa_analysis.measures.figure import (
    COLUMNS,
    TOO_FEW,
    Figure,
    count,
    counts_by,
    estimated,
    figures_of,
    frame_of,
    share,
)
from qa_analysis.stats.estimate import Estimate, undefined

AS_AT = pd.Timestamp("2023-07-10")
OF: dict[str, Any] = {"period": "2023-06", "population": "every route"}


def again(figure: Figure) -> Figure:
    [one] = figures_of(frame_of([figure], as_at=AS_AT))
    return one


def test_a_figure_cannot_be_changed() -> None:
    figure = count("audits_completed", 45, unit="audits", **OF)
    with pytest.raises(FrozenInstanceError):
        figure.value = 46.0  # type: ignore[misc]


def test_a_changed_copy_leaves_the_figure_as_it_was() -> None:
    figure = count("audits_completed", 45, unit="audits", **OF)
    assert (figure.but(value=46.0).value, figure.value) == (46.0, 45.0)


def test_a_share_under_five_cases_is_judged_too_few_to_say() -> None:
    few, enough = (share("good_or_better", 1, whole, few=5, **OF) for whole in (4, 5))
    assert (few.verdict, few.note, few.is_doubtful) == (TOO_FEW, TOO_FEW, True)
    assert (enough.verdict, enough.note, enough.is_doubtful) == ("", "", False)


def test_why_an_estimate_cannot_be_had_is_a_reason_and_no_verdict() -> None:
    figure = estimated("days_to_complete_median", undefined(0, "no cases"), unit="days", **OF)
    assert (figure.verdict, figure.reasons, figure.note) == ("", ("no cases",), "no cases")
    assert (figure.is_given, figure.is_doubtful) == (False, True)


def test_a_verdict_of_the_rules_is_the_note_as_well_and_no_doubt() -> None:
    figure = estimated("theme_change", Estimate(0.2, 0.1, 0.3, 80), unit="share", **OF).judged("more common")
    assert (figure.verdict, figure.note, figure.is_doubtful) == ("more common", "more common", False)


def test_without_a_verdict_the_note_stays() -> None:
    figure = estimated("theme_change", undefined(0, "no cases"), unit="share", **OF)
    assert figure.judged("").note == "no cases"


def test_a_group_that_no_row_has_is_counted_as_none() -> None:
    rows = counts_by(pd.DataFrame({"route": ["random"]}), "route", "done", groups=("random", "dispute"), unit="x", **OF)
    assert [(row.group, row.value) for row in rows] == [(("random",), 1.0), (("dispute",), 0.0)]


def test_the_table_writes_several_dimensions_and_reasons_as_one_text() -> None:
    figure = count("grade_count", 3, unit="audits", by=("key_area", "grade"), group=("assessment", "good"), **OF)
    row = frame_of([figure.but(reasons=("a break", "another form"))], as_at=AS_AT).iloc[0]
    assert tuple(row.index) == COLUMNS
    assert (row["by"], row["group"], row["reasons"]) == ("key_area+grade", "assessment+good", "a break; another form")
    assert (row["as_at"], row["value"], isnan(row["numerator"])) == ("2023-07-10", 3.0, True)


def test_a_figure_is_found_by_its_tuple_and_by_the_text_of_it() -> None:
    figure = count("grade_count", 3, unit="audits", by=("key_area", "grade"), group=("assessment", "good"), **OF)
    assert found([figure], "grade_count", group=("assessment", "good")) is figure
    assert found([figure], "grade_count", group="assessment+good") is figure


@pytest.mark.parametrize(
    ("by", "group"),
    [
        (("team", "theme_code", "polarity"), ("North + South", "3.1", "strength")),
        (("key_area", "team"), ("assessment", "North+South")),
        (("service_area",), ("Children + families",)),
    ],
)
def test_a_team_with_a_plus_in_its_name_is_still_one_team(by: tuple[str, ...], group: tuple[str, ...]) -> None:
    figure = count("theme_prevalence", 3, unit="audits", by=by, group=group, **OF)
    assert (again(figure).by, again(figure).group) == (by, group)


PLAIN = st.text(st.characters(exclude_characters="+", exclude_categories=["Cs"]), min_size=1)
COUNCILS_OWN = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def divided(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a figure is divided by, in any order, a team among it or not, and the group; the first may hold a plus."""
    by = tuple(draw(st.lists(st.sampled_from(("team", "theme_code", "polarity", "key_area", "grade")), unique=True)))
    own = by.index("team") if "team" in by else 0
    return by, tuple(draw(COUNCILS_OWN if place == own else PLAIN) for place in range(len(by)))


@given(divided(), NUMBERS, st.none() | st.integers(0, 10**6), st.lists(PLAIN.filter(lambda text: "; " not in text)))
def test_a_figure_goes_into_a_table_and_comes_out_as_it_was(
    of: tuple[tuple[str, ...], tuple[str, ...]], value: float | None, cases: int | None, reasons: list[str]
) -> None:
    by, group = of
    numbers = {"value": nan if value is None else value, "denominator": nan if cases is None else cases}
    figure = Figure(measure="x", **OF, by=by, group=group, reasons=tuple(reasons), **numbers)
    assert repr(again(figure)) == repr(figure)


def test_the_methods_page_lists_the_columns_as_they_are_written() -> None:
    page = (resource("docs") / "methods.md").read_text(encoding="utf-8")
    assert f"`{', '.join(COLUMNS)}`" in " ".join(page.split())
