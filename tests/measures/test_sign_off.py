"""Who signed off what, and whether they could."""

from typing import Any

import pytest
from small import found, tables

from qa_analysis.measures.sign_off import NOBODY, OTHER, OWNER, RIGHT, UNKNOWN, sign_off, signed

DONE = {"completed_on": "2023-06-10", "signed_off_on": "2023-06-12", "signed_off_by_id": "tm"}


def of(*actions: dict[str, Any], **more: Any):
    return tables(audits=[{}], actions=[{**DONE, **one} for one in actions], **more)


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ({"signed_off_role": "team manager"}, RIGHT),
        ({"signed_off_role": "service manager"}, OTHER),
        ({"signed_off_role": None}, UNKNOWN),
        ({"signed_off_role": "team manager", "owner_id": "tm"}, OWNER),
        ({"signed_off_role": "team manager", "signed_off_on": None}, NOBODY),
        ({"signed_off_role": "team manager", "source": "immediate concern"}, OTHER),
        ({"signed_off_role": "assistant director", "source": "immediate concern"}, RIGHT),
    ],
)
def test_the_right_role_signs_off_what_another_did(action: dict[str, Any], state: str) -> None:
    assert signed(of(action))["state"].tolist() == [state]


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
    assert found(rows, "sign_offs_at_once")["value"] == 1


def test_the_wait_is_the_middle_one_of_those_in_order() -> None:
    days = ("2023-06-11", "2023-06-13", "2023-06-01")
    row = found(sign_off(of(*({"signed_off_on": day} for day in days))), "days_to_sign_off_median")
    assert (row["value"], row["denominator"]) == (2.0, 2)


def test_nothing_completed_gives_noughts_and_no_wait() -> None:
    rows = sign_off(tables(audits=[{}]))
    assert found(rows, "actions_signed_off", group=RIGHT)["value"] == 0
    assert found(rows, "days_to_sign_off_median")["note"] == "no sign-off dated"
