"""Rules put together find what each finds by itself, and nothing of another's."""

from dataclasses import replace

import pandas as pd
import pytest
from example_frames import CONTRACTS, broken, changed, frame, good_row, only
from pandas import DataFrame

from qa_analysis.data.conditions import Subject
from qa_analysis.data.contracts import Rule
from qa_analysis.data.expectations import DTYPES, FOUNDATIONS, rules_of
from qa_analysis.data.quality import check
from qa_analysis.data.synthetic import council, plant_faults
from qa_analysis.data.together import Asked, Outcome, outcomes, outcomes_apart


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    """Every rule of every contract but for the foundations, to be asked of a council with faults."""
    frames = plant_faults(council(3, cycles=10)).frames
    frames["caseload"] = pd.concat([frames["caseload"], frames["caseload"].head(3)])
    frames["learning_events"] = frames["learning_events"].iloc[:0]
    for name, held in frames.items():
        lacking = [column for column in CONTRACTS[name].columns if column.name not in held]
        blank = {each.name: pd.Series(pd.NA, index=held.index, dtype=DTYPES[each.kind]) for each in lacking}
        frames[name] = held.assign(**blank)
    subjects = [Subject(held, CONTRACTS[name], frames) for name, held in frames.items()]
    return [
        Asked(rule, subject)
        for subject in subjects
        for rule in rules_of(subject.contract)
        if rule.name not in FOUNDATIONS
    ]


def one_by_one(asked: list[Asked]) -> list[Outcome]:
    """What each dataset's rules find by themselves, without the count of rows judged."""
    by_dataset: dict[str, list[Asked]] = {}
    for one in asked:
        by_dataset.setdefault(one.subject.contract.dataset, []).append(one)
    return [replace(found, judged=0) for rules in by_dataset.values() for found in outcomes_apart(rules)]


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 5_000, 1_000_000])
def test_rules_put_together_find_what_each_finds_by_itself(asked: list[Asked], most: int):
    together = [replace(found, judged=0) for found in outcomes(asked, most=most)]
    assert together == one_by_one(asked)
    assert sum(found.is_broken for found in together) > 20


def test_the_same_key_in_two_datasets_is_no_key_twice():
    frames = only("supervision", supervision_id="X1")
    frames["observations"] = frame("observations", good_row("observations", observation_id="X1"))
    assert broken(frames, "supervision") == broken(frames, "observations") == set()


def test_a_code_of_one_column_is_none_of_another():
    codes = {column.name: column.codes for column in CONTRACTS["actions"].columns}
    frames = only("actions", source=codes["level"][0])
    assert codes["level"][0] not in codes["source"]
    assert broken(frames, "actions") == {("code-not-in-list", "source")}


def test_two_datasets_that_lack_a_column_each_are_told_of_their_own():
    frames: dict[str, DataFrame] = {
        "audits": frame("audits", good_row("audits")).drop(columns="audited_on"),
        "findings": frame("findings", good_row("findings")).drop(columns="polarity"),
        "actions": frame("actions", good_row("actions")),
    }
    issues = check(frames, CONTRACTS).query("rule == 'column-missing'")
    assert list(zip(issues["dataset"], issues["column"], strict=True)) == [
        ("audits", "audited_on"),
        ("findings", "polarity"),
    ]


def test_of_two_empty_datasets_and_a_full_one_the_two_are_told():
    frames = {name: frame(name) for name in ("actions", "findings")} | {"audits": frame("audits", good_row("audits"))}
    issues = check(frames, CONTRACTS).query("rule == 'no-rows'")
    assert list(issues["dataset"]) == ["findings", "actions"]


def test_one_rule_that_cannot_be_checked_leaves_the_others_of_its_kind_checked():
    bounds = {"min_value": 1, "max_value": 2}
    rules = [
        Rule("odd", "warning", "Odd.", "ExpectColumnValuesToBeBetween", {"column": "team", **bounds}),
        Rule("odder", "warning", "Odder.", "ExpectColumnValuesToBeBetween", {"column": "owner_id", **bounds}),
        Rule("late", "warning", "Late.", "ExpectColumnValuesToBeInSet", {"column": "team", "value_set": ["South"]}),
    ]
    issues = check(only("actions", team="North"), changed(CONTRACTS["actions"], rules=tuple(rules)))
    assert list(issues["rule"]) == ["not-checked", "not-checked", "late"]


@pytest.mark.parametrize(("mostly", "is_broken"), [(1.0, True), (0.75, True), (0.6, False)])
def test_a_rule_that_need_hold_only_mostly_is_broken_by_more_and_names_every_row(mostly: float, is_broken: bool):
    rows = [good_row("supervision", number, supervisor_id=held) for number, held in enumerate(["S1", "S2", None, "S3"])]
    subject = Subject(frame("supervision", *rows), CONTRACTS["supervision"], {})
    listed = Rule("few", "warning", "Few.", "ExpectColumnValuesToBeInSet", {
        "column": "supervisor_id", "value_set": ["S1", "S3"],
    })  # fmt: skip
    also = replace(listed, name="all", arguments={"column": "worker_id", "value_set": list(subject.frame["worker_id"])})
    found, other = outcomes([Asked(listed, subject, mostly=mostly), Asked(also, subject)])
    assert (found.rows, found.judged, found.is_broken) == ((1,), 3, is_broken)
    assert (other.rows, other.is_broken) == ((), False)
    (apart,) = outcomes_apart([Asked(listed, subject, mostly=mostly)])
    assert (apart.rows, apart.judged, apart.is_broken) == ((1,), 3, is_broken)


def test_of_links_only_those_there_are_judged():
    rows = [good_row("supervision", number, audit_id=held) for number, held in enumerate(["A1", None, "A9"])]
    frames = {
        "audits": frame("audits", good_row("audits", 1, audit_id="A1")),
        "supervision": frame("supervision", *rows),
    }
    subject = Subject(frames["supervision"], CONTRACTS["supervision"], frames)
    links = [rule for rule in rules_of(subject.contract) if rule.name == "audit-not-found"]
    for found in (*outcomes([Asked(rule, subject) for rule in links * 2]), *outcomes_apart([Asked(links[0], subject)])):
        assert (found.rows, found.judged) == ((2,), 2)
