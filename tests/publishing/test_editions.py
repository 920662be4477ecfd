"""A report for each service or team: which editions a month has, and what their files are called."""

import re
from dataclasses import replace

import pytest
from hostile import hostile
from hypothesis import given
from hypothesis import strategies as st
from small import month, tables

from qa_analysis.errors import WrongUse
from qa_analysis.publishing.editions import Edition, editions_of, slugs
from qa_analysis.reports import reports
from qa_analysis.reports.declared import Place

HELD = month(
    tables(
        audits=[
            {"service_area": "Cared For", "team": "Oak"}, {"team": "Ash & Elm"}, {"service_area": None, "team": None},
        ],
        caseload=[{"snapshot_on": "2023-06-30", "team": "Willow", "service_area": "Fostering", "child_id": "c"}],
        actions=[{"team": "Rowan", "service_area": "Disability"}],
    )
)  # fmt: skip


def test_there_is_an_edition_for_each_service_and_team_that_the_month_knows_and_one_of_any_other_report() -> None:
    made = editions_of([reports()[name] for name in ("smt-report", "briefing", "service", "team")], HELD)
    assert [edition.page for edition in made] == [
        "smt-report.html", "shared/briefing.html",
        "services/cared-for.html", "services/disability.html", "services/fostering.html", "services/safeguarding.html",
        "teams/ash-elm-9fceeb.html", "teams/oak.html", "teams/rowan.html", "teams/willow.html",
    ]  # fmt: skip


def test_a_notebook_is_told_its_place_and_where_the_tables_are_from_its_own_folder() -> None:
    team, whole = Edition(reports()["team"], "Ash & Elm", "ash-elm"), Edition(reports()["actions"])
    assert team.parameters == {"tables": "../tables", "team": "Ash & Elm"}
    assert whole.parameters == {"tables": "tables"}
    assert (team.titled(HELD.rules.council), whole.titled(HELD.rules.council)) == (
        "Team: Ash & Elm", "Actions and immediate concerns",
    )  # fmt: skip


def test_what_a_file_is_called_does_not_depend_on_which_other_places_there_are() -> None:
    names = ["North East", "North-East", "North  East", "Nörd", "", "日本", "con", "Index", "A" * 90]
    every = slugs(names)
    assert every["North East"] == "north-east"
    assert {name: slugs([name])[name] for name in names} == dict(every)
    assert all("-" in every[name] for name in ("con", "Index"))


def test_names_that_differ_in_their_capitals_alone_are_not_one_file() -> None:
    assert len(set(slugs(["Oak", "OAK", "oak"]).values())) == 3


@given(st.lists(st.text(max_size=30), max_size=12))
def test_no_two_places_have_one_file_whatever_they_are_called(names: list[str]) -> None:
    made = slugs([*names, *hostile()[:5]])
    assert len({slug.casefold() for slug in made.values()}) == len(made)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) < 60 for slug in made.values())


def test_a_report_falls_due_for_each_place_and_says_so() -> None:
    assert reports()["service"].falls_due == "every month, for each service"
    assert replace(reports()["service"], each=None).falls_due == "every month"


def test_only_the_places_asked_for_have_an_edition_and_one_that_is_not_there_is_met() -> None:
    both = [reports()["service"], reports()["team"]]
    some = editions_of(both, HELD, only={Place.SERVICE: ["cared for"], Place.TEAM: ["Oak", "Willow"]})
    assert [edition.page for edition in some] == ["services/cared-for.html", "teams/oak.html", "teams/willow.html"]
    with pytest.raises(WrongUse, match='There is no team "Nowhere" in the month'):
        editions_of(both, HELD, only={Place.TEAM: ["Nowhere"]})
