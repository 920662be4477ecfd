import pytest
from small import CONTRACTS, frames, tables

from qa_analysis.data.scope import WHOLE, Scope, narrowed
from qa_analysis.errors import WrongUse

PLACES = (("Safeguarding", "North"), ("Safeguarding", "South"), ("Cared For", "Oak"))
AUDITS = [
    {"audit_id": f"a-{team}", "service_area": service, "team": team, "key_worker_id": f"kw-{team}"}
    for service, team in PLACES
]
COUNCIL = {
    "audits": AUDITS,
    "moderations": [{"audit_id": f"a-{team}"} for _, team in PLACES],
    "findings": [{"audit_id": f"a-{team}", "finding_id": f"f-{team}"} for _, team in PLACES],
    "actions": [
        {"action_id": "own", "service_area": "Safeguarding", "team": "North"},
        {"action_id": "by-audit", "service_area": None, "team": None, "audit_id": "a-North"},
        {"action_id": "nowhere", "service_area": None, "team": None},
        {"action_id": "other", "service_area": "Cared For", "team": "Oak"},
    ],
    "supervision": [{"worker_id": f"kw-{team}", "held_on": "2023-06-20"} for _, team in PLACES],
    "conferences": [
        {"conference_id": f"c-{team}", "kind": "cared for review", "child_id": "x", "team": team} for _, team in PLACES
    ],
    "partner_contributions": [{"conference_id": f"c-{team}", "agency": "police"} for _, team in PLACES],
    "smt_decisions": [{"meeting_on": "2023-06-01", "item": "x", "decision": "y", "owner_id": "z"}],
}


def held(scope: Scope) -> dict[str, list[str]]:
    """The first column of each dataset, of a place."""
    council = narrowed(tables(**COUNCIL), CONTRACTS, scope)
    return {name: council.frames[name].iloc[:, 0].tolist() for name in COUNCIL}


def test_a_team_has_its_own_records_and_what_goes_with_them() -> None:
    assert held(Scope(team="North")) == {
        "audits": ["a-North"],
        "moderations": ["moderations-1"],
        "findings": ["f-North"],
        "actions": ["own", "by-audit"],
        "supervision": ["supervision-1"],
        "conferences": ["c-North"],
        "partner_contributions": ["c-North"],
        "smt_decisions": ["smt_decisions-1"],
    }


def test_a_service_has_all_its_teams_where_a_dataset_knows_the_team_alone() -> None:
    found = held(Scope(service="Safeguarding"))
    assert found["audits"] == ["a-North", "a-South"]
    assert found["conferences"] == found["partner_contributions"] == ["c-North", "c-South"]
    assert found["actions"] == ["own", "by-audit"]


def test_a_record_that_could_be_of_a_place_and_does_not_say_so_is_of_none() -> None:
    conferences = [{**one, "team": None} if one["team"] == "Oak" else one for one in COUNCIL["conferences"]]
    council = narrowed(tables(**{**COUNCIL, "conferences": conferences}), CONTRACTS, Scope(team="North"))
    assert council.frames["conferences"]["conference_id"].tolist() == ["c-North"]


def test_the_services_together_are_the_whole_but_for_what_belongs_to_none() -> None:
    one, other, whole = (held(scope) for scope in (Scope("Safeguarding"), Scope("Cared For"), WHOLE))
    for name in ("audits", "moderations", "findings", "supervision", "conferences", "partner_contributions"):
        assert sorted([*one[name], *other[name]]) == sorted(whole[name])
    assert sorted([*one["actions"], *other["actions"], "nowhere"]) == sorted(whole["actions"])


def test_a_name_is_known_in_any_capitals_and_a_misspelt_one_meets_the_nearest() -> None:
    assert held(Scope(service=" cared for "))["audits"] == ["a-Oak"]
    with pytest.raises(WrongUse, match=r'No audit is of a team "Nort"\. Did you mean: North'):
        held(Scope(team="Nort"))


def test_nothing_is_changed_in_the_tables_that_are_narrowed() -> None:
    whole = tables(**COUNCIL)
    narrowed(whole, CONTRACTS, Scope(team="Oak"))
    assert {name: len(frame) for name, frame in whole.frames.items()} == {
        name: len(frame) for name, frame in frames(**COUNCIL).items()
    }


def test_the_whole_is_the_tables_themselves() -> None:
    whole = tables(**COUNCIL)
    assert narrowed(whole, CONTRACTS, WHOLE) is whole
