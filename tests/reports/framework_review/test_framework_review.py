"""What the annual review says, on small literal councils."""

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from pandas import DataFrame
from sections import said
from small import LONG_AT_IT, month, tables

from qa_analysis.data.tables import Tables
from qa_analysis.month.month import Month
from qa_analysis.plans import Plans, Policy, Priority
from qa_analysis.reports.framework_review.report import REPORT, improvement_plan, method, policies, promises, rules
from qa_analysis.reports.framework_review.tables import plan_table, policies_table, promises_table
from qa_analysis.reports.framework_review.words import (
    headline_sentences,
    published_sentence,
    questions,
    targets_sentence,
)

PLANS = Plans(
    improvement_plan=(
        Priority("Good practice", ("good_or_better", "notice-given"), ("supervision", "1.4"), target=0.6),
        Priority("Stability"),
    ),
    policies=(Policy("Supervision Policy", "2022", "2022-09-01", MappingProxyType({"notice_days": "section 4"})),),
    promise_targets=MappingProxyType({"notice-given": 0.9, "six-months-looked-at": 0.9, "list-in-last-week": 0.9}),
)


def audit(number: int) -> dict[str, Any]:
    """Of forty audits thirty had their notice; of ten of the rest it is not known."""
    dated = {"review_from_on": "2023-01-15", "review_to_on": "2023-06-15"} if number < 36 else {}
    noticed = {"notice_on": "2023-06-01" if number < 20 else "2023-06-14"} if number < 30 else {}
    listed = {"list_sent_on": "2023-05-26"} if number < 20 else {}
    return {"audit_id": f"a{number}", "child_id": f"c{number}", "key_worker_id": f"kw{number}", **dated, **noticed,
            **listed}  # fmt: skip


def council(plans: Plans = PLANS, cycle: str = "2023-06", **datasets: Any) -> Tables:
    held = {"audits": [audit(number) for number in range(40)], **datasets}
    return tables(cycle, own=replace(LONG_AT_IT, plans=plans), **held)


@cache
def told() -> Month:
    return month(council())


@cache
def without_plans() -> Month:
    return month(council(Plans()))


def row(part: str, promise: str) -> list[str]:
    shown = promises_table(told(), part)
    return [str(cell) for cell in shown[shown["Promise"] == promise].iloc[0]]


def test_a_promise_is_told_in_three_classes_that_add_up_with_the_range_that_is_left() -> None:
    assert row("Monthly audit cycle", "A week's notice or more") == [
        "A week's notice or more", "50% to 75%", "20", "10", "10", "40", "audits"
    ]  # fmt: skip
    assert row("Monthly audit cycle", "Audits done by the roles named")[1] == "Too few to show"


def test_what_could_not_be_known_for_more_than_a_third_is_asked_about_as_recording() -> None:
    asked = questions(told())
    assert (
        "What would have to be done or recorded so that “audit list sent in the last week of the month before” can be "
        "known? It could not be for 20 of 40 audits (50%)." in asked
    )
    assert asked[0].startswith("What should be recorded, or supplied, to say whether these promises were kept: ")
    assert "; contact with the family where appropriate; " in asked[0]
    assert not any("a week's notice" in one for one in asked if "recorded" in one)


def test_a_target_is_missed_only_where_even_the_unknown_could_not_reach_it() -> None:
    asked = [one for one in questions(told()) if "target" in one]
    assert asked == [
        "Audit list sent in the last week of the month before: 50% to 100% of 40 audits. Whether the council's target "
        "of 90% was reached cannot be said. What would tell us?",
        "A week's notice or more: 50% to 75% of 40 audits, under the council's target of 90%. Is it practice that "
        "should change, or the promise?",
    ]
    assert "six months looked at" not in " ".join(asked).lower()  # 36 of 36 known, and 90% of all


def test_without_targets_nothing_is_called_missed() -> None:
    assert not [one for one in questions(without_plans()) if "target" in one]
    assert targets_sentence(without_plans()).startswith("The council has set no target for any promise")


def test_the_message_says_how_many_were_kept_and_what_cannot_be_said() -> None:
    first, *rest = headline_sentences(told())
    assert first.startswith("Of the framework's promises, ") and "could be counted over the last twelve cycles" in first
    assert any(one.endswith("nothing can be said, because no extract tells of it.") for one in rest)


def test_a_rule_that_changed_within_the_year_is_told_with_both_values() -> None:
    words = rules(told()).markup
    assert "December 2022" in words and "Added: assistant director, service manager" in words
    assert "No rule changed" in rules(month(council(cycle="2024-01", audits=later()))).markup


def later() -> list[dict[str, Any]]:
    return [{**audit(number), "cycle_month": "2024-01", "audited_on": "2024-01-15"} for number in range(12)]


def test_rules_past_their_review_date_are_said_so_and_asked_about() -> None:
    past = month(council(cycle="2024-01", audits=later()))
    assert "The framework is past the date of its own review." in rules(past).markup
    assert any("past its review date" in one for one in questions(past))
    assert "to be reviewed in October 2023" in rules(told()).markup


def test_priorities_stand_with_the_figures_that_tell_of_them_and_with_their_target() -> None:
    shown = plan_table(told()).to_numpy().tolist()
    assert [line[:2] + line[3:] for line in shown] == [
        ["Good practice", "Good or better", "60%"],
        ["Good practice", "A week's notice or more (promise kept)", "60%"],
        ["Good practice", "Supervision (audits good or better)", "60%"],
        ["Good practice", "No clear contingency plan (found in audits)", "60%"],
        ["Stability", "Nothing is named that tells of it", "none set"],
    ]
    assert shown[0][2] == "40 of 40 (100%, 91% to 100%)" and shown[1][2] == "20 of 40 (50%)"


def test_a_policy_stands_with_its_version_clause_and_the_value_in_force() -> None:
    assert policies_table(told()).to_numpy().tolist() == [
        ["Supervision Policy", "2022, 1 September 2022", "notice days", "section 4", "7"]
    ]


def test_what_the_council_has_not_said_is_one_line_each() -> None:
    assert "improvement_plan in council.yaml" in improvement_plan(without_plans()).markup
    assert "policies in council.yaml" in policies(without_plans()).markup


def test_a_tiny_council_is_told_of_without_a_percentage() -> None:
    tiny = month(tables(audits=[audit(1), audit(2)]))
    assert "Too few for a percentage" in promises(tiny).markup
    assert list(said("framework-review", tiny))


def test_it_falls_due_when_the_frameworks_own_year_has_ended() -> None:
    assert [cycle for cycle in ("2023-08", "2023-09", "2023-10") if REPORT.every.holds_in(cycle)] == ["2023-09"]


def test_who_owns_the_report_and_who_signed_it_off_is_said_where_the_council_says_it() -> None:
    signed = month(council(Plans(report_owner="Service Manager", signed_off_by="Principal Social Worker")))
    assert "Report owner: Service Manager. Signed off by: Principal Social Worker." in method(signed).markup
    assert "Signed off" not in method(without_plans()).markup


def test_the_log_of_publications_says_how_many_cycles_were_on_time() -> None:
    before, untold = "for a cycle before the first publication", "log of publications begins with this cycle"
    log = DataFrame({"cycle": list("abcd"), "state": [before, "on time", "late", "on time"], "reports": ""})
    assert published_sentence(replace(told(), cycles_published=log)) == (
        "By the log of publications, all reports were on time in 2 of 3 cycles; 1 of the year ended before the log "
        "begins."
    )
    assert untold in published_sentence(told())
