"""The synthetic council: reproducible, complete, coherent, and in believable words."""

import math
from collections.abc import Mapping
from itertools import pairwise

import pandas as pd
import pytest
from pandas import DataFrame
from pandas.testing import assert_frame_equal

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.synthetic import council, planted
from qa_analysis.data.synthetic.wording.actions import ACTIONS
from qa_analysis.data.synthetic.wording.developments import DEVELOPMENTS
from qa_analysis.data.synthetic.wording.strengths import STRENGTHS
from qa_analysis.dates import bank_holidays
from qa_analysis.framework import rules_for

AREAS = [
    "help_protection_stability", "recording_communication", "assessment", "relationships_direct_work", "multi_agency",
    "supervision_oversight",
]  # fmt: skip
GRADE_COLUMNS = [f"grade_{area}" for area in AREAS]
ORDER = ["outstanding", "good", "requires improvement", "inadequate"]
PLACES = {grade: place for place, grade in enumerate(ORDER)}
EXTRACTED_ON = pd.Timestamp("2024-08-31")
PANDAS_TYPES = {"date": "datetime64[us]", "boolean": "boolean", "whole number": "Int64", "number": "float64"}

Council = Mapping[str, DataFrame]


@pytest.fixture(scope="module")
def whole() -> Council:
    """The council of the demo."""
    return council()


def with_audit(frames: Council, dataset: str) -> DataFrame:
    return frames[dataset].merge(frames["audits"], on="audit_id", suffixes=("", "_audit"), validate="many_to_one")


# Reproducible


def test_the_same_seed_gives_the_same_council() -> None:
    first, again = council(7, cycles=3), council(7, cycles=3)
    for dataset, frame in first.items():
        assert_frame_equal(frame, again[dataset])


def test_another_seed_gives_another_council() -> None:
    one, other = council(7, cycles=3)["audits"], council(8, cycles=3)["audits"]
    assert not one["key_worker_id"].equals(other["key_worker_id"])
    assert not one["overall_grade"].equals(other["overall_grade"])


def test_the_council_can_begin_in_another_cycle_and_last_one() -> None:
    frames = council(1, first_cycle="2023-11", cycles=1)
    assert frames["audits"]["cycle_month"].unique().tolist() == ["2023-11"]
    assert planted("2023-06").improves_from == "2023-12"


# Complete


def test_every_dataset_has_the_columns_of_its_contract_in_order_and_in_their_types(whole: Council) -> None:
    contracts = load_contracts()
    assert list(whole) == list(contracts)
    for dataset, contract in contracts.items():
        columns = {column.name: PANDAS_TYPES.get(column.kind, "str") for column in contract.columns}
        assert whole[dataset].dtypes.astype(str).to_dict() == columns, dataset
        assert list(whole[dataset]) == list(columns), dataset


def test_the_core_datasets_have_the_columns_of_the_data_dictionary(whole: Council) -> None:
    assert list(whole["findings"]) == [
        "finding_id", "audit_id", "key_area", "polarity", "theme_code", "is_safeguarding", "text",
    ]  # fmt: skip
    assert list(whole["moderations"]) == [
        "moderation_id", "audit_id", "route", "moderated_on", "panel", "was_blind", *GRADE_COLUMNS, "overall_grade",
        "reason_for_change", "reason_about", "fed_back_on",
    ]  # fmt: skip
    assert list(whole["actions"]) == [
        "action_id", "source", "audit_id", "child_id", "level", "theme_code", "key_area", "description",
        "is_safeguarding", "owner_id", "owner_role", "team_manager_id", "team", "service_area", "agreed_on", "due_on",
        "completed_on", "signed_off_on", "signed_off_by_id", "signed_off_role", "quality_manager_told_on",
    ]  # fmt: skip
    assert list(whole["audits"])[:12] == [
        "audit_id", "cycle_month", "theme_code", "service_area", "team", "child_id", "subject", "case_status",
        "age_band", "key_worker_id", "team_manager_id", "service_manager_id",
    ]  # fmt: skip
    assert list(whole["audits"])[-21:-5] == [
        "team_manager_conversation_on", *GRADE_COLUMNS, "overall_grade", "impact_statement", "is_disputed",
        "disputed_by", "is_immediate_concern", "form_loaded_on", "file_note_on", "manager_alert_on", "form_version",
    ]  # fmt: skip


def test_every_code_is_in_its_contracts_list_and_no_key_is_blank_or_twice(whole: Council) -> None:
    for dataset, contract in load_contracts().items():
        frame = whole[dataset]
        assert not frame.duplicated(list(contract.key)).any(), dataset
        assert frame[list(contract.key)].notna().all(axis=None), dataset
        for column in contract.columns:
            listed = set(column.codes) if column.kind == "code" else set()
            assert not listed or set(frame[column.name].dropna()) <= listed, f"{dataset}.{column.name}"


def test_required_columns_are_filled_but_for_the_child_of_a_carers_audit(whole: Council) -> None:
    blanks = {
        (dataset, column.name)
        for dataset, contract in load_contracts().items()
        for column in contract.columns
        if column.required and whole[dataset][column.name].isna().any()
    }
    assert blanks == {("audits", "child_id")}
    audits = whole["audits"]
    assert audits["child_id"].isna().equals(audits["subject"] == "carer")


def test_volumes_are_those_of_a_real_council(whole: Council) -> None:
    cycles = whole["audits"].groupby("cycle_month").size()
    assert len(cycles) == 26
    assert cycles[:"2022-11"].between(13, 18).all()
    assert cycles["2023-02":].between(36, 50).all()
    month_ends = whole["caseload"].groupby("snapshot_on").size()
    assert month_ends.between(600, 1200).all()
    assert pd.Timestamp("2024-02-29") in month_ends.index
    assert whole["findings"].groupby("audit_id").size().between(2, 6).all()
    assert 1000 < len(whole["actions"]) < 3000


def test_every_month_has_decisions_narratives_indicators_and_supervision(whole: Council) -> None:
    months = set(whole["audits"]["cycle_month"])
    assert set(whole["narratives"]["month"]) == months
    assert set(whole["indicators"]["period"]) == months
    assert months <= set(whole["supervision"]["held_on"].dt.strftime("%Y-%m"))
    meetings = whole["smt_decisions"].groupby("meeting_on").size()
    assert len(meetings) == 26
    assert meetings.between(3, 6).all()


# Coherent


@pytest.mark.parametrize(
    "dataset",
    ["moderations", "findings", "actions", "immediate_concerns", "supervision", "family_feedback", "audit_answers"],
)
def test_every_audit_named_exists(whole: Council, dataset: str) -> None:
    named = whole[dataset]["audit_id"].dropna()
    assert len(named) > 0
    assert named.isin(whole["audits"]["audit_id"]).all()


def test_every_worker_named_is_in_the_staff_list(whole: Council) -> None:
    known = set(whole["staff"]["worker_id"])
    for dataset, contract in load_contracts().items():
        for column in contract.columns:
            if column.person == "worker":
                assert set(whole[dataset][column.name].dropna()) <= known, f"{dataset}.{column.name}"


def test_every_key_worker_holds_a_post_in_the_team_on_the_day_of_the_audit(whole: Council) -> None:
    audits, staff = whole["audits"], whole["staff"]
    held = audits.merge(staff, left_on=["key_worker_id", "team"], right_on=["worker_id", "team"])
    on_the_day = (held["started_on"] <= held["audited_on"]) & ~(held["ended_on"] < held["audited_on"])
    assert set(held.loc[on_the_day, "audit_id"]) == set(audits["audit_id"])


def test_every_audited_child_was_on_the_caseload_of_the_month_before(whole: Council) -> None:
    audits = whole["audits"].dropna(subset="child_id")
    before = (pd.PeriodIndex(audits["cycle_month"], freq="M") - 1).to_timestamp(how="end").normalize()
    caseload = whole["caseload"]
    open_then = set(zip(caseload["snapshot_on"].dt.date, caseload["child_id"], strict=True))
    drawn = audits["selection_route"] != "revisit"
    assert set(zip(before[drawn].date, audits.loc[drawn, "child_id"], strict=True)) <= open_then


@pytest.mark.parametrize(
    ("dataset", "earlier", "later"),
    [
        ("audits", "notice_on", "audited_on"),
        ("audits", "list_sent_on", "notice_on"),
        ("audits", "review_from_on", "review_to_on"),
        ("audits", "review_to_on", "audited_on"),
        ("audits", "key_worker_conversation_on", "form_loaded_on"),
        ("audits", "audited_on", "file_note_on"),
        ("actions", "agreed_on", "completed_on"),
        ("actions", "agreed_on", "due_on"),
        ("actions", "completed_on", "signed_off_on"),
        ("moderations", "moderated_on", "fed_back_on"),
        ("immediate_concerns", "found_on", "form_sent_on"),
        ("immediate_concerns", "form_sent_on", "signed_off_on"),
        ("immediate_concerns", "found_on", "supervision_discussed_on"),
        ("caseload", "opened_on", "snapshot_on"),
        ("staff", "started_on", "ended_on"),
        ("staff", "leave_from_on", "leave_to_on"),
        ("supervision", "held_on", "next_due_on"),
        ("observations", "observed_on", "received_on"),
        ("practice_alerts", "raised_on", "responded_on"),
        ("complaints_compliments", "received_on", "responded_on"),
        ("smt_decisions", "meeting_on", "completed_on"),
        ("external_reviews", "dated_on", "closed_on"),
    ],
)
def test_days_are_in_order(whole: Council, dataset: str, earlier: str, later: str) -> None:
    both = whole[dataset].dropna(subset=[earlier, later])
    assert len(both) > 0
    assert (both[earlier] <= both[later]).all()


def test_the_panel_meets_after_the_audit_and_actions_are_agreed_after_it(whole: Council) -> None:
    moderations, actions = with_audit(whole, "moderations"), with_audit(whole, "actions")
    assert (moderations["moderated_on"] > moderations["audited_on"]).all()
    assert (actions["agreed_on"] >= actions["audited_on"]).all()


def test_nothing_is_known_after_the_day_of_the_extract(whole: Council) -> None:
    planned_days = {"due_on", "next_due_on", "response_due_on", "leave_to_on"}
    for dataset, frame in whole.items():
        for column in frame.select_dtypes("datetime").columns.difference(planned_days):
            assert not (frame[column] > EXTRACTED_ON).any(), f"{dataset}.{column}"


def test_what_was_not_done_is_not_signed_off(whole: Council) -> None:
    actions = whole["actions"]
    is_open = actions["completed_on"].isna()
    assert is_open.any()
    assert actions.loc[is_open, ["signed_off_on", "signed_off_by_id", "quality_manager_told_on"]].isna().all(axis=None)
    assert actions["signed_off_on"].isna().equals(actions["signed_off_by_id"].isna())


def test_nobody_audits_meets_or_decides_on_a_weekend_or_bank_holiday(whole: Council) -> None:
    closed = pd.DatetimeIndex(bank_holidays())
    for dataset, column in [
        ("audits", "audited_on"), ("moderations", "moderated_on"), ("supervision", "held_on"),
        ("smt_decisions", "meeting_on"), ("actions", "completed_on"), ("conferences", "held_on"),
    ]:  # fmt: skip
        days = whole[dataset][column].dropna()
        assert (days.dt.day_of_week < 5).all(), dataset
        assert not days.isin(closed).any(), dataset


def test_the_overall_grade_lies_within_those_of_the_areas(whole: Council) -> None:
    for dataset in ("audits", "moderations"):
        frame = whole[dataset].dropna(subset=GRADE_COLUMNS, how="all")
        places = frame[GRADE_COLUMNS].apply(lambda column: column.map(PLACES))
        overall = frame["overall_grade"].map(PLACES)
        assert (overall >= places.min(axis="columns")).all()
        assert (overall <= places.max(axis="columns")).all()


def test_no_finding_or_panel_grade_is_about_an_area_that_could_not_be_judged(whole: Council) -> None:
    findings = with_audit(whole, "findings")
    moderations = with_audit(whole, "moderations")
    for area in AREAS:
        could_not = findings[f"grade_{area}"] == "not applicable"
        assert not (could_not & (findings["key_area"] == area)).any()
        judged = moderations[f"grade_{area}"].notna() & (moderations[f"grade_{area}"] != "not applicable")
        assert not (judged & (moderations[f"grade_{area}_audit"] == "not applicable")).any()


def test_revisits_come_six_cycles_later_and_some_are_overdue(whole: Council) -> None:
    plan = whole["audit_plan"]
    revisits = plan.dropna(subset="revisit_of")
    apart = pd.PeriodIndex(revisits["cycle_month"], freq="M") - pd.PeriodIndex(revisits["revisit_of"], freq="M")
    assert {step.n for step in apart} == {6}
    first = plan[["cycle_month", "theme_code"]].rename(columns={"cycle_month": "revisit_of"})
    assert len(revisits.merge(first, on=["revisit_of", "theme_code"])) == len(revisits)
    assert revisits["cycle_month"].min() == "2023-01"
    visited = set(zip(revisits["revisit_of"], revisits["theme_code"], strict=True))
    due = plan[plan["cycle_month"].between("2022-07", "2024-01")]
    assert sum(pair not in visited for pair in zip(due["cycle_month"], due["theme_code"], strict=True)) >= 3
    assert set(zip(whole["audits"]["cycle_month"], whole["audits"]["theme_code"], strict=True)) == set(
        zip(plan["cycle_month"], plan["theme_code"], strict=True)
    )


# The rules of the framework, kept and now and then broken


def test_a_third_of_every_cycle_is_moderated_at_random_and_disputes_come_on_top(whole: Council) -> None:
    audits = whole["audits"].groupby("cycle_month").size()
    moderations = with_audit(whole, "moderations")
    third = moderations[moderations["route"] == "random third"].groupby("cycle_month").size()
    assert third.to_dict() == {cycle: math.ceil(number / 3) for cycle, number in audits.items()}
    assert (moderations["route"] == "dispute").sum() > 40
    assert (moderations["route"] == "immediate concern").sum() > 3
    assert moderations["was_blind"].mean() == pytest.approx(0.5, abs=0.2)


def test_managers_audit_from_december_2022_only(whole: Council) -> None:
    for cycle, audits in whole["audits"].groupby("cycle_month"):
        assert set(audits["auditor_role"]) <= set(rules_for(str(cycle)).auditor_roles)
    before = whole["audits"].loc[whole["audits"]["cycle_month"] < "2022-12", "auditor_role"]
    assert set(before) == {"practice improvement team"}
    after = whole["audits"].loc[whole["audits"]["cycle_month"] >= "2022-12", "auditor_role"]
    assert {"assistant director", "service manager", "team manager", "IRO", "CP chair"} <= set(after)


def test_most_notice_is_a_week_and_few_workers_are_audited_in_consecutive_months(whole: Council) -> None:
    audits = whole["audits"]
    short = (audits["audited_on"] - audits["notice_on"]).dt.days < 7
    assert 0.01 < short.mean() < 0.1
    workers = audits.groupby("cycle_month")["key_worker_id"].agg(set)
    both = [len(now & before) for before, now in pairwise(workers)]
    assert 0 < sum(both) < 60


def test_fostering_is_audited_from_2023_about_carers(whole: Council) -> None:
    fostering = whole["audits"][whole["audits"]["service_area"] == "Fostering"]
    assert fostering["cycle_month"].min() >= "2023-02"
    assert set(fostering["subject"]) == {"carer"}


def test_safeguarding_findings_nearly_all_have_an_action(whole: Council) -> None:
    findings, actions = whole["findings"], whole["actions"]
    serious = findings[findings["is_safeguarding"]]
    answered = serious["audit_id"].isin(actions.loc[actions["is_safeguarding"], "audit_id"])
    assert 0.85 < answered.mean() < 1


# In believable words


def test_every_prompt_of_the_codebook_has_its_sentences_and_actions() -> None:
    prompts = list(rules_for("2024-06").prompts)
    assert sorted(STRENGTHS) == sorted(DEVELOPMENTS) == sorted(ACTIONS) == sorted(prompts)
    assert all(len(sentences) >= 4 for bank in (STRENGTHS, DEVELOPMENTS) for sentences in bank.values())
    assert not {s for bank in STRENGTHS.values() for s in bank} & {s for bank in DEVELOPMENTS.values() for s in bank}


def test_findings_differ_from_one_another_and_have_no_gap_left_in_them(whole: Council) -> None:
    for dataset, column in [("findings", "text"), ("actions", "description"), ("audits", "impact_statement")]:
        text = whole[dataset][column].dropna()
        assert not text.str.contains(r"[{}]|  |\.\.|\bnone\b", regex=True).any(), dataset
        assert text.str.match(r"[A-Z].*\.$").all(), dataset
    text = whole["findings"]["text"]
    assert text.nunique() > 0.85 * len(text)
    assert 0.15 < whole["findings"]["theme_code"].isna().mean() < 0.25


def test_no_name_or_identifier_is_in_any_free_text(whole: Council) -> None:
    names = {part for name in whole["staff"]["name"] for part in name.split()}
    for dataset, contract in load_contracts().items():
        for column in contract.columns:
            if column.free_text:
                words = set(whole[dataset][column.name].dropna().str.findall(r"[\w-]+").explode())
                assert not words & names, f"{dataset}.{column.name}"
                assert not any(word[:1] in "WA" and word[1:].isdigit() for word in words), f"{dataset}.{column.name}"
