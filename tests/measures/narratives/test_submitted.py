"""Who sent in what they say of the month, of those there are: a missing team never vanishes."""

from typing import Any

import pytest
from small import found, tables

from qa_analysis.disclosure.small_places import Places
from qa_analysis.measures.figure import frame_of
from qa_analysis.measures.narratives.places import month_end, places_on
from qa_analysis.measures.narratives.submitted import narratives_in

SAID = {"achievements": "a", "challenges": "b", "mitigating_actions": "c"}


def post(team: str, service: str = "Safeguarding", role: str = "social worker", **more: Any) -> dict[str, Any]:
    return {"worker_id": f"{team}-{role}", "team": team, "service_area": service, "role": role,
            "started_on": "2022-01-01", **more}  # fmt: skip


def narrative(level: str, entity: str, **more: Any) -> dict[str, Any]:
    return {"month": "2023-06", "level": level, "entity": entity, **SAID, **more}


STAFF = [
    post("North", role="team manager"), post("East", role="team manager"),
    post("Closed", role="team manager", ended_on="2023-06-29"), post("Oak", "Cared For"),
    post("Head office", role="service manager"), post("Review unit", role="IRO"),
    post("South"), post("South", role="team manager", ended_on="2022-12-31"),
]  # fmt: skip
AUDITS = [{"team": "Oak", "service_area": "Cared For"}]


def rows(*narratives: dict[str, Any], **more: Any):
    return narratives_in(tables(**{"audits": AUDITS, "staff": STAFF, "narratives": narratives, **more}))


def test_teams_are_those_with_people_in_post_at_the_months_end_whoever_leads_them() -> None:
    places = places_on(tables(audits=AUDITS, staff=STAFF), month_end("2023-06"))
    assert places is not None
    assert places.to_numpy().tolist() == [
        ["Cared For", "Oak"], ["Safeguarding", "East"], ["Safeguarding", "North"], ["Safeguarding", "South"],
    ]  # fmt: skip


def test_a_missing_team_is_counted_and_named_and_so_is_one_that_wrote_nothing() -> None:
    blank = dict.fromkeys(SAID, " ")
    figures = rows(narrative("service", "Safeguarding"), narrative("team", "North"), narrative("team", "East", **blank))
    teams = found(figures, "narratives_in", group="team")
    assert (teams.numerator, teams.denominator, teams.note) == (1, 4, "missing: Oak, East and South")
    services = found(figures, "narratives_in", group="service")
    assert (services.numerator, services.denominator, services.note) == (1, 2, "missing: Cared For")


@pytest.mark.parametrize(
    ("more", "value", "verdict", "note"),
    [
        ({}, 3, "all three parts", "all three parts"),
        ({"challenges": None}, 2, "part empty", "empty: challenges"),
        ({"challenges": "", "mitigating_actions": "  "}, 1, "part empty", "empty: challenges and mitigating actions"),
        (dict.fromkeys(SAID), 0, "nothing written", "nothing written"),
    ],
)  # fmt: skip
def test_empty_parts_are_flagged(more: dict[str, Any], value: int, verdict: str, note: str) -> None:
    one = found(rows(narrative("team", "North", **more)), "narrative_parts", by="team", group="North")
    assert (one.value, one.verdict, one.note) == (value, verdict, note)


def test_what_was_not_sent_in_has_a_row_of_its_own_and_so_has_a_team_that_nobody_expected() -> None:
    figures = rows(narrative("team", "Visitors"), narrative("team", "North", month="2023-05"))
    states = {one.group[0]: one.verdict for one in figures if one.by == ("team",)}
    assert states == {
        "North": "not sent in", "East": "not sent in", "South": "not sent in", "Oak": "not sent in",
        "Visitors": "all three parts",
    }  # fmt: skip
    assert found(figures, "narratives_in", group="team").numerator == 0


def test_without_staff_nobody_can_say_how_many_were_expected() -> None:
    figures = narratives_in(tables(audits=AUDITS, narratives=[narrative("team", "North")]))
    assert [one.measure for one in figures] == ["narrative_parts"]


def test_the_name_of_a_small_team_that_sent_nothing_in_is_not_withheld() -> None:
    held = tables(audits=AUDITS, staff=STAFF, narratives=[narrative("team", "North")])
    told = Places(held).without_small(frame_of(narratives_in(held), as_at=held.as_at))
    assert told["value"].notna().all()
