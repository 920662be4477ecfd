"""What the report on observations says, on small literal councils."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from sections import said
from small import month, tables
from words import unbound

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.scope import Scope, narrowed
from qa_analysis.month.month import Month
from qa_analysis.reports.observations.report import forecast, made, newly, opening, required, summary
from qa_analysis.reports.observations.report import seen as seen_there
from qa_analysis.reports.observations.words import (
    forecast_sentences,
    newly_sentences,
    required_sentences,
    return_sentences,
    seen_sentences,
)
from qa_analysis.reports.smt_report.report import observations

JANUARY = "2024-01"
AUDIT = {"cycle_month": JANUARY, "audited_on": "2024-01-15"}


def post(who: str, **more: Any) -> dict[str, Any]:
    usual = {"role": "social worker", "team": "North", "service_area": "Safeguarding", "started_on": "2020-01-06"}
    return {**usual, "worker_id": who, "manager_id": "m", **more}


def seen(who: str, day: str, kind: str = "direct work", **more: Any) -> dict[str, Any]:
    return {"worker_id": who, "observed_on": day, "kind": kind, **more}


STAFF = [post(f"N{n}") for n in range(12)]
SEEN = [
    *(seen(f"N{n}", "2023-03-01", received_on="2023-07-20") for n in range(12)),
    *(seen(f"N{n}", "2023-09-01", "meeting", received_on="2024-01-20") for n in range(9)),
    seen("N9", "2023-10-01", "peer", received_on="2024-02-03"),
]


def told(**more: Any) -> Month:
    return month(tables(JANUARY, **{"audits": [AUDIT], "staff": STAFF, "observations": SEEN, **more}))


@cache
def usual() -> Month:
    return told()


def test_what_is_required_is_said_of_people_with_what_the_others_lack() -> None:
    assert required_sentences(usual()) == [
        "In January to December 2023, 75% of people (9 of 12; likely range 47% to 91%) had the observations that are "
        "required of them, in number and in kind.",
        "Lacking at the end of it: one for 3 people.",
        "At least one observation of direct work: 12 of 12 (100%, 76% to 100%) experienced practitioners.",
    ]


def test_the_forecast_says_how_many_by_when_and_what_it_rests_on_and_names_nobody() -> None:
    lines = forecast_sentences(usual())
    assert lines == [
        "By the end of June 2024, about 3 of the 12 people who still need an observation are expected to go without "
        "(likely range 0 to 8). Their managers have lists by name.",
        "Of the people in post, 9 still need one observation, 3 two or more and 0 no more.",
        "Of those who half-way through January to December 2023 still needed one or more, 9 of 12 (75%, 47% to 91%) "
        "had been observed as required by its end.",
    ]
    assert "N1" not in forecast(usual()).markup


def test_every_number_of_a_sentence_is_a_figure() -> None:
    sections = (opening, required, forecast, made, newly, seen_there)
    assert unbound("".join(f"<main>{section(usual()).markup}</main>" for section in sections), usual()) == []


def test_returns_are_said_with_what_came_later_and_nothing_where_no_day_is_recorded() -> None:
    assert return_sentences(usual()) == [
        "In July to December 2023, 10 observations were made (12 in January to June 2023). By 31 January 2024, 9 of 10 "
        "(90%, 60% to 98%) had been returned; 1 came later and 0 have not been received."
    ]
    unknown = told(observations=[seen("N1", "2023-09-01")])
    assert return_sentences(unknown) == [
        "In July to December 2023, 1 observation was made (0 in January to June 2023).",
        "When they were returned is not recorded.",
    ]


def test_the_newly_qualified_are_told_of_and_not_judged() -> None:
    new = post("new", is_nqsw=True, started_on="2023-05-01")
    assert newly_sentences(told(staff=[*STAFF, new])) == [
        "In January to December 2023, 1 person was in their assessed and supported year (ASYE). Observed in that time: "
        "never 1.",
        "How many their programme asks for is the council's rule, and none was given, so nobody is called behind.",
    ]


def test_what_to_celebrate_is_practice_and_what_to_train_for_has_its_negative_label() -> None:
    made = [
        seen("N1", "2023-09-01", strengths_theme_code="4.1", development_theme_code="1.4"),
        seen("N2", "2023-09-02", strengths_theme_code="3.1", theme_code="3.1"),  # an assessment is there: compliance
    ]
    lines = seen_sentences(told(observations=made))
    assert lines[:2] == [
        "To celebrate, by number of observations: purposeful direct work with the child (1).",
        "Training needs, by number of observations: no clear contingency plan (1).",
    ]


@pytest.mark.parametrize("dataset", ["observations", "staff"])
def test_a_dataset_that_did_not_come_is_one_line_and_no_table(dataset: str) -> None:
    held = tables(JANUARY, audits=[AUDIT], staff=STAFF, observations=SEEN)
    without = month(replace(held, frames={name: rows for name, rows in held.frames.items() if name != dataset}))
    called = {"observations": "Observations of practice", "staff": "Staff list"}[dataset]
    assert required(without).markup == f'<p class="absent">{called}: not supplied this month.</p>'
    assert list(said("observations", without))


def test_one_team_is_told_by_itself_and_a_team_of_two_only_in_the_whole() -> None:
    two = [post(f"S{n}", team="South") for n in range(2)]
    whole = told(staff=[*STAFF, *two])
    page = required(whole).markup
    assert page.count("too few to show") >= 2  # South, and North, which would give it away
    held = tables(JANUARY, audits=[AUDIT], staff=[*STAFF, *two], observations=SEEN)
    alone = month(narrowed(held, load_contracts(), Scope(team="North")))
    assert required_sentences(alone) == required_sentences(usual())


def test_the_smt_report_has_it_in_january_and_july_alone() -> None:
    title, said_there = observations(usual())
    assert "Observations of practice" in title.markup
    assert said_there == summary(usual())
    assert "75% of people" in said_there.markup
    assert observations(replace(usual(), month="2023-12")) == []


def test_before_any_half_year_has_ended_that_is_said() -> None:
    first = {"cycle_month": "2022-06", "audited_on": "2022-06-15"}
    begun = month(tables("2022-06", audits=[first], staff=STAFF, observations=[seen("N1", "2022-06-20")]))
    lines = list(said("observations", begun))
    assert "No half-year of observations had ended before this audit cycle." in lines
