"""What the report on the audit cycle says, on small literal councils."""

from dataclasses import replace
from typing import Any

from pandas import DataFrame
from sections import said
from small import month, tables

from qa_analysis.data.scope import Scope
from qa_analysis.measures.audit_cycle.selected_and_done import RECORD
from qa_analysis.month.drawn import record_frame
from qa_analysis.month.month import Month
from qa_analysis.reports.audit_cycle.report import summary
from qa_analysis.reports.audit_cycle.tables import candidates_table, forecast_table, plan_table, routes_table
from qa_analysis.reports.audit_cycle.words import (
    about,
    after_sentences,
    conversation_sentences,
    covered_sentences,
    done_sentences,
    forecast_sentences,
    hour_sentences,
    line_sentences,
    list_sentences,
    period_sentences,
    random_sentences,
    reason_sentences,
    record_sentences,
)

NOW = {"snapshot_on": "2023-06-30", "case_status": "CIN", "service_area": "Safeguarding", "age_band": "0-4"}
MAY = {**NOW, "snapshot_on": "2023-05-31"}


def records(**teams: int) -> list[dict[str, Any]]:
    return [
        {**day, "team": team, "child_id": f"{team}-{n}", "key_worker_id": f"{team}-kw{n % 5}"}
        for day in (MAY, NOW)
        for team, size in teams.items()
        for n in range(size)
    ]


def audits(**teams: int) -> list[dict[str, Any]]:
    return [
        {"team": team, "child_id": f"{team}-{n}", "key_worker_id": f"{team}-kw{n % 5}", "case_status": "CIN"}
        for team, size in teams.items()
        for n in range(size)
    ]


def fair() -> Month:
    return month(tables(audits=audits(A=15, B=15), caseload=records(A=60, B=60)))


def test_audits_spread_as_the_caseload_are_said_to_show_no_sign_of_a_difference() -> None:
    assert random_sentences(fair()) == [
        "By team there is no sign that audits selected at random differ from what the caseload would give (up to 30 "
        "audits of the last twelve cycles)."
    ]


def test_a_team_audited_more_than_its_caseload_would_give_is_named_with_what_was_expected() -> None:
    told = random_sentences(month(tables(audits=audits(A=28, B=2), caseload=records(A=60, B=60))))
    assert told[0] == (
        "By team, audits selected at random differ from what the caseload would give: more of A (28 audits, 15 "
        "expected) and fewer of B (2 audits, 15 expected). This does not show why."
    )


def test_too_few_audits_and_no_caseload_are_said_to_be_so() -> None:
    few = month(tables(audits=audits(A=3), caseload=records(A=60, B=60)))
    assert random_sentences(few) == ["There are too few audits selected at random to hold them against the caseload."]
    none = month(tables(audits=audits(A=3)))
    assert random_sentences(none) == []
    assert covered_sentences(none) == [
        "Open caseload, which coverage and selection are held against: not supplied this month."
    ]


def test_the_forecast_says_who_would_be_left_out_and_how_many_audits_would_be_enough() -> None:
    told = forecast_sentences(fair())
    assert told[0].startswith(
        "With 10 audits a month selected at random, as in the last three months, we expect none of 2"
    )
    assert told[1].endswith("and 10 to audit every open record once a year.")
    assert forecast_table(fair())["Audits a month"].tolist() == ["10"]


def test_expected_numbers_are_rounded_in_words() -> None:
    assert [about(number) for number in (0.01, 0.2, 1.3, 1644.6)] == ["none", "fewer than 1", "about 1", "about 1,645"]


def test_the_report_to_senior_managers_gets_two_sentences_and_nothing_where_there_is_nothing_to_say() -> None:
    assert summary(fair()).markup.count("</p>") == 1
    assert "no sign" in summary(fair()).markup and "we expect" in summary(fair()).markup
    assert summary(month(tables(audits=[{}]))).markup == ""


def test_what_was_planned_and_not_done_is_said_for_the_month_and_the_year() -> None:
    plan = [
        {"cycle_month": cycle, "theme_code": "supervision", "planned_audits": 3} for cycle in ("2023-05", "2023-06")
    ]
    told = done_sentences(month(tables(audits=[{}, {}], audit_plan=plan)))
    assert told == [
        "2 audits of 3 planned were completed.",
        "In June 2023, 1 of 3 planned audits was not done.",
        "Over twelve cycles, 4 of 6 planned audits (67%, 30% to 90%) were not done.",
    ]
    assert done_sentences(month(tables(audits=[{}])))[-1] == "Audit plan: not supplied this month."


def test_every_route_of_the_year_has_its_line_though_none_was_done_this_month() -> None:
    held = month(tables(audits=[{}, {"cycle_month": "2023-01", "selection_route": "reactive"}]))
    assert routes_table(held).to_numpy().tolist() == [["Random", "1", "1"], ["Reactive", "0", "1"]]


def test_what_a_form_does_not_ask_is_not_recorded() -> None:
    bare = month(tables(audits=[{}]))
    assert list_sentences(bare)[:2] == [
        "Day on which the audit list went out: not recorded.",
        "Notice: no dates recorded.",
    ]
    assert conversation_sentences(bare) == [
        "Conversations with key workers: not recorded.",
        "Conversations with reviewing officers: not recorded, or expected of no audit of this cycle.",
        "Contact with families: not recorded.",
        "Whether the conversation came before the grade: not recorded.",
    ]
    assert period_sentences(bare) == ["The period that audits looked at: not recorded."]
    assert line_sentences(bare)[0].endswith("not supplied this month.")
    assert reason_sentences(bare) == []


def test_a_conversation_shorter_than_an_hour_is_reported_and_no_failing() -> None:
    held = {"key_worker_conversation_on": "2023-06-14", "key_worker_conversation_mode": "video"}
    told = conversation_sentences(month(tables(audits=[{**held, "key_worker_conversation_minutes": 45}])))
    assert told[1] == "How they were held: video 1. The framework asks for face to face."
    assert told[2].startswith("At least 60 minutes: 0 of 1 conversation with recorded minutes.")
    assert told[2].endswith("a shorter conversation is not a failing.")


def test_hours_are_given_only_where_the_council_says_how_many_an_audit_takes() -> None:
    held = tables(audits=[{}, {}])
    assert "has not said" in hour_sentences(month(held))[0]
    told = hour_sentences(month(replace(held, rules=replace(held.rules, hours_of_an_audit=5.5))))
    assert told == ["Estimated hours in the last twelve cycles, by the council's own allowance: auditing 11."]


def row(child: str, outcome: str, rank: int, **more: Any) -> dict[str, Any]:
    return {"cycle_month": "2023-06", "child_id": child, "outcome": outcome, "rank": rank, "stratum": "A", **more}


def test_audits_are_held_against_the_record_of_the_selection() -> None:
    rows = [
        row("a", "drawn", 1),
        row("b", "drawn", 2),
        row("c", "replacement", 3),
        row("d", "replacement", 4),
        row("e", "not drawn", 5),
    ]
    at_random = [{"child_id": child} for child in ("a", "d", "stranger")]
    held = tables(audits=[*at_random, {"child_id": "e", "selection_route": "reactive"}])
    held = replace(held, frames={**held.frames, RECORD: record_frame(DataFrame(rows))})
    assert record_sentences(month(held)) == [
        "Selected and audited: 1. Selected and not audited by the date of the data: 1.",
        "Replacements audited in the order of their tickets: 0; out of order: 1.",
        "Audits said to be selected at random that the record did not select: 1.",
    ]


def test_without_a_record_the_report_says_so() -> None:
    assert record_sentences(month(tables(audits=[{}]))) == [
        "No record of a selection was kept for this cycle, so the audits cannot be held against it."
    ]


def test_the_plan_has_what_is_planned_and_the_revisits_that_fall_due() -> None:
    held = month(
        tables(
            audits=[
                {"theme_code": "neglect", "cycle_month": "2023-02"},
                {"theme_code": "step-down"},
                {"theme_code": "chronologies", "cycle_month": "2022-11"},
            ],
            audit_plan=[
                {"cycle_month": "2023-07", "theme_code": "supervision", "factor": "case review", "planned_audits": 9},
                {"cycle_month": "2023-12", "theme_code": "step-down", "factor": "close the loop", "planned_audits": 9},
            ],
        )
    )
    assert plan_table(held).to_numpy().tolist() == [
        [
            "July 2023",
            "Chronologies and case summaries",
            "Close the loop, audited in November 2022, put in by itself, due since May 2023",
            "to be decided",
        ],
        ["July 2023", "Supervision", "Case review", "9"],
        ["August 2023", "Neglect", "Close the loop, audited in February 2023, put in by itself", "to be decided"],
        ["December 2023", "Stepping down and closing", "Close the loop", "9"],
    ]


def test_evidence_for_a_theme_stands_with_its_factor_in_alphabetical_order() -> None:
    review = {"dated_on": "2023-01-01", "theme_code": "neglect", "recommendation": "x"}
    held = month(
        tables(
            audits=[{}],
            external_reviews=[{**review, "source": "Ofsted"}, {**review, "source": "rapid review"}],
            practice_alerts=[{"raised_on": "2023-06-01", "is_formal": False, "theme_code": "1.4"}],
        )
    )
    assert candidates_table(held).to_numpy().tolist() == [
        [
            "Neglect",
            "case review and external scrutiny",
            "2 open recommendations of external reviews (Ofsted 1, rapid review 1)",
        ],
        ["No clear contingency plan", "trend", "1 practice alert (0 formal)"],
    ]


def test_the_report_says_every_section_of_a_council_with_nothing_but_audits() -> None:
    lines = list(said("audit-cycle", month(tables(audits=[{}]))))
    assert "Without a caseload, or audits selected at random, nothing can be forecast." in lines


def test_steps_after_audits_are_said_with_whose_they_are_and_what_nobody_records() -> None:
    told = after_sentences(month(tables(audits=[{"file_note_on": "2023-06-20"}, {}])))
    assert told[0] == "Missing after the audits of the last twelve cycles: 1 step, 1 for the auditor."
    assert told[1].startswith("Not recorded: alert to the Team Manager's tray, ")


def test_of_one_service_nothing_is_said_of_lines_because_auditors_come_from_elsewhere() -> None:
    staff = [{"worker_id": "au", "role": "IRO", "team": "X", "service_area": "Y", "started_on": "2022-01-01"}]
    whole = month(tables(audits=[{"auditor_id": "au"}] * 6, staff=staff))
    assert line_sentences(whole)[0].startswith("Over twelve cycles 100% of audits (6 of 6;")
    of_service = replace(whole, scope=Scope(service="Safeguarding"))
    assert line_sentences(of_service) == [
        "Whether auditors audit outside their own line is shown for all services together alone."
    ]
