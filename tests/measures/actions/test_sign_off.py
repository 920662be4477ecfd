"""Who signed off what, and whether they could."""

from typing import Any

import pytest
from small import found, tables

from qa_analysis.measures.actions.sign_off import ABOVE, NOBODY, OTHER, OWNER, RIGHT, SAME, UNKNOWN, sign_off, signed

DONE = {"completed_on": "2023-06-10", "signed_off_on": "2023-06-12", "signed_off_by_id": "tm"}


def of(*actions: dict[str, Any], **more: Any):
    return tables(audits=[{}], actions=[{**DONE, **one} for one in actions], **more)


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ({"signed_off_role": "team manager"}, RIGHT),
        ({"signed_off_role": "service manager"}, OTHER),
        ({"signed_off_role": "social worker", "owner_role": "social worker"}, SAME),
        ({"signed_off_role": None}, UNKNOWN),
        ({"signed_off_role": "team manager", "owner_id": "tm"}, OWNER),
        ({"signed_off_role": "service manager", "owner_role": "team manager", "owner_id": "tm"}, OWNER),
        ({"signed_off_role": "team manager", "signed_off_on": None}, NOBODY),
        ({"signed_off_role": "team manager", "source": "immediate concern"}, OTHER),
        ({"signed_off_role": "assistant director", "source": "immediate concern"}, RIGHT),
    ],
)
def test_the_right_role_signs_off_what_another_did(action: dict[str, Any], state: str) -> None:
    assert signed(of(action))["state"].tolist() == [state]


@pytest.mark.parametrize(
    ("owner", "signer", "state"),
    [
        ("team manager", "service manager", ABOVE),
        ("team manager", "assistant director", ABOVE),
        ("service manager", "assistant director", ABOVE),
        ("assistant director", "director of children's services", ABOVE),
        ("team manager", "team manager", SAME),
        ("service manager", "team manager", OTHER),
        ("service manager", "safeguarding service manager", OTHER),
        ("social worker", "assistant director", OTHER),
    ],
)
def test_a_managers_own_action_is_signed_off_by_a_manager_above(owner: str, signer: str, state: str) -> None:
    assert signed(of({"owner_role": owner, "signed_off_role": signer}))["state"].tolist() == [state]


def test_the_names_say_that_rank_decides_and_not_the_line_of_management() -> None:
    assert ABOVE == "more senior manager than the owner"
    assert OTHER == "another role, or not more senior than the owner"


def test_a_manager_of_another_team_may_own_what_the_allocated_team_manager_signs_off() -> None:
    own = {"owner_role": "team manager", "signed_off_role": "team manager", "team_manager_id": "tm"}
    assert signed(of(own))["state"].tolist() == [RIGHT]


@pytest.mark.parametrize(("signer", "state"), [("assistant director", RIGHT), ("service manager", OTHER)])
def test_a_team_managers_action_of_a_concern_goes_to_the_assistant_director(signer: str, state: str) -> None:
    concern = {"source": "immediate concern", "owner_role": "team manager", "signed_off_role": signer}
    assert signed(of(concern))["state"].tolist() == [state]


def test_an_owners_role_that_was_not_recorded_is_the_post_held_on_the_day() -> None:
    staff = [{"worker_id": "kw", "role": "team manager", "started_on": "2022-01-01"}]
    assert signed(of({"signed_off_role": "service manager"}, staff=staff))["state"].tolist() == [ABOVE]


def test_what_is_as_it_should_be_is_a_share_of_all_that_is_completed() -> None:
    rows = sign_off(of({"signed_off_role": "team manager"}, {"signed_off_role": "IRO"}, {"signed_off_on": None}))
    row = found(rows, "actions_rightly_signed_off")
    assert (row.numerator, row.denominator) == (1, 3)


def test_a_role_that_was_not_recorded_is_the_post_held_on_the_day() -> None:
    staff = [
        {"worker_id": "tm", "role": "team manager", "started_on": "2022-01-01", "ended_on": "2023-06-12"},
        {"worker_id": "tm", "role": "service manager", "started_on": "2023-06-13"},
    ]
    held = of({"signed_off_role": None}, {"signed_off_role": None, "signed_off_on": "2023-06-13"}, staff=staff)
    assert signed(held)["state"].tolist() == [RIGHT, OTHER]


def test_open_actions_are_in_no_state() -> None:
    assert signed(of({"completed_on": None})).empty


def test_many_signed_at_once_are_counted_as_days_of_one_person() -> None:
    rows = sign_off(of(*[{}] * 5, *[{"signed_off_by_id": "other"}] * 4))
    assert found(rows, "sign_offs_at_once").value == 1


def test_the_wait_is_the_middle_one_of_those_in_order() -> None:
    days = ("2023-06-11", "2023-06-13", "2023-06-01")
    row = found(sign_off(of(*({"signed_off_on": day} for day in days))), "days_to_sign_off_median")
    assert (row.value, row.denominator) == (2.0, 2)


def test_nothing_completed_gives_noughts_and_no_wait() -> None:
    rows = sign_off(tables(audits=[{}]))
    assert found(rows, "actions_signed_off", group=RIGHT).value == 0
    assert found(rows, "days_to_sign_off_median").note == "no sign-off dated"
