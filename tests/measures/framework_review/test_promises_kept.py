"""Each promise in its three classes, on a small literal council: what is blank or unreadable is not known."""

from dataclasses import fields, replace
from functools import cache
from typing import Any

import pytest
from small import LONG_AT_IT, found, tables

from qa_analysis.framework import Rules, versions_of_rules
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.measures.framework_review.kept import promises_kept
from qa_analysis.measures.framework_review.promises import PARTS, PROMISES, by_code

YEAR = "2022-07/2023-06"
Classes = tuple[int, int, int]  # kept, not kept, could not be known


def audit(number: int, cycle: str = "2023-06", **said: Any) -> dict[str, Any]:
    return {
        "audit_id": f"a{number}", "cycle_month": cycle, "audited_on": f"{cycle}-15", "child_id": f"c{number}",
        "key_worker_id": f"kw{number}", "auditor_id": f"au{number}", "reviewing_officer_id": "ro",
        "case_status": "CLA" if number < 4 else "CIN", **said,
    }  # fmt: skip


AUDITS = [
    audit(1, list_sent_on="2023-05-26", notice_on="2023-06-08", review_from_on="2022-12-15", review_to_on="2023-06-15",
          key_worker_conversation_on="2023-06-14", reviewing_officer_conversation_on="2023-06-13",
          file_note_on="2023-06-20", manager_alert_on="2023-06-20", reviewing_officer_copied_on="2023-06-20",
          form_loaded_on="2023-06-20", is_disputed=True, key_worker_id="kw0"),
    audit(2, list_sent_on="2023-05-20", notice_on="2023-06-09", review_from_on="2022-06-01", review_to_on="2023-06-15",
          was_key_worker_spoken_to=False, reviewing_officer_conversation_reason="on leave", is_disputed=True,
          auditor_role="team manager"),
    audit(3, review_from_on="2022-06-01", review_to_on="2023-06-15", longer_lookback_reason="a long history",
          source_unread="form_loaded_on;file_note_on", auditor_role="student"),
    audit(4, key_worker_id=None, auditor_role=None, was_family_contacted=False),
    audit(5, was_family_contacted=True, audited_on="2023-07-02"),
    audit(6, cycle="2023-05", key_worker_id="kw0", theme_code="neglect"),
]  # fmt: skip
DATASETS: dict[str, list[dict[str, Any]]] = {
    "audits": AUDITS,
    "audit_plan": [{"cycle_month": "2023-06", "theme_code": "supervision", "planned_audits": 7}],
    "family_feedback": [
        {"audit_id": "a1"}, {"audit_id": "a2", "outcome": "not appropriate"},
        {"audit_id": "a3", "contacted_on": None, "outcome": None},
    ],
    "moderations": [
        {"audit_id": "a1", "overall_grade": "inadequate"}, {"audit_id": "a3", "route": "other"},
        {"audit_id": "a4", "overall_grade": None},
    ],
    "immediate_concerns": [
        {"audit_id": "a1", "found_on": "2023-06-15", "team_manager_told_on": "2023-06-15",
         "is_in_team_manager_tray": True, "is_in_service_manager_tray": True, "has_summary": True,
         "signed_off_on": "2023-06-20", "signed_off_role": "assistant director",
         "supervision_discussed_on": "2023-06-22"},
        {"audit_id": "a2", "found_on": "2023-06-15", "is_in_team_manager_tray": False, "signed_off_on": "2023-06-20",
         "signed_off_role": "team manager"},
        {"audit_id": "a3", "found_on": "2023-06-15", "is_in_team_manager_tray": True, "signed_off_on": "2023-06-20"},
    ],
    "actions": [
        {"audit_id": "a1", "agreed_on": "2023-04-03", "completed_on": "2023-05-02", "due_on": "2023-05-10",
         "signed_off_on": "2023-05-05", "signed_off_role": "team manager", "is_safeguarding": True},
        {"audit_id": "a2", "agreed_on": "2023-04-03", "completed_on": "2023-06-29", "is_safeguarding": False,
         "signed_off_on": "2023-06-30"},
        {"audit_id": "a3", "agreed_on": "2023-04-03", "source_unread": "completed_on"},
        {"audit_id": "a4", "agreed_on": "2023-06-30"},
    ],
    "findings": [
        {"audit_id": name, "is_safeguarding": True} for name in ("a1", "a2", "a3", "a6")
    ],
    "supervision": [
        {"worker_id": "kw0", "held_on": "2023-06-01", "next_due_on": "2023-06-29"},
        {"worker_id": "kw0", "held_on": "2023-06-22", "audit_id": "a1"},
        {"worker_id": "kw2", "held_on": "2023-06-01", "next_due_on": "2023-06-20"},
        {"worker_id": "kw2", "held_on": "2023-06-25"},
        {"worker_id": "kw3", "held_on": "2023-06-30", "next_due_on": "2023-07-01"},
    ],
    "learning_events": [
        {"kind": "reflective session", "held_on": "2023-06-20"}, {"kind": "briefing", "held_on": "2023-05-20"},
        {"kind": "briefing", "held_on": None},
    ],
    "smt_decisions": [
        {"meeting_on": "2023-05-20", "owner_id": "sm", "due_on": "2023-06-30"},
        {"meeting_on": "2023-05-20", "owner_id": "sm"}, {"meeting_on": "2023-05-20", "due_on": "2023-06-30"},
        {"meeting_on": "2023-05-20", "owner_id": "sm", "source_unread": "due_on"},
    ],
}  # fmt: skip


@cache
def figures() -> tuple[Figure, ...]:
    return tuple(promises_kept(tables(**DATASETS)))


def classes(code: str) -> Classes:
    names = ("promise_kept", "promise_not_kept", "promise_not_known")
    kept, not_kept, unknown = (found(figures(), name, group=code, period=YEAR) for name in names)
    assert kept.denominator == not_kept.denominator == unknown.denominator
    return int(kept.numerator), int(not_kept.numerator), int(unknown.numerator)


EXPECTED: dict[str, Classes] = {
    "audits-every-cycle": (2, 10, 0),
    "audits-in-their-cycle": (5, 1, 0),
    "planned-audits-done": (5, 2, 1),  # May's plan gives no number
    "list-in-last-week": (1, 1, 4),
    "notice-given": (1, 1, 4),  # exactly seven days are enough
    "workers-spared": (4, 1, 1),  # kw0 was audited in May and June
    "roles-that-audit": (4, 1, 1),
    "six-months-looked-at": (2, 1, 3),
    "key-worker-conversation": (1, 1, 4),
    "reviewing-officer-conversation": (1, 1, 1),
    "family-contact": (2, 1, 2),  # where it was not appropriate it is not asked
    "form-on-file": (1, 4, 1),
    "file-note": (1, 4, 1),
    "alert-to-tray": (1, 5, 0),
    "officer-copied": (1, 5, 0),
    "third-moderated": (2, 1, 0),
    "disputed-moderated": (1, 1, 0),
    "grades-upheld": (0, 1, 1),
    "concern-told": (1, 0, 2),
    "concern-in-trays": (1, 1, 1),
    "concern-signed-off": (1, 1, 1),
    "concern-discussed": (1, 2, 0),
    "actions-dated": (1, 3, 0),
    "actions-in-time": (1, 1, 1),
    "actions-signed-off": (1, 0, 1),
    "safeguarding-answered": (1, 2, 1),
    "themes-audited-again": (0, 0, 0),  # nobody's six months have ended
    "changes-shown": (0, 0, 0),
    "learning-session": (1, 11, 0),
    "briefing": (1, 0, 11),  # one has no day: it may have been in any cycle
    "decisions-owned": (1, 2, 1),
}


@pytest.mark.parametrize(("code", "expected"), EXPECTED.items(), ids=list(EXPECTED))
def test_each_promise_is_counted_in_three_classes(code: str, expected: Classes) -> None:
    assert classes(code) == expected


def test_what_is_about_fewer_than_three_people_is_withheld() -> None:
    two = [{"worker_id": f"kw{number}", "held_on": "2023-06-20", "audit_id": f"a{number}"} for number in (1, 2)]
    few = promises_kept(tables(audits=[audit(number) for number in (1, 2, 3)], supervision=two))
    told = found(few, "promise_kept", group="reflective-discussion", period=YEAR)
    assert told.is_withheld and told.verdict == TOO_FEW and "fewer than 3 people" in told.note


def test_the_three_classes_add_up_for_every_promise_that_is_told() -> None:
    told = [one for one in figures() if one.measure == "promise_kept" and one.period == YEAR and not one.is_withheld]
    assert len(told) > 25
    for one in told:
        assert sum(classes(*one.group)) == one.denominator


def test_only_a_sample_has_an_interval_and_what_is_not_known_may_be_either() -> None:
    year = [one for one in figures() if one.measure == "promise_kept" and one.period == YEAR and one.denominator > 0]
    assert [one.group[0] for one in year if one.lower == one.lower] == ["grades-upheld"]
    sample = found(figures(), "promise_kept", group="grades-upheld", period=YEAR)
    assert sample.lower == 0 and sample.upper > 0.9  # Wilson of 1 of 2, though nought is known to be upheld


def test_a_promise_of_which_no_extract_tells_has_no_figure_and_is_not_nought() -> None:
    bare = promises_kept(tables(audits=[audit(1)]))
    codes = {one.group[0] for one in bare}
    assert "audits-every-cycle" in codes
    assert not codes & {"planned-audits-done", "list-in-last-week", "family-contact", "concern-told", "briefing",
                        "supervision-in-time", "practitioners-observed"}  # fmt: skip


def test_no_promise_is_counted_twice_and_each_number_comes_from_a_rule_that_exists() -> None:
    for part in ("code", "title", "clause", "rows"):
        assert len({getattr(one, part) for one in PROMISES}) == len(PROMISES), part
    rules = {field.name for field in fields(Rules)}
    assert {one.rule for one in PROMISES if one.rule} <= rules
    assert {one.part for one in PROMISES} == set(PARTS) and list(by_code()) == [one.code for one in PROMISES]


@pytest.mark.parametrize("one", [one for one in PROMISES if one.rule], ids=lambda one: one.code)
def test_the_words_of_a_promise_are_those_that_its_rule_comes_from(one: Any) -> None:
    sources = [version["source"].split("…")[0].strip() for version in versions_of_rules()[one.rule]]
    assert any(source in one.clause or one.clause in source for source in sources), sources


def test_roles_are_held_to_the_rules_of_their_own_cycle() -> None:
    early = [audit(number, cycle="2022-11", auditor_role="team manager") for number in (1, 3)]
    late = audit(2, cycle="2022-12", auditor_role="team manager")
    told = promises_kept(tables("2022-12", audits=[*early, late]))
    one = found(told, "promise_kept", group="roles-that-audit", period="2022-06/2022-12")
    assert (one.numerator, one.denominator) == (1, 3)


def test_each_cycle_has_its_own_share() -> None:
    told = {one.period: (one.numerator, one.denominator) for one in figures()
            if one.measure == "promise_kept" and one.group == ("alert-to-tray",)}  # fmt: skip
    assert told == {YEAR: (1, 6), "2023-05": (0, 1), "2023-06": (1, 5)}


def test_where_a_cycle_is_a_quarter_its_promises_are_of_quarters() -> None:
    quarterly = replace(LONG_AT_IT, audit_cycles={"2022-07": "every 3 months"})
    audits = [audit(1, audited_on="2023-04-20"), audit(2, audited_on="2023-03-30"), audit(3, cycle="2023-03")]
    told = promises_kept(tables(own=quarterly, audits=[*audits, audit(4, cycle="2022-12", key_worker_id="kw3")]))
    every, within, spared = (
        found(told, "promise_kept", group=code, period=YEAR)
        for code in ("audits-every-cycle", "audits-in-their-cycle", "workers-spared")
    )
    assert (every.numerator, every.denominator) == (3, 4)  # none in September
    assert (within.numerator, within.denominator) == (3, 4)
    assert (spared.numerator, spared.denominator) == (3, 4)  # kw3 in December and March
