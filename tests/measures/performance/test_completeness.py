"""A team that is missing is counted and named, and never vanishes from a total."""

from typing import Any

import pytest
from small import found, month, tables
from words import lines_of_html

from qa_analysis.measures.performance.completeness import places_in
from qa_analysis.measures.performance.lines import lines
from qa_analysis.telling.meeting.completeness import completeness, completeness_line


def given(team: str, period: str = "2023-06", *, part: int | None = 40, level: str = "team", **more: Any):
    return {"indicator_code": "K1", "name": "Visits in time", "period": period, "level": level, "entity": team,
            "numerator": part, "denominator": part and 50, "better_is": "higher", **more}  # fmt: skip


def post(team: str, service: str = "Safeguarding", **more: Any) -> dict[str, Any]:
    return {"worker_id": f"tm-{team}", "role": "team manager", "team": team, "service_area": service,
            "started_on": "2022-01-01", **more}  # fmt: skip


STAFF = [post("North"), post("East"), post("West"), post("Oak", "Cared For")]


def teams(*rows: dict[str, Any], staff: list[dict[str, Any]] = STAFF) -> tuple[float, float, str]:
    one = found(places_in(tables(audits=[{}], indicators=rows, staff=staff)), "indicator_places_in", group="K1+team")
    return one.numerator, one.denominator, one.note


def total(*rows: dict[str, Any], staff: list[dict[str, Any]] = STAFF) -> str:
    """The total of June, or why there is none."""
    whole = next(one for one in lines(tables(audits=[{}], indicators=rows, staff=staff)) if not one.place)
    return whole.lacking.get("2023-06") or f"{whole.readings['2023-06'].numerator:.0f}"  # type: ignore[union-attr]


def test_a_team_that_staff_know_and_that_gave_no_figure_is_counted_and_named() -> None:
    assert teams(given("North"), given("East")) == (2, 3, "missing: West")


def test_a_total_without_it_is_not_given_and_says_so() -> None:
    assert total(given("North"), given("East")) == "West not supplied"
    assert total(given("North"), given("East"), given("West")) == "120"


def test_a_team_of_a_service_whose_teams_do_not_give_it_is_not_expected() -> None:
    assert teams(given("North"), given("East"), given("West"))[:2] == (3, 3)


def test_an_indicator_of_one_team_alone_is_its_own() -> None:
    assert teams(given("North")) == (1, 1, "")
    assert total(given("North")) == "40"


def test_a_team_that_gave_it_before_goes_on_being_expected_until_it_has_closed() -> None:
    before = given("West", "2023-05")
    closed = [post("North"), post("East"), post("West", ended_on="2023-05-20")]
    assert teams(given("North"), given("East"), before) == (2, 3, "missing: West")
    assert teams(given("North"), given("East"), before, staff=closed) == (2, 2, "")
    assert teams(given("North"), given("East"), before, staff=[]) == (2, 3, "missing: West")


def test_a_team_that_opened_after_the_months_end_is_not_expected() -> None:
    late = [post("North"), post("East"), post("West", started_on="2023-07-03")]
    assert teams(given("North"), given("East"), staff=late) == (2, 2, "")


def test_a_suppressed_figure_is_none_and_no_zero() -> None:
    hidden = given("West", part=None, source_unread="numerator")
    assert teams(given("North"), given("East"), hidden) == (2, 3, "suppressed or not readable: West")
    assert total(given("North"), given("East"), hidden) == "West suppressed or not readable"


def test_the_page_names_what_is_missing_and_is_one_line_where_nothing_is() -> None:
    def told(*rows: dict[str, Any]) -> list[str]:
        return list(lines_of_html(completeness(month(tables(audits=[{}], indicators=rows, staff=STAFF))).markup))

    assert told(given("North"), given("East")) == [
        "Indicators with figures of every service and team expected for June 2023: 0 of 1.",
        "Figures of the month that are missing",
        "Indicator | Services | Teams | Without a figure",
        "Visits in time | | 2 of 3 | Missing: West",
        "A total without one of its services or teams is not given: it would look like one of fewer cases.",
    ]
    whole = [given("North"), given("East"), given("West")]
    assert told(*whole) == ["Indicators with figures of every service and team expected for June 2023: 1 of 1."]


@pytest.mark.parametrize("more", [{}, {"indicators": []}])
def test_without_indicators_it_is_one_line_or_none(more: dict[str, Any]) -> None:
    this = month(tables(audits=[{}], **more))
    assert completeness_line(this) == ""
    if not more:
        assert list(lines_of_html(completeness(this).markup)) == ["Performance indicators: not supplied this month."]
